#include "sim/network/estimate.hpp"

#include <algorithm>

namespace demarche::network {
namespace {

std::uint64_t whole(double bytes) {
  return static_cast<std::uint64_t>(std::min(bytes, 0x1p63));
}

double ties_of(const Generator& g) {
  return expected_ties(g);
}

/// Bytes that the generator holds beside the finished layer, at the moment when it holds most. Ties that come in any
/// order pass through bins of 4 bytes each; rows that are made one after another need nothing beside them.
struct Scratch {
  double operator()(const Hierarchy& g) const { return 4.0 * g.actors + 4 * ties_of(g); }
  double operator()(const DoddsWattsSabel& g) const { return 16.0 * static_cast<double>(g.extra) + 4 * ties_of(g); }
  double operator()(const HeavyTailed& g) const {
    const double ends = g.actors * g.mean_degree * g.reciprocity;
    // the ends' owners are put in random order, the pairs of them sorted in bins, and their rows kept to the end
    const double shuffling = 4.0 * g.actors + 12 * ends;
    const double pairing = 8.0 * g.actors + 16 * ends;
    const double drawing = 8.0 * g.actors + 4 * ends + 4 * ties_of(g);
    return std::max({shuffling, pairing, drawing}) - 4 * ties_of(g);
  }
  double operator()(const ErdosRenyi& g) const { return g.directed ? 0 : 4 * ties_of(g); }
  double operator()(const RandomRegular& g) const {
    // ends in random order and their bins; where the absent ties are the fewer ones, their layer is made first
    const std::uint32_t missing = g.actors - 1 - g.degree;
    const double fewer = g.actors * static_cast<double>(std::min(g.degree, missing));
    if (g.degree <= missing) return 8 * fewer;
    return std::max(8.0 * g.actors + 4 * fewer, 12 * fewer - 4 * ties_of(g));
  }
  double operator()(const RingLattice& g) const { return 4 * ties_of(g); }
  double operator()(const Torus& g) const { return 4 * ties_of(g); }
  // names of the vertices; the bins are gone before the ties that replace repeats are found
  double operator()(const RMat& g) const { return 4.0 * g.actors + 4 * ties_of(g); }
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
