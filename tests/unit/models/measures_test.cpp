#include "models/measures.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sim/base/error.hpp"
#include "tests/unit/models/small_scenario.hpp"

namespace demarche::models {
namespace {

using network::Vertex;
using run::View;
using test::small_scenario;

/// A record made by hand over the small world (audience: 10 people of A, 6 of B, 4 of C; sender 0 is the mission m0).
struct ByHand {
  Scenario scenario = small_scenario(20);
  World world;
  run::Record record;

  ByHand() : world(scenario, World::shared_world) {
    record.first_view.assign(20, never);
    record.first_error.assign(20, never);
  }
  run::MessageRecord& message(Tick at, Tick published) {
    run::MessageRecord& m = record.messages.emplace_back();
    m.draft.key = record.messages.size();
    m.draft.at = m.submitted = at;
    m.published = published;
    m.posts = published == never ? 0 : 1;
    m.decision.fate = published == never ? workflow::Fate::pending : workflow::Fate::released;
    m.decision.at = published;
    return m;
  }
  /// Audience member `who` saw message `slot` from another member, or from its poster.
  void view(Tick at, std::uint32_t slot, Vertex who, int from = -1) {
    const Vertex first = world.plan().audience_first;
    View& v = record.views.emplace_back();
    v.at = at;
    v.slot = slot;
    v.who = first + who;
    v.from = from < 0 ? 0 : first + static_cast<Vertex>(from);
    run::MessageRecord& m = record.messages[slot];
    ++m.views;
    if (m.corrects == run::no_message) m.relevance += 1U << 20;
    Tick& seen = (m.faulty ? record.first_error : record.first_view)[who];
    seen = std::min(seen, at);
  }
  double operator()(const std::string& measure) {
    Scenario asked = scenario;
    asked.measures = {measure};
    return observe(measure_plan(asked), world, record).measures.at(0);
  }
};

TEST(Measures, MedianDelayCountsTheNeverPublishedAsLater) {
  ByHand m;
  m.message(0, 60);
  m.message(0, 120);
  m.message(0, 180);
  EXPECT_EQ(m("publication-delay-median"), 2);
  EXPECT_EQ(m("publication-delay"), 2);
  m.message(0, never);
  EXPECT_EQ(m("publication-delay-median"), 2);
  m.message(60, never);
  EXPECT_EQ(m("publication-delay-median"), 3);
  EXPECT_EQ(m("publication-delay"), 2);
  EXPECT_EQ(m("published-share"), 0.6);
  EXPECT_EQ(m("pending-share"), 0.4);
  m.message(0, never);
  EXPECT_EQ(m("publication-delay-median"), 3);  // three of six
  m.message(0, never);
  EXPECT_TRUE(std::isnan(m("publication-delay-median")));
}

TEST(Measures, WithoutAnythingThereIsNoValue) {
  ByHand m;
  for (const char* name : {"publication-delay", "publication-delay-median", "published-share", "inequality",
                           "time-to-half-reach", "structural-virality", "time-to-correct", "cascade-size"})
    EXPECT_TRUE(std::isnan(m(name))) << name;
  EXPECT_EQ(m("unique-reach"), 0);
  EXPECT_EQ(m("views"), 0);
}

TEST(Measures, LeaveOutWhatIsNotMeasured) {
  ByHand m;
  m.message(0, 60);
  m.message(0, 6000).draft.measured = false;
  EXPECT_EQ(m("publication-delay"), 1);
  EXPECT_EQ(m("published-share"), 1);
}

TEST(Measures, AreSplitByStimulusAndRegion) {
  ByHand m;
  m.message(0, 60);
  m.message(2 * 1440, 2 * 1440 + 30).draft.stimulus = 1;
  EXPECT_EQ(m("publication-delay/routine"), 1);
  EXPECT_EQ(m("publication-delay/crisis"), 0.5);
  EXPECT_EQ(m("first-publication/crisis"), 0.5);
  for (Vertex who = 0; who < 5; ++who) m.view(100, 0, who);
  for (Vertex who = 10; who < 11; ++who) m.view(100, 0, who);
  EXPECT_EQ(m("reach-share"), 0.3);
  EXPECT_EQ(m("reach-share/north"), 0.5);
  EXPECT_EQ(m("reach-share/south"), 0.1);
  EXPECT_THROW(m("reach-share/nort"), InputError);
  EXPECT_THROW(m("reach-shar"), InputError);
}

/// Gini over people of their country's share reached.
TEST(Measures, InequalityIsZeroWhenAllCountriesAreReachedAlikeAndLargeWhenOneIs) {
  ByHand m;
  m.message(0, 60);
  for (const Vertex who : {0U, 1U, 2U, 3U, 4U, 10U, 11U, 12U, 16U, 17U}) m.view(100, 0, who);
  EXPECT_NEAR(m("inequality"), 0, 1e-12);  // half of every country
  ByHand one;
  one.message(0, 60);
  for (const Vertex who : {16U, 17U, 18U, 19U}) one.view(100, 0, who);
  EXPECT_NEAR(one("inequality"), 0.8, 1e-12);  // all of 4 people in 20, nobody else
}

TEST(Measures, ArrivalsGiveTheTimesToShares) {
  ByHand m;
  m.message(0, 60);
  for (Vertex who = 0; who < 10; ++who) m.view(60 * (who + 1), 0, who);
  EXPECT_EQ(m("time-to-half-reach"), 5);
  EXPECT_EQ(m("time-to-10-percent-reach"), 1);
  EXPECT_EQ(m("time-to-90-percent-reach"), 9);
  EXPECT_EQ(m("time-to-last"), 10);
  EXPECT_EQ(m("time-to-50-percent"), 10);
  EXPECT_EQ(m("time-to-10-percent"), 2);
  EXPECT_TRUE(std::isnan(m("time-to-90-percent")));
  EXPECT_EQ(m("arrival-time"), 5.5);
  EXPECT_EQ(m("reach-when-taken-off"), 0.5);
  EXPECT_EQ(m("takes-off"), 1);
}

TEST(Measures, ErrorsAndTheirCorrections) {
  ByHand m;
  run::MessageRecord& wrong = m.message(0, 60);
  wrong.faulty = wrong.draft.faulty = true;
  wrong.noticed = 90;
  wrong.corrected_by = 1;
  run::MessageRecord& right = m.message(90, 180);
  right.corrects = 0;
  m.message(0, 60);
  for (Vertex who = 0; who < 4; ++who) m.view(100, 0, who);
  for (Vertex who = 0; who < 3; ++who) m.view(200, 1, who);
  m.record.messages[1].corrected = 3;
  m.view(100, 2, 9);
  EXPECT_EQ(m("error-views"), 4);
  EXPECT_EQ(m("error-reach"), 4);
  EXPECT_EQ(m("corrected-share"), 0.75);
  EXPECT_EQ(m("time-to-correct"), 2);
  EXPECT_EQ(m("views"), 5);
  EXPECT_EQ(m("relevant-reach"), 1);
  EXPECT_EQ(m("unique-reach"), 4);  // three by the correction
  EXPECT_EQ(m("faulty-published"), 1);
  EXPECT_EQ(m("sound-published"), 1);
  EXPECT_EQ(m("published-share"), 1);  // of two: a correction is no opportunity
}

// Goel et al. 2015: mean distance between members
TEST(Measures, StructuralViralityOfAStarAndOfAPath) {
  for (const Vertex n : {2U, 5U, 20U}) {
    ByHand star, path;
    star.message(0, 60);
    path.message(0, 60);
    for (Vertex who = 0; who + 1 < n; ++who) {
      star.view(100, 0, who);
      path.view(100 + who, 0, who, static_cast<int>(who) - 1);
    }
    EXPECT_NEAR(star("structural-virality"), 2.0 * (n - 1) / n, 1e-12);
    EXPECT_NEAR(path("structural-virality"), (n + 1) / 3.0, 1e-12);
    EXPECT_EQ(star("cascade-depth"), 1);
    EXPECT_EQ(path("cascade-depth"), n - 1);
    EXPECT_EQ(path("largest-cascade"), n - 1);
  }
}

TEST(Measures, ThoseOfAScenarioAreWhatItsMechanismsFill) {
  const MeasurePlan full = measure_plan(small_scenario(20));
  const auto has = [](const MeasurePlan& plan, const std::string& name) {
    for (const study::MeasureInfo& m : plan.measures)
      if (m.name == name) return true;
    return false;
  };
  EXPECT_TRUE(has(full, "publication-delay"));
  EXPECT_TRUE(has(full, "first-publication/crisis"));
  EXPECT_TRUE(has(full, "reach-share/south"));
  EXPECT_TRUE(has(full, "corrected-share"));
  EXPECT_FALSE(has(full, "utilization"));  // no desk has a fixed number of clerks
  const MeasurePlan line = measure_plan(test::line_scenario(5));
  EXPECT_FALSE(has(line, "publication-delay"));
  EXPECT_FALSE(has(line, "error-views"));
  EXPECT_TRUE(has(line, "unique-reach"));
  for (const study::MeasureInfo& m : known_measures()) {
    EXPECT_FALSE(m.label.empty() || m.meaning.empty() || m.unit.empty()) << m.name;
  }
}

TEST(Curves, EndAtTheScalars) {
  const Scenario s = small_scenario();
  const World world(s, World::shared_world);
  const MeasurePlan plan = measure_plan(s);
  const study::Outcome o = observe(plan, world, simulate_one(world, 1, 0));
  std::size_t at = 0;
  for (const study::CurveInfo& c : plan.curves) {
    const std::size_t points = plan.axes[c.axis].points.size();
    for (std::size_t i = at + 1; i < at + points; ++i) EXPECT_LE(o.curves[i - 1], o.curves[i] + 1e-9) << c.name;
    at += points;
    for (std::size_t m = 0; m < plan.measures.size(); ++m)
      if (plan.measures[m].name + "-over-time" == c.name) {
        EXPECT_GT(o.measures[m], 0);
        EXPECT_NEAR(o.curves[at - 1], o.measures[m], 1e-4 * o.measures[m]);
      }
  }
  EXPECT_EQ(at, o.curves.size());
}

}  // namespace
}  // namespace demarche::models
