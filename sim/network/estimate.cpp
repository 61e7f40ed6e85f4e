#include "sim/network/estimate.hpp"

#include <algorithm>

namespace demarche::network {
namespace {

std::uint64_t whole(double bytes) {
  return static_cast<std::uint64_t>(std::min(bytes, 0x1p63));
}

/// Bytes that the generator holds beside the layer; what is the larger of shuffling before and building after.
struct Scratch {
  double operator()(const Hierarchy& g) const { return 4.0 * g.actors; }
  double operator()(const DoddsWattsSabel& g) const { return 16.0 * static_cast<double>(g.extra); }
  double operator()(const HeavyTailed& g) const {
    const double ends = g.actors * g.mean_degree * g.reciprocity;
    // asked for, owner and order of each end, the returned ties as a layer
    return 4.0 * g.actors + 8 * ends + 8.0 * g.actors + 4 * ends;
  }
  double operator()(const RandomRegular& g) const {
    const auto degree = static_cast<double>(std::min(g.degree, g.actors - 1 - g.degree));
    const double absent = g.degree > g.actors - 1 - g.degree ? 8.0 * g.actors + 4 * g.actors * degree : 0;
    return 8 * g.actors * degree + absent;
  }
  // names of the vertices, and the ties that replace repeats: a sixth is usual for these probabilities
  double operator()(const RMat& g) const { return 4.0 * g.actors + 8 * static_cast<double>(g.ties) / 6; }
  template <class Other>
  double operator()(const Other&) const {
    return 0;
  }
};

}  // namespace

std::uint64_t finished_bytes(std::uint64_t total_actors, double ties) {
  return whole(8 * (static_cast<double>(total_actors) + 1) + 4 * ties);
}

LayerBytes bytes_needed(const Generator& g, Vertex total_actors) {
  if (const auto* blocks = std::get_if<CountryBlocks>(&g); blocks != nullptr && blocks->implicit) {
    const std::uint64_t tables = ImplicitTies::bytes(blocks->sizes.size());
    return {tables, tables};
  }
  const std::uint64_t actors = std::max(total_actors, actors_of(g));
  const std::uint64_t finished = finished_bytes(actors, expected_ties(g));
  return {finished, whole(static_cast<double>(finished) + std::visit(Scratch{}, g))};
}

}  // namespace demarche::network
