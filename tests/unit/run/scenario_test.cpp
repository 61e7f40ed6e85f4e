#include <gtest/gtest.h>

#include "tests/unit/run/stage.hpp"

namespace demarche::run {
namespace {

using test::arm_of;
using test::draft_of;
using test::run;
using test::Stage;

/// One mission (actor 0), a chain of three: 0 -> 1 -> 2 -> 3.
Stage chain(double share = 1) {
  Stage stage(1, 4, {{0, 1}, {1, 2}, {2, 3}});
  stage.channel(1, Law::fixed(10), share);
  return stage;
}

TEST(Replicate, FollowsAMessageThroughClearanceAndAChainByHand) {
  Stage stage = chain();
  stage.plan.drafting = Law::fixed(7);
  Draft draft = draft_of(1, 0, 100);
  draft.half_life = 61;
  const Record r = run(stage.plan, arm_of(10000, {Law::fixed(20), Law::fixed(4)}), {draft});
  ASSERT_EQ(r.messages.size(), 1U);
  const MessageRecord& m = r.messages[0];
  EXPECT_EQ(m.submitted, 107);
  EXPECT_EQ(m.decision.fate, workflow::Fate::released);
  EXPECT_EQ(m.decision.at, 131);
  EXPECT_EQ(m.decision.reviews, 2U);
  EXPECT_EQ(m.decision.work, 24);
  EXPECT_EQ(m.published, 131);
  EXPECT_EQ(m.posts, 1U);
  EXPECT_EQ(m.views, 3U);
  EXPECT_EQ(m.shares, 3U);
  EXPECT_EQ(m.noticed, never);
  ASSERT_EQ(r.views.size(), 3U);
  for (std::uint32_t i = 0; i < 3; ++i) {
    EXPECT_EQ(r.views[i].at, 141 + 10 * i);
    EXPECT_EQ(r.views[i].who, 1 + i);
    EXPECT_EQ(r.views[i].from, i);
  }
  EXPECT_EQ(r.first_view, (std::vector<Tick>{141, 151, 161}));
  EXPECT_EQ(r.first_error, (std::vector<Tick>(3, never)));
  EXPECT_EQ(r.deliveries, 3U);
  // the last view is seen after one half-life exactly
  const spread::MessageTraits traits{1, 100, 61, 1};
  double relevance = 0;
  for (const Tick t : {141, 151, 161}) relevance += spread::relevance(traits, t);
  EXPECT_EQ(spread::relevance(traits, 161), 0.5);
  EXPECT_NEAR(static_cast<double>(m.relevance) * relevance_unit, relevance, 3 * relevance_unit);
  ASSERT_EQ(r.desks.size(), 2U);
  EXPECT_EQ(r.desks[0].busy, 20);
  EXPECT_EQ(r.desks[1].served, 1U);
}

TEST(Replicate, NothingHappensAtOrAfterTheEnd) {
  Stage stage = chain();
  stage.plan.end = stage.plan.medium.end = 141;
  const Record r = run(stage.plan, arm_of(141, {Law::fixed(20)}), {draft_of(1, 0, 111), draft_of(2, 0, 121)});
  EXPECT_EQ(r.messages[0].published, 131);
  EXPECT_EQ(r.messages[0].views, 0U);
  EXPECT_EQ(r.messages[1].published, never);
  EXPECT_EQ(r.messages[1].decision.fate, workflow::Fate::pending);
}

TEST(Replicate, AFaultyMessageIsNoticedByMonitoringAndCorrectedThroughTheSameRegime) {
  Stage stage = chain();
  stage.plan.discovery.monitored = true;
  stage.plan.discovery.monitoring = Law::fixed(15);
  stage.plan.discovery.corrections = true;
  stage.plan.discovery.correction_drafting = Law::fixed(3);
  Draft draft = draft_of(1, 0, 100);
  draft.faulty = true;
  const Record r = run(stage.plan, arm_of(10000, {Law::fixed(20)}), {draft});
  ASSERT_EQ(r.messages.size(), 2U);
  const MessageRecord &wrong = r.messages[0], &right = r.messages[1];
  EXPECT_TRUE(wrong.faulty);
  EXPECT_EQ(wrong.published, 120);
  EXPECT_EQ(wrong.noticed, 135);
  EXPECT_EQ(wrong.corrected_by, 1U);
  EXPECT_EQ(right.corrects, 0U);
  EXPECT_FALSE(right.faulty);
  EXPECT_EQ(right.draft.priority, 0);
  EXPECT_EQ(right.draft.at, 135);
  EXPECT_EQ(right.submitted, 138);
  EXPECT_EQ(right.published, 158);
  // seen at 130, 140, 150 and corrected at 168, 178, 188
  EXPECT_EQ(wrong.views, 3U);
  EXPECT_EQ(right.views, 3U);
  EXPECT_EQ(right.corrected, 3U);
  EXPECT_EQ(r.first_error, (std::vector<Tick>{130, 140, 150}));
  EXPECT_EQ(r.first_view, (std::vector<Tick>(3, never)));  // a correction brings nobody the news

  Arm silent = arm_of(10000, {Law::fixed(20)});
  silent.habits[0].corrections = false;
  const Record without = run(stage.plan, silent, {draft});
  EXPECT_EQ(without.messages.size(), 1U);
  EXPECT_EQ(without.messages[0].noticed, 135);
}

TEST(Replicate, AReaderWhoNoticesTheErrorReportsItOneTickLater) {
  Stage stage = chain();
  stage.plan.discovery.noticed_by_reader = Coin(1);
  stage.plan.discovery.corrections = true;
  Draft draft = draft_of(1, 0, 100);
  draft.faulty = true;
  const Record r = run(stage.plan, arm_of(10000, {}), {draft});
  ASSERT_EQ(r.messages.size(), 2U);
  EXPECT_EQ(r.messages[0].published, 100);
  EXPECT_EQ(r.messages[0].noticed, 111);
  EXPECT_EQ(r.messages[1].submitted, 112);
}

TEST(Replicate, AnAuditFindsErrorsAfterItsDelay) {
  Stage stage = chain();
  Draft draft = draft_of(1, 0, 100);
  draft.faulty = true;
  Arm arm = arm_of(10000, {});
  arm.habits[0].audit_delay = Law::fixed(1000);
  arm.habits[0].audit = Coin(1);
  EXPECT_EQ(run(stage.plan, arm, {draft}).messages[0].noticed, never);  // looked at, and nothing found
  arm.habits[0].audit_detects = Coin(1);
  EXPECT_EQ(run(stage.plan, arm, {draft}).messages[0].noticed, 1100);
  draft.faulty = false;
  EXPECT_EQ(run(stage.plan, arm, {draft}).messages[0].noticed, never);
}

TEST(Replicate, ASelfCheckTakesTimeAndMendsErrors) {
  Stage stage = chain();
  Draft draft = draft_of(1, 0, 100);
  draft.faulty = true;
  Arm arm = arm_of(10000, {});
  arm.habits = {{0, Law::fixed(30), Coin(1), false, true, 1000}};
  Record r = run(stage.plan, arm, {draft});
  EXPECT_EQ(r.messages[0].submitted, 130);
  EXPECT_EQ(r.messages[0].published, 130);
  EXPECT_FALSE(r.messages[0].faulty);
  EXPECT_TRUE(r.messages[0].draft.faulty);  // the raw error stays on record
  arm.habits = {{0, Law::fixed(30), Coin(0), false, true, 1000}};
  EXPECT_TRUE(run(stage.plan, arm, {draft}).messages[0].faulty);
  arm.habits[0].perfect = true;
  EXPECT_FALSE(run(stage.plan, arm, {draft}).messages[0].faulty);
}

TEST(Replicate, ASelfCheckThatCatchesMoreCatchesAllThatAnotherOneDoes) {
  Stage stage = chain();
  std::vector<Draft> drafts;
  for (MessageKey k = 1; k <= 200; ++k) {
    drafts.push_back(draft_of(mix64(k), 0, 100));
    drafts.back().faulty = true;
  }
  Arm lax = arm_of(10000, {}), strict = lax;
  lax.habits = {{0, Law::fixed(0), Coin(0.3), false, true, 1000}};
  strict.habits = {{0, Law::fixed(0), Coin(0.6), false, true, 1000}};
  const Record a = run(stage.plan, lax, drafts), b = run(stage.plan, strict, drafts);
  int caught_by_lax = 0, caught_by_strict = 0;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    EXPECT_LE(b.messages[i].faulty, a.messages[i].faulty);
    caught_by_lax += !a.messages[i].faulty;
    caught_by_strict += !b.messages[i].faulty;
  }
  EXPECT_GT(caught_by_lax, 20);
  EXPECT_GT(caught_by_strict, caught_by_lax);
}

TEST(Replicate, AHybridSwitchesRouteWithSubmissionAndHabitsWithTheOpportunity) {
  Stage stage = chain();
  stage.plan.drafting = Law::fixed(10);
  Arm arm = arm_of(10000, {Law::fixed(100)});
  arm.workflow.routes.emplace_back();
  arm.rules[0].until = 1000;
  RoutingRule later;
  later.from = 1000;
  later.route = RouteId{1};
  arm.rules.push_back(later);
  arm.habits.push_back({1000, Law::fixed(5), Coin(0), false, true, 1000});
  const Record r = run(stage.plan, arm, {draft_of(1, 0, 989), draft_of(2, 0, 990), draft_of(3, 0, 1000)});
  EXPECT_EQ(r.messages[0].published, 1099);
  EXPECT_EQ(r.messages[1].published, 1000);
  EXPECT_EQ(r.messages[2].published, 1015);
}

TEST(Replicate, TheFirstRuleThatHoldsDecidesTheRoute) {
  Stage stage = chain();
  Arm arm = arm_of(10000, {Law::fixed(1000)});
  arm.rules.clear();
  arm.workflow.routes.resize(1);
  const auto rule = [&](Ticks time, auto&& set) {
    workflow::Route route = arm.workflow.routes[0];
    route.stages[0].reviews[0].service = Law::fixed(static_cast<double>(time));
    arm.workflow.routes.push_back(route);
    RoutingRule r;
    r.route = RouteId{static_cast<std::uint32_t>(arm.workflow.routes.size() - 1)};
    set(r);
    arm.rules.push_back(r);
  };
  rule(10, [](RoutingRule& r) {
    r.tiers = 0b110;
    r.urgent = 1;
  });
  rule(20, [](RoutingRule& r) { r.stimuli = 1U << 5; });
  rule(30, [](RoutingRule& r) { r.channels = 0b10; });
  rule(40, [](RoutingRule& r) { r.exempt = 1; });
  rule(50, [](RoutingRule& r) { r.urgent = 0; });
  rule(60, [](RoutingRule&) {});
  stage.channel(1, Law::fixed(1), 0);
  arm.exempt = {false};
  Draft d = draft_of(1, 0, 0);
  const auto delay = [&] { return run(stage.plan, arm, {d}).messages[0].published; };
  EXPECT_EQ(delay(), 50);
  arm.exempt = {true};
  EXPECT_EQ(delay(), 40);
  d.channels = 0b11;
  EXPECT_EQ(delay(), 30);
  d.stimulus = 5;
  EXPECT_EQ(delay(), 20);
  d.tier = 2;
  EXPECT_EQ(delay(), 20);
  d.priority = 0;
  EXPECT_EQ(delay(), 10);
  d = draft_of(1, 0, 0);
  d.priority = 0;
  arm.exempt.clear();
  EXPECT_EQ(delay(), 60);
}

TEST(Replicate, ErrorsSpreadFasterAndTheTruthIsLeftAlone) {
  std::vector<network::Tie> ties;
  for (network::Vertex v = 1; v <= 2000; ++v) ties.push_back({0, v});
  Stage stage(1, 2001, ties);
  stage.channel(1, Law::fixed(1), 0.2);
  Draft wrong = draft_of(11, 0, 0), right = draft_of(12, 0, 0);
  wrong.faulty = true;
  const Record plain = run(stage.plan, arm_of(10000, {}), {wrong, right});
  stage.plan.discovery.share_multiplier = 1.7;
  const Record faster = run(stage.plan, arm_of(10000, {}), {wrong, right});
  EXPECT_EQ(faster.messages[1].shares, plain.messages[1].shares);
  // binomial (2000, .34), 4.9 standard errors
  EXPECT_NEAR(static_cast<double>(faster.messages[0].shares), 680, 104);
  EXPECT_NEAR(static_cast<double>(plain.messages[0].shares), 400, 88);
}

TEST(Replicate, AccountsArePresenceAndMorePresenceOnlyAdds) {
  Stage stage(3, 6, {{0, 3}, {1, 4}, {2, 5}});
  stage.channel(1, Law::fixed(1), 0);
  stage.plan.channels[0].needs_account = true;
  stage.plan.account_rank = {1, 2, 0};
  const std::vector<Draft> drafts{draft_of(1, 0, 0), draft_of(2, 1, 0), draft_of(3, 2, 0)};
  for (std::uint32_t presence = 0; presence <= 3; ++presence) {
    Arm arm = arm_of(10000, {});
    arm.habits[0].accounts = presence;
    const Record r = run(stage.plan, arm, drafts);
    for (std::uint32_t o = 0; o < 3; ++o) {
      EXPECT_EQ(r.messages[o].decision.fate, workflow::Fate::released);
      EXPECT_EQ(r.messages[o].published, stage.plan.account_rank[o] < presence ? 0 : never);
      EXPECT_EQ(r.messages[o].views, stage.plan.account_rank[o] < presence ? 1U : 0U);
    }
  }
}

TEST(Replicate, AnOutletCarriesWhatItPicksUpToItsAudienceAfterALag) {
  Stage stage(1, 11, {});
  stage.channel(1, Law::fixed(5), 0);
  stage.plan.medium.channels[0].layer = LayerId{};
  stage.plan.channels[0].lag = Law::fixed(40);
  stage.plan.outlets = {{Outlet::Kind::audience, 3, 7}};
  Record r = run(stage.plan, arm_of(10000, {}), {draft_of(1, 0, 100)});
  ASSERT_EQ(r.views.size(), 4U);
  for (std::uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(r.views[i].at, 145);
    EXPECT_EQ(r.views[i].who, 3 + i);
    EXPECT_FALSE(r.views[i].shares);
  }
  stage.plan.channels[0].pickup = Coin(0);
  r = run(stage.plan, arm_of(10000, {}), {draft_of(1, 0, 100)});
  EXPECT_EQ(r.messages[0].posts, 0U);
  EXPECT_TRUE(r.views.empty());
}

TEST(Replicate, AnActorWhoSpeaksByHimselfHasNoVoiceOnAnOutlet) {
  Stage stage(1, 4, {{2, 3}});
  stage.channel(1, Law::fixed(5), 0).channel(1, Law::fixed(5), 0);
  stage.plan.medium.channels[0].layer = LayerId{};
  for (Outlet& o : stage.plan.outlets) o = {Outlet::Kind::audience, 1, 4};
  Draft d = draft_of(1, 0, 100, 0b11);
  d.author = 2;
  const Record r = run(stage.plan, arm_of(10000, {}), {d});
  EXPECT_EQ(r.messages[0].posts, 1U);
  ASSERT_EQ(r.views.size(), 1U);
  EXPECT_EQ(r.views[0].who, 3U);
  EXPECT_EQ(r.views[0].channel, 1);
}

TEST(Replicate, WarmUpLoadsDesksAndNothingElse) {
  Stage stage = chain();
  Arm arm = arm_of(10000, {Law::fixed(50)});
  arm.workflow.desks[0].clerks = 1;
  std::vector<Draft> drafts{draft_of(1, 0, 100), draft_of(2, 0, 110)};
  drafts[0].measured = false;
  Record r = run(stage.plan, arm, drafts);
  EXPECT_EQ(r.messages[0].published, 150);
  EXPECT_EQ(r.messages[0].views, 0U);  // nobody's input, so it is not worked out
  EXPECT_EQ(r.messages[1].published, 200);
  EXPECT_EQ(r.views.size(), 3U);

  // an error of the warm-up is seen, since whoever notices it sends a correction to the desk
  drafts[0].faulty = true;
  stage.plan.discovery.noticed_by_reader = Coin(1);
  stage.plan.discovery.corrections = true;
  r = run(stage.plan, arm, drafts);
  EXPECT_EQ(r.messages[0].views, 3U);
  EXPECT_EQ(r.messages[0].noticed, 161);
  EXPECT_EQ(r.messages[2].published, 250);
  EXPECT_EQ(r.messages[2].draft.measured, false);
  EXPECT_EQ(r.views.size(), 3U);
  EXPECT_EQ(r.first_error, (std::vector<Tick>(3, never)));
}

TEST(Replicate, GivesUpWhenAsked) {
  const Stage stage = chain();
  Record record;
  const Arm arm = arm_of(10000, {});
  Replicate replicate(stage.plan, arm);
  const std::vector<Draft> drafts{draft_of(1, 0, 100)};
  EXPECT_FALSE(replicate.run(Luck(5, 0), drafts, record, [] { return true; }));
  EXPECT_TRUE(replicate.run(Luck(5, 0), drafts, record, [] { return false; }));
  EXPECT_EQ(record.messages[0].views, 3U);
}

}  // namespace
}  // namespace demarche::run
