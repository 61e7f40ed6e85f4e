#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/actor_table.hpp"
#include "sim/network/text_input.hpp"

namespace demarche::network {

/// What a GraphML text holds, found by our own scan before any other parser sees it.
struct GraphmlSummary {
  bool directed = true;
  ActorTable actors;  ///< identities and attributes of the nodes, in their order
  std::uint64_t edges = 0;
  /// Parts [begin, end) of the text that declare or hold attributes.
  std::vector<std::pair<std::size_t, std::size_t>> attribute_parts;
};

/// Refuses, all at once where the text is well-formed: no or several graphs, hyperedges, mixed directions, repeated
/// node ids, ends that are no node, undeclared keys, weights that are negative or no finite number.
GraphmlSummary scan_graphml(std::string_view text, Problems& problems);

}  // namespace demarche::network
