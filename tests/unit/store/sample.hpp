#pragma once
#include <cmath>
#include <limits>
#include <string>

#include "output/store/results_file.hpp"
#include "sim/base/distribution.hpp"

namespace demarche::output {

/// Small results with everything a file can hold: absent values, both zeros, curves on two axes, difficult names.
inline study::Results sample_results(std::size_t regimes = 3, std::uint32_t replicates = 5) {
  study::Results r;
  r.scenario = "Canada & the \"UK\" <2013>, démarche";
  r.seed = 0xfedcba9876543210ULL;
  r.replicates = replicates;
  r.assumptions = "Reading habits are assumed to be those of 2013.";
  r.start = "2013-04-08T00:00:00Z";
  r.measures = {{"publication-delay", "time from opportunity to publication", "h", study::Better::lower, "Mean."},
                {"unique-reach/europe", "actors reached in Europe", "actors", study::Better::higher, ""},
                {"published", "share published", "share", study::Better::neither, "Of all opportunities."}};
  r.axes = {{"time", "h", {0, 0.5, 24, 336}}, {"delay", "h", {0.25, 1, 24}}};
  r.curves = {{"unique-reach-over-time", "actors reached so far", "actors", 0},
              {"publication-delay-distribution", "share published within a delay", "share", 1},
              {"unique-reach-over-time/europe", "actors reached so far in Europe", "actors", 0}};
  const Luck luck(7, 0);
  for (std::size_t k = 0; k < regimes; ++k) {
    std::string name(k == 0 ? "=centralized" : "règle ");
    if (k > 0) name.append(std::to_string(k));
    r.regimes.push_back(name);
    r.regime_summaries.emplace_back(k == 0 ? "" : "Twelve steps in Ottawa.");
    for (std::uint32_t i = 0; i < replicates; ++i) {
      Stream stream(luck, Purpose::test, i, k);
      study::Outcome o;
      for (std::size_t m = 0; m < r.measures.size(); ++m) o.measures.push_back(draw_normal(stream));
      for (std::size_t p = 0; p < r.curve_points(); ++p) o.curves.push_back(draw_uniform(stream) * 1e5);
      r.outcomes.push_back(o);
    }
  }
  r.outcomes[0].measures[0] = std::numeric_limits<double>::quiet_NaN();
  r.outcomes[0].measures[1] = -0.0;
  r.outcomes.back().measures[2] = std::numeric_limits<double>::denorm_min();
  r.outcomes.back().curves[3] = -std::numeric_limits<double>::quiet_NaN();
  return r;
}

inline RunRecord sample_record() {
  return {"demarche: 1\nname: Canada\n",
          "00ff",
          "Who is faster?",
          {{"demarche", "0.1.0"}, {"HDF5", "1.10.8"}},
          {{"missions.csv", "mission,host\nParis,FRA\n"}, {"empty.csv", ""}}};
}

}  // namespace demarche::output
