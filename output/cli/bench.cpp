#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "output/cli/bench_workloads.hpp"
#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/estimate.hpp"
#include "output/cli/signals.hpp"
#include "output/cli/words.hpp"
#include "output/store/file.hpp"
#include "sim/base/error.hpp"
#include "sim/base/parallel.hpp"
#include "sim/network/estimate.hpp"
#include "sim/network/read_edge_list.hpp"
#include "sim/spread/cascade.hpp"

namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;
using Time = std::chrono::steady_clock;

constexpr std::size_t replicates_of_t = 1000;

double ms_since(Time::time_point start) {
  return std::chrono::duration<double, std::milli>(Time::now() - start).count();
}

double median(std::vector<double> v) {
  std::sort(v.begin(), v.end());
  return v.empty() ? 0 : (v[(v.size() - 1) / 2] + v[v.size() / 2]) / 2;
}

struct Timed {
  double ms = 0;                                    ///< median
  double reached = 0, examined = 0, delivered = 0;  ///< means
};

/// One cascade after another, each with a luck of its own; the first warms memory up and is not counted.
Timed one_by_one(const BenchWorld& world, std::uint64_t seed, unsigned repeat) {
  spread::Cascade cascade(world.medium, ChannelId(0));
  Timed timed;
  std::vector<double> ms;
  for (unsigned k = 0; k <= repeat && !stop_requested(); ++k) {
    const Time::time_point start = Time::now();
    cascade.run(Luck(seed, k), {.key = 1}, std::vector<network::Vertex>{world.hub}, 0);
    if (k == 0) continue;
    ms.push_back(ms_since(start));
    timed.reached += static_cast<double>(cascade.reached().size()) / repeat;
    timed.examined += static_cast<double>(cascade.examined()) / repeat;
    timed.delivered += static_cast<double>(cascade.deliveries()) / repeat;
  }
  timed.ms = median(ms);
  return timed;
}

/// A thousand cascades on so many threads: median time of one, the wall clock divided by their number.
double many(const BenchWorld& world, std::uint64_t seed, unsigned threads, unsigned repeat) {
  std::vector<std::optional<spread::Cascade>> own(threads);
  for (auto& cascade : own) cascade.emplace(world.medium, ChannelId(0));
  const std::vector<network::Vertex> seeds{world.hub};
  std::vector<double> ms;
  for (unsigned k = 0; k <= repeat && !stop_requested(); ++k) {
    const Time::time_point start = Time::now();
    parallel_for_each_index(replicates_of_t, threads, [&](std::size_t worker, std::size_t i) {
      own[worker]->run(Luck(seed, i), {.key = 1}, seeds, 0);
    });
    if (k > 0) ms.push_back(ms_since(start) / replicates_of_t);
  }
  return median(ms);
}

void refuse_too_large(const BenchWorkload& workload) {
  const network::Generator graph = network::RMat{workload.actors, workload.ties, .57, .19, .19};
  const std::uint64_t needs = network::bytes_needed(graph).build_peak;
  if (const Limit limit = memory_limit(); needs > limit.bytes)
    throw InputError({"workload " + workload.name + " does not fit into memory: it needs about " + bytes_text(needs),
                      bytes_text(limit.bytes) + " may be used: 0.8 of " + limit.set_by,
                      "leave it out with --workload"});
}

}  // namespace

int bench(const Common& common, const BenchOptions& options) {
  const std::uint64_t seed = common.seed.value_or(1);
  catch_signals();
  Json lines = Json::array();
  if (!common.json)
    print("       actors       ties  build s   ms/cascade  reached   examined  ns/delivered  peak MiB\n");
  for (const std::string& name : options.workloads) {
    const BenchWorkload workload = bench_workload(name);
    refuse_too_large(workload);
    const std::unique_ptr<BenchWorld> world = bench_world(workload, options.delay, seed);
    if (!options.write_edges.empty()) {
      const std::filesystem::path folder(options.write_edges);
      std::filesystem::create_directories(folder);
      const network::Layer& layer = world->network->layer(LayerId(0));
      output::write_file_atomically(
          folder / (name + ".txt"), [&layer](const auto& take) { network::write_edge_list(layer, nullptr, take); },
          output::Overwrite::yes);
    }
    const Timed timed = one_by_one(*world, seed, options.repeat);
    if (stop_requested()) return stop_status();
    const double share = timed.reached / workload.actors;
    const double peak_mib = static_cast<double>(peak_memory()) / (1 << 20);
    Json line{{"workload", name},
              {"actors", workload.actors},
              {"ties", workload.ties},
              {"hub", world->hub},
              {"delay", options.delay},
              {"build_s", world->build_s},
              {"ms", timed.ms},
              {"reached_share", share},
              {"examined", timed.examined},
              {"delivered", timed.delivered},
              {"ns_per_delivered", timed.ms * 1e6 / timed.delivered},
              {"peak_mib", peak_mib}};
    std::string text = fmt::format("{:<2}{:>11}{:>11}{:>9.2f}{:>13.4g}{:>8.1f}%{:>11.3g}{:>14.1f}{:>10.0f}\n", name,
                                   workload.actors, workload.ties, world->build_s, timed.ms, 100 * share,
                                   timed.examined, timed.ms * 1e6 / timed.delivered, peak_mib);
    if (name == "T") {
      std::vector<unsigned> counts{1};
      if (common.threads > 1) counts.push_back(common.threads);
      for (const unsigned threads : counts) {
        const double ms = many(*world, seed, threads, options.repeat);
        if (stop_requested()) return stop_status();
        line["replicates_s_on_" + std::to_string(threads)] = ms * replicates_of_t / 1000;
        text += fmt::format("   {} replicates on {} thread{}: {:.3f} s\n", replicates_of_t, threads,
                            threads == 1 ? "" : "s", ms * replicates_of_t / 1000);
      }
    }
    lines.push_back(line);
    if (!common.json) print(text);
  }
  if (common.json) print(Json{{"seed", seed}, {"repeat", options.repeat}, {"workloads", lines}}.dump(2) + "\n");
  return 0;
}

}  // namespace demarche::cli
