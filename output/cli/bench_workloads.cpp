#include "output/cli/bench_workloads.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "output/cli/signals.hpp"
#include "sim/base/error.hpp"
#include "sim/base/parallel.hpp"
#include "sim/network/network_file.hpp"
#include "sim/spread/cascade.hpp"

namespace demarche::cli {
namespace {

using Time = std::chrono::steady_clock;

double seconds_since(Time::time_point start) {
  return std::chrono::duration<double>(Time::now() - start).count();
}

network::Generator rmat(network::Vertex actors, std::uint64_t ties) {
  return network::RMat{actors, ties, .57, .19, .19};
}

/// Two hundred countries whose sizes fall like 1 / rank, a thousand million actors in all.
network::Generator billion() {
  network::CountryBlocks blocks;
  constexpr std::uint64_t actors = 1'000'000'000, countries = 200;
  constexpr std::uint64_t first = 170'000'000;  // of a harmonic sum of 5.878
  std::uint64_t rest = actors;
  for (std::uint64_t rank = 1; rank <= countries; ++rank) {
    const std::uint64_t size = rank == countries ? rest : first / rank;
    blocks.sizes.push_back(static_cast<network::Vertex>(size));
    rest -= size;
  }
  blocks.mean_degree = 15;
  blocks.following_exponent = 2.5;
  blocks.implicit = true;
  return blocks;
}

network::Layer layer_of(const BenchWorkload& workload, std::uint64_t seed, unsigned threads) {
  if (workload.file.empty()) return network::generate(workload.ties, "ties", Luck(seed, 0), 0, 0, 0, threads);
  network::NetworkFile file =
      network::read_network_file(workload.file, {.rows = network::RowsIn::memory, .threads = threads});
  return std::move(file.layers.front());
}

}  // namespace

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

BenchWorkload bench_workload(const std::string& name) {
  if (name == "T") return {name, rmat(10'000, 100'000), ""};
  if (name == "S") return {name, rmat(100'000, 1'000'000), ""};
  if (name == "M") return {name, rmat(1'000'000, 16'000'000), ""};
  if (name == "L") return {name, rmat(4'000'000, 64'000'000), ""};
  if (name == "XL") return {name, network::HeavyTailed{100'000'000, 2.276, 15, 0.22}, ""};
  if (name == "B") return {name, billion(), ""};
  throw InputError({"there is no workload " + name, "", "T, S, M, L, XL and B are there"});
}

BenchWorkload bench_workload_from(const std::string& file) {
  return {"file", {}, file};
}

std::unique_ptr<BenchWorld> bench_world(const BenchWorkload& workload, const std::string& delay, std::uint64_t seed,
                                        unsigned threads) {
  auto world = std::make_unique<BenchWorld>();
  const Time::time_point start = Time::now();
  std::vector<network::Layer> layers;
  layers.push_back(layer_of(workload, seed, threads));
  world->build_s = seconds_since(start);
  const network::Vertex actors = layers.front().actors();
  world->network = std::make_unique<const network::Network>(actors, std::move(layers));

  const Law law = delay == "seismic" ? Law::seismic(300, 0.2314843) : Law::exponential(3600);
  constexpr double tick_s = 36;
  world->medium.network = world->network.get();
  world->medium.channels.emplace_back("tie", LayerId(0), 0.1, QuantileTable(law, tick_s, 1), 1.0);
  // late enough that nobody whom the message reaches is cut off
  world->medium.end = Tick{1} << 26;
  const network::Layer& layer = world->network->layer(LayerId(0));
  std::uint64_t most = 0;
  for (network::Vertex v = 0; v < actors; ++v) {
    const std::uint64_t followers = layer.out_degree(v);
    if (followers <= most) continue;
    most = followers;
    world->hub = v;
  }
  return world;
}

TimedCascades time_cascades(const spread::Medium& medium, network::Vertex hub, std::uint64_t seed, unsigned threads,
                            unsigned repeat) {
  spread::Cascade cascade(medium, ChannelId(0), threads);
  const std::vector<network::Vertex> seeds{hub};
  TimedCascades timed;
  std::vector<double> ms;
  for (unsigned k = 0; k <= repeat && !stop_requested(); ++k) {
    const Time::time_point start = Time::now();
    cascade.run(Luck(seed, k), {.key = 1}, seeds, 0);
    if (k == 0) continue;
    ms.push_back(1000 * seconds_since(start));
    timed.reached += static_cast<double>(cascade.reached().size()) / repeat;
    timed.examined += static_cast<double>(cascade.examined()) / repeat;
    timed.delivered += static_cast<double>(cascade.deliveries()) / repeat;
    timed.digest = hash_key(timed.digest, cascade.digest());
  }
  timed.ms = median(ms);
  return timed;
}

double time_replicates(const BenchWorld& world, std::uint64_t seed, std::size_t count, unsigned threads,
                       unsigned repeat) {
  std::vector<std::optional<spread::Cascade>> own(threads);
  for (auto& cascade : own) cascade.emplace(world.medium, ChannelId(0));
  const std::vector<network::Vertex> seeds{world.hub};
  std::vector<double> seconds;
  for (unsigned k = 0; k <= repeat && !stop_requested(); ++k) {
    const Time::time_point start = Time::now();
    parallel_for_each_index(count, threads, [&](std::size_t worker, std::size_t i) {
      own[worker]->run(Luck(seed, i), {.key = 1}, seeds, 0);
    });
    if (k > 0) seconds.push_back(seconds_since(start));
  }
  return median(seconds);
}

}  // namespace demarche::cli
