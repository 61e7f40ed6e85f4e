#include "sim/base/distribution.hpp"
#include "sim/network/generate.hpp"

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
  return layer_from_ties(std::move(frame), [&](auto&& emit) {
    for (Vertex from = 0; from < g.actors; ++from) {
      if (g.directed) {
        each_success(0, g.actors - 1, p, source.stream(from),
                     [&](Vertex to) { emit(from, to + (to >= from ? 1 : 0)); });
      } else {
        each_success(std::uint64_t{from} + 1, g.actors, p, source.stream(from), [&](Vertex to) {
          emit(from, to);
          emit(to, from);
        });
      }
    }
  });
}

Layer generate_layer(const BlockModel& g, Frame frame, Source source) {
  const std::size_t groups = g.sizes.size();
  return layer_from_ties(std::move(frame), [&](auto&& emit) {
    Vertex from = 0;
    for (std::size_t own = 0; own < groups; ++own) {
      for (const Vertex end = from + g.sizes[own]; from < end; ++from) {
        Vertex first = 0;
        for (std::size_t group = 0; group < groups; ++group) {
          // Among its own group an actor counts only the others: positions from its own on stand one further.
          const Vertex others = g.sizes[group] - (group == own ? 1 : 0);
          const double mean = g.mean_ties[own * groups + group];
          each_success(0, others, mean > 0 ? mean / static_cast<double>(others) : 0, source.stream(from, group),
                       [&](Vertex i) { emit(from, first + i + (group == own && first + i >= from ? 1 : 0)); });
          first += g.sizes[group];
        }
      }
    }
  });
}

}  // namespace demarche::network
