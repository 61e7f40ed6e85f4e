#include "sim/base/distribution.hpp"

#include <cmath>

#include "sim/base/error.hpp"
#include "tests/unit/base/sample.hpp"

// Every test of a law: alpha = 1e-6, n = 200,000 and a fixed seed. Power: a mean wrong by 2 % of its standard deviation
// moves z by 9 and is seen with probability > 0.9999; 64 cells see 3 % of the mass moved by one cell with > 0.99.
namespace demarche {
namespace {

using testing::stream;
using testing::words_used;

constexpr std::size_t n = 200000;

template <class Draw>
std::vector<double> draws(std::uint32_t entity, Draw draw) {
  Stream s = stream(entity);
  std::vector<double> x(n);
  for (double& v : x) v = static_cast<double>(draw(s));
  return x;
}

/// Counts of 0, 1, ... with all that is larger in the last cell, against masses of the same shape.
void expect_counts(const std::vector<double>& x, std::vector<double> mass) {
  std::vector<std::uint64_t> counts(mass.size() + 1);
  for (double v : x) ++counts[std::min(static_cast<std::size_t>(v), mass.size())];
  double rest = 1;
  for (double m : mass) rest -= m;
  mass.push_back(std::fmax(rest, 0));
  testing::expect_fits(counts, mass);
}

TEST(DrawUniform, IsMadeOfTheTopBitsOfTwoWords) {
  Stream s = stream(1), words = stream(1);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(draw_uniform(s), static_cast<double>(words.next64() >> 11) * 0x1p-53);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(draw_open(s), (static_cast<double>(words.next64() >> 12) * 2 + 1) * 0x1p-53);
}

TEST(DrawUniform, IsUniform) {
  testing::expect_distribution(draws(2, draw_uniform), [](double x) { return x; });
  testing::expect_distribution(draws(3, draw_open), [](double x) { return x; });
}

TEST(Coin, IsExactAtTheEndsAndAtTheThreshold) {
  EXPECT_FALSE(Coin(0)(0));
  EXPECT_TRUE(Coin(1)(0xffffffffU));
  EXPECT_EQ(Coin(0.25).threshold, std::uint64_t{1} << 30);
  EXPECT_TRUE(Coin(0.25)((1U << 30) - 1));
  EXPECT_FALSE(Coin(0.25)(1U << 30));
  EXPECT_THROW(Coin(1.1), ContractError);
  EXPECT_THROW(Coin(std::nan("")), ContractError);
}

TEST(DrawBelow, IsUniformOverSmallAndHugeRanges) {
  const auto x = draws(4, [](Stream& s) { return draw_below(s, 7); });
  expect_counts(x, std::vector<double>(7, 1.0 / 7));
  // 3 x 2^62: two thirds of 64-bit words would be biased without rejection
  const std::uint64_t huge = std::uint64_t{3} << 62;
  const auto y = draws(5, [&](Stream& s) { return draw_below(s, huge) >> 60; });
  expect_counts(y, std::vector<double>(12, 1.0 / 12));
  const std::uint64_t wide = std::uint64_t{3} << 30;
  const auto z = draws(6, [&](Stream& s) { return draw_below(s, wide) >> 28; });
  expect_counts(z, std::vector<double>(12, 1.0 / 12));
  Stream s = stream(7);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(draw_below(s, 1), 0U);
}

TEST(DrawBernoulli, HasItsProbability) {
  for (double p : {0.0, 0.03, 0.5, 1.0}) {
    const auto x = draws(8, [&](Stream& s) { return draw_bernoulli(s, p) ? 1 : 0; });
    double heads = 0;
    for (double v : x) heads += v;
    EXPECT_NEAR(heads / n, p, 4.9 * std::sqrt(p * (1 - p) / n));
  }
}

TEST(DrawContinuous, FollowsItsLaw) {
  testing::expect_distribution(draws(10, [](Stream& s) { return draw_exponential(s, 3); }),
                               [](double x) { return 1 - std::exp(-x / 3); });
  testing::expect_distribution(draws(11, draw_normal), [](double x) { return std::erfc(-x / std::sqrt(2)) / 2; });
  testing::expect_distribution(draws(12, [](Stream& s) { return draw_lognormal(s, 2, 1.2); }),
                               [](double x) { return std::erfc(-std::log(x / 2) / 1.2 / std::sqrt(2)) / 2; });
  for (double shape : {0.3, 1.0, 4.5, 80.0})
    testing::expect_distribution(draws(13, [&](Stream& s) { return draw_gamma(s, shape, 2); }),
                                 [&](double x) { return math::gamma_probability(shape, x / 2); });
}

TEST(DrawContinuous, HasItsMoments) {
  testing::expect_moments(draws(14, [](Stream& s) { return draw_exponential(s, 3); }), 3, 9, 9);
  testing::expect_moments(draws(15, draw_normal), 0, 1, 3);
  testing::expect_moments(draws(16, [](Stream& s) { return draw_gamma(s, 4, 2); }), 8, 16, 4.5);
}

TEST(DrawBeta, FollowsClosedForms) {
  // Beta(a, 1) has distribution x^a, Beta(1, b) has 1 - (1-x)^b, Beta(1/2, 1/2) the arcsine, Beta(2, 2) 3x^2 - 2x^3
  testing::expect_distribution(draws(17, [](Stream& s) { return draw_beta(s, 8, 1); }),
                               [](double x) { return std::pow(x, 8); });
  testing::expect_distribution(draws(18, [](Stream& s) { return draw_beta(s, 1, 0.4); }),
                               [](double x) { return 1 - std::pow(1 - x, 0.4); });
  testing::expect_distribution(draws(19, [](Stream& s) { return draw_beta(s, 0.5, 0.5); }),
                               [](double x) { return 2 / M_PI * std::asin(std::sqrt(x)); });
  testing::expect_distribution(draws(20, [](Stream& s) { return draw_beta(s, 2, 2); }),
                               [](double x) { return x * x * (3 - 2 * x); });
  // tiny shapes: all the mass at the ends, never a not-a-number
  for (double x : draws(21, [](Stream& s) { return draw_beta(s, 1e-4, 1e-4); })) ASSERT_TRUE(x >= 0 && x <= 1);
}

std::vector<double> poisson_mass(double mean, std::size_t size) {
  std::vector<double> m(size);
  for (std::size_t k = 0; k < size; ++k)
    m[k] = std::exp(static_cast<double>(k) * std::log(mean) - mean - std::lgamma(static_cast<double>(k) + 1));
  return m;
}

TEST(DrawPoisson, FollowsItsLawOnBothSidesOfTheSwitch) {
  std::uint32_t entity = 30;
  for (double mean : {0.2, 3.0, 9.99, 10.0, 37.0, 400.0}) {
    SCOPED_TRACE(mean);
    expect_counts(draws(entity++, [&](Stream& s) { return draw_poisson(s, mean); }),
                  poisson_mass(mean, static_cast<std::size_t>(mean + 8 * std::sqrt(mean) + 5)));
  }
  testing::expect_moments(draws(entity, [](Stream& s) { return draw_poisson(s, 1e9); }), 1e9, 1e9, 3);
  Stream s = stream(1);
  EXPECT_EQ(draw_poisson(s, 0), 0U);
}

TEST(DrawBinomial, FollowsItsLawOnBothSidesOfTheSwitch) {
  std::uint32_t entity = 40;
  for (const auto& [trials, p] : {std::pair{12, 0.3}, {12, 0.8}, {100, 0.1}, {99, 0.1}, {1000, 0.35}, {200, 0.9}}) {
    SCOPED_TRACE(trials);
    std::vector<double> mass;
    for (int k = 0; k <= trials; ++k)
      mass.push_back(std::exp(std::lgamma(trials + 1) - std::lgamma(k + 1) - std::lgamma(trials - k + 1) +
                              k * std::log(p) + (trials - k) * std::log1p(-p)));
    const auto count = static_cast<std::uint64_t>(trials);
    const double chance = p;
    expect_counts(draws(entity++, [&](Stream& s) { return draw_binomial(s, count, chance); }), mass);
  }
  Stream s = stream(1);
  EXPECT_EQ(draw_binomial(s, 50, 0), 0U);
  EXPECT_EQ(draw_binomial(s, 50, 1), 50U);
  EXPECT_EQ(draw_binomial(s, 0, 0.5), 0U);
}

TEST(DrawGeometric, FollowsItsLaw) {
  std::vector<double> mass;
  for (int k = 0; k < 60; ++k) mass.push_back(0.2 * std::pow(0.8, k));
  expect_counts(draws(50, [](Stream& s) { return draw_geometric(s, 0.2); }), mass);
  Stream s = stream(1);
  EXPECT_EQ(draw_geometric(s, 1), 0U);
  EXPECT_GT(draw_geometric(s, 1e-300), std::uint64_t{1} << 60);
}

TEST(PowerLaw, FollowsItsLaw) {
  struct Case {
    double exponent;
    std::uint64_t least, most;
  };
  std::uint32_t entity = 60;
  for (const auto& [exponent, least, most] :
       {Case{2.276, 1, PowerLaw::unbounded}, {2.276, 5, 1000}, {1, 1, 50}, {0, 3, 12}, {0.7, 1, 400}, {3.5, 2, 2}}) {
    SCOPED_TRACE(exponent);
    const PowerLaw law(exponent, least, most);
    const std::uint64_t top = std::min<std::uint64_t>(most, 2000);
    std::vector<double> mass(top + 1);
    double total = 0;
    for (std::uint64_t k = least; k <= top; ++k) total += mass[k] = std::pow(static_cast<double>(k), -exponent);
    // Euler-Maclaurin for what lies above
    if (most > top) total += std::pow(static_cast<double>(top) + 0.5, 1 - exponent) / (exponent - 1);
    for (double& m : mass) m /= total;
    const auto x = draws(entity++, law);
    if (least == most) {
      for (double v : x) ASSERT_EQ(v, static_cast<double>(least));
    } else {
      expect_counts(x, mass);
    }
  }
  EXPECT_THROW(PowerLaw(1, 1), ContractError);
  EXPECT_THROW(PowerLaw(2, 0), ContractError);
}

TEST(Draws, TakeTheStatedNumberOfWords) {
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_uniform(s); }), 2);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_open(s); }), 2);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_below(s, 1000); }), 1);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_below(s, std::uint64_t{1} << 40); }), 2);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_bernoulli(s, 0.5); }), 2);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_bernoulli(s, 1); }), 2);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_exponential(s, 2); }), 2);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_lognormal(s, 2, 1); }), 2);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_poisson(s, 4); }), 2);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_binomial(s, 10, 0.7); }), 2);
  EXPECT_EQ(words_used(70, [](Stream& s) { draw_geometric(s, 1); }), 2);
  EXPECT_GE(words_used(70, [](Stream& s) { draw_gamma(s, 2, 1); }), 4);
}

}  // namespace
}  // namespace demarche
