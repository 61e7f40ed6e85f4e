#include "sim/network/read_graphml.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <sstream>

#include "sim/network/graphml_scan.hpp"

namespace demarche::network {
namespace {

template <class Direction>
std::vector<Tie> edges_by_boost(const std::string& text, const GraphmlSummary& expected, Problems& problems) {
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, Direction>;
  Graph graph;
  boost::dynamic_properties properties(boost::ignore_other_properties);
  std::istringstream in(text);
  try {
    boost::read_graphml(in, graph, properties);
  } catch (const std::exception& e) {
    problems.fail(0, 0, {"the GraphML cannot be read", e.what(), "check the file with an XML editor"});
  }
  // Boost invents vertices for unknown ends; the scan has ruled that out, and this says so.
  DEMARCHE_EXPECT(boost::num_vertices(graph) == expected.actors.names.size(), "both parsers count the same nodes");
  DEMARCHE_EXPECT(boost::num_edges(graph) == expected.edges, "both parsers count the same edges");
  std::vector<Tie> ties;
  ties.reserve(boost::num_edges(graph) * (expected.directed ? 1 : 2));
  for (auto [edge, end] = boost::edges(graph); edge != end; ++edge) {
    ties.push_back(
        {static_cast<Vertex>(boost::source(*edge, graph)), static_cast<Vertex>(boost::target(*edge, graph))});
  }
  return ties;
}

}  // namespace

ImportedNetwork parse_graphml(std::string text, const std::string& name, const GraphmlOptions& options) {
  Problems problems(name);
  if (text.size() > options.max_bytes) {
    problems.fail(0, 0,
                  {"the text has " + std::to_string(text.size()) + " bytes",
                   "GraphML is read up to " + std::to_string(options.max_bytes) + " bytes",
                   "large networks are read from edge lists"});
  }
  GraphmlSummary found = scan_graphml(text, problems);
  // Attributes are ours already, and Boost would refuse valid ones ("true" for a boolean): it gets the structure only.
  for (const auto& [begin, end] : found.attribute_parts) {
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }
  std::vector<Tie> ties = found.directed ? edges_by_boost<boost::directedS>(text, found, problems)
                                         : edges_by_boost<boost::undirectedS>(text, found, problems);
  if (options.reversed) {
    for (Tie& tie : ties) std::swap(tie.from, tie.to);
  }
  if (!found.directed) {
    const std::size_t given = ties.size();
    for (std::size_t i = 0; i < given; ++i) {
      if (ties[i].from != ties[i].to) ties.push_back({ties[i].to, ties[i].from});
    }
  }
  BuildReport report;
  Layer layer = build_layer(options.layer, found.actors.size(), ties, options.policy, &report);
  return {std::move(layer), std::move(found.actors), report};
}

ImportedNetwork read_graphml(const std::string& path, const GraphmlOptions& options) {
  Problems problems(path);
  return parse_graphml(read_whole(path, options.max_bytes, problems), path, options);
}

}  // namespace demarche::network
