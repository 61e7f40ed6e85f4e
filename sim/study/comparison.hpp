#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "sim/study/results.hpp"
#include "sim/study/statistics.hpp"

namespace demarche::study {

enum class Verdict : std::uint8_t {
  nothing_to_say,   ///< fewer than two replicates have a value under both
  identical,        ///< the same value in every replicate
  not_told_apart,   ///< the interval of the difference contains 0
  only_unadjusted,  ///< it does not, but Holm's p over all differences from the baseline is 0.05 or more
  told_apart
};

/// Of one measure: regime a minus regime b.
struct RegimeDifference {
  std::size_t a = 0, b = 0;
  PairedDifference paired;
  double p_holm;  ///< over all measures and regimes against the baseline; NaN for other pairs
  Verdict verdict = Verdict::nothing_to_say;
};

struct MeasureComparison {
  std::vector<Summary> regimes;
  std::vector<RegimeDifference> differences;  ///< those from the baseline by regime, then every other pair

  /// Regime a minus the baseline; nullptr where a is the baseline.
  const RegimeDifference* from_baseline(std::size_t a, std::size_t baseline) const;
};

struct Comparison {
  std::size_t baseline = 0;
  std::vector<MeasureComparison> measures;  ///< as in Results
  std::vector<std::string> warnings;  ///< for people: each opens with a sentence that stands alone, details follow
};

/// What may be said of a paired difference whose p, adjusted for the comparisons made with it, is `p_holm` (NaN: none).
Verdict verdict_of(const PairedDifference& d, double p_holm);

/// Everything a table says about results. Intervals are of 95 %. A measure of unit "probability" whose values are 0 and
/// 1 gets intervals of proportions; every other one gets t intervals. `baseline` < regimes.
Comparison compare(const Results& results, std::size_t baseline = 0);

}  // namespace demarche::study
