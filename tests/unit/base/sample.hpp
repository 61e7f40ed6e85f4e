#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"

namespace demarche::testing {

inline const Luck& luck() {
  static const Luck l(20130408, 0);
  return l;
}
inline Stream stream(std::uint32_t entity) {
  return Stream(luck(), Purpose::test, entity, 0);
}

/// How many words a draw took: the least n for which the reference, n words further on, agrees with what is left.
template <class Draw>
int words_used(std::uint32_t entity, Draw draw) {
  Stream used = stream(entity);
  draw(used);
  const std::uint64_t left = used.next64();
  for (int n = 0; n < 1000; ++n) {
    Stream reference = stream(entity);
    for (int i = 0; i < n; ++i) reference.next32();
    if (reference.next64() == left) return n;
  }
  return -1;
}

/// Pearson's test at alpha = 1e-6 of counts against probabilities; cells expecting fewer than 20 are pooled into one.
inline void expect_fits(const std::vector<std::uint64_t>& counts, const std::vector<double>& probability) {
  double n = 0, statistic = 0, rest_expected = 0, rest = 0;
  for (std::uint64_t c : counts) n += static_cast<double>(c);
  int cells = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = n * probability[i];
    const double seen = static_cast<double>(counts[i]);
    if (expected < 20) {
      rest_expected += expected;
      rest += seen;
    } else {
      statistic += (seen - expected) * (seen - expected) / expected;
      ++cells;
    }
  }
  if (rest_expected >= 5) {
    statistic += (rest - rest_expected) * (rest - rest_expected) / rest_expected;
    ++cells;
  }
  ASSERT_GE(cells, 2);
  const double critical = 2 * math::gamma_quantile((cells - 1) / 2.0, 1 - 1e-6);
  EXPECT_LT(statistic, critical) << cells << " cells";
}

/// z-tests of mean and variance at alpha = 1e-6 each; `fourth` is the fourth central moment over the squared variance.
inline void expect_moments(const std::vector<double>& x, double mean, double variance, double fourth) {
  const double n = static_cast<double>(x.size());
  double sum = 0, squares = 0;
  for (double v : x) sum += v;
  for (double v : x) squares += (v - mean) * (v - mean);
  EXPECT_NEAR(sum / n, mean, 4.9 * std::sqrt(variance / n));
  EXPECT_NEAR(squares / n, variance, 4.9 * variance * std::sqrt((fourth - 1) / n));
}

/// The same law in cells of equal probability, from its distribution function.
template <class Cdf>
void expect_distribution(const std::vector<double>& x, Cdf cdf) {
  std::vector<std::uint64_t> counts(64);
  for (double v : x) {
    const double p = cdf(v);
    ASSERT_GE(p, 0);
    ASSERT_LE(p, 1);
    ++counts[static_cast<std::size_t>(p < 1 ? p * 64 : 63)];
  }
  expect_fits(counts, std::vector<double>(64, 1.0 / 64));
}

}  // namespace demarche::testing
