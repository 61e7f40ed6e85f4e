// The kernels that the engine's time goes into, one at a time. Whole workloads: `demarche bench`, scripts/bench-peers.
#include <benchmark/benchmark.h>

#include "sim/base/distribution.hpp"
#include "sim/base/quantile_table.hpp"
#include "sim/network/generators.hpp"
#include "sim/spread/cascade.hpp"
#include "sim/spread/spread.hpp"

namespace demarche {
namespace {

const Luck luck(1, 0);

void philox(benchmark::State& state) {
  std::uint32_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(luck.block(Purpose::test, ++i, 7));
}
BENCHMARK(philox);

void quantile_table(benchmark::State& state) {
  const QuantileTable table(Law::lognormal(7200, 1.2), 60, 1);
  std::uint32_t word = 1;
  for (auto _ : state) benchmark::DoNotOptimize(table(word += 0x9E3779B9U));
}
BENCHMARK(quantile_table);

void geometric_table(benchmark::State& state) {
  const GeometricTable table(1.0 / static_cast<double>(state.range(0)));
  std::uint32_t word = 1;
  for (auto _ : state) benchmark::DoNotOptimize(table(word += 0x9E3779B9U));
}
BENCHMARK(geometric_table)->Arg(10)->Arg(1000)->Arg(100000);

void activity_clock(benchmark::State& state) {
  const Clock clock{1365379200, 60};
  const calendar::ActivityClock activity(calendar::zone("Asia/Tehran"), calendar::profile("evening"), clock, 28 * 1440);
  Tick t = 0;
  for (auto _ : state) benchmark::DoNotOptimize(activity.after(t = (t + 7919) % 20000, 300));
}
BENCHMARK(activity_clock);

/// A network of range(0) actors and 10 ties each, tie probability 0.1, exponential delays.
struct World {
  explicit World(std::int64_t actors)
      : net(static_cast<network::Vertex>(actors), [&] {
          std::vector<network::Layer> layers;
          layers.push_back(network::generate(
              network::RMat{static_cast<network::Vertex>(actors), static_cast<std::uint64_t>(actors) * 10}, "ties",
              luck, 1));
          return layers;
        }()) {
    medium.network = &net;
    medium.end = 100000;
    medium.channels.emplace_back("tie", LayerId(0), 0.1, QuantileTable(Law::exponential(36000), 60, 1), 1.0);
  }
  network::Vertex hub() const {
    network::Vertex best = 0;
    for (network::Vertex v = 0; v < net.actors(); ++v)
      if (net.layer(LayerId(0)).out_degree(v) > net.layer(LayerId(0)).out_degree(best)) best = v;
    return best;
  }
  network::Network net;
  spread::Medium medium;
};

void cascade(benchmark::State& state) {
  const World world(state.range(0));
  const network::Vertex seed = world.hub();
  spread::Cascade kernel(world.medium, ChannelId(0));
  std::uint64_t key = 0, delivered = 0;
  for (auto _ : state) {
    kernel.run(luck, {.key = ++key}, std::span(&seed, 1), 0);
    delivered += kernel.deliveries();
  }
  state.counters["delivered"] = benchmark::Counter(static_cast<double>(delivered), benchmark::Counter::kIsRate);
}
BENCHMARK(cascade)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond);

void spread_of_many(benchmark::State& state) {
  const World world(state.range(0));
  const network::Vertex seed = world.hub();
  spread::Spread kernel(world.medium);
  std::uint64_t key = 0, delivered = 0;
  for (auto _ : state) {
    kernel.reset(luck);
    kernel.post(kernel.add({.key = ++key}), ChannelId(0), seed, 0);
    while (kernel.next() != never) kernel.step([](const spread::Sight&, Tick) {});
    delivered += kernel.deliveries();
  }
  state.counters["delivered"] = benchmark::Counter(static_cast<double>(delivered), benchmark::Counter::kIsRate);
}
BENCHMARK(spread_of_many)->Arg(10000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace demarche
