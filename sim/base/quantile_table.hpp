#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/law.hpp"

namespace demarche {

/// A law of durations as 65,537 points in whole ticks: one draw from one 32-bit word, in integers only. The top 16 bits
/// choose the cell, the low 16 interpolate in it. Values are rounded half up, never below `least`, and saturate at 2^31
/// - 1. Of a law without an upper end the last cell (mass 2^-16) ends at the quantile of 1 - 2^-16 / e^2: that keeps
/// the mean of an exponential tail; rarer values are cut.
class QuantileTable {
 public:
  static constexpr std::int32_t greatest = 0x7fffffff;

  /// `least` >= 0 ticks.
  QuantileTable(const Law& law, double seconds_per_tick, std::int32_t least);

  std::int32_t operator()(std::uint32_t word) const {
    const std::int64_t low = points_[word >> 16];
    const std::int64_t high = points_[(word >> 16) + 1];
    return static_cast<std::int32_t>(low + (((high - low) * (word & 0xffffU) + 0x8000) >> 16));
  }

 private:
  std::vector<std::int32_t> points_;
};

/// Failures before the first success of probability p, from one 32-bit word; the law is exact to 2^-32. A table by the
/// top 16 bits answers where all words of a cell agree; the others take the logarithm.
class GeometricTable {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;  ///< no success at all, or not within the range of the result

  explicit GeometricTable(double p);  ///< 0 <= p <= 1

  std::uint32_t operator()(std::uint32_t word) const {
    const std::uint32_t answer = jumps_[word >> 16];
    return answer != undecided ? answer : exact(word);
  }

 private:
  static constexpr std::uint32_t undecided = 0xfffffffeU;
  std::uint32_t exact(std::uint32_t word) const;

  double log_failure_ = 0;  // log(1 - p)
  std::vector<std::uint32_t> jumps_;
};

}  // namespace demarche
