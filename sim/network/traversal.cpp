#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/pending/disjoint_sets.hpp>

#include "sim/base/error.hpp"
#include "sim/network/boost_view.hpp"
#include "sim/network/measures.hpp"

namespace demarche::network {
namespace {

Vertex largest_of(const std::vector<Vertex>& component_of, std::size_t count) {
  std::vector<Vertex> size(count);
  for (const Vertex c : component_of) ++size[c];
  return size.empty() ? 0 : *std::max_element(size.begin(), size.end());
}

}  // namespace

Components components(const Layer& layer) {
  Components found;
  std::vector<Vertex> rank(layer.actors()), parent(layer.actors());
  const auto by_vertex = [](std::vector<Vertex>& values) {
    return boost::make_iterator_property_map(values.begin(), boost::typed_identity_property_map<Vertex>());
  };
  boost::disjoint_sets sets(by_vertex(rank), by_vertex(parent));
  for (Vertex v = 0; v < layer.actors(); ++v) sets.make_set(v);
  for (Vertex v = 0; v < layer.actors(); ++v) {
    for (const Vertex to : layer.followers(v)) sets.union_set(v, to);
  }
  std::vector<Vertex> root(layer.actors());
  for (Vertex v = 0; v < layer.actors(); ++v) {
    root[v] = sets.find_set(v);
    if (root[v] == v) ++found.weak;
  }
  found.largest_weak = largest_of(root, layer.actors());
  std::vector<Vertex> strong(layer.actors());
  const view::BoostView graph{&layer};
  const auto index = get(boost::vertex_index, graph);
  found.strong = boost::strong_components(graph, boost::make_iterator_property_map(strong.begin(), index),
                                          boost::vertex_index_map(index));
  found.largest_strong = largest_of(strong, found.strong);
  return found;
}

std::vector<std::uint32_t> distances(const Layer& layer, Vertex source) {
  DEMARCHE_EXPECT(source < layer.actors(), "a search begins at an actor of the layer");
  std::vector<std::uint32_t> distance(layer.actors(), unreachable);
  distance[source] = 0;
  const auto record = boost::record_distances(distance.data(), boost::on_tree_edge());
  boost::breadth_first_search(view::BoostView{&layer}, source, boost::visitor(boost::make_bfs_visitor(record)));
  return distance;
}

}  // namespace demarche::network
