#pragma once
#include <algorithm>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>
#include <utility>

#include "sim/network/network.hpp"

/// A Layer as a Boost.Graph model (vertex list, incidence), without copying it; for .cpp files of this module only. The
/// type and the free functions stand in one namespace so that Boost finds them.
namespace demarche::network::view {

struct BoostView {
  const Layer* layer;
};
using Edge = std::pair<Vertex, Vertex>;
struct EdgeTo {
  Vertex from = 0;
  Edge operator()(Vertex to) const { return {from, to}; }
};

inline Vertex source(const Edge& e, const BoostView&) {
  return e.first;
}
inline Vertex target(const Edge& e, const BoostView&) {
  return e.second;
}

using VertexIterator = boost::counting_iterator<Vertex>;
using EdgeIterator = boost::transform_iterator<EdgeTo, const Vertex*, Edge>;

inline std::pair<VertexIterator, VertexIterator> vertices(const BoostView& g) {
  return {VertexIterator(0), VertexIterator(g.layer->actors())};
}
inline Vertex num_vertices(const BoostView& g) {
  return g.layer->actors();
}
inline std::pair<EdgeIterator, EdgeIterator> out_edges(Vertex v, const BoostView& g) {
  const auto row = g.layer->followers(v);
  return {EdgeIterator(row.data(), EdgeTo{v}), EdgeIterator(row.data() + row.size(), EdgeTo{v})};
}
inline std::size_t out_degree(Vertex v, const BoostView& g) {
  return g.layer->followers(v).size();
}
inline boost::typed_identity_property_map<Vertex> get(boost::vertex_index_t, const BoostView&) {
  return {};
}

struct Category : boost::vertex_list_graph_tag, boost::incidence_graph_tag {};

}  // namespace demarche::network::view

template <>
struct boost::graph_traits<demarche::network::view::BoostView> {
  using vertex_descriptor = demarche::network::Vertex;
  using edge_descriptor = demarche::network::view::Edge;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::disallow_parallel_edge_tag;
  using traversal_category = demarche::network::view::Category;
  using vertex_iterator = demarche::network::view::VertexIterator;
  using vertices_size_type = demarche::network::Vertex;
  using out_edge_iterator = demarche::network::view::EdgeIterator;
  using degree_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return static_cast<vertex_descriptor>(-1); }
};

template <>
struct boost::property_map<demarche::network::view::BoostView, boost::vertex_index_t> {
  using type = boost::typed_identity_property_map<demarche::network::Vertex>;
  using const_type = type;
};
