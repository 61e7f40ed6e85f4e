#include "models/simulate.hpp"

#include <map>
#include <memory>
#include <optional>

#include "sim/base/error.hpp"
#include "sim/base/parallel.hpp"
#include "sim/calendar/calendar.hpp"
#include "sim/run/replicate.hpp"

namespace demarche::models {

namespace {

/// What a worker keeps from one replicate to the next.
struct Scratch {
  std::vector<std::optional<run::Replicate>> by_arm;
  std::optional<std::size_t> replicate;  // of the drafts: the regimes of a replicate follow one another
  std::vector<run::Draft> drafts;
  run::Record record;
};

std::string iso_moment(std::int64_t utc_s) {
  const std::int64_t day = utc_s >= 0 ? utc_s / 86400 : (utc_s - 86399) / 86400;
  const calendar::CivilDate date = calendar::civil_from_days(day);
  const auto two = [](std::int64_t n) {
    return std::string{static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
  };
  const std::int64_t s = utc_s - day * 86400;
  return std::to_string(date.year) + "-" + two(date.month) + "-" + two(date.day) + "T" + two(s / 3600) + ":" +
         two(s / 60 % 60) + ":" + two(s % 60) + "Z";
}

study::Results frame_of(const Scenario& scenario, const MeasurePlan& plan) {
  study::Results r;
  r.scenario = scenario.name;
  r.seed = scenario.seed;
  r.replicates = scenario.replicates;
  for (const auto& [name, regime] : scenario.regimes) {
    r.regimes.push_back(name);
    r.regime_summaries.push_back(regime.summary);
    if (regime.accounts) r.regime_summaries.back() += "; " + std::to_string(*regime.accounts) + " accounts";
  }
  r.measures = plan.measures;
  r.axes = plan.axes;
  r.curves = plan.curves;
  r.outcomes.resize(scenario.regimes.size() * scenario.replicates);
  r.assumptions = scenario.assumptions;
  r.start = iso_moment(scenario.time.start_utc_s);
  return r;
}

/// Keeps the replicates before the first one that is not finished under every regime.
void keep_prefix(study::Results& r, const std::vector<std::uint8_t>& finished) {
  const std::size_t regimes = r.regimes.size();
  std::uint32_t whole = 0;
  const auto all_finished = [&](std::uint32_t replicate) {
    for (std::size_t g = 0; g < regimes; ++g)
      if (finished[g * r.replicates + replicate] == 0) return false;
    return true;
  };
  while (whole < r.replicates && all_finished(whole)) ++whole;
  std::vector<study::Outcome> kept;
  for (std::size_t g = 0; g < regimes; ++g)
    for (std::uint32_t i = 0; i < whole; ++i) kept.push_back(std::move(r.outcomes[g * r.replicates + i]));
  r.outcomes = std::move(kept);
  r.replicates = whole;
}

}  // namespace

run::Record simulate_one(const World& world, std::size_t arm, std::uint64_t replicate,
                         std::vector<workflow::StoryStep>* story) {
  const Luck luck(world.scenario().seed, replicate);
  run::Record record;
  run::Replicate(world.plan(), world.arms()[arm], story).run(luck, world.drafts(luck), record);
  return record;
}

Simulated simulate(const Scenario& scenario, const SimulateOptions& options) {
  const MeasurePlan plan = measure_plan(scenario);
  Simulated done{frame_of(scenario, plan), true};
  study::Results& results = done.results;
  const std::size_t regimes = scenario.regimes.size(), replicates = scenario.replicates;
  std::vector<std::uint8_t> finished(regimes * replicates, 0);  // one byte an item: workers never share one
  std::vector<Scratch> scratch(options.threads);

  const auto one = [&](const World& world, Scratch& own, std::size_t regime, std::size_t replicate,
                       const std::vector<run::Draft>& drafts) {
    if (!own.by_arm[regime]) own.by_arm[regime].emplace(world.plan(), world.arms()[regime]);
    const Luck luck(scenario.seed, replicate);
    if (!own.by_arm[regime]->run(luck, drafts, own.record, options.stop)) return;
    results.outcomes[regime * replicates + replicate] = observe(plan, world, own.record);
    finished[regime * replicates + replicate] = 1;
  };

  if (scenario.worlds == Worlds::one) {
    const World world(scenario, World::shared_world, options.threads);
    for (Scratch& s : scratch) s.by_arm.resize(regimes);
    // all regimes of a replicate before the next one, so that a run that is stopped holds whole comparisons
    const std::size_t items = regimes * replicates;
    parallel_for_each_index(
        items, options.threads,
        [&](std::size_t worker, std::size_t item) {
          const std::size_t replicate = item / regimes;
          Scratch& own = scratch[worker];
          if (own.replicate != replicate) {
            own.drafts = world.drafts(Luck(scenario.seed, replicate));
            own.replicate = replicate;
          }
          one(world, own, item % regimes, replicate, own.drafts);
        },
        [&](std::size_t n) { return !options.progress || options.progress(n, items); });
  } else {
    parallel_for_each_index(
        replicates, options.threads,
        [&](std::size_t worker, std::size_t replicate) {
          const World world(scenario, replicate);
          const std::vector<run::Draft> drafts = world.drafts(Luck(scenario.seed, replicate));
          scratch[worker].by_arm.clear();
          scratch[worker].by_arm.resize(regimes);
          for (std::size_t g = 0; g < regimes; ++g) one(world, scratch[worker], g, replicate, drafts);
          scratch[worker].by_arm.clear();
        },
        [&](std::size_t n) { return !options.progress || options.progress(n, replicates); });
  }
  for (const std::uint8_t f : finished) done.complete = done.complete && f != 0;
  if (!done.complete) keep_prefix(results, finished);
  return done;
}

}  // namespace demarche::models
