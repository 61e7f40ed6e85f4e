#include "tests/bench/kernels.hpp"

#include <array>
#include <memory>

#include "sim/base/quantile_table.hpp"
#include "sim/network/read_edge_list.hpp"
#include "sim/run/replicate.hpp"
#include "sim/spread/cascade.hpp"
#include "sim/spread/spread.hpp"
#include "sim/workflow/clearance.hpp"
#include "tests/unit/models/small_scenario.hpp"

namespace demarche::bench {
namespace {

using network::Vertex;

const Luck luck(1, 0);

std::uint64_t philox(std::uint64_t units) {
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < units; ++i) sum += luck.block(Purpose::test, static_cast<std::uint32_t>(i), 7)[0];
  return sum;
}

/// A unit is a block, made 128 at a time.
std::uint64_t philox_many(std::uint64_t units) {
  constexpr std::size_t batch = 128;
  std::array<std::uint32_t, batch> entity{}, draw{};
  std::array<Block, batch> out;
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < units; i += batch) {
    for (std::uint32_t k = 0; k < batch; ++k) draw[k] = static_cast<std::uint32_t>(i) + k;
    luck.blocks(Purpose::test, batch, entity.data(), 7, draw.data(), out.data());
    sum += out[i % batch][0];
  }
  return sum;
}

/// Words of a sequence without luck: only the table is measured.
template <class Table>
Work of_table(Table table) {
  const auto shared = std::make_shared<const Table>(std::move(table));
  return [shared](std::uint64_t units) {
    std::uint64_t sum = 0;
    std::uint32_t word = 1;
    for (std::uint64_t i = 0; i < units; ++i) sum += static_cast<std::uint64_t>((*shared)(word += 0x9E3779B9U));
    return sum;
  };
}

Work activity_clock() {
  const Clock clock{1365379200, 60};
  const auto activity = std::make_shared<const calendar::ActivityClock>(calendar::zone("Asia/Tehran"),
                                                                        calendar::profile("evening"), clock, 28 * 1440);
  return [activity](std::uint64_t units) {
    std::uint64_t sum = 0;
    Tick t = 0;
    for (std::uint64_t i = 0; i < units; ++i)
      sum += static_cast<std::uint64_t>(activity->after(t = (t + 7919) % 20000, 300));
    return sum;
  };
}

network::Layer rmat(Vertex actors, std::uint64_t key) {
  return network::generate(network::RMat{actors, std::uint64_t{actors} * 10}, "ties", luck, key);
}

/// Workload T: 10,000 actors, 100,000 ties, each passes with 0.1 after an exponential delay, from the largest hub.
struct WorkloadT {
  WorkloadT()
      : net(10000, [] {
          std::vector<network::Layer> layers;
          layers.push_back(rmat(10000, 1));
          return layers;
        }()) {
    medium.network = &net;
    medium.end = 100000;
    medium.channels.emplace_back("tie", LayerId(0), 0.1, QuantileTable(Law::exponential(36000), 60, 1), 1.0);
    const network::Layer& layer = net.layer(LayerId(0));
    for (Vertex v = 0; v < net.actors(); ++v)
      if (layer.out_degree(v) > layer.out_degree(hub)) hub = v;
  }
  network::Network net;
  spread::Medium medium;
  Vertex hub = 0;
};

Work cascade() {
  struct State : WorkloadT {
    spread::Cascade kernel{medium, ChannelId(0)};
  };
  const auto state = std::make_shared<State>();
  return [state](std::uint64_t units) {
    std::uint64_t sum = 0;
    for (std::uint64_t key = 1; key <= units; ++key) {
      state->kernel.run(luck, {.key = key}, std::span(&state->hub, 1), 0);
      sum += state->kernel.deliveries();
    }
    return sum;
  };
}

Work spread_of_many() {
  struct State : WorkloadT {
    spread::Spread kernel{medium};
  };
  const auto state = std::make_shared<State>();
  return [state](std::uint64_t units) {
    std::uint64_t sum = 0;
    state->kernel.reset(luck);
    for (std::uint64_t key = 1; key <= units; ++key)
      state->kernel.post(state->kernel.add({.key = key}), ChannelId(0), state->hub, 0);
    while (state->kernel.next() != never) state->kernel.step([&](const spread::Sight& s, Tick) { sum += s.who; });
    return sum;
  };
}

constexpr Tick end_of_queue = Tick{1} << 30;

/// One desk of eight clerks, nine tenths busy.
Work clearance() {
  struct State {
    workflow::Workflow workflow;
    State() {
      workflow.clock.tick_s = 1;
      workflow.calendars.emplace_back(calendar::zone("UTC"), calendar::OfficeHours::always(), workflow.clock,
                                      end_of_queue);
      workflow.desks.push_back({"desk", 8, CalendarId{0}, workflow::Discipline::first_come, {}});
      workflow::Review review;
      review.desks = {DeskId{0}};
      review.service = Law::exponential(720);
      workflow.routes.emplace_back().stages.emplace_back().reviews = {review};
    }
  };
  const auto state = std::make_shared<const State>();
  return [state](std::uint64_t units) {
    workflow::Clearance clearance(state->workflow, luck, end_of_queue);
    std::vector<workflow::Decision> decisions;
    std::uint64_t sum = 0;
    for (std::uint32_t k = 0; k < units; ++k) {
      const Tick at = 100 * Tick{k};
      while (clearance.next() < at) clearance.step(decisions);
      clearance.submit({.key = k + 1ULL, .slot = k, .route = RouteId{0}}, at);
    }
    while (clearance.next() != never) clearance.step(decisions);
    for (const workflow::Decision& d : decisions) sum += static_cast<std::uint64_t>(d.at);
    return sum;
  };
}

std::uint64_t build_rmat(std::uint64_t units) {
  std::uint64_t sum = 0;
  for (std::uint64_t key = 1; key <= units; ++key) sum += rmat(5000, key).targets().back();
  return sum;
}

Work parse_edges() {
  const auto text = std::make_shared<const std::string>(network::edge_list_text(rmat(5000, 1), nullptr));
  return [text](std::uint64_t units) {
    std::uint64_t sum = 0;
    for (std::uint64_t k = 0; k < units; ++k) sum += network::parse_edge_list(*text, "ties").layer.ties();
    return sum;
  };
}

/// Six missions, three regimes with queues, errors, corrections, three channels, 2,000 hearers: all parts together.
Work replicate() {
  struct State {
    models::World world{models::test::small_scenario(), models::World::shared_world};
    std::vector<run::Draft> drafts = world.drafts(luck);
    std::vector<run::Replicate> arms;
    run::Record record;
    State() {
      for (const run::Arm& arm : world.arms()) arms.emplace_back(world.plan(), arm);
    }
  };
  const auto state = std::make_shared<State>();
  return [state](std::uint64_t units) {
    std::uint64_t sum = 0;
    for (std::uint64_t r = 0; r < units; ++r)
      for (run::Replicate& arm : state->arms) {
        arm.run(Luck(1, r), state->drafts, state->record);
        sum += state->record.deliveries;
      }
    return sum;
  };
}

/// A function without preparation.
std::function<Work()> bare(std::uint64_t (*work)(std::uint64_t)) {
  return [work] { return Work(work); };
}

}  // namespace

std::vector<Kernel> kernels() {
  const auto geometric = [](double p) { return [p] { return of_table(GeometricTable(p)); }; };
  return {{"philox", "block", 200000, bare(philox)},
          {"philox-128", "block", 256000, bare(philox_many)},
          {"quantile-table", "word", 1000000, [] { return of_table(QuantileTable(Law::lognormal(7200, 1.2), 60, 1)); }},
          {"geometric-table-0.1", "word", 1000000, geometric(0.1)},
          {"geometric-table-0.001", "word", 1000000, geometric(0.001)},
          {"activity-clock", "delay", 200000, activity_clock},
          {"cascade-T", "cascade", 10, cascade},
          {"spread-of-many", "message", 10, spread_of_many},
          {"clearance", "draft", 20000, clearance},
          {"r-mat", "network of 50,000 ties", 1, bare(build_rmat)},
          {"edge-list", "list of 50,000 ties", 2, parse_edges},
          {"replicate", "replicate under 3 regimes", 3, replicate}};
}

}  // namespace demarche::bench
