#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>

#include "models/simulate.hpp"
#include "models/tally.hpp"
#include "tests/unit/models/small_scenario.hpp"

namespace demarche::models {
namespace {

/// The small scenario under three presets with numbers drawn for everything that may be varied.
Scenario random_scenario() {
  Scenario s = test::small_scenario(*rc::gen::inRange<std::uint32_t>(100, 300));
  s.seed = *rc::gen::arbitrary<std::uint64_t>();
  s.replicates = 3;
  s.worlds = *rc::gen::element(Worlds::one, Worlds::fresh);
  s.time.resolution_s = *rc::gen::element(60.0, 900.0, 3600.0);
  s.time.warm_up_s = *rc::gen::element(0.0, 86400.0);
  s.audience.rhythm = *rc::gen::element<std::string>("flat", "evening");
  s.audience.has_ties = *rc::gen::arbitrary<bool>();
  s.errors.rate = *rc::gen::element(0.0, 0.3, 1.0);
  s.errors.corrections = *rc::gen::arbitrary<bool>();
  s.ministry.accounts = *rc::gen::inRange<std::uint32_t>(0, 7);
  s.channels.resize(*rc::gen::inRange<std::size_t>(1, 4));
  s.stimuli[0].second.from_capital = *rc::gen::arbitrary<bool>();
  s.regimes.clear();
  for (int i = 0; i < 3; ++i) {
    const auto& presets = regime_presets();
    Regime r = regime_preset(presets[*rc::gen::inRange<std::size_t>(0, presets.size())].name);
    if (!r.switch_to.empty()) r.switch_at_s = *rc::gen::element(0.0, 3 * test::day);
    for (StageSpec& stage : r.stages) {
      stage.clerks = *rc::gen::inRange<std::uint32_t>(0, 3);
      stage.send_back = *rc::gen::element(0.0, 0.3);
    }
    s.regimes.emplace_back("r" + std::to_string(i), r);
  }
  return s;
}

std::vector<std::uint64_t> bits(const study::Results& r, std::size_t regime) {
  std::vector<std::uint64_t> b;
  for (std::uint32_t i = 0; i < r.replicates; ++i) {
    for (const double x : r.at(regime, i).measures) b.push_back(std::bit_cast<std::uint64_t>(x));
    for (const double x : r.at(regime, i).curves) b.push_back(std::bit_cast<std::uint64_t>(x));
  }
  return b;
}

/// VALIDATION.md M3 and M4, whatever the scenario.
RC_GTEST_PROP(Scenarios, GiveTheSameBitsOnManyThreadsAndUnderAnotherName, ()) {
  Scenario s = random_scenario();
  s.regimes[1].second = s.regimes[0].second;
  const study::Results one = simulate(s, {.threads = 1, .progress = {}, .stop = {}}).results;
  const study::Results many = simulate(s, {.threads = 3, .progress = {}, .stop = {}}).results;
  for (std::size_t g = 0; g < 3; ++g) RC_ASSERT(bits(one, g) == bits(many, g));
  RC_ASSERT(bits(one, 0) == bits(one, 1));
}

RC_GTEST_PROP(Scenarios, CountEveryOpportunityOnce, ()) {
  const Scenario s = random_scenario();
  const World world(s, World::shared_world);
  for (std::size_t arm = 0; arm < 3; ++arm) {
    const run::Record record = simulate_one(world, arm, 0);
    const Tally t = tally_of(world, record);
    std::uint64_t measured = 0, released = 0, by_stimulus = 0, reached = 0;
    for (const run::MessageRecord& m : record.messages) {
      if (!m.draft.measured || m.corrects != run::no_message) continue;
      ++measured;
      released += m.decision.fate == workflow::Fate::released;
    }
    for (const MessageTally& m : t.by_stimulus) by_stimulus += m.drafts;
    for (const std::uint64_t n : t.reached_by_country) reached += n;
    RC_ASSERT(t.all.drafts == measured && by_stimulus == measured);
    RC_ASSERT(released + t.all.rejected + t.all.expired + t.all.unanswered + t.all.pending == measured);
    RC_ASSERT(t.all.published <= released && t.all.delays.size() == t.all.published);
    RC_ASSERT(t.all.sound + t.all.faulty == measured);
    RC_ASSERT(t.all.sound_published + t.all.faulty_published <= t.all.published);
    RC_ASSERT(t.sound_views + t.error_views == t.views && t.corrected_views <= t.error_views);
    RC_ASSERT(t.relevant_views <= static_cast<double>(t.sound_views) + 1e-6);
    RC_ASSERT(reached == t.reached && t.reached <= world.audience() && t.misled <= world.audience());
    RC_ASSERT(t.errors_corrected <= t.errors_noticed && t.errors_noticed <= t.all.faulty);
    RC_ASSERT(std::isnan(t.busiest) || (t.busiest >= 0 && t.busiest <= 1));
  }
}

}  // namespace
}  // namespace demarche::models
