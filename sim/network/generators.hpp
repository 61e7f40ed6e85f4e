#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/network/network.hpp"

namespace demarche::network {

/// Parameters of each generator; the files generate_*.cpp name the papers. All make simple layers without self-ties;
/// "undirected" kinds hold both directions of each tie. Degree means ties out of an actor (its followers) unless said.

/// Tree of `branching` subordinates each, vertex 0 on top, level by level; undirected. With probability `rewiring` the
/// lower end of a tie keeps it and its other end becomes a random actor: 0 tree, 1 no hierarchy. Always actors - 1
/// pairs; strongly rewired ones may fall apart into several components.
struct Hierarchy {
  Vertex actors = 0;
  std::uint32_t branching = 2;
  double rewiring = 0;
};
/// Undirected tree plus `extra` undirected ties chosen with weights exp(-depth / lambda) exp(-distance / zeta) (both >
/// 0); small lambda: near the top; small zeta: within teams; both large: anywhere.
struct DoddsWattsSabel {
  Vertex actors = 0;
  std::uint32_t branching = 5;
  std::uint64_t extra = 0;
  double lambda = 1, zeta = 1;
};
/// Follower counts P(k) ~ k^-exponent up to actors - 1, from a lower end solved for the mean; `reciprocity` is the
/// share of directed ties that are returned (0 < reciprocity below the density is refused; above one half it falls
/// short by up to .02, since the most followed run out of partners). Who follows is uniform: counts of followed actors
/// vary little. The realised mean scatters by sqrt(variance / actors), 3 % for the defaults with 100,000 actors.
struct HeavyTailed {
  Vertex actors = 0;
  double exponent = 2.276, mean_degree = 35, reciprocity = 0.22;
};
/// Directed; sizes of groups (numbered one after another) and mean ties of an actor of group g to group h, row by row.
struct BlockModel {
  std::vector<Vertex> sizes;
  std::vector<double> mean_ties;
};
/// Each (directed or undirected) tie exists independently; the number of followers is binomial, Poisson in large
/// networks.
struct ErdosRenyi {
  Vertex actors = 0;
  double mean_degree = 0;
  bool directed = false;
};
/// Undirected; everybody has exactly `degree` neighbours.
struct RandomRegular {
  Vertex actors = 0;
  std::uint32_t degree = 4;
};
/// Undirected; degree even, nearest neighbours on both sides.
struct RingLattice {
  Vertex actors = 0;
  std::uint32_t degree = 2;
};
/// Undirected; 4 or (Moore) 8 neighbours; vertex = row * columns + column; at least 3 x 3.
struct Torus {
  Vertex rows = 0, columns = 0;
  bool moore = false;
};
struct Complete {
  Vertex actors = 0;
};
/// Directed path 0 -> 1 -> ...
struct Line {
  Vertex actors = 0;
};
/// Undirected, centre = vertex 0.
struct Star {
  Vertex actors = 0;
};
/// Directed, exactly `ties` different ones, ids shuffled; probabilities of the quadrants a, b, c and 1 - a - b - c.
struct RMat {
  Vertex actors = 0;
  std::uint64_t ties = 0;
  double a = .57, b = .19, c = .19;
};

using Generator = std::variant<Hierarchy, DoddsWattsSabel, HeavyTailed, BlockModel, ErdosRenyi, RandomRegular,
                               RingLattice, Torus, Complete, Line, Star, RMat, CountryBlocks>;

/// The name used by scenarios and `demarche list networks`, e.g. "heavy-tailed".
std::string kind_name(const Generator& g);
Vertex actors_of(const Generator& g);
/// Expected number of directed ties, for estimates before anything is built.
double expected_ties(const Generator& g);
/// Checks the parameters; throws InputError naming the one out of range and why.
void validate(const Generator& g);
/// The same ties for the same (generator, luck, layer index), on any machine and any number of threads. Offset:
/// vertices are numbered from `first`, and the layer has `total_actors` rows (senders stand before the audience).
Layer generate(const Generator& g, std::string name, const Luck& luck, std::uint64_t layer_key, Vertex first = 0,
               Vertex total_actors = 0, unsigned threads = 1);

/// A layer with the same rows in memory; the layer itself where it is stored already.
Layer stored(const Layer& layer, unsigned threads = 1);

}  // namespace demarche::network
