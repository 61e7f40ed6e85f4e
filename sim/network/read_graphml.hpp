#pragma once
#include <string>
#include <string_view>

#include "sim/network/read_edge_list.hpp"

namespace demarche::network {

struct GraphmlOptions {
  std::string layer = "ties";
  bool reversed = false;  ///< an edge's source is the follower
  TiePolicy policy = TiePolicy::drop;
  std::uint64_t max_bytes = std::uint64_t{256} << 20;
};

/// One directed graph, or an undirected one as both directions; node ids and attributes come back as the actor table.
/// The text is bounded and checked before Boost.Graph reads its structure, since read_graphml invents vertices,
/// overflows the stack and lets duplicates through. Throws FileError, InputErrors, InputError (policy refuse).
ImportedNetwork read_graphml(const std::string& path, const GraphmlOptions& options = {});
/// The same from memory; `name` stands in errors.
ImportedNetwork parse_graphml(std::string text, const std::string& name, const GraphmlOptions& options = {});

}  // namespace demarche::network
