#include <gmock/gmock.h>

#include "tests/unit/workflow/office.hpp"

namespace demarche::workflow::test {
namespace {

using testing::ElementsAre;

struct ExpiryTest : testing::Test {
  Office o;
  Stage* s = nullptr;
  void SetUp() override {
    s = &o.stage(o.desk(), Law::fixed(100));
    s->expiry.after = 150;
    o.submit(0);   // 0-100
    o.submit(10);  // 100-200, expires at 160
  }
};

TEST_F(ExpiryTest, drops_also_what_is_being_worked_on) {
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::released);
  EXPECT_EQ(d[1].fate, Fate::expired);
  EXPECT_EQ(d[1].at, 160);
  EXPECT_EQ(d[1].work, 60);
  EXPECT_EQ(d[1].waiting, 90);
  EXPECT_EQ(o.use[0].busy, 160);
}

TEST_F(ExpiryTest, waiting_only_spares_what_is_being_worked_on) {
  s->expiry.waiting_only = true;
  o.submit(20);  // still waiting at 170
  const auto d = o.run();
  EXPECT_EQ(d[1].fate, Fate::released);
  EXPECT_EQ(d[1].at, 200);
  EXPECT_EQ(d[2].fate, Fate::expired);
  EXPECT_EQ(d[2].at, 170);
  EXPECT_EQ(d[2].waiting, 150);
}

TEST_F(ExpiryTest, silence_releases) {
  s->expiry.action = OnExpiry::release;
  const auto d = o.run();
  EXPECT_EQ(d[1].fate, Fate::released);
  EXPECT_TRUE(d[1].by_silence);
  EXPECT_EQ(d[1].at, 160);
  EXPECT_FALSE(d[0].by_silence);
}

TEST_F(ExpiryTest, silence_publishes_past_the_stages_that_follow) {
  s->expiry.action = OnExpiry::release;
  o.stage(o.desk(), Law::fixed(1000));
  const auto d = o.run();
  EXPECT_EQ(d[0].at, 1100);
  EXPECT_EQ(d[1].at, 160);
}

TEST_F(ExpiryTest, escalation_goes_to_the_next_stage) {
  s->expiry.action = OnExpiry::escalate;
  EXPECT_EQ(o.run()[1].fate, Fate::expired) << "nobody above";
  o.stage(o.desk(0), Law::fixed(1000)).only_flags = 8;
  EXPECT_EQ(o.run()[1].fate, Fate::expired) << "nobody above who is competent";
  o.stage(o.desk(0), Law::fixed(1));
  EXPECT_THAT(o.moments(), ElementsAre(101, 161));
}

TEST_F(ExpiryTest, an_answer_in_the_last_tick_is_in_time) {
  s->expiry.after = 190;
  EXPECT_THAT(o.moments(), ElementsAre(100, 200));
  EXPECT_EQ(o.run()[1].fate, Fate::released);
  EXPECT_FALSE(o.run()[1].by_silence);
}

TEST_F(ExpiryTest, a_rejection_in_time_stops_the_silence) {
  s->expiry.action = OnExpiry::release;
  s->reviews[0].reject = 1;
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::rejected);
  EXPECT_EQ(d[1].fate, Fate::released);
}

TEST_F(ExpiryTest, silence_answers_for_who_never_answers) {
  s->expiry.action = OnExpiry::release;
  s->reviews[0].never_answer = 1;
  EXPECT_THAT(o.moments(), ElementsAre(150, 160));
}

TEST_F(ExpiryTest, each_visit_to_the_stage_counts_anew) {
  s->reviews[0].send_back = 1;
  s->rework = Law::fixed(1);
  s->expiry.after = 120;
  o.drafts.resize(1);
  o.workflow.routes[0].max_rounds = 4;
  EXPECT_EQ(o.run()[0].fate, Fate::rejected);
  EXPECT_EQ(o.run()[0].at, 5 * 100 + 4);
}

TEST(Expiry, patience_is_drawn) {
  Office o;
  Stage& s = o.stage(o.desk(0), Law::fixed(1000));
  s.expiry.patience_drawn = true;
  s.expiry.patience = Law::uniform(10, 2000);
  for (int i = 0; i < 2000; ++i) o.submit(0);
  double expired = 0;
  for (const Decision& d : o.run()) expired += d.fate == Fate::expired;
  // 990/1990 of them; 4 standard errors (alpha 6e-5; a shift of .06 is seen with power .9)
  EXPECT_NEAR(expired / 2000, 990.0 / 1990, 4 * std::sqrt(.25 / 2000));
}

TEST(Expiry, counted_in_the_desks_working_time) {
  Office o(1000, 3600);
  Stage& s = o.stage(o.desk(1, Discipline::first_come, o.daily(9 * 60, 17 * 60)), Law::fixed(3600 * 100));
  s.expiry.after = 12;
  s.expiry.working_time = true;
  s.expiry.action = OnExpiry::release;
  o.submit(10);
  o.submit(20);
  EXPECT_THAT(o.moments(), ElementsAre(24 + 14, 48 + 13)) << "7 h + 5 h; 8 h + 4 h";
}

}  // namespace
}  // namespace demarche::workflow::test
