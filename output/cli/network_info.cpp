#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "output/cli/console.hpp"
#include "output/cli/network_sources.hpp"
#include "output/cli/words.hpp"
#include "sim/base/error.hpp"
#include "sim/network/measures.hpp"

namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// Beyond that only what one pass over the rows tells is told: measures of paths and spectra take many.
constexpr network::TieIndex most_ties_for_all = network::TieIndex{1} << 28;

Json degrees_json(const network::DegreeSummary& d) {
  return {{"mean", d.mean}, {"min", d.min}, {"median", d.median}, {"p90", d.p90}, {"p99", d.p99}, {"max", d.max}};
}

std::string degrees_text(const network::DegreeSummary& d) {
  return fmt::format("mean {:.4g}, median {}, 90 % up to {}, 99 % up to {}, most {}", d.mean, d.median, d.p90, d.p99,
                     d.max);
}

Json info_json(const network::NetworkInfo& i, const network::BuildReport* report) {
  Json document{
      {"actors", i.actors},
      {"ties", i.ties},
      {"followers", degrees_json(i.out)},
      {"followed", degrees_json(i.in)},
      {"reciprocity", i.reciprocity},
      {"clustering", {{"local", i.clustering.local}, {"global", i.clustering.global}, {"exact", i.clustering.exact}}},
      {"components",
       {{"weak", i.components.weak},
        {"strong", i.components.strong},
        {"largest_weak", i.components.largest_weak},
        {"largest_strong", i.components.largest_strong}}},
      {"paths",
       {{"mean", i.paths.mean},
        {"effective_diameter", i.paths.effective_diameter},
        {"longest", i.paths.longest},
        {"connected_share", i.paths.connected_share},
        {"exact", i.paths.exact}}},
      {"spectral_radius", {{"value", i.spectral_radius.value}, {"converged", i.spectral_radius.converged}}},
      {"bytes", i.bytes}};
  if (report != nullptr) document["dropped"] = {{"self_loops", report->self_loops}, {"duplicates", report->duplicates}};
  return document;
}

std::string info_text(const network::NetworkInfo& i, const network::BuildReport* report) {
  std::string text =
      fmt::format("size             {} actors, {} ties, {} in memory\n", i.actors, i.ties, bytes_text(i.bytes));
  if (report != nullptr && report->given != report->kept)
    text += fmt::format("dropped          {} self-ties, {} repeated ties\n", report->self_loops, report->duplicates);
  text += "followers        " + degrees_text(i.out) + "\n";
  text += "followed         " + degrees_text(i.in) + "\n";
  text += fmt::format("reciprocity      {:.4g} of ties are returned\n", i.reciprocity);
  text += fmt::format("clustering       {:.4g} mean of actors, {:.4g} of all pairs of neighbours ({})\n",
                      i.clustering.local, i.clustering.global, i.clustering.exact ? "exact" : "sampled");
  text += fmt::format("components       {} weak, the largest of {} actors; {} strong, the largest of {}\n",
                      i.components.weak, i.components.largest_weak, i.components.strong, i.components.largest_strong);
  text +=
      fmt::format("paths            mean {:.4g}, 90 % within {:.4g}, longest {}{}, {:.4g} of pairs connected ({})\n",
                  i.paths.mean, i.paths.effective_diameter, i.paths.longest, i.paths.exact ? "" : " found",
                  i.paths.connected_share, i.paths.exact ? "exact" : "from sampled actors");
  text += fmt::format("spectral radius  {:.6g}{}\n", i.spectral_radius.value,
                      i.spectral_radius.converged ? "" : " (not converged)");
  return text;
}

/// Of a network too large for the other measures, or whose ties are in no memory.
struct Counts {
  network::Vertex actors;
  network::TieIndex ties;
  network::DegreeSummary followers;
  bool sampled;
  std::uint64_t bytes;
};

Counts counted(const network::Layer& layer, unsigned threads) {
  const network::ImplicitTies* implicit = layer.implicit();
  if (implicit == nullptr) {
    const std::uint64_t bytes = layer.offsets().size_bytes() + layer.targets().size_bytes();
    return {layer.actors(), layer.ties(), network::out_degrees(layer), false, bytes};
  }
  constexpr std::uint64_t sample = 1'000'000;
  const std::uint64_t actors = layer.actors(), asked = std::min(actors, sample);
  std::vector<std::uint64_t> counts(asked);
  for (std::uint64_t i = 0; i < asked; ++i)
    counts[i] = layer.out_degree(static_cast<network::Vertex>(i * actors / asked));
  std::sort(counts.begin(), counts.end());
  const auto at = [&](std::uint64_t percent) { return counts[(asked - 1) * percent / 100]; };
  const network::TieIndex ties = implicit->ties(threads);
  return {
      layer.actors(),
      ties,
      {static_cast<double>(ties) / static_cast<double>(actors), counts.front(), at(50), at(90), at(99), counts.back()},
      asked < actors,
      implicit->bytes()};
}

int tell(const Common& common, const Counts& c) {
  if (common.json) {
    Json followers = degrees_json(c.followers);
    followers["sampled"] = c.sampled;
    print(dumped({{"actors", c.actors}, {"ties", c.ties}, {"followers", followers}, {"bytes", c.bytes}}));
    return 0;
  }
  print(fmt::format("size             {} actors, {} ties, {} in memory\nfollowers        {}{}\n", c.actors, c.ties,
                    bytes_text(c.bytes), degrees_text(c.followers), c.sampled ? " (of a million actors)" : ""));
  return 0;
}

int tell(const Common& common, const network::Layer& layer, const network::BuildReport* report) {
  if (layer.implicit() != nullptr || layer.ties() > most_ties_for_all)
    return tell(common, counted(layer, common.threads));
  const network::NetworkInfo info = network::describe(layer);
  print(common.json ? dumped(info_json(info, report)) : info_text(info, report));
  return 0;
}

}  // namespace

int network_info(const Common& common, const NetworkChoice& choice) {
  if (choice.file.empty() == choice.kind.empty())
    throw InputError(
        {"network info needs a file or --kind", "one of them, not both", "see demarche network info --help"});
  if (!choice.kind.empty()) return tell(common, generated(common, choice, network_generator(choice)), nullptr);
  const network::ImportedNetwork network = imported(common, choice);
  return tell(common, network.layer, &network.report);
}

}  // namespace demarche::cli
