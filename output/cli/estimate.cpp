#include "output/cli/estimate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/measures.hpp"
#include "output/cli/words.hpp"
#include "sim/base/error.hpp"
#include "sim/network/estimate.hpp"

namespace demarche::cli {
namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

// fitted to resident sizes and times of a dozen runs of 20,000 to 1 million actors, 1 to 8 regimes, 1 and 2 threads, on
// one machine; sizes within 25 %, which tests/regression/test_memory.py holds to
constexpr double program_bytes = 26e6;          // libraries, reading the scenario, writing the results
constexpr double bytes_an_actor = 8;            // country, access, clock, outlets; offsets of layers come apart
constexpr double bytes_an_actor_a_thread = 16;  // first sights
constexpr double bytes_an_actor_a_regime = 1, bytes_a_message_a_regime = 80, bytes_a_view_a_regime = 1;
constexpr double bytes_a_view = 32;
constexpr double seconds_a_tie = 180e-9, seconds_an_actor = 200e-9, seconds_an_actor_a_run = 4e-9;
constexpr double seconds_a_view = 250e-9, seconds_a_message = 4e-6;

std::uint64_t bytes(double value) {
  return value >= 1.8e19 ? most : value <= 0 ? 0 : static_cast<std::uint64_t>(value);
}

std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
  return a > most - b ? most : a + b;
}

std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > most / b ? most : a * b;
}

}  // namespace

Estimate estimate(const models::Scenario& scenario, unsigned threads) {
  Estimate e;
  e.work = workload_of(scenario);
  const Workload& w = e.work;
  const auto regimes = static_cast<double>(scenario.regimes.size());
  const bool fresh = scenario.worlds == models::Worlds::fresh;
  const double items = fresh ? scenario.replicates : regimes * scenario.replicates;
  e.threads = static_cast<unsigned>(std::max(1.0, std::min<double>(threads, items)));

  const double layers =
      static_cast<double>(std::count_if(scenario.channels.begin(), scenario.channels.end(),
                                        [](const auto& c) { return c.second.mode != models::Mode::broadcast; }));
  const auto* by_country = std::get_if<network::CountryBlocks>(&scenario.audience.ties);
  const bool implicit = scenario.audience.has_ties && by_country != nullptr && by_country->implicit;
  const double stored_ties = implicit ? 0 : w.ties;
  e.network = bytes(stored_ties * 4 + w.actors * (8 * layers + bytes_an_actor));
  // a layer is generated, then copied into its place among senders and those who do not use the channel
  e.building = bytes(std::max(stored_ties * 4.5, 0.0));
  if (scenario.audience.has_ties && !scenario.inputs.ties) {
    network::Generator sized = scenario.audience.ties;
    std::visit(
        [&](auto& g) {
          if constexpr (requires { g.actors; }) g.actors = scenario.audience.actors;
        },
        sized);
    const auto* blocks = std::get_if<network::BlockModel>(&sized);
    if (by_country == nullptr && (blocks == nullptr || !blocks->sizes.empty())) {
      // while it is generated, its place in the network is still empty
      const network::LayerBytes layer = network::bytes_needed(sized);
      e.building = std::max(e.building, layer.build_peak - std::min(layer.build_peak, layer.finished));
    }
  }
  // each regime of a thread has seen-sets and a wheel of its own; the record is shared by them
  e.a_thread = bytes(w.actors * (bytes_an_actor_a_thread + regimes * bytes_an_actor_a_regime) +
                     w.views * (bytes_a_view + regimes * bytes_a_view_a_regime) +
                     w.messages * regimes * bytes_a_message_a_regime);
  if (fresh) e.a_thread = plus(e.a_thread, plus(e.network, e.building));

  double points = 0;
  const models::MeasurePlan plan = models::measure_plan(scenario);
  for (const study::CurveInfo& curve : plan.curves) points += static_cast<double>(plan.axes[curve.axis].points.size());
  const double values = regimes * scenario.replicates * (static_cast<double>(plan.measures.size()) + points) * 8;
  e.disk = bytes(values + 3e6);
  e.results = bytes(values * 3);
  const std::uint64_t running = times(e.a_thread, e.threads);
  e.memory = plus(bytes(program_bytes), e.results);
  e.memory = plus(e.memory, fresh ? running : plus(e.network, std::max(e.building, running)));

  const double worlds = fresh ? static_cast<double>(scenario.replicates) : 1;
  const double build = worlds * (stored_ties * seconds_a_tie + w.actors * seconds_an_actor);
  const double run = regimes * scenario.replicates *
                     (w.actors * seconds_an_actor_a_run + w.views * seconds_a_view + w.messages * seconds_a_message);
  e.seconds = (fresh ? build / e.threads : build) + run / e.threads;
  return e;
}

void refuse_if_too_large(const Estimate& e, const Limit& memory, const Limit& disk) {
  if (e.memory > memory.bytes)
    throw InputError({fmt::format("the run does not fit into memory: it needs about {}", bytes_text(e.memory)),
                      fmt::format("{} actors, {} ties, {} threads; {} may be used: 0.8 of {}", about(e.work.actors),
                                  about(e.work.ties), e.threads, bytes_text(memory.bytes), memory.set_by),
                      "take fewer actors (--set audience.actors=...) or fewer --threads"});
  if (e.disk > disk.bytes)
    throw InputError({fmt::format("the results do not fit on the disk: they need about {}", bytes_text(e.disk)),
                      fmt::format("{} may be used: 0.8 of {}", bytes_text(disk.bytes), disk.set_by),
                      "choose another place with -o, or fewer --replicates"});
}

}  // namespace demarche::cli
