#include "sim/calendar/zone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/base/error.hpp"
#include "sim/calendar/date.hpp"

namespace demarche::calendar {
namespace {

std::int64_t utc(int year, int month, int day, int hour, int minute = 0) {
  return days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60;
}
/// Minutes east of UTC just before a moment and at it.
std::pair<int, int> around(const char* name, std::int64_t moment) {
  return {zone(name).offset_at(moment - 1) / 60, zone(name).offset_at(moment) / 60};
}
using Change = std::pair<int, int>;

TEST(Date, KnownDays) {
  EXPECT_EQ(days_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(days_from_civil(2000, 3, 1), 11017);
  EXPECT_EQ(days_from_civil(1969, 12, 31), -1);
  EXPECT_EQ(weekday(days_from_civil(2013, 4, 15)), 0);  // a Monday
  EXPECT_EQ(weekday(days_from_civil(1969, 12, 28)), 6);
  EXPECT_EQ(day_of(-1), -1);
  EXPECT_EQ(second_of_day(-1), 86399);
}

RC_GTEST_PROP(Date, GoesThereAndBack, ()) {
  const auto days = *rc::gen::inRange<std::int64_t>(-800000, 800000);
  const CivilDate d = civil_from_days(days), next = civil_from_days(days + 1);
  RC_ASSERT(days_from_civil(d.year, d.month, d.day) == days);
  RC_ASSERT(d.month >= 1 && d.month <= 12 && d.day >= 1 && d.day <= 31);
  RC_ASSERT(next.day == d.day + 1 || (next.day == 1 && (next.month == d.month + 1 || next.year == d.year + 1)));
  RC_ASSERT(weekday(days + 1) == (weekday(days) + 1) % 7);
}

TEST(Zone, DaylightSavingOf2013) {
  EXPECT_EQ(around("America/Toronto", utc(2013, 3, 10, 7)), Change(-300, -240));
  EXPECT_EQ(around("America/Toronto", utc(2013, 11, 3, 6)), Change(-240, -300));
  EXPECT_EQ(around("Europe/London", utc(2013, 3, 31, 1)), Change(0, 60));
  EXPECT_EQ(around("Europe/London", utc(2013, 10, 27, 1)), Change(60, 0));
  EXPECT_EQ(around("Asia/Tehran", utc(2013, 3, 21, 20, 30)), Change(210, 270));
  EXPECT_EQ(around("Australia/Lord_Howe", utc(2013, 4, 6, 15)), Change(660, 630));
  EXPECT_EQ(around("America/Sao_Paulo", utc(2013, 10, 20, 3)), Change(-180, -120));
}

TEST(Zone, WithoutDaylightSaving) {
  for (int month = 1; month <= 12; ++month) {
    EXPECT_EQ(zone("Asia/Kathmandu").offset_at(utc(2013, month, 1, 0)), 345 * 60);
    EXPECT_EQ(zone("Africa/Cairo").offset_at(utc(2013, month, 1, 0)), 120 * 60);
    EXPECT_EQ(zone("Europe/Moscow").offset_at(utc(2013, month, 1, 0)), 240 * 60);
    EXPECT_EQ(zone("UTC").offset_at(utc(2013, month, 1, 0)), 0);
  }
  // Egypt had summer time in 2014 again, and Russia went back an hour
  EXPECT_EQ(zone("Africa/Cairo").offset_at(utc(2014, 6, 1, 0)), 180 * 60);
  EXPECT_EQ(around("Europe/Moscow", utc(2014, 10, 25, 22)), Change(240, 180));
}

TEST(Zone, RulesContinueTo2050) {
  EXPECT_EQ(around("America/New_York", utc(2049, 3, 14, 7)), Change(-300, -240));
  EXPECT_EQ(around("Europe/Paris", utc(2049, 10, 31, 1)), Change(120, 60));
}

TEST(Zone, GapsAndOverlaps) {
  const Zone& toronto = zone("America/Toronto");
  const auto local = [](int day, int month, int hour, int minute) { return utc(2013, month, day, hour, minute); };
  EXPECT_EQ(toronto.utc_of_local(local(10, 3, 1, 59)), utc(2013, 3, 10, 6, 59));
  EXPECT_EQ(toronto.utc_of_local(local(10, 3, 2, 30)), utc(2013, 3, 10, 7));  // there was no half past two
  EXPECT_EQ(toronto.utc_of_local(local(10, 3, 3, 0)), utc(2013, 3, 10, 7));
  EXPECT_EQ(toronto.utc_of_local(local(3, 11, 1, 30)), utc(2013, 11, 3, 5, 30));  // the first of two
  EXPECT_EQ(toronto.utc_of_local(local(3, 11, 2, 0)), utc(2013, 11, 3, 7));
}

RC_GTEST_PROP(Zone, LocalTimeGoesThereAndBack, ()) {
  const Zone& z = zone(*rc::gen::elementOf(zone_names()));
  const auto moment = *rc::gen::inRange(utc(2000, 1, 2, 0), utc(2051, 1, 1, 0));
  const std::int64_t local = z.local_s(moment), back = z.utc_of_local(local);
  RC_ASSERT(back <= moment);  // the earlier of two
  RC_ASSERT(z.local_s(back) == local);
  // in a gap: no moment before the answer shows a later wall clock
  const auto any = moment + *rc::gen::inRange(-90000, 90000);
  const std::int64_t answer = z.utc_of_local(any);
  RC_ASSERT(z.local_s(answer) >= any);
  RC_ASSERT(z.local_s(answer - 1) < any || z.offset_at(answer - 1) != z.offset_at(answer));
}

TEST(Zone, TableIsInOrder) {
  EXPECT_GT(zone_names().size(), 400U);
  for (const std::string& name : zone_names()) {
    const Zone& z = zone(name);
    ASSERT_FALSE(z.offsets.empty()) << name;
    for (std::size_t i = 1; i < z.offsets.size(); ++i) {
      ASSERT_LT(z.offsets[i - 1].first, z.offsets[i].first) << name;
      ASSERT_NE(z.offsets[i - 1].second, z.offsets[i].second) << name;
      ASSERT_LE(std::abs(z.offsets[i].second), 15 * 3600) << name;
    }
  }
  EXPECT_FALSE(zone_table_version().empty());
}

TEST(Zone, SuggestsTheNearestName) {
  const auto message = [](const char* name) -> std::string {
    try {
      zone(name);
    } catch (const InputError& e) {
      return e.problem().suggestion;
    }
    return "known";
  };
  EXPECT_EQ(message("America/Tornto"), "did you mean \"America/Toronto\"?");
  EXPECT_EQ(message("toronto"), "did you mean \"America/Toronto\"?");
  EXPECT_EQ(message("Europe/Kiev"), "known");
  EXPECT_EQ(message("Nowhere at all"), "");
  EXPECT_FALSE(zone_known("america/toronto"));
}

}  // namespace
}  // namespace demarche::calendar
