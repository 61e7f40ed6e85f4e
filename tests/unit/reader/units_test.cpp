#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "scenarios/reader/moments.hpp"
#include "scenarios/reader/units.hpp"
#include "sim/calendar/calendar.hpp"

namespace demarche::scenarios {
namespace {

using testing::HasSubstr;

Node w(const std::string& text) {
  return Node::word(text);
}
template <class T>
std::string why(const Parsed<T>& p) {
  return p ? "" : p.problem.text();
}

TEST(Units, Durations) {
  EXPECT_EQ(*read_duration(w("45 min")), 2700);
  EXPECT_EQ(*read_duration(w("2 d")), 172800);
  EXPECT_EQ(*read_duration(w("1.5 h")), 5400);
  EXPECT_EQ(*read_duration(w("90s")), 90);
  EXPECT_EQ(*read_duration(w("2 weeks")), 1209600);
  EXPECT_EQ(*read_duration(w("1 day")), 86400);
  EXPECT_EQ(*read_duration(w("0")), 0);
  EXPECT_EQ(why(read_duration(w("14"))), "'14' is not a duration (the unit is missing); write 14 h, 14 min or 14 d");
  EXPECT_THAT(why(read_duration(w("14 y"))), HasSubstr("'y' is not a unit of time); use s, min, h, d or w"));
  EXPECT_THAT(why(read_duration(w("-1 h"))), HasSubstr("negative"));
  EXPECT_THAT(why(read_duration(w("soon"))), HasSubstr("write a duration such as 2 h, 30 min or 3 d"));
  EXPECT_THAT(why(read_duration(w("1,000 s"))), HasSubstr("write 1000"));
  EXPECT_THAT(why(read_duration(w("010 s"))), HasSubstr("leading zero"));
  EXPECT_FALSE(read_duration(Node::string("0")));
}

TEST(Units, SharesAndRates) {
  EXPECT_EQ(*read_share(w("8 %")), 0.08);
  EXPECT_EQ(*read_share(w("0.08")), 0.08);
  EXPECT_EQ(*read_share(w("57 %")), 0.57);  // 57 * 0.01 is another number
  EXPECT_EQ(*read_share(w("100%")), 1);
  EXPECT_EQ(why(read_share(w("22"))),
            "'22' is out of range (a share lies between 0 and 1, or 0 % and 100 %); write 22 % if that is meant");
  EXPECT_THAT(why(read_share(w("101 %"))), HasSubstr("out of range"));
  EXPECT_THAT(why(read_share(w("-1 %"))), HasSubstr("out of range"));
  EXPECT_DOUBLE_EQ(*read_rate(w("1.7 per day")), 1.7 / 86400);
  EXPECT_DOUBLE_EQ(*read_rate(w("2 per hour"), 86400), 48);
  EXPECT_THAT(why(read_rate(w("1.7"))), HasSubstr("write 1.7 per day"));
  EXPECT_THAT(why(read_rate(w("1.7 per year"))), HasSubstr("'year' is not a unit"));
}

TEST(Units, NumbersAreNeverGuessed) {
  EXPECT_EQ(*read_number(w("-1.5e3")), -1500);
  for (const char* bad : {"010", "+1", ".5", "5.", "0x1F", "1_000", "1,000", "1 000", "nan", "NaN", ".nan", "inf",
                          ".inf", "1e999", "١٢", "1e", "--1", "", "1.2.3"})
    EXPECT_FALSE(read_number(w(bad))) << bad;
  EXPECT_FALSE(read_number(Node::string("1")));
  EXPECT_EQ(*read_integer(w("-12")), -12);
  EXPECT_EQ(*read_integer(w("1e5")), 100000);
  EXPECT_EQ(*read_integer(w("3.0")), 3);
  EXPECT_EQ(*read_integer(w("9223372036854775807")), std::int64_t{9223372036854775807});
  EXPECT_EQ(*read_unsigned(w("18446744073709551615")), ~std::uint64_t{0});
  for (const char* bad : {"1.5", "9223372036854775808", "007", "ten", "1e30"})
    EXPECT_FALSE(read_integer(w(bad))) << bad;
  EXPECT_FALSE(read_unsigned(w("-1")));
  EXPECT_TRUE(*read_truth(w("true")));
  for (const char* bad : {"yes", "on", "True", "1", "null"}) EXPECT_FALSE(read_truth(w(bad))) << bad;
}

TEST(Units, TextIsWhatYamlTakesForText) {
  for (const char* text : {"abc", "1 h", "1.2.3", "2013-04-08", "e5", "-", "yes", "0x", "1_000", "."})
    EXPECT_TRUE(is_text(w(text))) << text;
  for (const char* other :
       {"1", "-1.5", ".5", "5.", "1e5", "0x1f", "0o7", ".inf", "-.inf", ".nan", "true", "~", "NULL", "010"})
    EXPECT_FALSE(is_text(w(other))) << other;
  EXPECT_TRUE(is_text(Node::string("1")));
}

TEST(Units, Laws) {
  EXPECT_EQ(*read_law(w("lognormal(median 2 h, sigma 1.2)")), Law::lognormal(7200, 1.2));
  EXPECT_EQ(*read_law(w("lognormal( 2 h , 1.2 )")), Law::lognormal(7200, 1.2));
  EXPECT_EQ(*read_law(w("exponential(mean 1 h)")), Law::exponential(3600));
  EXPECT_EQ(*read_law(w("5 min")), Law::fixed(300));
  EXPECT_EQ(*read_law(w("fixed(5 min)")), Law::fixed(300));
  EXPECT_EQ(*read_law(w("uniform(low 5 min, high 30 min)")), (Law{Law::Kind::uniform, 300, 1800, {}}));
  EXPECT_EQ(*read_law(w("uniform(5 min, 30 min)")), (Law{Law::Kind::uniform, 300, 1800, {}}));
  EXPECT_EQ(*read_law(w("gamma(mean 3 h, shape 2)")), (Law{Law::Kind::gamma, 10800, 2, {}}));
  EXPECT_EQ(*read_law(w("erlang(mean 3 h, shape 2)")), (Law{Law::Kind::gamma, 10800, 2, {}}));
  EXPECT_EQ(*read_law(w("seismic(break 300 s, theta 0.2314843)")), (Law{Law::Kind::seismic, 300, 0.2314843, {}}));
  EXPECT_EQ(*read_law(w("quantiles(0 %: 1 min, 50 %: 41 min, 100 %: 30 d)")),
            (Law{Law::Kind::quantiles, 0, 0, {{0, 60}, {0.5, 2460}, {1, 2592000}}}));
  EXPECT_EQ(*read_law(w("gamma(mean 3, shape 2)"), Quantity::number), (Law{Law::Kind::gamma, 3, 2, {}}));
}

TEST(Units, LawsSayWhatIsWrong) {
  EXPECT_THAT(why(read_law(w("lognormall(median 2 h, sigma 1)"))), HasSubstr("did you mean lognormal?"));
  EXPECT_EQ(why(read_law(w("lognormal(median 2, sigma 1)"))),
            "in lognormal: '2' is not a duration (the unit is missing); write 2 h, 2 min or 2 d");
  EXPECT_THAT(why(read_law(w("lognormal(2 h)"))),
              HasSubstr("lognormal takes 2 values; write lognormal(median 2 h, sigma 1.2)"));
  EXPECT_THAT(why(read_law(w("lognormal(sigma 1, median 2 h)"))), HasSubstr("write lognormal(median 2 h, sigma 1.2)"));
  EXPECT_THAT(why(read_law(w("lognormal(median 2 h, sigma -1)"))), HasSubstr("sigma must be at least 0"));
  EXPECT_THAT(why(read_law(w("exponential(mean 0 s)"))), HasSubstr("mean must be above 0"));
  EXPECT_THAT(why(read_law(w("uniform(5 h, 1 h)"))), HasSubstr("low must be below high"));
  EXPECT_THAT(why(read_law(w("erlang(1 h, 1.5)"))), HasSubstr("whole number"));
  EXPECT_THAT(why(read_law(w("quantiles(0 %: 1 h, 50 %: 30 min, 100 %: 2 h)"))), HasSubstr("does not increase"));
  EXPECT_THAT(why(read_law(w("quantiles(10 %: 1 h, 100 %: 2 h)"))), HasSubstr("begin at 0 %"));
  EXPECT_THAT(why(read_law(w("lognormal"))), HasSubstr("is not complete; write lognormal(median"));
  for (const char* bad : {"", "(", ")", "()", "fixed()", "fixed(", "quantiles()", "lognormal(,)",
                          "lognormal(median,sigma)", "fixed(1 h))"})
    EXPECT_FALSE(read_law(w(bad))) << bad;
}

TEST(Units, DatesAndMoments) {
  EXPECT_EQ(*read_date(w("1970-01-02")), 1);
  EXPECT_EQ(*read_date(w("2012-02-29")), calendar::days_from_civil(2012, 2, 29));
  for (const char* bad :
       {"2013-02-29", "2013-13-01", "2013-00-10", "13-01-01", "2013/01/01", "2013-1-1", "2013-04-08x"})
    EXPECT_FALSE(read_date(w(bad))) << bad;
  const std::int64_t noon = *read_moment(w("2013-04-15 14:50 America/New_York"));
  EXPECT_EQ(write_moment(noon), "2013-04-15 18:50 UTC");
  EXPECT_EQ(*read_moment(w(write_moment(noon + 7))), noon + 7);
  EXPECT_THAT(why(read_moment(w("2013-03-10 02:30 America/New_York"))), HasSubstr("skip it"));
  EXPECT_THAT(why(read_moment(w("2013-04-15 14:50"))), HasSubstr("the time zone is missing"));
  EXPECT_THAT(why(read_moment(w("2013-04-15"))), HasSubstr("the time of the day is missing"));
  EXPECT_THAT(why(read_moment(w("2013-04-15 14:50 America/New_Yrok"))), HasSubstr("America/New_York"));
  EXPECT_EQ(*read_clock_time("24:00"), 1440);
  EXPECT_FALSE(read_clock_time("24:01"));
}

// Whatever is written is read back to the last bit.
RC_GTEST_PROP(Units, WrittenQuantitiesAreReadBack, (unsigned mantissa, unsigned char shift)) {
  const double x = std::ldexp(static_cast<double>(mantissa), static_cast<int>(shift % 40) - 20);
  RC_ASSERT(*read_duration(w(write_duration(x))) == x);
  RC_ASSERT(*read_rate(w(write_rate(x))) == x);
  RC_ASSERT(*read_rate(w(write_rate(x, 86400)), 86400) == x);
  const double p = static_cast<double>(mantissa) / 4294967295.0;
  RC_ASSERT(*read_share(w(write_share(p))) == p);
  const Law law = Law::lognormal(x + 1e-9, p);
  RC_ASSERT(*read_law(w(write_law(law))) == law);
}

TEST(Units, WrittenQuantitiesAreShort) {
  EXPECT_EQ(write_duration(5400), "90 min");
  EXPECT_EQ(write_duration(60), "1 min");
  EXPECT_EQ(write_duration(14 * 86400.0), "2 w");
  EXPECT_EQ(write_share(0.29), "29 %");
  EXPECT_EQ(write_rate(1.7 / 86400), "1.7 per day");
  EXPECT_EQ(write_law(Law::lognormal(7200, 1.2)), "lognormal(median 2 h, sigma 1.2)");
}

}  // namespace
}  // namespace demarche::scenarios
