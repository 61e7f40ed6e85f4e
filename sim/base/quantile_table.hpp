#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/law.hpp"

namespace demarche {

/// A law of durations as points in whole ticks: one draw from one 32-bit word, in integers only, by linear
/// interpolation within cells of equal probability: 4,096 for the body, and 4,096 finer ones for the lowest and for the
/// highest 1/64, where first arrivals and long waits come from. 48 KiB, so that the tables of several channels share a
/// cache (docs/decisions/0002). Values are rounded half up, never below `least`, and saturate at 2^31 - 1. Of a law
/// without an upper end the last cell (mass 2^-18) ends at the quantile of 1 - 2^-18 / e^2: that keeps the mean of an
/// exponential tail; rarer values are cut.
class QuantileTable {
 public:
  static constexpr std::int32_t greatest = 0x7fffffff;

  /// `least` >= 0 ticks.
  QuantileTable(const Law& law, double seconds_per_tick, std::int32_t least);

  std::int32_t operator()(std::uint32_t word) const {
    if (word - tail < std::uint32_t{0} - 2 * tail) return between<20>(points_.data(), word);
    return word < tail ? between<14>(points_.data() + low_points, word)
                       : between<14>(points_.data() + high_points, word + tail);
  }

 private:
  static constexpr std::uint32_t tail = std::uint32_t{1} << 26;  ///< words in each of the two tails
  static constexpr std::size_t cells = 4096, low_points = cells + 1, high_points = 2 * (cells + 1);

  /// `bits` of the word lie within a cell.
  template <unsigned bits>
  static std::int32_t between(const std::int32_t* points, std::uint32_t word) {
    const std::int64_t low = points[word >> bits];
    const std::int64_t high = points[(word >> bits) + 1];
    const auto within = static_cast<std::int64_t>(word & ((std::uint32_t{1} << bits) - 1));
    return static_cast<std::int32_t>(low + (((high - low) * within + (std::int64_t{1} << (bits - 1))) >> bits));
  }

  std::vector<std::int32_t> points_;  // body, lowest 1/64, highest 1/64: cells + 1 points each
};

/// Failures before the first success of probability p, from one 32-bit word; the law is exact to 2^-32. A guide table
/// by the top 11 bits gives the least answer of a cell, and the last word of each answer decides (Chen & Asau 1974);
/// cells of many answers take the logarithm. Small, because every success of a spread asks it.
class GeometricTable {
 public:
  static constexpr std::uint32_t none = 0xffffffffU;  ///< no success at all, or not within the range of the result

  explicit GeometricTable(double p);  ///< 0 <= p <= 1

  std::uint32_t operator()(std::uint32_t word) const {
    std::uint32_t answer = least_[word >> cell_bits];
    if (answer == undecided) return exact(word);
    while (word > last_word_[answer]) ++answer;
    return answer;
  }

 private:
  static constexpr unsigned cell_bits = 21;
  static constexpr std::uint16_t undecided = 0xffffU, most_in_a_cell = 4;
  std::uint32_t exact(std::uint32_t word) const;

  double log_failure_ = 0;                // log(1 - p)
  std::vector<std::uint16_t> least_;      // by cell
  std::vector<std::uint32_t> last_word_;  // by answer
};

}  // namespace demarche
