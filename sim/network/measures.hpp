#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/network/network.hpp"

namespace demarche::network {

struct DegreeSummary {
  double mean = 0;
  std::uint64_t min = 0, median = 0, p90 = 0, p99 = 0, max = 0;
};
/// Followers of each actor (ties out), or whom each follows (ties in).
DegreeSummary out_degrees(const Layer& layer);
DegreeSummary in_degrees(const Layer& layer);

/// Share of ties whose reverse exists too; 0 without ties.
double reciprocity(const Layer& layer);

/// How often two neighbours are tied themselves, directions ignored.
struct Clustering {
  double local = 0;   ///< mean over actors (0 for those with fewer than two neighbours), Watts & Strogatz 1998
  double global = 0;  ///< closed pairs of neighbours over all pairs of neighbours (transitivity)
  bool exact = true;  ///< else from `samples` random actors (local) and random pairs of neighbours (global)
};
/// Exact where the pairs of neighbours number at most `exact_pairs`.
Clustering clustering(const Layer& layer, const Luck& luck, std::uint32_t samples = 20000,
                      std::uint64_t exact_pairs = std::uint64_t{1} << 26);

struct Components {
  std::uint64_t weak = 0, strong = 0;           ///< how many
  Vertex largest_weak = 0, largest_strong = 0;  ///< actors in the largest
};
Components components(const Layer& layer);

/// Of an actor that no chain of ties leads to.
inline constexpr std::uint32_t unreachable = static_cast<std::uint32_t>(-1);
/// Least number of ties from `source` to every actor, by Boost.Graph's breadth-first search: the reference that
/// first-passage times are compared with (VALIDATION.md D9).
std::vector<std::uint32_t> distances(const Layer& layer, Vertex source);

/// Distances along ties between connected pairs, from breadth-first searches at random sources (at every actor,
/// exactly, where `sources` is not fewer).
struct Paths {
  double mean = 0;
  double effective_diameter = 0;  ///< within which 90 % of connected pairs are, interpolated (Leskovec et al. 2005)
  std::uint32_t longest = 0;      ///< longest found; a lower bound of the diameter when sampled
  double connected_share = 0;     ///< pairs that a chain of ties connects
  bool exact = true;
};
Paths paths(const Layer& layer, const Luck& luck, std::uint32_t sources = 64);

/// Largest eigenvalue of the adjacency matrix by power iteration on A + 1 (which makes it converge on bipartite layers
/// too); relative change of the estimate below `tolerance`. 0 where no cycle exists.
struct SpectralRadius {
  double value = 0;
  bool converged = true;
};
SpectralRadius spectral_radius(const Layer& layer, double tolerance = 1e-9, int most_iterations = 2000);

struct DescribeOptions {
  std::uint32_t clustering_samples = 20000;
  std::uint32_t path_sources = 64;
  double spectral_tolerance = 1e-9;
};
struct NetworkInfo {
  std::string layer;
  Vertex actors = 0;
  std::uint64_t ties = 0;
  DegreeSummary out, in;
  double reciprocity = 0;
  Clustering clustering;
  Components components;
  Paths paths;
  SpectralRadius spectral_radius;
  std::uint64_t bytes = 0;  ///< in memory, names not counted
};
/// All of it; sampling draws from a luck of its own, so the same layer gives the same answer.
NetworkInfo describe(const Layer& layer, const DescribeOptions& options = {});

}  // namespace demarche::network
