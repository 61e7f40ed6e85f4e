#include "output/tables/quantity.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace demarche::output {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Quantity of(const std::string& unit, std::vector<double> values = {1}) {
  return {unit, values};
}

TEST(Quantity, ThreeDigitsAndThousands) {
  const Quantity q = of("actors");
  EXPECT_EQ(q.text(0, nan), "0");
  EXPECT_EQ(q.text(1234567, nan), "1,230,000");
  EXPECT_EQ(q.text(12.345, nan), "12.3");
  EXPECT_EQ(q.text(0.00123456, nan), "0.00123");
  EXPECT_EQ(q.text(-999, nan), "\u2212999");
  EXPECT_EQ(q.text(nan, nan), "\u2013");
  EXPECT_EQ(q.text(std::numeric_limits<double>::infinity(), nan), "\u2013");
  EXPECT_EQ(q.text(1.5e18, nan), "1.50e+18");
}

TEST(Quantity, ANarrowIntervalShowsMoreDigitsAndAWideOneNoFewer) {
  const Quantity q = of("actors");
  EXPECT_EQ(q.text(12345, 40), "12,350");
  EXPECT_EQ(q.interval(12305, 12385, 12345, 40), "12,310 to 12,390");
  EXPECT_EQ(q.text(12345, 4000), "12,300");
  EXPECT_EQ(q.text(1.0000001, 1e-12), "1.00000");  // six digits at most
}

TEST(Quantity, ANumberNearZeroHasTheDigitsOfItsInterval) {
  const Quantity q = of("actors");
  EXPECT_EQ(q.signed_text(0.004, 1.2), "0.0");
  EXPECT_EQ(q.signed_interval(-1.196, 1.204, 0.004, 1.2), "\u22121.2 to +1.2");
}

TEST(Quantity, OneUnitOfTimeForARow) {
  EXPECT_EQ(of("h", {72, 50, 200}).unit(), "days");
  EXPECT_EQ(of("h", {72, 0.5, 0}).unit(), "hours");
  EXPECT_EQ(of("h", {0.5, 0.2, nan}).unit(), "minutes");
  EXPECT_EQ(of("h", {0.001}).unit(), "seconds");
  EXPECT_EQ(of("h", {0, 0}).unit(), "hours");
  EXPECT_EQ(of("h", {72, 72}).text(72, nan), "3.00");
  EXPECT_EQ(of("h", {0.5}).text(0.5, nan), "30.0");
}

TEST(Quantity, SharesArePerCentAndTheirDifferencesPoints) {
  const Quantity q = of("share");
  EXPECT_EQ(q.unit(), "%");
  EXPECT_EQ(q.difference_unit(), "percentage points");
  EXPECT_EQ(q.text(0.1234, nan), "12.3");
  EXPECT_EQ(q.signed_text(0.05, nan), "+5.00");
  EXPECT_EQ(of("probability").unit(), "%");
  EXPECT_EQ(of("1").unit(), "");
}

}  // namespace
}  // namespace demarche::output
