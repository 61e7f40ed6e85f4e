#include <chrono>

#include "models/world.hpp"
#include "output/cli/bench_workloads.hpp"
#include "output/cli/commands.hpp"
#include "output/cli/places.hpp"
#include "output/cli/signals.hpp"
#include "sim/run/replicate.hpp"

namespace demarche::cli {
namespace {

using Time = std::chrono::steady_clock;

/// One message that goes to most of 400,000 people, with everything that a message can have: clearance in twelve steps,
/// access, waking hours, fading relevance, errors and corrections.
constexpr const char* one_message = R"(demarche: 1
name: one-message
seed: 1
replicates: 1
worlds: one
time: {start: 2013-01-07, horizon: 30 d, resolution: 1 min}
audience:
  actors: 400000
  online: 100 %
  rhythm: evening
  ties: {kind: heavy-tailed, exponent: 2.276, mean-degree: 35, reciprocity: 22 %}
channels:
  tie: {preset: tie, visibility: 10 %, delay: exponential(mean 1 h), share: 100 %, access: 80 %, rhythm: true}
stimuli:
  seed: {kind: seed, actor: largest-hub, half-life: 10 d}
errors: {rate: 50 %, noticed-by-reader: 0.001 %, corrections: true, correction-drafting: fixed(30 min)}
regimes:
  centralized: {preset: centralized, each-stage: {never-answer: 0 %}}
)";

TimedModel time_model(const models::Scenario& scenario, std::uint64_t seed, unsigned repeat) {
  const models::World world(scenario, models::World::shared_world);
  std::vector<run::Replicate> replicates;
  for (const run::Arm& arm : world.arms()) replicates.emplace_back(world.plan(), arm);
  run::Record record;
  std::vector<double> seconds;
  TimedModel timed;
  for (unsigned k = 0; k <= repeat && !stop_requested(); ++k) {
    const Luck luck(seed, k);
    const std::vector<run::Draft> drafts = world.drafts(luck);
    double delivered = 0;
    const Time::time_point start = Time::now();
    for (run::Replicate& replicate : replicates) {
      replicate.run(luck, drafts, record);
      delivered += static_cast<double>(record.deliveries);
    }
    if (k == 0) continue;
    seconds.push_back(std::chrono::duration<double>(Time::now() - start).count());
    timed.delivered += delivered / repeat;
  }
  timed.seconds = median(seconds);
  timed.ns_per_delivered = 1e9 * timed.seconds / timed.delivered;

  // the same ties without clearance, access, rhythm, errors and records
  spread::Medium bare;
  bare.network = world.plan().medium.network;
  bare.end = Tick{1} << 26;
  const LayerId ties = world.plan().medium.channels.front().layer;
  bare.channels.emplace_back("tie", ties, 0.1, QuantileTable(Law::exponential(3600), 36, 1), 1.0);
  const network::Layer& layer = bare.network->layer(ties);
  network::Vertex hub = 0;
  for (network::Vertex v = 0; v < layer.actors(); ++v)
    if (layer.out_degree(v) > layer.out_degree(hub)) hub = v;
  const TimedCascades cascades = time_cascades(bare, hub, seed, 1, repeat);
  timed.bare_ns_per_delivered = 1e6 * cascades.ms / cascades.delivered;
  return timed;
}

}  // namespace

TimedModel time_headline(std::uint64_t seed, unsigned repeat) {
  return time_model(read_choice({.path = scenario_path("canada-uk-2013"), .request = {}}), seed, repeat);
}

TimedModel time_one_message(std::uint64_t seed, unsigned repeat) {
  return time_model(scenarios::read_scenario_text(one_message, "one-message", {}, {}), seed, repeat);
}

}  // namespace demarche::cli
