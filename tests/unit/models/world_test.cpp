#include "models/world.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "models/audience.hpp"
#include "sim/base/error.hpp"
#include "tests/unit/models/small_scenario.hpp"

namespace demarche::models {
namespace {

using network::Vertex;
using test::small_scenario;

/// 4.9 standard errors of a binomial count: alpha = 1e-6.
void expect_share(std::uint64_t count, std::uint64_t n, double p) {
  const auto all = static_cast<double>(n);
  EXPECT_NEAR(static_cast<double>(count), all * p, 4.9 * std::sqrt(all * p * (1 - p)) + 1e-9);
}

TEST(People, AreSharedAmongCountriesByLargestRemainders) {
  Scenario s = small_scenario(10);
  s.inputs.countries[0].weight = s.inputs.countries[1].weight = s.inputs.countries[2].weight = 1;
  EXPECT_EQ(people_of(s, Luck(1, 0)).country_first, (std::vector<Vertex>{0, 4, 7, 10}));
  s.inputs.countries[0].weight =
      4.4;  // 4.4, 3.4, 2.2 of 10: the remainder goes to the second as it ties with the first
  s.inputs.countries[1].weight = 3.45;
  s.inputs.countries[2].weight = 2.15;
  EXPECT_EQ(people_of(s, Luck(1, 0)).country_first, (std::vector<Vertex>{0, 4, 8, 10}));
  for (const std::uint32_t actors : {1U, 2U, 3U, 999U, 100000U}) {
    s.audience.actors = actors;
    const People people = people_of(s, Luck(1, 0));
    EXPECT_EQ(people.count(), actors);
    EXPECT_EQ(people.country_first.back(), actors);
    for (std::size_t c = 0; c < 3; ++c) {
      const double exact = actors * s.inputs.countries[c].weight / 10;
      EXPECT_LT(std::abs(people.country_first[c + 1] - people.country_first[c] - exact), 1);
    }
  }
}

TEST(People, HaveTheChannelsOfTheirShareOnline) {
  Scenario s = small_scenario(30000);
  s.audience.online_by_region = {{"south", 0.2}};
  const People people = people_of(s, Luck(1, 0));
  std::uint64_t north[3] = {}, south[3] = {}, both = 0;
  for (Vertex a = 0; a < people.count(); ++a)
    for (unsigned c = 0; c < 3; ++c) (a < 15000 ? north : south)[c] += people.access[a] >> c & 1;
  expect_share(north[0], 15000, 0.6 * 0.5);
  expect_share(south[0], 15000, 0.2 * 0.5);
  expect_share(north[1], 15000, 0.6 * 0.9);
  expect_share(south[2], 15000, 0.2 * 0.6 + 0.8 * 0.4);
  // channels are chosen independently by those online
  for (Vertex a = 0; a < 15000; ++a) both += (people.access[a] & 3) == 3;
  expect_share(both, 15000, 0.6 * 0.5 * 0.9);
}

TEST(People, KeepTheirChannelsWhenAnotherIsAdded) {
  const Scenario s = small_scenario(500);
  Scenario more = s;
  more.channels.insert(more.channels.begin(), {"new", channel_preset("facebook")});
  const People before = people_of(s, Luck(1, 0)), after = people_of(more, Luck(1, 0));
  for (Vertex a = 0; a < 500; ++a) ASSERT_EQ(before.access[a], after.access[a] >> 1);
}

TEST(World, NumbersSendersThenPeopleByCountry) {
  const Scenario s = small_scenario();
  const World world(s, World::shared_world);
  EXPECT_EQ(world.plan().audience_first, 7U);
  EXPECT_EQ(world.audience(), 2000U);
  EXPECT_EQ(world.network().actors(), 2007U);
  EXPECT_EQ(world.plan().origins, 7U);
  EXPECT_EQ(world.country_first(), (std::vector<Vertex>{0, 1000, 1600, 2000}));
  for (Vertex a = 0; a < 2000; ++a) EXPECT_EQ(world.plan().group_of[a], a < 1000 ? 0 : a < 1600 ? 1 : 2);
  for (Vertex v = 0; v < 7; ++v) EXPECT_EQ(world.plan().medium.access[v], 0);
}

TEST(World, GivesOutletsToThoseWhoHoldTheChannel) {
  Scenario s = small_scenario();
  s.channels[1].second.holder = Holder::capital;
  const World world(s, World::shared_world);
  const run::Plan& plan = world.plan();
  for (std::uint32_t o = 0; o < 7; ++o) {
    EXPECT_EQ(plan.outlet(o, 0).kind, run::Outlet::Kind::poster);
    EXPECT_EQ(plan.outlet(o, 0).first, o);
    EXPECT_EQ(plan.outlet(o, 1).kind, o == 6 ? run::Outlet::Kind::poster : run::Outlet::Kind::none);
    EXPECT_EQ(plan.outlet(o, 2).kind, run::Outlet::Kind::audience);
    const std::size_t country = o == 6 ? 0 : o % 2 == 0 ? 1 : 2;
    EXPECT_EQ(plan.outlet(o, 2).first, 7 + world.country_first()[country]);
    EXPECT_EQ(plan.outlet(o, 2).last, 7 + world.country_first()[country + 1]);
  }
  EXPECT_TRUE(plan.channels[0].needs_account);
  EXPECT_FALSE(plan.channels[2].needs_account);
}

TEST(World, TiesLeadToUsersOfTheChannelOnly) {
  const Scenario s = small_scenario();
  const World world(s, World::shared_world);
  for (std::uint32_t l = 0; l < 2; ++l) {
    const network::Layer& layer = world.network().layer(LayerId{l});
    for (Vertex v = 0; v < layer.actors(); ++v) {
      if (v >= 7 && (l == 1 || (world.plan().medium.access[v] >> l & 1) == 0)) {
        EXPECT_EQ(layer.out_degree(v), 0U);
      }
      Vertex before = 0;
      for (const Vertex f : layer.followers(v)) {
        EXPECT_GT(f, before);
        EXPECT_GE(f, 7U);
        EXPECT_EQ(world.plan().medium.access[f] >> l & 1, 1);
        before = f;
      }
    }
  }
}

/// 400 missions, lognormal with sigma .5: the mean of 60 has a standard error of 1.6; 4.9 of them (alpha = 1e-6).
/// Those who are drawn both as local and as anybody follow once: under 2 % of them here.
TEST(World, MissionsHaveTheStatedMeanOfFollowersAndShareOfLocalOnes) {
  Scenario s = small_scenario(20000);
  s.inputs.missions.assign(400, {"m", "BBB", "UTC", "south"});
  s.audience.has_ties = false;
  s.channels.resize(1);
  s.channels[0].second.followers_sigma = 0.5;
  s.channels[0].second.access = s.audience.online = 1;
  const World world(s, World::shared_world);
  const network::Layer& layer = world.network().layer(LayerId{0});
  std::uint64_t all = 0, local = 0;
  for (Vertex o = 0; o < 400; ++o)
    for (const Vertex f : layer.followers(o)) {
      ++all;
      local += f >= 7 + 394 + world.country_first()[1] && f < 7 + 394 + world.country_first()[2];
    }
  EXPECT_NEAR(static_cast<double>(all) / 400, 60, 8);
  // half of them local and 30 % of the rest
  EXPECT_NEAR(static_cast<double>(local) / static_cast<double>(all), 0.65, 0.02);
}

TEST(World, PresenceIsNestedAndTheCapitalAlwaysHasAccounts) {
  Scenario s = small_scenario();
  s.ministry.accounts = 0;
  s.regimes[1].second.accounts = 3;
  s.regimes[2].second.accounts = 6;
  const World world(s, World::shared_world);
  for (std::size_t a = 0; a < 3; ++a) {
    std::uint32_t holders = 0;
    for (std::uint32_t o = 0; o < 6; ++o) holders += world.plan().account_rank[o] < world.arms()[a].habits[0].accounts;
    EXPECT_EQ(holders, 3 * a);
    EXPECT_LT(world.plan().account_rank[6], world.arms()[a].habits[0].accounts);
  }
}

TEST(World, IsTheSameForTheSameLuckAndAnotherForAnother) {
  const Scenario s = small_scenario();
  const World a(s, 3), b(s, 3), c(s, 4);
  const auto targets = [](const World& w) {
    const auto t = w.network().layer(LayerId{0}).targets();
    return std::vector<Vertex>(t.begin(), t.end());
  };
  EXPECT_EQ(targets(a), targets(b));
  EXPECT_EQ(a.plan().medium.access, b.plan().medium.access);
  EXPECT_NE(targets(a), targets(c));
}

TEST(World, EveryRegimePresetCompiles) {
  Scenario s = small_scenario(100);
  s.regimes.clear();
  for (const PresetInfo& p : regime_presets()) {
    Regime r = regime_preset(p.name);
    if (!r.switch_to.empty()) r.switch_at_s = 3 * test::day;
    s.regimes.emplace_back(p.name, r);
  }
  const World world(s, World::shared_world);
  ASSERT_EQ(world.arms().size(), regime_presets().size());
  for (const run::Arm& arm : world.arms()) {
    ASSERT_FALSE(arm.rules.empty());
    const run::RoutingRule& last = arm.rules.back();
    EXPECT_EQ(last.until, never);
    EXPECT_TRUE(last.tiers == 0 && last.stimuli == 0 && last.channels == 0 && last.urgent < 0 && last.exempt < 0);
    for (const run::RoutingRule& rule : arm.rules) EXPECT_LT(rule.route.value(), arm.workflow.routes.size());
  }
  const auto arm = [&](const std::string& name) -> const run::Arm& {
    for (const run::Arm& a : world.arms())
      if (a.name == name) return a;
    throw ContractError("no such arm");
  };
  EXPECT_EQ(arm("centralized").workflow.routes[0].stages.size(), 12U);
  EXPECT_EQ(arm("committee").workflow.routes[0].stages[0].reviews.size(), 3U);
  EXPECT_EQ(arm("peer-review").workflow.desks.size(), 7U);
  EXPECT_EQ(arm("regional-hubs").workflow.desks.size(), 2U * 3);  // south, far, and the capital's north
  EXPECT_EQ(arm("hybrid-switch").habits.size(), 2U);
  EXPECT_TRUE(arm("instant").habits[0].perfect);
}

TEST(World, RefusesRulesThatNameWhatDoesNotExist) {
  Scenario s = small_scenario(100);
  RouteRule rule;
  rule.stimuli = {"crisi"};
  rule.route = "main";
  s.regimes[0].second.rules = {rule};
  try {
    const World world(s, World::shared_world);
    FAIL();
  } catch (const InputError& e) {
    EXPECT_NE(std::string(e.what()).find("did you mean \"crisis\"?"), std::string::npos) << e.what();
  }
  EXPECT_THROW(regime_preset("centralised"), InputError);
  EXPECT_THROW(channel_preset("twiter"), InputError);
}

}  // namespace
}  // namespace demarche::models
