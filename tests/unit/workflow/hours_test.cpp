#include <gmock/gmock.h>

#include "tests/unit/workflow/office.hpp"

namespace demarche::workflow::test {
namespace {

using testing::ElementsAre;

/// One tick is an hour; desks are open from 9 to 17.
struct Hours : testing::Test {
  Office o{240, 3600};
  CalendarId day = o.daily(9 * 60, 17 * 60);
  static Law hours(double h) { return Law::fixed(3600 * h); }
};

TEST_F(Hours, work_stops_at_closing_and_resumes) {
  o.stage(o.desk(1, Discipline::first_come, day), hours(4));
  o.submit(15);
  const auto d = o.run();
  EXPECT_EQ(d[0].at, 24 + 11);
  EXPECT_EQ(d[0].work, 4);
  EXPECT_EQ(d[0].waiting, 0);
  EXPECT_EQ(o.use[0].open, 10 * 8);
}

TEST_F(Hours, who_comes_at_night_waits_for_the_morning) {
  o.stage(o.desk(1, Discipline::first_come, day), hours(2));
  o.submit(20);
  o.submit(3);
  const auto d = o.run();
  EXPECT_EQ(d[0].at, 24 + 11);
  EXPECT_EQ(d[0].waiting, 13);
  EXPECT_EQ(d[1].at, 11);
  EXPECT_EQ(d[1].waiting, 6);
  EXPECT_EQ(o.use[0].longest_queue, 1U);
}

TEST_F(Hours, the_most_urgent_of_the_night_is_first_in_the_morning) {
  o.stage(o.desk(1, Discipline::priority, day), hours(2));
  o.submit(1, 2);
  o.submit(2, 1);
  o.submit(9, 0);
  EXPECT_THAT(o.moments(), ElementsAre(15, 13, 11));
}

TEST_F(Hours, unlimited_clerks_go_home_too) {
  o.stage(o.desk(0, Discipline::first_come, day), hours(2));
  for (Tick t : {3, 10, 16, 20}) o.submit(t);
  EXPECT_THAT(o.moments(), ElementsAre(11, 12, 24 + 10, 24 + 11));
}

TEST_F(Hours, who_is_finished_at_closing_makes_room_in_the_morning) {
  o.stage(o.desk(1, Discipline::first_come, day), hours(8));
  o.submit(9);
  o.submit(10);
  EXPECT_THAT(o.moments(), ElementsAre(17, 41));
}

TEST_F(Hours, an_interruption_at_night_takes_effect_in_the_morning) {
  o.stage(o.desk(1, Discipline::preemptive_priority, day), hours(4));
  o.submit(15, 1);  // two hours are done at 17
  o.submit(20, 0);  // 33-37
  const auto d = o.run();
  EXPECT_EQ(d[1].at, 37);
  EXPECT_EQ(d[0].at, 39);
  EXPECT_EQ(d[0].work, 4);
}

TEST_F(Hours, a_desk_in_another_zone_takes_over_the_same_evening) {
  o.stage(o.desk(1, Discipline::first_come, day), hours(2));
  o.stage(o.desk(1, Discipline::first_come, o.daily(17 * 60, 24 * 60)), hours(2));
  o.submit(15);
  EXPECT_THAT(o.moments(), ElementsAre(19));
}

TEST_F(Hours, an_office_that_never_opens_keeps_everything) {
  calendar::OfficeHours closed;
  o.stage(o.desk(1, Discipline::first_come, o.add_hours(closed)), hours(2));
  o.submit(15);
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::pending);
  EXPECT_EQ(d[0].waiting, 240 - 15);
}

TEST_F(Hours, a_committee_takes_up_to_its_capacity_at_each_meeting) {
  const DeskId committee = o.desk(1);
  o.workflow.desks[committee.value()].meeting = {{.first = 5, .every = 24, .capacity = 2}};
  o.stage(committee, hours(1));
  for (Tick t : {0, 1, 2, 5, 6}) o.submit(t);
  EXPECT_THAT(o.moments(), ElementsAre(6, 6, 30, 30, 54)) << "clerks do not limit a meeting";
}

TEST_F(Hours, a_committee_without_limit_chooses_nothing) {
  const DeskId committee = o.desk(1, Discipline::priority);
  o.workflow.desks[committee.value()].meeting = {{.first = 5, .every = 24}};
  o.stage(committee, hours(3));
  for (Tick t : {0, 1, 5}) o.submit(t);
  o.submit(6);
  EXPECT_THAT(o.moments(), ElementsAre(8, 8, 8, 32));
  EXPECT_EQ(o.use[0].open, 0);
}

TEST_F(Hours, a_small_committee_takes_the_urgent_first) {
  const DeskId committee = o.desk(1, Discipline::priority);
  o.workflow.desks[committee.value()].meeting = {{.first = 5, .every = 24, .capacity = 1}};
  o.stage(committee, hours(1));
  o.submit(0, 2);
  o.submit(1, 1);
  o.submit(5, 0);
  EXPECT_THAT(o.moments(), ElementsAre(54, 30, 6));
}

TEST_F(Hours, a_meeting_in_closed_hours_is_held_at_the_opening_and_once) {
  const DeskId committee = o.desk(1, Discipline::first_come, day);
  o.workflow.desks[committee.value()].meeting = {{.first = 0, .every = 3, .capacity = 1}};
  o.stage(committee, hours(1));
  for (Tick t : {0, 1, 2, 3, 4}) o.submit(t);
  // called at 0 3 6 9 -> 9, then 12, 15; at 18 21 24 27 30 33 -> 33, then 36
  EXPECT_THAT(o.moments(), ElementsAre(10, 13, 16, 34, 37));
}

TEST_F(Hours, clearance_of_a_job_uniform_over_the_week_is_as_the_calendar_says) {
  // Q6: 4 h of work, desk open 8 h a day. Submitted at hour h of the day: h <= 9 ends at 13; 9..13 takes 4; later
  // h = 14, 15, 16 work until 17 and end at 33 + 4 - (17 - h); from 17 on at 37.
  double exact = 0;
  for (int h = 0; h < 24; ++h) exact += h <= 9 ? 13 - h : h <= 13 ? 4 : h < 17 ? 33 + 4 - (17 - h) - h : 37 - h;
  o.stage(o.desk(0, Discipline::first_come, day), hours(4));
  for (Tick t = 0; t < 24 * 7; ++t) o.submit(t);
  double sum = 0;
  const auto d = o.run();
  for (const Decision& x : d) sum += static_cast<double>(x.at - o.drafts[x.slot].second);
  EXPECT_DOUBLE_EQ(sum / (24 * 7), exact / 24);
}

}  // namespace
}  // namespace demarche::workflow::test
