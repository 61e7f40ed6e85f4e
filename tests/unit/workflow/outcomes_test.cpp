#include <gmock/gmock.h>

#include "sim/base/error.hpp"
#include "tests/unit/workflow/office.hpp"

namespace demarche::workflow::test {
namespace {

using testing::ElementsAre;
using What = StoryStep::What;

std::vector<What> steps(const Office& o) {
  std::vector<What> result;
  for (const StoryStep& s : o.story) result.push_back(s.what);
  return result;
}

TEST(Outcomes, a_route_without_stages_releases_in_the_same_tick) {
  Office o;
  o.submit(17);
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::released);
  EXPECT_EQ(d[0].at, 17);
  EXPECT_EQ(d[0].reviews, 0U);
  EXPECT_THAT(steps(o), ElementsAre(What::submitted, What::released));
}

TEST(Outcomes, the_story_of_a_passed_draft) {
  Office o;
  o.stage(o.desk(), Law::fixed(10));
  o.submit(3);
  o.run();
  EXPECT_THAT(steps(o), ElementsAre(What::submitted, What::arrived, What::started, What::passed, What::released));
  EXPECT_EQ(o.story.back().at, 13);
}

TEST(Outcomes, rejection_at_will_ends_it) {
  Office o;
  o.stage(o.desk(), Law::fixed(10)).reviews[0].reject = 1;
  o.stage(o.desk(), Law::fixed(10));
  o.submit(0);
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::rejected);
  EXPECT_EQ(d[0].at, 10);
  EXPECT_THAT(steps(o), ElementsAre(What::submitted, What::arrived, What::started, What::failed, What::rejected));
}

TEST(Outcomes, an_edit_takes_its_own_time_and_mends_no_fault) {
  Office o;
  Review& r = o.stage(o.desk(), Law::fixed(10)).reviews[0];
  r.edit = 1;
  r.edit_service = Law::fixed(7);
  o.submit(0).faulty = true;
  const auto d = o.run();
  EXPECT_EQ(d[0].at, 17);
  EXPECT_EQ(d[0].work, 17);
  EXPECT_TRUE(d[0].edited);
  EXPECT_TRUE(d[0].faulty);
}

TEST(Outcomes, screening_rejects_what_is_faulty_and_passes_what_is_sound) {
  Office o;
  Review& r = o.stage(o.desk(0), Law::fixed(10)).reviews[0];
  r.pass_good = 1;
  r.pass_bad = 0;
  o.submit(0).faulty = true;
  o.submit(0);
  auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::rejected);
  EXPECT_EQ(d[1].fate, Fate::released);

  o.workflow.routes[0].stages[0].reviews[0].pass_good = 0;
  o.workflow.routes[0].stages[0].reviews[0].pass_bad = 1;
  d = o.run();
  EXPECT_EQ(d[0].fate, Fate::released);
  EXPECT_TRUE(d[0].faulty);
  EXPECT_EQ(d[1].fate, Fate::rejected);
}

TEST(Outcomes, a_correction_passes_and_mends) {
  Office o;
  Review& r = o.stage(o.desk(), Law::fixed(10)).reviews[0];
  r.pass_bad = 0;
  r.on_fault = OnFault::correct;
  r.reject = 1;  // outcomes at will are for what was believed sound
  o.submit(0).faulty = true;
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::released);
  EXPECT_FALSE(d[0].faulty);
  EXPECT_FALSE(d[0].edited);
  EXPECT_EQ(d[0].at, 10);
}

TEST(Outcomes, a_fault_sent_back_is_mended_by_the_author) {
  Office o;
  o.stage(o.desk(), Law::fixed(10));
  Stage& s = o.stage(o.desk(), Law::fixed(20));
  s.reviews[0].pass_bad = 0;
  s.reviews[0].on_fault = OnFault::send_back;
  s.rework = Law::fixed(5);
  o.submit(0).faulty = true;
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::released);
  EXPECT_FALSE(d[0].faulty);
  EXPECT_EQ(d[0].at, 10 + 20 + 5 + 10 + 20);
  EXPECT_EQ(d[0].rounds, 1U);
  EXPECT_EQ(d[0].reviews, 4U);
  EXPECT_EQ(d[0].work, 60);
}

TEST(Outcomes, sent_back_at_will_keeps_its_fault_and_is_dropped_after_the_last_round) {
  Office o;
  o.stage(o.desk(), Law::fixed(10));
  Stage& s = o.stage(o.desk(), Law::fixed(20));
  s.reviews[0].send_back = 1;
  s.send_back_to = 1;
  o.workflow.routes[0].max_rounds = 3;
  o.submit(0).faulty = true;
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::rejected);
  EXPECT_TRUE(d[0].faulty);
  EXPECT_EQ(d[0].rounds, 4U);
  EXPECT_EQ(d[0].at, 10 + 4 * 20);
}

TEST(Outcomes, each_visit_has_a_draw_of_its_own) {
  Office o;
  o.stage(o.desk(0), Law::fixed(10)).reviews[0].send_back = 0.5;
  for (int i = 0; i < 4000; ++i) o.submit(0);
  double rounds = 0;
  for (const Decision& d : o.run()) rounds += d.rounds;
  // mean 1, variance 2: 4 standard errors (alpha 6e-5; a shift of .13 is seen with power .9)
  EXPECT_NEAR(rounds / 4000, 1.0, 4 * std::sqrt(2.0 / 4000));
}

TEST(Outcomes, never_answered_stays_until_the_end) {
  Office o;
  o.stage(o.desk(), Law::fixed(10)).reviews[0].never_answer = 1;
  o.submit(0);
  o.submit(o.end - 5);
  o.submit(o.end + 5);
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::unanswered);
  EXPECT_EQ(d[0].at, never);
  EXPECT_EQ(d[0].work, 10);
  EXPECT_EQ(d[1].fate, Fate::pending) << "still at the desk";
  EXPECT_EQ(d[1].work, 5);
  EXPECT_EQ(d[2].fate, Fate::pending) << "not even submitted";
  EXPECT_EQ(o.use[0].busy, 15);
}

TEST(Outcomes, nothing_happens_at_the_end) {
  Office o(100);
  o.submit(99);
  o.submit(100);
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::released);
  EXPECT_EQ(d[1].fate, Fate::pending);
}

TEST(Outcomes, all_of_three_wait_for_the_slowest) {
  Office o;
  o.stage({{o.desk(), Law::fixed(10)}, {o.desk(), Law::fixed(30)}, {o.desk(), Law::fixed(20)}});
  o.submit(0);
  const auto d = o.run();
  EXPECT_EQ(d[0].at, 30);
  EXPECT_EQ(d[0].reviews, 3U);
  EXPECT_EQ(d[0].work, 60);
}

TEST(Outcomes, two_of_three_withdraw_the_third_who_is_at_work) {
  Office o;
  o.stage({{o.desk(), Law::fixed(10)}, {o.desk(), Law::fixed(30)}, {o.desk(), Law::fixed(20)}}).required = 2;
  o.submit(0);
  o.submit(1);
  const auto d = o.run();
  EXPECT_EQ(d[0].at, 20);
  EXPECT_EQ(d[0].reviews, 2U);
  EXPECT_EQ(d[0].work, 50);
  // the clerk of the second desk was free again at 20; the first had begun the second draft at 10
  EXPECT_EQ(d[1].at, 40);
  EXPECT_EQ(o.use[1].busy, 40);
  EXPECT_EQ(o.use[1].served, 0U);
}

TEST(Outcomes, any_of_two_withdraws_the_other_who_only_waits) {
  Office o;
  const DeskId quick = o.desk(0), slow = o.desk(1);
  o.stage({{quick, Law::fixed(10)}, {slow, Law::fixed(100)}}).required = 1;
  o.submit(0);
  o.submit(1);
  const auto d = o.run();
  EXPECT_EQ(d[0].at, 10);
  EXPECT_EQ(d[1].at, 11);
  EXPECT_EQ(d[1].waiting, 9) << "nine ticks at the slow desk until 10";
  EXPECT_EQ(d[1].work, 11) << "taken up at 10, withdrawn at 11";
}

TEST(Outcomes, a_group_fails_when_too_few_can_still_pass) {
  Office o;
  Stage& s = o.stage({{o.desk(), Law::fixed(10)}, {o.desk(), Law::fixed(20)}, {o.desk(), Law::fixed(30)}});
  s.required = 2;
  s.reviews[0].reject = 1;
  s.reviews[1].reject = 1;
  o.submit(0);
  const auto d = o.run();
  EXPECT_EQ(d[0].fate, Fate::rejected);
  EXPECT_EQ(d[0].at, 20);
}

TEST(Outcomes, a_group_sends_back_when_one_of_those_against_asked_for_that) {
  Office o;
  Stage& s = o.stage({{o.desk(), Law::fixed(10)}, {o.desk(), Law::fixed(20)}});
  s.required = 1;
  s.reviews[0].send_back = 1;
  s.reviews[1].reject = 1;
  o.workflow.routes[0].max_rounds = 1;
  o.submit(0);
  const auto d = o.run();
  EXPECT_EQ(d[0].rounds, 2U);
  EXPECT_EQ(d[0].at, 40);
}

TEST(Outcomes, a_member_who_never_answers_does_not_stop_a_group_that_can_do_without) {
  Office o;
  Stage& s = o.stage({{o.desk(), Law::fixed(10)}, {o.desk(), Law::fixed(20)}, {o.desk(), Law::fixed(30)}});
  s.required = 2;
  s.reviews[0].never_answer = 1;
  o.submit(0);
  EXPECT_EQ(o.run()[0].at, 30);
  o.workflow.routes[0].stages[0].reviews[1].reject = 1;
  EXPECT_EQ(o.run()[0].fate, Fate::unanswered);
}

TEST(Outcomes, reviewers_of_a_group_examine_the_version_that_came_in) {
  Office o;
  Stage& s = o.stage({{o.desk(), Law::fixed(10)}, {o.desk(), Law::fixed(20)}});
  s.reviews[0].pass_bad = 0;
  s.reviews[0].on_fault = OnFault::correct;
  s.reviews[1].pass_bad = 0;
  o.submit(0).faulty = true;
  EXPECT_EQ(o.run()[0].fate, Fate::rejected);
}

TEST(Outcomes, translation_is_for_those_who_need_it) {
  Office o;
  o.stage(o.desk(), Law::fixed(10)).only_flags = 2;
  o.stage(o.desk(), Law::fixed(5));
  o.stage(o.desk(), Law::fixed(100)).only_flags = 4;
  o.submit(0).flags = 3;
  o.submit(0).flags = 1;
  EXPECT_THAT(o.moments(), ElementsAre(15, 5));
}

TEST(Outcomes, each_origin_has_its_desk) {
  Office o;
  const DeskId a = o.desk(), b = o.desk();
  o.stage(a, Law::fixed(10)).reviews[0].desks = {a, b};
  o.submit(0);
  o.submit(0);
  EXPECT_THAT(o.moments(), ElementsAre(10, 20));
  o.drafts[1].first.origin = 1;
  EXPECT_THAT(o.moments(), ElementsAre(10, 10));
  o.drafts[1].first.origin = 2;
  EXPECT_THROW(o.run(), ContractError);
}

TEST(Outcomes, luck_belongs_to_the_draft_and_not_to_its_place_in_line) {
  Office alone, crowd;
  for (Office* o : {&alone, &crowd}) {
    Stage& s = o->stage(o->desk(), Law::exponential(50));
    s.reviews[0].send_back = 0.5;
    s.reviews[0].pass_good = 0.8;
  }
  for (int i = 0; i < 50; ++i) crowd.submit(i);
  const auto many = crowd.run();
  for (std::uint32_t i = 0; i < 50; ++i) {
    alone.drafts.clear();
    Submission& s = alone.submit(i);
    s = crowd.drafts[i].first;
    const auto one = alone.run();
    EXPECT_EQ(one[0].work, many[i].work);
    EXPECT_EQ(one[0].fate, many[i].fate);
    EXPECT_EQ(one[0].rounds, many[i].rounds);
  }
}

}  // namespace
}  // namespace demarche::workflow::test
