#include <gmock/gmock.h>

#include "tests/unit/workflow/office.hpp"

namespace demarche::workflow::test {
namespace {

using testing::ElementsAre;

TEST(Disciplines, first_come_first_served_waits_in_line) {
  Office o;
  o.stage(o.desk(), Law::fixed(10));
  for (Tick t : {0, 1, 2, 40}) o.submit(t);
  EXPECT_THAT(o.moments(), ElementsAre(10, 20, 30, 50));
  const auto d = o.run();
  EXPECT_EQ(d[2].waiting, 18);
  EXPECT_EQ(d[2].work, 10);
  EXPECT_EQ(d[2].reviews, 1U);
  EXPECT_EQ(d[2].fate, Fate::released);
  EXPECT_EQ(o.use[0].busy, 40);
  EXPECT_EQ(o.use[0].open, 100000);
  EXPECT_EQ(o.use[0].served, 4U);
  EXPECT_EQ(o.use[0].longest_queue, 2U);
}

TEST(Disciplines, drafts_of_one_tick_are_taken_by_key) {
  Office o;
  o.stage(o.desk(), Law::fixed(10));
  o.submit(5).key = 30;
  o.submit(5).key = 10;
  o.submit(5).key = 20;
  EXPECT_THAT(o.moments(), ElementsAre(35, 15, 25));
}

TEST(Disciplines, last_in_first_out) {
  Office o;
  o.stage(o.desk(1, Discipline::last_in), Law::fixed(10));
  for (Tick t : {0, 1, 2, 3}) o.submit(t);
  EXPECT_THAT(o.moments(), ElementsAre(10, 40, 30, 20));
}

TEST(Disciplines, priority_does_not_interrupt) {
  Office o;
  o.stage(o.desk(1, Discipline::priority), Law::fixed(10));
  o.submit(0, 2);
  o.submit(1, 2);
  o.submit(2, 1);
  o.submit(3, 0);
  o.submit(4, 1);
  EXPECT_THAT(o.moments(), ElementsAre(10, 50, 30, 20, 40));
}

TEST(Disciplines, preemptive_priority_interrupts_and_resumes_what_was_done) {
  Office o;
  o.stage(o.desk(1, Discipline::preemptive_priority), Law::fixed(10));
  o.submit(0, 2);  // 0-4, 34-40
  o.submit(4, 1);  // 4-6, 26-34
  o.submit(6, 0);  // 6-16
  o.submit(7, 0);  // 16-26
  o.submit(7, 2);  // behind draft 0, who came first
  EXPECT_THAT(o.moments(), ElementsAre(40, 34, 16, 26, 50));
  const auto d = o.run();
  EXPECT_EQ(d[0].work, 10);
  EXPECT_EQ(d[0].waiting, 0) << "interruptions are no waiting";
  EXPECT_EQ(d[3].waiting, 9);
}

TEST(Disciplines, preemption_takes_the_clerk_of_the_least_urgent) {
  Office o;
  o.stage(o.desk(2, Discipline::preemptive_priority), Law::fixed(10));
  o.submit(0, 1);
  o.submit(0, 2);
  o.submit(5, 0);
  EXPECT_THAT(o.moments(), ElementsAre(10, 15, 15));
}

TEST(Disciplines, equals_do_not_interrupt_each_other) {
  Office o;
  o.stage(o.desk(1, Discipline::preemptive_priority), Law::fixed(10));
  o.submit(0, 1);
  o.submit(5, 1);
  EXPECT_THAT(o.moments(), ElementsAre(10, 20));
}

TEST(Disciplines, earliest_deadline_first) {
  Office o;
  o.stage(o.desk(1, Discipline::earliest_deadline), Law::fixed(10));
  o.submit(0);
  o.submit(1);
  o.submit(2).deadline = 50;
  o.submit(3).deadline = 40;
  o.submit(4).deadline = 50;
  EXPECT_THAT(o.moments(), ElementsAre(10, 50, 30, 20, 40));
}

TEST(Disciplines, several_clerks_share_one_line) {
  Office o;
  o.stage(o.desk(2), Law::fixed(10));
  for (Tick t : {0, 1, 2, 3}) o.submit(t);
  EXPECT_THAT(o.moments(), ElementsAre(10, 11, 20, 21));
}

TEST(Disciplines, unlimited_clerks_never_keep_anybody_waiting) {
  Office o;
  o.stage(o.desk(0), Law::fixed(10));
  for (Tick t : {0, 1, 1, 1}) o.submit(t);
  EXPECT_THAT(o.moments(), ElementsAre(10, 11, 11, 11));
  EXPECT_EQ(o.use[0].open, 0);
  EXPECT_EQ(o.use[0].busy, 40);
}

TEST(Disciplines, a_service_takes_at_least_one_tick_and_hand_off_none) {
  Office o;
  for (int i = 0; i < 5; ++i) o.stage(o.desk(), Law::fixed(0));
  o.submit(3);
  EXPECT_THAT(o.moments(), ElementsAre(8));
}

TEST(Disciplines, who_leaves_makes_room_for_who_comes_in_the_same_tick) {
  Office o;
  o.stage(o.desk(), Law::fixed(10));
  o.submit(0);
  o.submit(10);
  const auto d = o.run();
  EXPECT_EQ(d[1].at, 20);
  EXPECT_EQ(d[1].waiting, 0);
  EXPECT_EQ(o.use[0].longest_queue, 0U);
}

TEST(Disciplines, a_desk_chooses_among_all_who_have_come_by_the_end_of_the_tick) {
  Office o;
  // the urgent draft is handed over from desk 1 in the tick in which the clerk of desk 0 becomes free
  const DeskId last = o.desk(1, Discipline::priority), first = o.desk(0);
  o.stage(first, Law::fixed(5));
  o.stage(last, Law::fixed(10));
  o.submit(0, 1);   // at the last desk 5-15
  o.submit(1, 1);   // waits there from 6
  o.submit(10, 0);  // comes there at 15
  EXPECT_THAT(o.moments(), ElementsAre(15, 35, 25));
}

}  // namespace
}  // namespace demarche::workflow::test
