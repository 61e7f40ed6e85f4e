#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "output/cli/bench_workloads.hpp"
#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/estimate.hpp"
#include "output/cli/signals.hpp"
#include "output/cli/still_working.hpp"
#include "output/cli/words.hpp"
#include "output/store/file.hpp"
#include "sim/base/error.hpp"
#include "sim/network/estimate.hpp"
#include "sim/network/network_file.hpp"
#include "sim/network/read_edge_list.hpp"

namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t replicates_of_t = 1000;

/// What stands in memory at the most: the network while it is built, then cascades over it.
std::uint64_t bytes_needed(const BenchWorkload& workload, unsigned threads) {
  double actors = 0, ties = 0, network = 0, building = 0;
  if (workload.file.empty()) {
    const network::LayerBytes layer = network::bytes_needed(workload.ties);
    actors = static_cast<double>(network::actors_of(workload.ties));
    ties = network::expected_ties(workload.ties);
    network = static_cast<double>(layer.finished);
    building = static_cast<double>(layer.build_peak);
  } else {
    const network::NetworkFileHead head = network::network_file_head(workload.file);
    actors = static_cast<double>(head.actors);
    ties = static_cast<double>(head.ties);
    network = building = static_cast<double>(head.bytes);
  }
  // a bit for each actor, lists of who was reached (twice while they grow, and once more where several are put
  // together), the sights to come, at most half of a tenth of the ties, and the wheels
  const double cascade = actors / 8 + 8 * actors + (threads > 1 ? 4 * actors : 0) + 0.05 * 6 * ties + 600e3 * threads;
  return static_cast<std::uint64_t>(std::max(building, network + cascade));
}

void refuse_too_large(const BenchWorkload& workload, unsigned threads) {
  const std::uint64_t needs = bytes_needed(workload, threads);
  if (const Limit limit = memory_limit(); needs > limit.bytes)
    throw InputError({"workload " + workload.name + " does not fit into memory: it needs about " + bytes_text(needs),
                      bytes_text(limit.bytes) + " may be used: 0.8 of " + limit.set_by,
                      workload.file.empty() ? "leave it out with --workload" : "take a machine with more memory"});
}

std::string name_of(unsigned threads) {
  return threads == 1 ? "1 thread" : std::to_string(threads) + " threads";
}

/// One cascade at a time on one thread and, where it is large, on all: threads meet at every tick, so more of them than
/// cores would wait for one another. The outcome must not depend on it.
void add_cascades(Json& line, std::string& text, const BenchWorld& world, const Common& common, unsigned repeat) {
  const double actors = static_cast<double>(world.network->actors());
  constexpr double large = 500'000;
  const unsigned most =
      actors < large ? 1 : std::min(common.threads, std::max(1U, std::thread::hardware_concurrency()));
  std::uint64_t digest = 0;
  double alone = 0;
  for (const unsigned threads : {1U, most}) {
    if (threads == 1 && alone > 0) break;
    const TimedCascades timed = time_cascades(world.medium, world.hub, common.seed.value_or(1), threads, repeat);
    if (stop_requested()) return;
    const double ns = timed.ms * 1e6 / timed.delivered;
    if (threads == 1) {
      alone = timed.ms;
      digest = timed.digest;
      line.update({{"ms", timed.ms},
                   {"reached_share", timed.reached / actors},
                   {"examined", timed.examined},
                   {"delivered", timed.delivered},
                   {"ns_per_delivered", ns},
                   {"digest", fmt::format("{:016x}", digest)}});
      text += fmt::format("{:>13.4g}{:>8.1f}%{:>11.3g}{:>14.1f}{:>10.0f}\n", timed.ms, 100 * timed.reached / actors,
                          timed.examined, ns, static_cast<double>(peak_memory()) / (1 << 20));
    } else {
      DEMARCHE_EXPECT(timed.digest == digest, "one cascade is the same on any number of threads");
      line["ms_on_" + std::to_string(threads)] = timed.ms;
      text += fmt::format("   one cascade on {}: {:.4g} ms, {:.2f} times as fast, the same sights\n", name_of(threads),
                          timed.ms, alone / timed.ms);
    }
  }
}

void add_replicates(Json& line, std::string& text, const BenchWorld& world, const Common& common, unsigned repeat) {
  double alone = 0;
  for (const unsigned threads : {1U, common.threads}) {
    if (threads == 1 && alone > 0) break;
    const double seconds = time_replicates(world, common.seed.value_or(1), replicates_of_t, threads, repeat);
    if (stop_requested()) return;
    if (threads == 1) alone = seconds;
    line["replicates_s_on_" + std::to_string(threads)] = seconds;
    text += fmt::format("   {} replicates on {}: {:.3f} s{}\n", replicates_of_t, name_of(threads), seconds,
                        threads == 1 ? "" : fmt::format(", {:.2f} times as fast", alone / seconds));
  }
}

Json full_model_line(const Common& common, const std::string& name, const TimedModel& t) {
  if (!common.json)
    print(
        fmt::format("full  {}: {:.3f} s, {:.3g} views delivered, {:.1f} ns each; bare cascades over the same ties "
                    "{:.1f} ns: {:.2f} times\n",
                    name, t.seconds, t.delivered, t.ns_per_delivered, t.bare_ns_per_delivered,
                    t.ns_per_delivered / t.bare_ns_per_delivered));
  return {{"workload", "full"},
          {"scenario", name},
          {"s", t.seconds},
          {"delivered", t.delivered},
          {"ns_per_delivered", t.ns_per_delivered},
          {"bare_ns_per_delivered", t.bare_ns_per_delivered},
          {"times_bare", t.ns_per_delivered / t.bare_ns_per_delivered}};
}

Json bench_one(const Common& common, const BenchOptions& options, const BenchWorkload& workload) {
  const std::uint64_t needs = bytes_needed(workload, common.threads);
  if (!common.quiet && needs > (std::uint64_t{1} << 30))
    say(fmt::format("workload {}: makes its network first; needs about {}", workload.name, bytes_text(needs)));
  auto building = std::make_unique<StillWorking>("building the network", needs, common.quiet);
  const std::unique_ptr<BenchWorld> world =
      bench_world(workload, options.delay, common.seed.value_or(1), common.threads);
  building.reset();
  const network::Layer& layer = world->network->layer(LayerId(0));
  const network::TieIndex ties = layer.implicit() != nullptr ? layer.implicit()->ties(common.threads) : layer.ties();
  if (!options.write_edges.empty()) {
    const std::filesystem::path folder(options.write_edges);
    std::filesystem::create_directories(folder);
    output::write_file_atomically(
        folder / (workload.name + ".txt"), [&](const auto& take) { network::write_edge_list(layer, nullptr, take); },
        output::Overwrite::yes);
  }
  Json line{{"workload", workload.name}, {"actors", layer.actors()}, {"ties", ties},
            {"hub", world->hub},         {"delay", options.delay},   {"build_s", world->build_s}};
  std::string text = fmt::format("{:<4}{:>11}{:>12}{:>9.2f}", workload.name, layer.actors(), ties, world->build_s);
  add_cascades(line, text, *world, common, options.repeat);
  if (workload.name == "T" && !stop_requested()) add_replicates(line, text, *world, common, options.repeat);
  line["peak_mib"] = static_cast<double>(peak_memory()) / (1 << 20);
  if (!common.json && !stop_requested()) print(text);
  return line;
}

}  // namespace

int bench(const Common& common, const BenchOptions& options) {
  catch_signals();
  Json lines = Json::array();
  std::vector<BenchWorkload> workloads;
  bool full = false;
  for (const std::string& name : options.workloads) {
    if (name == "full")
      full = true;
    else
      workloads.push_back(bench_workload(name));
  }
  if (!options.network.empty()) {
    workloads = {bench_workload_from(options.network)};
    full = false;
  }
  for (const BenchWorkload& workload : workloads) refuse_too_large(workload, common.threads);
  if (!common.json) {
    print(fmt::format("blocks of random words by {} instructions\n", philox_versions().front().instructions));
    print("         actors        ties  build s   ms/cascade  reached   examined  ns/delivered  peak MiB\n");
  }
  for (const BenchWorkload& workload : workloads) {
    lines.push_back(bench_one(common, options, workload));
    if (stop_requested()) return stop_status();
  }
  if (full) {
    const std::uint64_t seed = common.seed.value_or(1);
    lines.push_back(full_model_line(common, "one message to 400,000 people", time_one_message(seed, options.repeat)));
    lines.push_back(full_model_line(common, "canada-uk-2013", time_headline(seed, options.repeat)));
  }
  if (stop_requested()) return stop_status();
  if (common.json)
    print(Json{{"seed", common.seed.value_or(1)},
               {"repeat", options.repeat},
               {"instructions", philox_versions().front().instructions},
               {"workloads", lines}}
              .dump(2) +
          "\n");
  return 0;
}

}  // namespace demarche::cli
