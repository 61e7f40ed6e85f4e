#include "sim/base/law.hpp"

#include <cmath>

#include "sim/base/quantile_table.hpp"
#include "tests/unit/base/sample.hpp"

namespace demarche {
namespace {

const double infinity = std::numeric_limits<double>::infinity();

std::vector<Law> every_law() {
  return {Law::fixed(90),
          Law::uniform(60, 7200),
          Law::exponential(5400),
          Law::lognormal(7200, 1.2),
          Law::gamma(3600, 3),
          Law::gamma(600, 0.5),
          Law::seismic(300, 3.5),
          Law::seismic(300, 0.2314843),
          Law::quantiles({{0, 60}, {0.5, 2460}, {0.9, 7200}, {1, 86400}})};
}

// The density constant, the median and the shares that FACTS.md section 2 states
TEST(SeismicLaw, HasThePublishedKernel) {
  const Law kernel = Law::seismic(300, 0.2314843);
  EXPECT_NEAR(0.1 / kernel.quantile(0.1), 0.0006265725, 2e-10);  // published to ten digits, with a rounded theta
  EXPECT_NEAR(kernel.quantile(0.5) / 60, 40.6, 0.05);
  EXPECT_NEAR(kernel.quantile(0.188), 300, 1);
  EXPECT_NEAR(kernel.quantile(0.78) / 3600, 23.5, 0.5);
  EXPECT_EQ(kernel.mean(), infinity);
  EXPECT_EQ(kernel.second_moment(), infinity);
  EXPECT_EQ(Law::seismic(300, 1.5).second_moment(), infinity);
}

TEST(Law, MomentsAreThoseOfTheQuantileFunction) {
  for (const Law& law : every_law()) {
    if (law.mean() == infinity) continue;
    SCOPED_TRACE(law.text());
    constexpr int steps = 200000;
    double mean = 0, second = 0;
    for (int i = 0; i < steps; ++i) {
      const double x = law.quantile((i + 0.5) / steps);
      mean += x / steps;
      second += x * x / steps;
    }
    EXPECT_NEAR(mean / law.mean(), 1, 2e-3);
    EXPECT_NEAR(second / law.second_moment(), 1, 3e-2);
  }
}

TEST(Law, SampleIsTheQuantileOfAUniform) {
  for (const Law& law : every_law()) {
    if (law.kind == Law::Kind::gamma) continue;
    Stream s = testing::stream(1), words = testing::stream(1);
    for (int i = 0; i < 50; ++i)
      ASSERT_EQ(law.sample(s), law.quantile(static_cast<double>(words.next64() >> 11) * 0x1p-53)) << law.text();
  }
}

TEST(Law, SampledGammaFollowsItsQuantiles) {
  Stream s = testing::stream(2);
  const Law law = Law::gamma(3600, 3);
  std::vector<double> x(100000);
  for (double& v : x) v = law.sample(s);
  testing::expect_distribution(x, [](double v) { return math::gamma_probability(3, v / 1200); });
}

TEST(Law, EndsOfTheRange) {
  EXPECT_EQ(Law::uniform(60, 120).quantile(1), 120);
  EXPECT_EQ(Law::quantiles({{0, 5}, {1, 9}}).quantile(0), 5);
  EXPECT_EQ(Law::quantiles({{0, 5}, {1, 9}}).quantile(1), 9);
  EXPECT_EQ(Law::exponential(60).quantile(1), infinity);
  EXPECT_EQ(Law::lognormal(60, 1).quantile(0), 0);
  EXPECT_EQ(Law::lognormal(60, 0).quantile(1), 60);
  EXPECT_EQ(Law::gamma(0, 2).quantile(0.5), 0);
}

TEST(Law, TextIsWhatAScenarioWrites) {
  EXPECT_EQ(Law::fixed(90).text(), "fixed(1.5 min)");
  EXPECT_EQ(Law::uniform(300, 1800).text(), "uniform(low 5 min, high 30 min)");
  EXPECT_EQ(Law::exponential(2 * 86400).text(), "exponential(mean 2 d)");
  EXPECT_EQ(Law::lognormal(7200, 1.2).text(), "lognormal(median 2 h, sigma 1.2)");
  EXPECT_EQ(Law::gamma(3600, 3).text(), "gamma(mean 1 h, shape 3)");
  EXPECT_EQ(Law::seismic(300, 0.2314843).text(), "seismic(break 5 min, theta 0.2314843)");
  EXPECT_EQ(Law::quantiles({{0, 0}, {0.5, 2460}, {1, 86400}}).text(), "quantiles(0 % 0 s, 50 % 41 min, 100 % 1 d)");
}

TEST(QuantileTable, IsTheLawInTicks) {
  for (const Law& law : every_law()) {
    const QuantileTable table(law, 60, 1);
    for (std::uint32_t word = 12345; word < 0xfff00000U; word += 7654321) {
      const double exact = std::fmax(1, law.quantile(word * 0x1p-32) / 60);
      if (exact > 1e9) continue;
      ASSERT_NEAR(table(word), exact, 1 + 2e-3 * exact) << law.text() << " " << word;
    }
  }
}

TEST(QuantileTable, KeepsTheMeanOfAnExponential) {
  const QuantileTable table(Law::exponential(6000), 60, 0);
  double sum = 0;
  for (std::uint64_t word = 500; word < (std::uint64_t{1} << 32); word += 1009)
    sum += table(static_cast<std::uint32_t>(word));
  // the mean of 100 ticks, to the rounding of the table's points and the width of its cells
  EXPECT_NEAR(sum * 1009 * 0x1p-32, 100, 0.01);
}

TEST(QuantileTable, RespectsItsEnds) {
  const QuantileTable heavy(Law::seismic(300, 0.2314843), 1, 1);
  EXPECT_EQ(heavy(0), 1);
  EXPECT_EQ(heavy(0xffffffffU), QuantileTable::greatest);
  const QuantileTable fixed(Law::fixed(90), 60, 0);
  EXPECT_EQ(fixed(0), 2);  // one tick and a half, rounded up
  EXPECT_EQ(fixed(0xffffffffU), 2);
  std::int32_t last = 0;
  const QuantileTable normal(Law::lognormal(7200, 1.2), 60, 1);
  for (std::uint64_t word = 0; word < (std::uint64_t{1} << 32); word += 65521) {
    const std::int32_t next = normal(static_cast<std::uint32_t>(word));
    ASSERT_GE(next, last);
    last = next;
  }
}

TEST(GeometricTable, IsExactInEveryWord) {
  for (double p : {0.9, 0.5, 0.1, 1e-3, 1e-6}) {
    const GeometricTable table(p);
    // P(jump >= k) = (1-p)^k: the words that give at least k are the top ones, counted exactly
    for (std::uint32_t k : {1U, 2U, 5U, 100U, 5000U}) {
      const double words = std::pow(1 - p, k) * 0x1p32;
      if (words < 2 || words > 0x1p32 - 2) continue;
      const auto first = static_cast<std::uint32_t>(0x1p32 - words);
      EXPECT_LT(table(first - 1), k) << p;
      EXPECT_GE(table(first + 1), k) << p;
    }
  }
}

TEST(GeometricTable, HasItsEnds) {
  for (std::uint32_t word : {0U, 1U, 0x80000000U, 0xffffffffU}) {
    EXPECT_EQ(GeometricTable(1)(word), 0U);
    EXPECT_EQ(GeometricTable(0)(word), GeometricTable::none);
  }
  const GeometricTable rare(1e-12);
  EXPECT_EQ(rare(0xffffffffU), GeometricTable::none);
  EXPECT_LT(GeometricTable(0.5)(0xffffffffU), 34U);
}

}  // namespace
}  // namespace demarche
