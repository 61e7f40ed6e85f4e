#include "sim/study/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sim/base/distribution.hpp"

namespace demarche::study {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Summarize, FourValuesByHand) {
  // 1 2 3 6: mean 3, sum of squares 14, sd sqrt(14/3); t(3, .975) = 3.182446305284263
  const Summary s = summarize(std::vector<double>{1, 2, 3, 6});
  EXPECT_EQ(s.n, 4U);
  EXPECT_DOUBLE_EQ(s.mean, 3);
  EXPECT_DOUBLE_EQ(s.median, 2.5);
  EXPECT_DOUBLE_EQ(s.sd, std::sqrt(14.0 / 3));
  EXPECT_NEAR(s.hi - s.mean, 3.182446305284263 * std::sqrt(14.0 / 3) / 2, 1e-12);
  EXPECT_NEAR(s.mean - s.lo, s.hi - s.mean, 1e-12);
  // m2 = 3.5, m3 = 4.5: g1 = 4.5 / 3.5^1.5, times sqrt(12)/2
  EXPECT_NEAR(s.skew, 4.5 / std::pow(3.5, 1.5) * std::sqrt(12.0) / 2, 1e-12);
}

TEST(Summarize, LeavesOutWhatIsMissing) {
  const Summary s = summarize(std::vector<double>{nan, 1, 2, std::numeric_limits<double>::infinity(), 3});
  EXPECT_EQ(s.n, 3U);
  EXPECT_EQ(s.missing, 2U);
  EXPECT_DOUBLE_EQ(s.mean, 2);
  EXPECT_DOUBLE_EQ(s.median, 2);
}

TEST(Summarize, SaysNothingOfNothing) {
  const Summary none = summarize({});
  EXPECT_EQ(none.n, 0U);
  EXPECT_TRUE(std::isnan(none.mean));
  const Summary one = summarize(std::vector<double>{4});
  EXPECT_EQ(one.mean, 4);
  EXPECT_EQ(one.median, 4);
  EXPECT_TRUE(std::isnan(one.lo));
  EXPECT_TRUE(std::isnan(one.sd));
}

TEST(Summarize, ValuesAllAlikeHaveNoWidth) {
  const Summary s = summarize(std::vector<double>(7, 0.1));
  EXPECT_EQ(s.mean, 0.1);
  EXPECT_EQ(s.lo, 0.1);
  EXPECT_EQ(s.hi, 0.1);
  EXPECT_EQ(s.sd, 0);
}

TEST(Summarize, SumsWithoutLoss) {
  // plain summation gives 0
  EXPECT_EQ(summarize(std::vector<double>{1e16, 1, -1e16, 1}).mean, 0.5);
}

TEST(Summarize, WarnsOfSkew) {
  std::vector<double> v(50, 1.0);
  v[0] = 100;
  EXPECT_TRUE(summarize(v).skewed());
  v.resize(250, 1.0);
  EXPECT_FALSE(summarize(v).skewed());
}

TEST(ProportionInterval, KnownValues) {
  // 5 of 20: 0.1118617..0.4687014 (Newcombe 1998, method 3, by the same formula)
  const Interval i = proportion_interval(5, 20);
  EXPECT_NEAR(i.lo, 0.111862, 1e-6);
  EXPECT_NEAR(i.hi, 0.468701, 1e-6);
  EXPECT_EQ(proportion_interval(0, 200).lo, 0);
  EXPECT_DOUBLE_EQ(proportion_interval(0, 200).hi, 0.015);
  EXPECT_DOUBLE_EQ(proportion_interval(200, 200).lo, 0.985);
  EXPECT_EQ(proportion_interval(0, 2).hi, 1);
}

TEST(PairedDifference, IdenticalArmsDifferByExactlyNothing) {
  const std::vector<double> v{0.1, 0.7, 1e-9, 3e8, nan};
  const PairedDifference d = paired_difference(v, v);
  EXPECT_EQ(d.n, 4U);
  EXPECT_EQ(d.mean, 0);
  EXPECT_EQ(d.lo, 0);
  EXPECT_EQ(d.hi, 0);
  EXPECT_EQ(d.p, 1);
  EXPECT_TRUE(d.identical());
  EXPECT_FALSE(d.told_apart());
  EXPECT_DOUBLE_EQ(d.correlation, 1);
}

TEST(PairedDifference, ByHand) {
  // differences 1 2 3: mean 2, sd 1, t = 2 sqrt 3 with 2 degrees: p = 0.0741799
  const PairedDifference d =
      paired_difference(std::vector<double>{2, 4, nan, 6, 9}, std::vector<double>{1, 2, 5, 3, nan});
  EXPECT_EQ(d.n, 3U);
  EXPECT_DOUBLE_EQ(d.mean, 2);
  EXPECT_DOUBLE_EQ(d.sd, 1);
  EXPECT_NEAR(d.p, 0.0741799, 1e-6);
  EXPECT_NEAR(d.hi, 2 + 4.302652729911275 / std::sqrt(3.0), 1e-9);
  EXPECT_FALSE(d.told_apart());
  EXPECT_DOUBLE_EQ(d.correlation, 1);
}

TEST(PairedDifference, AConstantShiftIsToldApart) {
  const PairedDifference d = paired_difference(std::vector<double>{3, 3}, std::vector<double>{1, 1});
  EXPECT_EQ(d.lo, 2);
  EXPECT_EQ(d.hi, 2);
  EXPECT_EQ(d.p, 0);
  EXPECT_TRUE(d.told_apart());
  EXPECT_TRUE(std::isnan(d.correlation));
}

TEST(PairedDifference, SaysNothingOfOnePair) {
  const PairedDifference d = paired_difference(std::vector<double>{3, nan}, std::vector<double>{1, 1});
  EXPECT_EQ(d.n, 1U);
  EXPECT_FALSE(d.told_apart());
  EXPECT_TRUE(std::isnan(d.p));
}

TEST(Holm, ByHand) {
  const std::vector<double> a = holm(std::vector<double>{0.01, 0.04, nan, 0.03, 0.005});
  EXPECT_DOUBLE_EQ(a[4], 0.02);
  EXPECT_DOUBLE_EQ(a[0], 0.03);
  EXPECT_DOUBLE_EQ(a[3], 0.06);
  EXPECT_DOUBLE_EQ(a[1], 0.06);  // never below the one before it
  EXPECT_TRUE(std::isnan(a[2]));
}

// Coverage of nominal 95 % in 4,000 experiments: standard error 0.00345, accepted within 0.0135 = 3.9 of them, so a
// false alarm has probability 1e-4. A normal quantile in place of Student's covers 0.918 at n = 10 and is refused with
// power above 0.9999.
TEST(Coverage, StudentOnNormalValuesAndPairedDifferences) {
  const Luck luck(20130408, 0);
  int covered = 0, pairs_covered = 0;
  constexpr int experiments = 4000;
  for (std::uint32_t e = 0; e < experiments; ++e) {
    Stream stream(luck, Purpose::test, e, 1);
    std::vector<double> a, b;
    for (int i = 0; i < 10; ++i) {
      const double common = draw_normal(stream);
      a.push_back(5 + common + 0.5 * draw_normal(stream));
      b.push_back(4 + common + 0.5 * draw_normal(stream));
    }
    const Summary s = summarize(a);
    covered += s.lo <= 5 && 5 <= s.hi;
    const PairedDifference d = paired_difference(a, b);
    pairs_covered += d.lo <= 1 && 1 <= d.hi;
  }
  EXPECT_NEAR(covered / double{experiments}, 0.95, 0.0135);
  EXPECT_NEAR(pairs_covered / double{experiments}, 0.95, 0.0135);
}

// Wilson's coverage is exact arithmetic here: the sum of binomial probabilities of the counts whose interval holds p.
// It swings around 0.95 and is known to stay above 0.92 for n = 40 and p in 0.1 .. 0.9 (Brown, Cai, DasGupta 2001).
TEST(Coverage, WilsonStaysNearItsLevel) {
  constexpr int n = 40;
  for (double p = 0.1; p < 0.901; p += 0.05) {
    double covered = 0, mass = std::pow(1 - p, n);
    for (int k = 0; k <= n; ++k) {
      const Interval i = proportion_interval(static_cast<std::uint64_t>(k), n);
      if (i.lo <= p && p <= i.hi) covered += mass;
      mass *= p / (1 - p) * (n - k) / (k + 1.0);
    }
    EXPECT_GT(covered, 0.92) << p;
    EXPECT_LT(covered, 0.985) << p;
  }
}

}  // namespace
}  // namespace demarche::study
