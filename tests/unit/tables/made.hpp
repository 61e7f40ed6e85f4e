#pragma once
#include <string>
#include <vector>

#include "sim/study/results.hpp"

namespace demarche::output {

/// values[regime][replicate] of one measure.
inline study::Results made(const std::string& unit, study::Better better,
                           const std::vector<std::vector<double>>& values) {
  study::Results r;
  r.scenario = "Canada";
  r.seed = 18446744073709551615ULL;
  r.replicates = static_cast<std::uint32_t>(values[0].size());
  r.measures = {{"measure", "what is measured", unit, better, ""}};
  r.assumptions = "All of it is assumed.";
  for (std::size_t k = 0; k < values.size(); ++k) {
    r.regimes.emplace_back("regime ").push_back(static_cast<char>('A' + k));
    for (const double x : values[k]) r.outcomes.push_back({{x}, {}});
  }
  return r;
}

}  // namespace demarche::output
