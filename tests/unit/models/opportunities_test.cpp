#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "models/compile_regime.hpp"
#include "tests/unit/models/small_scenario.hpp"

namespace demarche::models {
namespace {

using test::drafts_of;
using test::small_scenario;

bool same(const run::Draft& a, const run::Draft& b) {
  return a.key == b.key && a.origin == b.origin && a.author == b.author && a.tier == b.tier &&
         a.priority == b.priority && a.at == b.at && a.faulty == b.faulty && a.translate == b.translate &&
         a.measured == b.measured && a.half_life == b.half_life;
}

/// 200 replicates x 6 missions x 2 a day x 7 days = 16,800 expected; 4.9 standard errors (alpha = 1e-6) are 3.8 %.
TEST(Opportunities, ComeAtTheirRateWithTheirTraits) {
  Scenario s = small_scenario(20);
  s.stimuli.resize(1);
  s.stimuli[0].second.urgent = 0.25;
  s.stimuli[0].second.translated = 0.5;
  const World world(s, World::shared_world);
  std::uint64_t n = 0, faulty = 0, urgent = 0, translated = 0, tier[3] = {};
  std::set<MessageKey> keys;
  double counts_squared = 0;
  for (std::uint64_t replicate = 0; replicate < 200; ++replicate) {
    const auto drafts = drafts_of(world, replicate);
    counts_squared += static_cast<double>(drafts.size()) * static_cast<double>(drafts.size());
    keys.clear();
    for (const run::Draft& d : drafts) {
      ++n;
      EXPECT_TRUE(keys.insert(d.key).second);
      EXPECT_TRUE(d.at > 0 && d.at < world.plan().end && d.origin < 6 && d.measured && d.channels == 7);
      EXPECT_EQ(d.half_life, 1440);
      faulty += d.faulty;
      urgent += d.priority == 0;
      translated += d.translate;
      ++tier[d.tier];
    }
  }
  const auto all = static_cast<double>(n);
  EXPECT_NEAR(all, 16800, 4.9 * std::sqrt(16800.0));
  // the count of a replicate is Poisson(84): its variance has a relative standard error of sqrt(2 / 200)
  EXPECT_NEAR(counts_squared / 200 - (all / 200) * (all / 200), 84, 84 * 4.9 * 0.1);
  const auto expect = [&](std::uint64_t count, double p) {
    EXPECT_NEAR(static_cast<double>(count), all * p, 4.9 * std::sqrt(all * p * (1 - p)));
  };
  expect(faulty, 0.1);
  expect(urgent, 0.25);
  expect(translated, 0.5);
  expect(tier[0], 0.7);
  expect(tier[1], 0.2);
  expect(tier[2], 0.1);
}

TEST(Opportunities, WithoutTiersAreOfLowRiskWhateverOthersAre) {
  Scenario s = small_scenario();
  s.stimuli[0].second.tiers = {{"high", 1}};
  s.stimuli[1].second.tiers.clear();
  ASSERT_EQ(tier_names(s), (std::vector<std::string>{"high", "low"}));
  const World world(s, World::shared_world);
  for (const run::Draft& d : world.drafts(Luck(s.seed, 0))) ASSERT_EQ(d.tier, d.stimulus);
}

TEST(Opportunities, FollowTheRhythmOfTheMissionsWeek) {
  Scenario s = small_scenario(20);
  s.stimuli.resize(1);
  s.stimuli[0].second.rhythm = "office";
  s.time.horizon_s = 28 * test::day;
  const World world(s, World::shared_world);
  const calendar::ActivityProfile profile = calendar::profile("office");
  double weekend = 0, whole = 0;
  for (std::size_t h = 0; h < 168; ++h) {
    whole += profile.weight[h];
    if (h >= 120) weekend += profile.weight[h];
  }
  double on_weekends = 0, all = 0;
  for (std::uint64_t replicate = 0; replicate < 40; ++replicate)
    for (const run::Draft& d : drafts_of(world, replicate)) {
      const std::string& zone = s.inputs.missions[d.origin].zone;
      const std::int64_t local = calendar::zone(zone).local_s(world.plan().clock.utc_s(d.at));
      const std::int64_t weekday = (local / 86400 + 3) % 7;  // 1970-01-01 was a Thursday
      on_weekends += weekday >= 5;
      ++all;
    }
  const double p = weekend / whole;
  EXPECT_NEAR(all, 40 * 28 * 12, 4.9 * std::sqrt(40.0 * 28 * 12));
  EXPECT_NEAR(on_weekends, all * p, 4.9 * std::sqrt(all * p * (1 - p)) + 1);
  EXPECT_LT(p, 0.2);
}

TEST(Opportunities, OfACrisisComeInItsWindowFromItsRegions) {
  Scenario s = small_scenario(20);
  s.stimuli.erase(s.stimuli.begin());
  const World world(s, World::shared_world);
  std::uint64_t n = 0;
  for (std::uint64_t replicate = 0; replicate < 100; ++replicate)
    for (const run::Draft& d : drafts_of(world, replicate)) {
      ++n;
      EXPECT_TRUE(d.at > 2 * 1440 && d.at < 3 * 1440);
      EXPECT_LT(d.origin, 4U);
      EXPECT_EQ(d.priority, 0);
    }
  // 4 missions, 2 a day, five times as many
  EXPECT_NEAR(static_cast<double>(n), 4000, 4.9 * std::sqrt(4000.0));
}

TEST(Opportunities, KeepTheirLuckWhenAnotherStimulusOrMissionIsAdded) {
  const Scenario s = small_scenario(20);
  Scenario more = s;
  Stimulus extra = s.stimuli[0].second;
  extra.from_capital = true;
  more.stimuli.insert(more.stimuli.begin(), {"extra", extra});
  more.inputs.missions.push_back({"m6", "BBB", "UTC", "south"});
  const World before(s, World::shared_world), after(more, World::shared_world);
  std::map<MessageKey, run::Draft> known;
  std::uint64_t from_capital = 0;
  for (const run::Draft& d : drafts_of(after, 3)) {
    known[d.key] = d;
    if (d.stimulus == 0) {
      EXPECT_EQ(d.origin, 7U);
      ++from_capital;
    }
  }
  EXPECT_GT(from_capital, 0U);
  for (const run::Draft& d : drafts_of(before, 3)) {
    ASSERT_TRUE(known.contains(d.key));
    EXPECT_TRUE(same(known[d.key], d));
    EXPECT_EQ(known[d.key].stimulus, d.stimulus + 1);
  }
}

TEST(Opportunities, OfAVanishingRateNeverCome) {
  Scenario s = small_scenario(20);
  s.stimuli[0].second.rate_per_s = s.stimuli[1].second.rate_per_s = 1e-30;
  const World world(s, World::shared_world);
  EXPECT_TRUE(drafts_of(world, 0).empty());
}

TEST(Opportunities, InWarmUpAndCoolDownAreNotMeasured) {
  Scenario s = small_scenario(20);
  s.time.warm_up_s = s.time.cool_down_s = test::day;
  const World world(s, World::shared_world);
  std::uint64_t measured = 0, not_measured = 0;
  for (const run::Draft& d : drafts_of(world, 0)) {
    EXPECT_EQ(d.measured, d.at >= 1440 && d.at < 6 * 1440);
    ++(d.measured ? measured : not_measured);
  }
  EXPECT_GT(measured, 0U);
  EXPECT_GT(not_measured, 0U);
}

TEST(Opportunities, SeedsAreSpokenByTheActorsTheyName) {
  Scenario s = test::line_scenario(50);
  s.audience.ties = network::Star{};
  Stimulus& seed = s.stimuli[0].second;
  seed.at_s = 600;
  seed.count = 3;
  const auto authors = [&](const char* actor) {
    seed.actor = actor;
    const World world(s, World::shared_world);
    std::vector<network::Vertex> list;
    for (const run::Draft& d : drafts_of(world, 1)) {
      EXPECT_EQ(d.at, 10);
      list.push_back(d.author - world.plan().audience_first);
    }
    return list;
  };
  EXPECT_EQ(authors("7"), (std::vector<network::Vertex>{7, 7, 7}));
  EXPECT_EQ(authors("largest-hub"), (std::vector<network::Vertex>{0, 0, 0}));
  const auto random = authors("random");
  ASSERT_EQ(random.size(), 3U);
  EXPECT_TRUE(random[0] < 50 && random[1] < 50 && random[2] < 50);
  EXPECT_TRUE(random[0] != random[1] || random[1] != random[2]);
}

}  // namespace
}  // namespace demarche::models
