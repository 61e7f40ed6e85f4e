#include "output/cli/network_sources.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "output/cli/estimate.hpp"
#include "output/cli/network_kinds.hpp"
#include "output/cli/still_working.hpp"
#include "output/cli/words.hpp"
#include "output/store/digest.hpp"
#include "output/store/file.hpp"
#include "sim/base/error.hpp"
#include "sim/network/estimate.hpp"
#include "sim/network/network_file.hpp"
#include "sim/network/read_graphml.hpp"

namespace demarche::cli {
namespace {

void refuse_if_too_large(std::uint64_t needs, double actors, double ties, const std::string& instead) {
  const Limit limit = memory_limit();
  if (needs <= limit.bytes) return;
  throw InputError({"the network does not fit into memory: it needs about " + bytes_text(needs),
                    fmt::format("{} actors, {} ties; {} may be used: 0.8 of {}", about(actors), about(ties),
                                bytes_text(limit.bytes), limit.set_by),
                    instead});
}

network::ImportedNetwork from_network_file(const Common& common, const NetworkChoice& choice) {
  if (!choice.actors.empty() || choice.reversed || choice.undirected || choice.surplus_fields)
    throw InputError({"a .dnet file is taken as it is",
                      "--table, --undirected, --reversed and --surplus-fields say how "
                      "to read a list of ties",
                      "leave them out"});
  const network::NetworkFileHead head = network::network_file_head(choice.file);
  refuse_if_too_large(head.bytes + 32 * head.strings, static_cast<double>(head.actors), static_cast<double>(head.ties),
                      "use a machine with more memory");
  network::NetworkFile file = network::read_network_file(choice.file, {.threads = common.threads});
  if (file.layers.size() != 1)
    throw InputError({fmt::format("{} has {} layers", choice.file, file.layers.size()), "one can be told of", ""});
  const std::uint64_t ties = file.layers.front().ties();
  return {std::move(file.layers.front()), std::move(file.actors), {.given = ties, .kept = ties}};
}

}  // namespace

network::Generator network_generator(const NetworkChoice& choice) {
  network::Generator generator = network_generator(choice.kind, choice.values);
  const bool blocks = std::holds_alternative<network::CountryBlocks>(generator);
  refuse_if_too_large(network::bytes_needed(generator).build_peak, network::actors_of(generator),
                      network::expected_ties(generator),
                      blocks ? "take fewer actors or ties, or say --implicit yes" : "take fewer actors or ties");
  return generator;
}

network::Layer generated(const Common& common, const NetworkChoice& choice, const network::Generator& generator) {
  const StillWorking building("building the network", network::bytes_needed(generator).build_peak, common.quiet);
  return network::generate(generator, choice.kind, Luck(common.seed.value_or(1), 0), 0, 0, 0, common.threads);
}

network::ImportedNetwork imported(const Common& common, const NetworkChoice& choice) {
  const StillWorking reading("reading the network", 0, common.quiet);
  if (network::is_network_file_name(choice.file)) return from_network_file(common, choice);
  if (choice.file.ends_with(".graphml") || choice.file.ends_with(".xml")) {
    if (!choice.actors.empty())
      throw InputError({"a GraphML file brings its own actors", "--table was given too", "leave --table out"});
    return network::read_graphml(choice.file, {.reversed = choice.reversed});
  }
  const network::EdgeListOptions options{
      .reversed = choice.reversed, .undirected = choice.undirected, .surplus_fields = choice.surplus_fields};
  if (choice.actors.empty()) return network::read_edge_list(choice.file, options, nullptr, common.threads);
  const network::ActorTable actors = network::read_actor_table(choice.actors);
  return network::read_edge_list(choice.file, options, &actors, common.threads);
}

std::string described(const Common& common, const NetworkChoice& choice) {
  if (!choice.kind.empty()) {
    std::string text = choice.kind;
    for (const auto& [name, value] : choice.values)
      if (name != "implicit") text += " --" + name + " " + value;
    return fmt::format("{} --seed {}", text, common.seed.value_or(1));
  }
  std::string text = std::filesystem::path(choice.file).filename().string();
  for (const auto& [given, word] :
       {std::pair(choice.undirected, " --undirected"), std::pair(choice.reversed, " --reversed"),
        std::pair(choice.surplus_fields, " --surplus-fields")})
    if (given) text += word;
  constexpr std::uintmax_t worth_hashing = std::uintmax_t{1} << 28;
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(choice.file, error);
  if (error) return text;
  text += fmt::format(", {} bytes", bytes);
  if (bytes <= worth_hashing) text += ", SHA-256 " + output::sha256_hex(output::read_file(choice.file));
  return text;
}

}  // namespace demarche::cli
