#include "output/cli/bench_workloads.hpp"

#include <chrono>

#include "sim/base/error.hpp"
#include "sim/network/generators.hpp"

namespace demarche::cli {

BenchWorkload bench_workload(const std::string& name) {
  if (name == "T") return {name, 10'000, 100'000};
  if (name == "S") return {name, 100'000, 1'000'000};
  if (name == "M") return {name, 1'000'000, 16'000'000};
  if (name == "L") return {name, 4'000'000, 64'000'000};
  throw InputError({"there is no workload " + name, "", "T, S, M and L are there"});
}

std::unique_ptr<BenchWorld> bench_world(const BenchWorkload& workload, const std::string& delay, std::uint64_t seed) {
  auto world = std::make_unique<BenchWorld>();
  const auto start = std::chrono::steady_clock::now();
  const network::Generator graph = network::RMat{workload.actors, workload.ties, .57, .19, .19};
  std::vector<network::Layer> layers;
  layers.push_back(network::generate(graph, "ties", Luck(seed, 0), 0));
  world->build_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  world->network = std::make_unique<const network::Network>(workload.actors, std::move(layers));

  const Law law = delay == "seismic" ? Law::seismic(300, 0.2314843) : Law::exponential(3600);
  constexpr double tick_s = 36;
  world->medium.network = world->network.get();
  world->medium.channels.emplace_back("tie", LayerId(0), 0.1, QuantileTable(law, tick_s, 1), 1.0);
  // late enough that nobody whom the message reaches is cut off
  world->medium.end = Tick{1} << 26;
  const network::Layer& layer = world->network->layer(LayerId(0));
  for (network::Vertex v = 0; v < workload.actors; ++v)
    if (layer.out_degree(v) > layer.out_degree(world->hub)) world->hub = v;
  return world;
}

}  // namespace demarche::cli
