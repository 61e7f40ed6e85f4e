#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "output/cli/console.hpp"
#include "output/cli/network_sources.hpp"
#include "output/store/file.hpp"
#include "output/tables/text.hpp"
#include "sim/base/error.hpp"
#include "sim/network/network_file.hpp"

namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Made {
  const network::Layer& layer;
  const network::ActorTable* actors;
  const network::BuildReport* report;
  std::string source;
};

void save(const Common& common, const Made& made, const std::string& output, bool force) {
  const network::Layer& layer = made.layer;
  if (network::is_network_file_name(output)) {
    network::write_network_file(output, {{&layer, 1}, made.actors, made.source}, force);
  } else {
    output::write_file_atomically(
        output, [&](const auto& take) { network::write_edge_list(layer, made.actors, take); },
        force ? output::Overwrite::yes : output::Overwrite::no);
  }
  const network::TieIndex ties = layer.implicit() != nullptr ? layer.implicit()->ties(common.threads) : layer.ties();
  const network::BuildReport* report = made.report;
  if (common.json) {
    Json document{{"output", output}, {"actors", layer.actors()}, {"ties", ties}};
    if (report != nullptr)
      document.update(
          {{"given", report->given}, {"self_loops", report->self_loops}, {"duplicates", report->duplicates}});
    print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return;
  }
  std::string dropped;
  if (report != nullptr && report->given != report->kept)
    dropped = fmt::format(" (dropped: {} self-ties, {} repeated ties)", report->self_loops, report->duplicates);
  print(fmt::format("{}: {} actors, {} ties{}\n", output::printable(output), layer.actors(), ties, dropped));
}

/// Lists of ties have names wherever the source has; a .dnet file only those that are more than the actors' numbers.
bool worth_keeping(const network::ActorTable& actors, const std::string& output) {
  if (!network::is_network_file_name(output)) return actors.size() > 0;
  if (!actors.columns.empty()) return true;
  for (network::Vertex v = 0; v < actors.size(); ++v)
    if (actors.names[v] != std::to_string(v)) return true;
  return false;
}

void refuse_existing(const std::string& output, bool force) {
  if (force || !std::filesystem::exists(output)) return;
  throw InputError({output + " exists already", "nothing is overwritten unasked", "choose another -o, or say --force"});
}

}  // namespace

int network_build(const Common& common, const NetworkChoice& choice, const std::string& output, bool force) {
  refuse_existing(output, force);
  network::Generator generator = network_generator(choice);
  if (const auto* blocks = std::get_if<network::CountryBlocks>(&generator);
      blocks != nullptr && blocks->implicit && !network::is_network_file_name(output))
    throw InputError({"a list of ties is made of stored ties", "--implicit yes was asked for",
                      "write a .dnet file, which takes them one by one, or leave --implicit out"});
  save(common, {generated(common, choice, generator), nullptr, nullptr, described(common, choice)}, output, force);
  return 0;
}

int network_import(const Common& common, const NetworkChoice& choice, const std::string& output, bool force) {
  refuse_existing(output, force);
  const network::ImportedNetwork network = imported(common, choice);
  const network::ActorTable* actors = worth_keeping(network.actors, output) ? &network.actors : nullptr;
  save(common, {network.layer, actors, &network.report, described(common, choice)}, output, force);
  return 0;
}

}  // namespace demarche::cli
