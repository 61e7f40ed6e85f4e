#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/estimate.hpp"
#include "output/cli/network_kinds.hpp"
#include "output/cli/words.hpp"
#include "output/store/file.hpp"
#include "output/tables/text.hpp"
#include "sim/base/error.hpp"
#include "sim/network/estimate.hpp"
#include "sim/network/measures.hpp"
#include "sim/network/read_graphml.hpp"

namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

network::Layer generated(const Common& common, const NetworkChoice& choice) {
  const network::Generator generator = network_generator(choice.kind, choice.values);
  const std::uint64_t needs = network::bytes_needed(generator).build_peak;
  if (const Limit limit = memory_limit(); needs > limit.bytes)
    throw InputError({"the network does not fit into memory: it needs about " + bytes_text(needs),
                      fmt::format("{} actors, {} ties; {} may be used: 0.8 of {}", about(network::actors_of(generator)),
                                  about(network::expected_ties(generator)), bytes_text(limit.bytes), limit.set_by),
                      "take fewer actors or ties"});
  const Luck luck(common.seed.value_or(1), 0);
  return network::generate(generator, choice.kind, luck, 0);
}

network::ImportedNetwork imported(const NetworkChoice& choice) {
  if (ends_with(choice.file, ".graphml") || ends_with(choice.file, ".xml")) {
    if (!choice.actors.empty())
      throw InputError({"a GraphML file brings its own actors", "--actors was given too", "leave --actors out"});
    return network::read_graphml(choice.file, {.reversed = choice.reversed});
  }
  const network::EdgeListOptions options{
      .reversed = choice.reversed, .undirected = choice.undirected, .surplus_fields = choice.surplus_fields};
  if (choice.actors.empty()) return network::read_edge_list(choice.file, options);
  const network::ActorTable actors = network::read_actor_table(choice.actors);
  return network::read_edge_list(choice.file, options, &actors);
}

void save(const Common& common, const network::Layer& layer, const network::ActorTable* actors,
          const network::BuildReport* report, const std::string& output, bool force) {
  output::write_file_atomically(
      output, [&](const auto& take) { network::write_edge_list(layer, actors, take); },
      force ? output::Overwrite::yes : output::Overwrite::no);
  if (common.json) {
    Json document{{"output", output}, {"actors", layer.actors()}, {"ties", layer.ties()}};
    if (report != nullptr)
      document.update(
          {{"given", report->given}, {"self_loops", report->self_loops}, {"duplicates", report->duplicates}});
    print(dumped(document));
    return;
  }
  std::string dropped;
  if (report != nullptr && report->given != report->kept)
    dropped = fmt::format(" (dropped: {} self-ties, {} repeated ties)", report->self_loops, report->duplicates);
  print(fmt::format("{}: {} actors, {} ties{}\n", output::printable(output), layer.actors(), layer.ties(), dropped));
}

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

}  // namespace

int network_build(const Common& common, const NetworkChoice& choice, const std::string& output, bool force) {
  if (!force && std::filesystem::exists(output))
    throw InputError(
        {output + " exists already", "nothing is overwritten unasked", "choose another -o, or say --force"});
  save(common, generated(common, choice), nullptr, nullptr, output, force);
  return 0;
}

int network_import(const Common& common, const NetworkChoice& choice, const std::string& output, bool force) {
  const network::ImportedNetwork network = imported(choice);
  save(common, network.layer, &network.actors, &network.report, output, force);
  return 0;
}

int network_info(const Common& common, const NetworkChoice& choice) {
  if (choice.file.empty() == choice.kind.empty())
    throw InputError(
        {"network info needs a file or --kind", "one of them, not both", "see demarche network info --help"});
  const auto tell = [&](const network::NetworkInfo& info, const network::BuildReport* report) {
    print(common.json ? dumped(info_json(info, report)) : info_text(info, report));
    return 0;
  };
  if (!choice.kind.empty()) return tell(network::describe(generated(common, choice)), nullptr);
  const network::ImportedNetwork network = imported(choice);
  return tell(network::describe(network.layer), &network.report);
}

}  // namespace demarche::cli
