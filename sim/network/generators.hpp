#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/network/network.hpp"

namespace demarche::network {

/// Parameters of each generator; every one names its paper in generators.cpp. All make simple directed layers without
/// self-ties; "undirected" kinds hold both directions. Degree means ties out of an actor (its followers) unless said.
struct Hierarchy {         ///< tree by branching factor, root = vertex 0; each tie is rewired to a random actor with probability
  Vertex actors = 0; std::uint32_t branching = 2; double rewiring = 0; };
struct DoddsWattsSabel {   ///< hierarchy plus `extra` random ties, chosen with weights exp(-depth/lambda) exp(-distance/zeta); PNAS 100:12516 (2003)
  Vertex actors = 0; std::uint32_t branching = 5; std::uint64_t extra = 0; double lambda = 1, zeta = 1; };
struct HeavyTailed {       ///< discrete power-law follower counts (exponent of the degree density), mean out-degree, share of ties returned
  Vertex actors = 0; double exponent = 2.276, mean_degree = 35, reciprocity = 0.22; };
struct BlockModel {        ///< sizes of groups and mean ties of an actor of group g to group h, row by row
  std::vector<Vertex> sizes; std::vector<double> mean_ties; };
struct ErdosRenyi { Vertex actors = 0; double mean_degree = 0; bool directed = false; };
struct RandomRegular { Vertex actors = 0; std::uint32_t degree = 4; };   ///< undirected, configuration model without self-ties or repeats
struct RingLattice { Vertex actors = 0; std::uint32_t degree = 2; };     ///< undirected; degree even, nearest neighbours on both sides
struct Torus { Vertex rows = 0, columns = 0; bool moore = false; };      ///< undirected; 4 or 8 neighbours
struct Complete { Vertex actors = 0; };
struct Line { Vertex actors = 0; };                                      ///< directed path 0 -> 1 -> ...
struct Star { Vertex actors = 0; };                                      ///< undirected, centre = vertex 0
struct RMat {              ///< Chakrabarti et al. 2004; 2^scale actors or `actors` of them, shuffled ids
  Vertex actors = 0; std::uint64_t ties = 0; double a = .57, b = .19, c = .19; };

using Generator = std::variant<Hierarchy, DoddsWattsSabel, HeavyTailed, BlockModel, ErdosRenyi, RandomRegular, RingLattice,
                               Torus, Complete, Line, Star, RMat>;

/// The name used by scenarios and `demarche list networks`, e.g. "heavy-tailed".
std::string kind_name(const Generator& g);
Vertex actors_of(const Generator& g);
/// Expected number of directed ties, for estimates before anything is built.
double expected_ties(const Generator& g);
/// Checks the parameters; throws InputError naming the one out of range and why.
void validate(const Generator& g);
/// The same ties for the same (generator, luck, layer index), on any machine. Offset: vertices are numbered from `first`,
/// and the layer has `total_actors` rows (senders stand before the audience).
Layer generate(const Generator& g, std::string name, const Luck& luck, std::uint64_t layer_key, Vertex first = 0, Vertex total_actors = 0);

}  // namespace demarche::network
