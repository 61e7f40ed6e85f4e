#include "sim/calendar/office.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/base/error.hpp"
#include "sim/calendar/date.hpp"

namespace demarche::calendar {
namespace {

OfficeHours nine_to_five() {
  OfficeHours hours;
  for (int d = 0; d < 5; ++d) hours.week.push_back({d, 9 * 60, 17 * 60});
  return hours;
}

/// The same promises, kept tick by tick.
struct Naive {
  Naive(const Zone& zone, const OfficeHours& hours, const Clock& clock, Tick end) {
    for (Tick t = 0; t < end; ++t) {
      const std::int64_t now = clock.utc_s(t), today = day_of(zone.local_s(now));
      bool is_open = false;
      for (std::int64_t day = today - 1; day <= today + 1; ++day)
        for (const auto& i : hours.week)
          is_open = is_open || (i.weekday == weekday(day) &&
                                std::find(hours.holidays.begin(), hours.holidays.end(), day) == hours.holidays.end() &&
                                zone.utc_of_local(day * 86400 + i.open_min * 60) <= now &&
                                now < zone.utc_of_local(day * 86400 + i.close_min * 60));
      open.push_back(is_open);
    }
  }
  Tick next_open(Tick t) const {
    for (; t < static_cast<Tick>(open.size()); ++t)
      if (open[static_cast<std::size_t>(t)]) return t;
    return never;
  }
  Tick finish(Tick t, Ticks work) const {
    if (work == 0) return next_open(t);
    while (t < static_cast<Tick>(open.size())) {
      work -= open[static_cast<std::size_t>(t++)] ? 1 : 0;
      if (work == 0) return t < static_cast<Tick>(open.size()) ? t : never;
    }
    return never;
  }
  std::vector<bool> open;
};

const std::vector<std::string> some_zones{"America/Toronto",
                                          "Europe/London",
                                          "Asia/Kathmandu",
                                          "Australia/Lord_Howe",
                                          "Asia/Tehran",
                                          "America/Sao_Paulo",
                                          "UTC"};

OfficeHours any_hours() {
  OfficeHours hours;
  const int count = *rc::gen::inRange(0, 8);
  for (int i = 0; i < count; ++i) {
    const int open = *rc::gen::oneOf(rc::gen::inRange(0, 1440), rc::gen::just(0));
    const int close = *rc::gen::oneOf(rc::gen::inRange(open + 1, 1441), rc::gen::just(1440));
    hours.week.push_back({*rc::gen::inRange(0, 7), open, close});
  }
  if (*rc::gen::inRange(0, 10) == 0) hours = OfficeHours::always();
  return hours;
}

/// A start within two days before one of the changes of daylight saving of 2013, or anywhere in the year.
std::int64_t any_start() {
  const std::int64_t day = *rc::gen::oneOf(
      rc::gen::elementOf(std::vector<std::int64_t>{days_from_civil(2013, 3, 9), days_from_civil(2013, 3, 30),
                                                   days_from_civil(2013, 11, 2), days_from_civil(2013, 10, 19)}),
      rc::gen::inRange(days_from_civil(2013, 1, 1), days_from_civil(2014, 1, 1)));
  return day * 86400 + *rc::gen::inRange(-86400, 86400);
}

void agrees_with_naive(std::int64_t tick_s, Tick longest) {
  const Zone& z = zone(*rc::gen::elementOf(some_zones));
  const Clock clock{any_start(), tick_s};
  const Tick end = *rc::gen::inRange<Tick>(1, longest);
  OfficeHours hours = any_hours();
  const std::int64_t first = day_of(z.local_s(clock.utc_s(0)));
  for (std::int64_t day = first; day < first + 12; ++day)
    if (*rc::gen::inRange(0, 5) == 0) hours.holidays.push_back(day);

  const WorkCalendar calendar(z, hours, clock, end);
  const Naive naive(z, hours, clock, end);
  Ticks before = 0;
  for (Tick t = 0; t < end; ++t) {
    RC_ASSERT(calendar.open(t) == naive.open[static_cast<std::size_t>(t)]);
    RC_ASSERT(calendar.work_before(t) == before);
    before += naive.open[static_cast<std::size_t>(t)];
  }
  RC_ASSERT(calendar.work_before(end) == before);
  for (int i = 0; i < 20; ++i) {
    const Tick t = *rc::gen::inRange<Tick>(0, end + 2);
    const Ticks work = *rc::gen::inRange<Ticks>(0, end);
    RC_ASSERT(calendar.next_open(t) == naive.next_open(t));
    RC_ASSERT(calendar.finish(t, work) == naive.finish(t, work));
  }
}

RC_GTEST_PROP(WorkCalendar, AgreesWithTicksOfAnHour, ()) {
  agrees_with_naive(3600, 400);
}
RC_GTEST_PROP(WorkCalendar, AgreesWithTicksOfAMinute, ()) {
  agrees_with_naive(60, 4000);
}
RC_GTEST_PROP(WorkCalendar, AgreesWithTicksOfASecond, ()) {
  agrees_with_naive(1, 9000);
}
RC_GTEST_PROP(WorkCalendar, AgreesWithTicksOfADayAndOfSevenMinutes, ()) {
  agrees_with_naive(86400, 60);
  agrees_with_naive(420, 2000);
}

TEST(WorkCalendar, WorkStopsAtClosingTimeAndResumes) {
  // Friday 12 April 2013, 16:00 in Ottawa
  const Clock clock{days_from_civil(2013, 4, 12) * 86400 + 20 * 3600, 60};
  const WorkCalendar c(zone("America/Toronto"), nine_to_five(), clock, 14 * 1440);
  EXPECT_TRUE(c.open(0));
  EXPECT_EQ(c.finish(0, 60), 60);           // just in time: closing time itself
  EXPECT_EQ(c.finish(0, 61), 65 * 60 + 1);  // the first minute of Monday
  EXPECT_EQ(c.next_open(60), 65 * 60);
  EXPECT_EQ(c.finish(60, 0), 65 * 60);
  EXPECT_EQ(c.finish(0, 1000000), never);
  EXPECT_EQ(c.next_open(14 * 1440), never);
}

TEST(WorkCalendar, HolidaysAreClosed) {
  OfficeHours hours = nine_to_five();
  hours.holidays = {days_from_civil(2013, 5, 20)};  // Victoria Day, a Monday
  const Clock clock{days_from_civil(2013, 5, 20) * 86400 + 4 * 3600, 60};
  const WorkCalendar c(zone("America/Toronto"), hours, clock, 3 * 1440);
  EXPECT_EQ(c.next_open(0), 1440 + 9 * 60);
}

TEST(WorkCalendar, AlwaysOpenIsPlainTime) {
  const WorkCalendar c(zone("Asia/Tehran"), OfficeHours::always(), {0, 60}, 1000);
  EXPECT_EQ(c.finish(10, 25), 35);
  EXPECT_EQ(c.finish(10, 990), never);
  EXPECT_EQ(c.work_before(400), 400);
  EXPECT_EQ(c.next_open(999), 999);
}

TEST(WorkCalendar, NeverOpenNeverFinishes) {
  const WorkCalendar c(zone("UTC"), {}, {0, 60}, 1000);
  EXPECT_EQ(c.next_open(0), never);
  EXPECT_EQ(c.finish(0, 1), never);
  EXPECT_EQ(c.work_before(1000), 0);
}

TEST(WorkCalendar, RefusesImpossibleHours) {
  EXPECT_THROW(WorkCalendar(zone("UTC"), {{{7, 0, 60}}, {}}, {0, 60}, 10), ContractError);
  EXPECT_THROW(WorkCalendar(zone("UTC"), {{{0, 60, 60}}, {}}, {0, 60}, 10), ContractError);
  EXPECT_THROW(WorkCalendar(zone("UTC"), {}, {0, 60}, 0), ContractError);
}

// Q6 of the validation plan: a job of 4 h, office open 8 h in 24 on every day. Of the arrivals in 24 h those in the
// first 4 open hours take 4 h; those in the last 4 lose the 16 h of the night: 20 h; those at x hours before opening, x
// uniform on 0 .. 16, take x + 4, 12 h on average. Mean (4 * 4 + 4 * 20 + 16 * 12) / 24 = 12 h; a tick-wide grid adds
// half a tick to the wait of those who arrive closed.
TEST(WorkCalendar, MeanClearanceOfAFourHourJob) {
  OfficeHours hours;
  for (int d = 0; d < 7; ++d) hours.week.push_back({d, 9 * 60, 17 * 60});
  const Clock clock{days_from_civil(2013, 6, 3) * 86400, 60};
  const WorkCalendar c(zone("UTC"), hours, clock, 9 * 1440);
  std::int64_t total = 0;
  for (Tick t = 0; t < 7 * 1440; ++t) total += c.finish(t, 240) - t;
  // exactly, in minutes: arrivals at tick starts; those 1 .. 960 minutes early wait 480.5 on average. The arrivals of
  // the last 240 open minutes take 240 + 960, but the one that finishes exactly at closing time does not
  const std::int64_t a_day = 241 * 240 + 239 * (240 + 960) + 960 * 240 + 960 * 961 / 2;
  EXPECT_EQ(total, 7 * a_day);
  EXPECT_NEAR(static_cast<double>(total) / (7 * 1440) / 60, 12, 0.01);
}

}  // namespace
}  // namespace demarche::calendar
