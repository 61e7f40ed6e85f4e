#include "sim/base/math.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/unit/base/sample.hpp"

namespace demarche {
namespace {

/// Distance in units of the last place of a result computed with more digits by the C library.
double ulps(double ours, long double theirs) {
  const double size = std::fabs(static_cast<double>(theirs));
  const double ulp = std::nextafter(size, INFINITY) - size;
  return static_cast<double>(std::fabs(static_cast<long double>(ours) - theirs)) / ulp;
}

class Elementary : public ::testing::Test {
 protected:
  /// Uniform in (-half, half).
  double around(double half) { return (static_cast<double>(words_.next64() >> 11) * 0x1p-53 - 0.5) * 2 * half; }
  Stream words_ = testing::stream(1);
};

TEST_F(Elementary, LogarithmsAreWithinOneUlp) {
  for (int i = 0; i < 100000; ++i) {
    const double x = std::exp(around(i % 2 != 0 ? 700 : 1));
    ASSERT_LT(ulps(math::log(x), std::log(static_cast<long double>(x))), 1.0) << x;
    const double y = around(i % 2 != 0 ? 0.999 : 1e-3);
    ASSERT_LT(ulps(math::log1p(y), std::log1p(static_cast<long double>(y))), 2.0) << y;
  }
}

TEST_F(Elementary, ExponentialsAreWithinOneUlp) {
  for (int i = 0; i < 100000; ++i) {
    const double x = around(i % 2 != 0 ? 700 : 1);
    ASSERT_LT(ulps(math::exp(x), std::exp(static_cast<long double>(x))), 1.0) << x;
    ASSERT_LT(ulps(math::expm1(x), std::expm1(static_cast<long double>(x))), 4.0) << x;
    ASSERT_LT(ulps(math::exp2(x), std::exp2(static_cast<long double>(x))), 2.0) << x;
  }
}

TEST_F(Elementary, PowersAreWithinTwoUlps) {
  for (int i = 0; i < 100000; ++i) {
    const double x = std::exp(around(i % 2 != 0 ? 1 : 8)), y = around(2);
    ASSERT_LT(ulps(math::pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y))), 2.0)
        << x << "^" << y;
  }
  EXPECT_EQ(math::pow(3, 5), 243);
  EXPECT_EQ(math::pow(2, -3), 0.125);
}

TEST(MathLimits, AreThoseOfIeee) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(math::log(0), -infinity);
  EXPECT_EQ(math::log(infinity), infinity);
  EXPECT_TRUE(std::isnan(math::log(-1)));
  EXPECT_EQ(math::log(1), 0);
  EXPECT_NEAR(math::log(0x1p-1074), -1074 * 0.69314718055994530942, 1e-12);
  EXPECT_EQ(math::log1p(-1), -infinity);
  EXPECT_EQ(math::exp(0), 1);
  EXPECT_EQ(math::exp(-infinity), 0);
  EXPECT_EQ(math::exp(infinity), infinity);
  EXPECT_EQ(math::exp(710), infinity);
  EXPECT_EQ(math::exp(-745), 0x1p-1074);
  EXPECT_EQ(math::exp2(10), 1024);
  EXPECT_EQ(math::pow(0, 2), 0);
  EXPECT_EQ(math::pow(0, -2), infinity);
  EXPECT_EQ(math::pow(7, 0), 1);
  EXPECT_EQ(math::pow(0.5, 1e9), 0);
}

TEST(NormalLaw, QuantileInvertsProbability) {
  for (int i = 1; i < 5000; ++i) {
    const double p = i / 5000.0, z = math::normal_quantile(p);
    ASSERT_NEAR(math::normal_probability(z), p, 2e-15);
    ASSERT_NEAR(std::erfc(-z / std::sqrt(2)) / 2, p, 2e-15);
  }
  for (double p : {1e-300, 1e-100, 1e-20, 1e-9})
    EXPECT_NEAR(std::erfc(-math::normal_quantile(p) / std::sqrt(2)) / 2 / p, 1, 1e-12);
  EXPECT_NEAR(math::normal_quantile(0.975), 1.9599639845400545, 1e-15);
}

TEST(GammaFunction, AgreesWithTheLibraryAndWithFactorials) {
  for (double x = 0.01; x < 1000; x *= 1.03)
    ASSERT_NEAR(math::log_gamma(x), std::lgamma(x), 1e-14 * std::fmax(1, std::fabs(std::lgamma(x)))) << x;
  EXPECT_EQ(math::log_factorial(0), 0);
  EXPECT_EQ(math::log_factorial(1), 0);
  for (std::uint64_t n : {2U, 5U, 20U, 21U, 170U, 100000U})
    EXPECT_NEAR(math::log_factorial(n) / std::lgamma(static_cast<double>(n) + 1), 1, 1e-14) << n;
}

TEST(GammaLaw, QuantileInvertsProbability) {
  for (double shape : {0.05, 0.5, 1.0, 2.0, 9.0, 50.0, 1000.0})
    for (double p = 0.0005; p < 1; p += 0.0173) {
      const double x = math::gamma_quantile(shape, p);
      ASSERT_NEAR(math::gamma_probability(shape, x), p, 1e-9 * p * (1 - p) + 1e-13) << shape;
    }
  // shape 1 is exponential, shape 1/2 a squared normal
  EXPECT_NEAR(math::gamma_probability(1, 2.5), 1 - std::exp(-2.5), 1e-15);
  EXPECT_NEAR(math::gamma_probability(0.5, 2.0), std::erf(std::sqrt(2.0)), 1e-14);
}

}  // namespace
}  // namespace demarche
