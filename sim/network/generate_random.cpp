#include <cmath>
#include <numeric>

#include "sim/base/distribution.hpp"
#include "sim/network/generate.hpp"
#include "sim/network/tie_bins.hpp"

// Independent ties with a probability by block: Erdos & Renyi 1959; Holland, Laskey & Leinhardt 1983 (block model).
// Failed ties cost nothing: jumps between successes are geometric (Batagelj & Brandes 2005,
// doi 10.1103/PhysRevE.71.036113).
namespace demarche::network {
namespace {

/// Visits each of begin..end-1 with probability p, ascending.
template <class Visit>
void each_success(std::uint64_t begin, std::uint64_t end, double p, Stream stream, Visit&& visit) {
  if (p <= 0) return;
  for (std::uint64_t at = begin;; ++at) {
    at += draw_geometric(stream, p);
    if (at >= end) return;
    visit(static_cast<Vertex>(at));
  }
}

}  // namespace

Layer generate_layer(const ErdosRenyi& g, Frame frame, Source source) {
  const double p = g.actors > 1 ? g.mean_degree / (static_cast<double>(g.actors) - 1) : 0;
  const double expected = g.actors * g.mean_degree;
  if (g.directed) {
    return layer_from_rows(frame, g.actors, expected, [&](std::size_t, Vertex from, std::vector<Vertex>& row) {
      each_success(0, g.actors - 1, p, source.stream(from),
                   [&](Vertex to) { row.push_back(to + (to >= from ? 1 : 0)); });
    });
  }
  // Pairs are binomial: 30 standard deviations above the mean is never reached (Bernstein).
  const double most = std::min(expected + 60 * std::sqrt(expected) + 1000, g.actors * (g.actors - 1.0));
  const std::size_t parts = parts_for(g.actors, 1U << 14);
  return layer_of(frame.name, binned_rows(frame, g.actors, static_cast<std::uint64_t>(most), parts,
                                          [&](std::size_t part, auto&& emit) {
                                            const Range range = part_of(g.actors, part, parts);
                                            for (std::uint64_t v = range.begin; v < range.end; ++v) {
                                              const auto from = static_cast<Vertex>(v);
                                              each_success(v + 1, g.actors, p, source.stream(from), [&](Vertex to) {
                                                emit(from, to);
                                                emit(to, from);
                                              });
                                            }
                                          }));
}

Layer generate_layer(const BlockModel& g, Frame frame, Source source) {
  const std::size_t groups = g.sizes.size();
  std::vector<Vertex> first_of(groups + 1);
  std::partial_sum(g.sizes.begin(), g.sizes.end(), first_of.begin() + 1);
  double expected = 0;
  for (std::size_t i = 0; i < g.mean_ties.size(); ++i) expected += g.sizes[i / groups] * g.mean_ties[i];
  return layer_from_rows(frame, first_of.back(), expected, [&](std::size_t, Vertex from, std::vector<Vertex>& row) {
    const auto own = static_cast<std::size_t>(std::upper_bound(first_of.begin() + 1, first_of.end() - 1, from) -
                                              first_of.begin() - 1);
    for (std::size_t group = 0; group < groups; ++group) {
      const Vertex first = first_of[group];
      // Among its own group an actor counts only the others: positions from its own on stand one further.
      const Vertex others = g.sizes[group] - (group == own ? 1 : 0);
      const double mean = g.mean_ties[own * groups + group];
      each_success(0, others, mean > 0 ? mean / static_cast<double>(others) : 0, source.stream(from, group),
                   [&](Vertex i) { row.push_back(first + i + (group == own && first + i >= from ? 1 : 0)); });
    }
  });
}

}  // namespace demarche::network
