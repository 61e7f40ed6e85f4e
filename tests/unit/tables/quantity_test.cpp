#include "output/tables/quantity.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace demarche::output {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Quantity, ThreeDigitsAndThousands) {
  const Quantity q("actors");
  EXPECT_EQ(q.unit(), "actors");
  EXPECT_EQ(q.text(0), "0");
  EXPECT_EQ(q.text(1234567), "1,230,000");
  EXPECT_EQ(q.text(12.345), "12.3");
  EXPECT_EQ(q.text(0.00123456), "0.00123");
  EXPECT_EQ(q.text(-999), "\u2212999");
  EXPECT_EQ(q.text(nan), "\u2013");
  EXPECT_EQ(q.text(std::numeric_limits<double>::infinity()), "\u2013");
  EXPECT_EQ(q.text(1.5e18), "1.50e+18");
}

TEST(Quantity, ANarrowIntervalShowsMoreDigitsAndAWideOneNoFewer) {
  const Quantity q("actors");
  EXPECT_EQ(q.estimate(12345, 12305, 12385), "12,350 \u00b1 40");
  EXPECT_EQ(q.estimate(12345, 8345, 16345), "12,300 \u00b1 4,000");
  EXPECT_EQ(q.estimate(1.0000001, 1.0000001 - 1e-12, 1.0000001 + 1e-12), "1.00000 \u00b1 0.00000");
  EXPECT_EQ(q.estimate(12, 12, 12), "12.0");
  EXPECT_EQ(q.estimate(12, nan, nan), "12.0");
}

TEST(Quantity, TheWiderHalfOfALopsidedInterval) {
  EXPECT_EQ(Quantity("probability").estimate(0.1, 0.05, 0.25), "10 \u00b1 15 %");
  EXPECT_EQ(Quantity("probability").estimate(0, 0, 0.015), "0.0 \u00b1 1.5 %");
}

TEST(Quantity, ADifferenceNearZeroHasTheDigitsOfItsInterval) {
  const Quantity q("actors");
  EXPECT_EQ(q.difference(0.004, -1.196, 1.204), "0.0");
  EXPECT_EQ(q.difference_interval(0.004, -1.196, 1.204), "\u22121.2 to +1.2");
}

TEST(Quantity, ATimeHasTheUnitOfItsSize) {
  const Quantity q("h");
  EXPECT_EQ(q.unit(), "");
  EXPECT_EQ(q.text(0.001), "3.60 s");
  EXPECT_EQ(q.text(0.805), "48.3 min");
  EXPECT_EQ(q.text(20.21), "20.2 h");
  EXPECT_EQ(q.text(214.9), "8.95 d");
  EXPECT_EQ(q.text(0), "0 h");
  EXPECT_EQ(q.text(1e6), "41,700 d");
  EXPECT_EQ(q.estimate(72, 60, 84), "3.00 \u00b1 0.50 d");
}

TEST(Quantity, ATimeDifferenceHasTheUnitOfItsFarEnd) {
  const Quantity q("h");
  EXPECT_EQ(q.difference(-214, -215, -213), "\u22128.92 d");
  EXPECT_EQ(q.difference(0.1, -50, 50.2), "0.0 d");
  EXPECT_EQ(q.difference_interval(0.1, -50, 50.2), "\u22122.1 to +2.1 d");
  EXPECT_EQ(q.difference(0.5, 0.25, 0.75), "+30.0 min");
}

TEST(Quantity, SharesArePerCentAndTheirDifferencesPoints) {
  const Quantity q("share");
  EXPECT_EQ(q.unit(), "");
  EXPECT_EQ(q.text(0.1234), "12.3 %");
  EXPECT_EQ(q.difference(0.05, nan, nan), "+5.00 pp");
  EXPECT_EQ(q.difference_interval(0.05, 0.04, 0.06), "+4.00 to +6.00 pp");
  EXPECT_EQ(Quantity("probability").text(1), "100 %");
  EXPECT_EQ(Quantity("1").unit(), "");
}

}  // namespace
}  // namespace demarche::output
