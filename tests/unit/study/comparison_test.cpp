#include "sim/study/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace demarche::study {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Results results_of(std::vector<std::vector<std::vector<double>>> by_regime_measure_replicate, const std::string& unit) {
  Results r;
  r.replicates = static_cast<std::uint32_t>(by_regime_measure_replicate[0][0].size());
  for (std::size_t m = 0; m < by_regime_measure_replicate[0].size(); ++m)
    r.measures.push_back({std::to_string(m), std::to_string(m), unit, Better::lower, ""});
  for (std::size_t k = 0; k < by_regime_measure_replicate.size(); ++k) {
    r.regimes.push_back(std::string(1, static_cast<char>('a' + k)));
    for (std::uint32_t i = 0; i < r.replicates; ++i) {
      Outcome& o = r.outcomes.emplace_back();
      for (const auto& measure : by_regime_measure_replicate[k]) o.measures.push_back(measure[i]);
    }
  }
  return r;
}

TEST(Compare, EveryPairWithTheBaselineFirst) {
  const Results r = results_of({{{1, 2, 3}}, {{2, 3, 4}}, {{5, 1, 9}}}, "h");
  const Comparison c = compare(r, 1);
  const auto& d = c.measures[0].differences;
  ASSERT_EQ(d.size(), 3U);
  EXPECT_EQ(d[0].a, 0U);
  EXPECT_EQ(d[0].b, 1U);
  EXPECT_DOUBLE_EQ(d[0].paired.mean, -1);
  EXPECT_EQ(d[1].a, 2U);
  EXPECT_EQ(d[1].b, 1U);
  EXPECT_EQ(d[2].a, 2U);
  EXPECT_EQ(d[2].b, 0U);
  EXPECT_TRUE(std::isnan(d[2].p_holm));
  EXPECT_EQ(c.measures[0].from_baseline(2, 1), &d[1]);
  EXPECT_EQ(c.measures[0].from_baseline(1, 1), nullptr);
}

TEST(Compare, Verdicts) {
  const std::vector<double> base{1, 2, 3, 4}, shifted{2, 3.001, 4.002, 4.999}, noisy{4, 1, 3, 2};
  const Comparison c = compare(results_of({{base}, {base}, {shifted}, {noisy}, {{nan, nan, nan, 1}}}, "h"));
  EXPECT_EQ(c.measures[0].from_baseline(1, 0)->verdict, Verdict::identical);
  EXPECT_EQ(c.measures[0].from_baseline(2, 0)->verdict, Verdict::told_apart);
  EXPECT_EQ(c.measures[0].from_baseline(3, 0)->verdict, Verdict::not_told_apart);
  EXPECT_EQ(c.measures[0].from_baseline(4, 0)->verdict, Verdict::nothing_to_say);
}

TEST(Compare, HolmCountsEveryMeasureAndRegime) {
  // differences 1.0 1.2 0.8 1.4 0.2 have p = 0.011 by themselves; among six such it is not below 0.05
  const std::vector<double> base{1, 2, 3, 4, 5}, other{2, 3.2, 3.8, 5.4, 5.2}, same = base, noise{2, 1, 3, 4.5, 4.6};
  const Comparison alone = compare(results_of({{base}, {other}}, "h"));
  EXPECT_EQ(alone.measures[0].from_baseline(1, 0)->verdict, Verdict::told_apart);
  const Comparison many =
      compare(results_of({{base, base, base, base, base, base}, {other, noise, noise, noise, noise, noise}}, "h"));
  EXPECT_TRUE(many.measures[0].from_baseline(1, 0)->paired.told_apart());
  EXPECT_EQ(many.measures[0].from_baseline(1, 0)->verdict, Verdict::only_unadjusted);
}

TEST(Compare, ProbabilitiesGetWilsonIntervals) {
  const Comparison c = compare(results_of({{{0, 0, 0, 0, 0}}, {{1, 0, 0, 1, 0}}}, "probability"));
  EXPECT_EQ(c.measures[0].regimes[0].lo, 0);
  EXPECT_DOUBLE_EQ(c.measures[0].regimes[0].hi, 0.6);
  EXPECT_GT(c.measures[0].regimes[1].lo, 0);
  EXPECT_LT(c.measures[0].regimes[1].hi, 1);
}

TEST(Compare, WarnsInWords) {
  const Comparison c = compare(results_of({{{1, 2, 3}}, {{3, nan, 1}}}, "h"));
  EXPECT_THAT(c.warnings, ::testing::Contains(::testing::HasSubstr("Only 3 replicates")));
  EXPECT_THAT(c.warnings, ::testing::Contains(::testing::HasSubstr("1 under b")));
  EXPECT_THAT(c.warnings, ::testing::Contains(::testing::HasSubstr("did not sharpen the comparison")));
}

}  // namespace
}  // namespace demarche::study
