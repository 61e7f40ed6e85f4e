#include "sim/calendar/activity.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "sim/base/error.hpp"
#include "sim/calendar/date.hpp"

namespace demarche::calendar {
namespace {

const Tick week_min = 7 * 1440;
const Clock minutes{days_from_civil(2013, 4, 8) * 86400, 60};  // a Monday, 00:00 UTC

/// The weight of the local hour, found anew for every tick.
double weight_at(const Zone& zone, const ActivityProfile& p, std::int64_t utc) {
  const std::int64_t local = zone.local_s(utc);
  return p.weight[static_cast<std::size_t>(weekday(day_of(local)) * 24 + second_of_day(local) / 3600)];
}

ActivityProfile any_profile() {
  ActivityProfile p;
  // runs of hours without any activity included
  for (int h = 0; h < 168; ++h) p.weight.push_back(*rc::gen::oneOf(rc::gen::inRange(0, 50), rc::gen::just(0)));
  p.weight[static_cast<std::size_t>(*rc::gen::inRange(0, 168))] = 7;
  return p;
}

void agrees_with_naive(std::int64_t tick_s, Tick longest) {
  const Zone& z = zone(
      *rc::gen::elementOf(std::vector<std::string>{"America/Toronto", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"}));
  const std::int64_t quarter = *rc::gen::inRange(days_from_civil(2013, 1, 1) * 96, days_from_civil(2014, 1, 1) * 96);
  const Clock clock{
      *rc::gen::oneOf(rc::gen::just((days_from_civil(2013, 3, 9) * 96 + 40) * 900),
                      rc::gen::just((days_from_civil(2013, 11, 2) * 96 + 40) * 900), rc::gen::just(quarter * 900)),
      tick_s};
  const Tick end = *rc::gen::inRange<Tick>(1, longest);
  const ActivityProfile p = any_profile();
  const ActivityClock a(z, p, clock, end);

  // A: the definition, summed tick by tick in floating point; ticks of an hour or less never straddle a change of hour
  // here, or are averaged by the second
  double sum = 0, mean = 0;
  for (double w : p.weight) mean += w / 168;
  std::vector<double> exact{0};
  for (Tick t = 0; t < end; ++t) {
    double rate = 0;
    const int parts = tick_s >= 900 ? static_cast<int>(tick_s / 900) : 1;
    for (int i = 0; i < parts; ++i) rate += weight_at(z, p, clock.utc_s(t) + i * 900) / mean / parts;
    sum += rate;
    exact.push_back(sum);
    RC_ASSERT(std::fabs(a.rate(t) - rate) < 1e-3);
    RC_ASSERT(std::fabs(a.cumulative(t + 1 < end ? t + 1 : t) -
                        exact[static_cast<std::size_t>(t + 1 < end ? t + 1 : t)]) < 0.02);
  }
  // after: by its own definition over A, tick by tick
  for (int i = 0; i < 30; ++i) {
    const Tick t = *rc::gen::inRange<Tick>(0, end);
    const Ticks d = *rc::gen::oneOf(rc::gen::inRange<Ticks>(0, end + 5), rc::gen::inRange<Ticks>(0, 20));
    Tick u = t + 1;
    while (u < end && a.cumulative(u) < a.cumulative(t) + static_cast<double>(d)) ++u;
    RC_ASSERT(a.after(t, d) == (u < end ? u : never));
  }
}

RC_GTEST_PROP(ActivityClock, AgreesWithTicksOfAMinute, ()) {
  agrees_with_naive(60, 5000);
}
RC_GTEST_PROP(ActivityClock, AgreesWithTicksOfAnHour, ()) {
  agrees_with_naive(3600, 500);
}
RC_GTEST_PROP(ActivityClock, AgreesWithTicksOfASecond, ()) {
  agrees_with_naive(1, 8000);
}
RC_GTEST_PROP(ActivityClock, AgreesWithTicksOfSixHours, ()) {
  agrees_with_naive(6 * 3600, 100);
}

RC_GTEST_PROP(ActivityClock, FlatProfileIsPlainTime, ()) {
  const Tick end = *rc::gen::inRange<Tick>(1, 100000);
  const ActivityClock a(zone("Europe/London"), {std::vector<double>(168, 0.3)}, minutes, end);
  RC_ASSERT(a.flat());
  const Tick t = *rc::gen::inRange<Tick>(0, end);
  const Ticks d = *rc::gen::inRange<Ticks>(0, 2 * end);
  const Tick u = t + std::max<Ticks>(d, 1);
  RC_ASSERT(a.after(t, d) == (u < end ? u : never));
  RC_ASSERT(a.rate(t) == 1);
  RC_ASSERT(a.cumulative(t) == static_cast<double>(t));
}

TEST(ActivityClock, AWeekOfActivityIsAWeek) {
  for (const std::string& name : profile_names()) {
    const ActivityClock a(zone("UTC"), profile(name), minutes, 60 * week_min + 2);
    EXPECT_NEAR(a.cumulative(week_min), static_cast<double>(week_min), 1e-3) << name;
    EXPECT_NEAR(a.cumulative(60 * week_min), 60.0 * static_cast<double>(week_min), 1e-3) << name;
  }
}

TEST(ActivityClock, FollowsTheWallClockThroughDaylightSaving) {
  ActivityProfile nine_oclock{std::vector<double>(168, 0.0)};
  for (std::size_t d = 0; d < 7; ++d) nine_oclock.weight[d * 24 + 9] = 1;
  // Saturday 9 March 2013, 00:00 in Toronto; on Sunday the clocks went forward
  const Clock clock{days_from_civil(2013, 3, 9) * 86400 + 5 * 3600, 60};
  const ActivityClock a(zone("America/Toronto"), nine_oclock, clock, 4 * 1440);
  EXPECT_EQ(a.rate(9 * 60), 24);
  EXPECT_EQ(a.rate(1440 + 9 * 60), 0);
  EXPECT_EQ(a.rate(1440 + 8 * 60), 24);  // 24 h after Saturday's start it is one o'clock
  // all of Saturday's hour is worth 24 h: half a day on from its start is half past nine, 36 h is Sunday, half past
  // nine
  EXPECT_EQ(a.after(9 * 60, 720), 9 * 60 + 30);
  EXPECT_EQ(a.after(9 * 60, 2160), 1440 + 8 * 60 + 30);
  EXPECT_EQ(a.after(9 * 60, 1440), 10 * 60);
  EXPECT_EQ(a.after(11 * 60, 0), 11 * 60 + 1);
}

TEST(ActivityClock, LongDelaysMayStillFitIntoABusyHorizon) {
  ActivityProfile monday{std::vector<double>(168, 0.0)};
  monday.weight[0] = 1;
  const ActivityClock a(zone("UTC"), monday, minutes, 60);
  EXPECT_EQ(a.after(0, 168 * 30), 30);
  EXPECT_EQ(a.after(0, 168 * 61), never);
  EXPECT_EQ(a.after(0, Ticks{1} << 62), never);
}

TEST(Profile, EmailHasThePublishedRhythm) {
  const ActivityProfile p = profile("email-eu");
  double all = 0, weekend = 0, monday = 0, peak = 0, trough = 1e9;
  for (std::size_t h = 0; h < 168; ++h) {
    all += p.weight[h];
    weekend += h >= 120 ? p.weight[h] : 0;
    monday += h < 24 ? p.weight[h] : 0;
    if (h < 24) peak = std::max(peak, p.weight[h]), trough = std::min(trough, p.weight[h]);
  }
  EXPECT_NEAR(weekend / all, 0.027, 1e-12);
  EXPECT_NEAR(peak / monday, 0.12, 1e-12);
  EXPECT_NEAR(trough / monday, 0.001, 1e-12);
}

TEST(Profile, NamesAreKnown) {
  for (const std::string& name : profile_names()) EXPECT_EQ(profile(name).weight.size(), 168U);
  EXPECT_THROW(profile("evenin"), InputError);
  EXPECT_THROW(ActivityClock(zone("UTC"), {std::vector<double>(168, 0.0)}, minutes, 10), ContractError);
  EXPECT_THROW(ActivityClock(zone("UTC"), {{1, 2}}, minutes, 10), ContractError);
}

}  // namespace
}  // namespace demarche::calendar
