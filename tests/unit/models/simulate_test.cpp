#include "models/simulate.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "tests/unit/models/small_scenario.hpp"

namespace demarche::models {
namespace {

using test::small_scenario;

/// Every bit, so that values which are not there (NaN) compare too.
std::vector<std::uint64_t> bits(const study::Outcome& o) {
  std::vector<std::uint64_t> b;
  for (const double x : o.measures) b.push_back(std::bit_cast<std::uint64_t>(x));
  for (const double x : o.curves) b.push_back(std::bit_cast<std::uint64_t>(x));
  return b;
}
std::vector<std::vector<std::uint64_t>> bits(const study::Results& r, std::size_t regime) {
  std::vector<std::vector<std::uint64_t>> b;
  for (std::uint32_t i = 0; i < r.replicates; ++i) b.push_back(bits(r.at(regime, i)));
  return b;
}
study::Results results(const Scenario& s, unsigned threads = 1) {
  const Simulated done = simulate(s, {.threads = threads, .progress = {}, .stop = {}});
  EXPECT_TRUE(done.complete);
  return done.results;
}

TEST(Simulate, DoesNotDependOnThreads) {
  for (const Worlds worlds : {Worlds::one, Worlds::fresh}) {
    Scenario s = small_scenario();
    s.worlds = worlds;
    const study::Results one = results(s);
    ASSERT_EQ(one.outcomes.size(), 18U);
    for (const unsigned threads : {2U, 8U}) {
      const study::Results many = results(s, threads);
      for (std::size_t g = 0; g < 3; ++g) EXPECT_EQ(bits(one, g), bits(many, g));
    }
  }
}

TEST(Simulate, MoreReplicatesChangeNoneOfTheFirst) {
  Scenario s = small_scenario(500);
  for (const Worlds worlds : {Worlds::one, Worlds::fresh}) {
    s.worlds = worlds;
    s.replicates = 6;
    const study::Results more = results(s);
    s.replicates = 2;
    const study::Results few = results(s);
    for (std::size_t g = 0; g < 3; ++g)
      for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(bits(few.at(g, i)), bits(more.at(g, i)));
  }
}

TEST(Simulate, ARegimeAloneEqualsItselfBesideOthers) {
  Scenario s = small_scenario(500);
  const study::Results together = results(s);
  const auto regimes = s.regimes;
  for (std::size_t g = 0; g < regimes.size(); ++g) {
    s.regimes = {regimes[g]};
    s.measures.clear();  // those of the scenario with all regimes, or what clearance fills would depend on the others
    for (const study::MeasureInfo& m : together.measures) s.measures.push_back(m.name);
    EXPECT_EQ(bits(results(s), 0), bits(together, g)) << regimes[g].first;
  }
}

/// VALIDATION.md M4
TEST(Simulate, ARegimeEqualsItsDouble) {
  Scenario s = small_scenario(500);
  s.regimes.push_back({"double", s.regimes[0].second});
  const study::Results r = results(s);
  EXPECT_EQ(bits(r, 0), bits(r, 3));
  EXPECT_NE(bits(r, 0), bits(r, 1));
}

TEST(Simulate, AskingForLessChangesNothingElse) {
  Scenario s = small_scenario(500);
  const study::Results all = results(s);
  s.measures = {"views", "publication-delay"};
  const study::Results few = results(s);
  for (std::size_t m = 0; m < all.measures.size(); ++m)
    for (std::size_t k = 0; k < 2; ++k)
      if (all.measures[m].name == s.measures[k]) {
        EXPECT_EQ(all.values(1, m), few.values(1, k));
      }
}

TEST(Simulate, FreshWorldsDifferAndKeepTheOpportunities) {
  Scenario s = small_scenario(500);
  s.measures = {"unique-reach", "publication-delay"};
  const study::Results one = results(s);
  s.worlds = Worlds::fresh;
  const study::Results fresh = results(s);
  EXPECT_NE(one.values(0, 0), fresh.values(0, 0));
  // clearance of the same drafts by the same luck: only who hears of them differs
  s.measures = {"rejected-share", "waiting-time", "staff-hours"};
  s.channels.clear();
  s.errors.corrections = false;  // what readers notice comes back to the desks
  const study::Results alike = results(s);
  s.worlds = Worlds::one;
  const study::Results clearance = results(s);
  for (std::size_t m = 0; m < 3; ++m) EXPECT_EQ(clearance.values(0, m), alike.values(0, m));
}

TEST(Simulate, EqualsOneReplicateRunByItself) {
  const Scenario s = small_scenario(500);
  const study::Results r = results(s);
  const World world(s, World::shared_world);
  for (std::size_t g = 0; g < 3; ++g)
    EXPECT_EQ(bits(observe(measure_plan(s), world, simulate_one(world, g, 4))), bits(r.at(g, 4)));
}

TEST(Simulate, KeepsWholeReplicatesWhenStopped) {
  Scenario s = small_scenario(500);
  const study::Results all = results(s);
  for (const unsigned threads : {1U, 3U}) {
    const Simulated stopped = simulate(
        s, {.threads = threads, .progress = [](std::size_t done, std::size_t) { return done < 8; }, .stop = {}});
    EXPECT_FALSE(stopped.complete);
    const study::Results& r = stopped.results;
    EXPECT_GE(r.replicates, 2U);
    EXPECT_LT(r.replicates, 6U);
    ASSERT_EQ(r.outcomes.size(), std::size_t{3} * r.replicates);
    for (std::size_t g = 0; g < 3; ++g)
      for (std::uint32_t i = 0; i < r.replicates; ++i) EXPECT_EQ(bits(r.at(g, i)), bits(all.at(g, i)));
  }
  const Simulated never_began = simulate(s, {.threads = 2, .progress = {}, .stop = [] { return true; }});
  EXPECT_FALSE(never_began.complete);
  EXPECT_EQ(never_began.results.replicates, 0U);
  EXPECT_TRUE(never_began.results.outcomes.empty());
}

TEST(Simulate, ALinePassesAMessageOnOncePerMinute) {
  Scenario s = test::line_scenario(100);
  s.measures = {"unique-reach", "time-to-last", "cascade-depth", "structural-virality", "views"};
  const study::Results r = results(s);
  for (std::uint32_t i = 0; i < r.replicates; ++i) {
    const std::vector<double>& v = r.at(0, i).measures;
    EXPECT_EQ(v[0], 99);
    EXPECT_DOUBLE_EQ(v[1], 99.0 / 60);
    EXPECT_EQ(v[2], 99);
    EXPECT_NEAR(v[3], 101 / 3.0, 1e-9);
    EXPECT_EQ(v[4], 99);
  }
}

TEST(Simulate, StatesItsFrame) {
  Scenario s = small_scenario(100);
  s.replicates = 1;
  s.time.start_utc_s = 1365379200 + 5 * 3600 + 7;
  const study::Results r = results(s);
  EXPECT_EQ(r.start, "2013-04-08T05:00:07Z");
  EXPECT_EQ(r.regimes, (std::vector<std::string>{"capital", "local", "tiers"}));
  EXPECT_EQ(r.seed, 17U);
  EXPECT_EQ(r.at(0, 0).measures.size(), r.measures.size());
  EXPECT_EQ(r.at(0, 0).curves.size(), r.curve_points());
}

}  // namespace
}  // namespace demarche::models
