#include <algorithm>

#include "sim/base/distribution.hpp"
#include "sim/network/measures.hpp"
#include "sim/network/tie_bins.hpp"

namespace demarche::network {
namespace {

Layer without_directions(const Layer& layer) {
  return layer_from_ties({"", 0, layer.actors()}, layer.actors(), 2 * layer.ties(), [&layer](auto&& emit) {
    for (Vertex from = 0; from < layer.actors(); ++from) {
      for (const Vertex to : layer.followers(from)) {
        emit(from, to);
        emit(to, from);
      }
    }
  });
}

double pairs_of(const Layer& layer, Vertex v) {
  const auto d = static_cast<double>(layer.out_degree(v));
  return d * (d - 1) / 2;
}

bool tied(const Layer& layer, Vertex a, Vertex b) {
  const auto row = layer.followers(a);
  return std::binary_search(row.begin(), row.end(), b);
}

/// Ties among the neighbours of v: its row merged with each neighbour's row, each tie found from both ends.
double closed_pairs(const Layer& layer, Vertex v) {
  const auto own = layer.followers(v);
  std::uint64_t common = 0;
  for (const Vertex w : own) {
    const auto other = layer.followers(w);
    auto a = own.begin();
    auto b = other.begin();
    while (a != own.end() && b != other.end()) {
      if (*a == *b) ++common;
      const bool step_a = *a <= *b, step_b = *b <= *a;
      if (step_a) ++a;
      if (step_b) ++b;
    }
  }
  return static_cast<double>(common) / 2;
}

Clustering exact_clustering(const Layer& layer) {
  Clustering c;
  double closed = 0, pairs = 0;
  for (Vertex v = 0; v < layer.actors(); ++v) {
    const double here = pairs_of(layer, v);
    if (here == 0) continue;
    const double ties = closed_pairs(layer, v);
    closed += ties;
    pairs += here;
    c.local += ties / here;
  }
  c.local /= static_cast<double>(std::max<Vertex>(1, layer.actors()));
  c.global = pairs > 0 ? closed / pairs : 0;
  return c;
}

/// Whether a random pair of neighbours of v is tied.
bool random_pair_closed(const Layer& layer, Vertex v, Stream& stream) {
  const auto row = layer.followers(v);
  const std::uint64_t i = draw_below(stream, row.size());
  const std::uint64_t j = draw_below(stream, row.size() - 1);
  return tied(layer, row[static_cast<std::size_t>(i)], row[static_cast<std::size_t>(j + (j >= i ? 1 : 0))]);
}

Clustering sampled_clustering(const Layer& layer, const Luck& luck, std::uint32_t samples) {
  // A random actor for the local mean; for the global one, actors with weight in proportion to their pairs.
  std::vector<double> cumulative(layer.actors());
  double sum = 0;
  for (Vertex v = 0; v < layer.actors(); ++v) cumulative[v] = sum += pairs_of(layer, v);
  Clustering c;
  c.exact = false;
  std::uint32_t local = 0, global = 0;
  for (std::uint32_t i = 0; i < samples; ++i) {
    Stream stream(luck, Purpose::statistics, i, 2);
    const auto any = static_cast<Vertex>(draw_below(stream, layer.actors()));
    if (layer.out_degree(any) > 1 && random_pair_closed(layer, any, stream)) ++local;
    const auto at = std::upper_bound(cumulative.begin(), cumulative.end() - 1, draw_uniform(stream) * sum);
    auto v = static_cast<Vertex>(at - cumulative.begin());
    // The product may round up to the sum itself, where trailing actors without pairs stand.
    while (layer.out_degree(v) < 2) --v;
    if (random_pair_closed(layer, v, stream)) ++global;
  }
  c.local = local / static_cast<double>(samples);
  c.global = global / static_cast<double>(samples);
  return c;
}

}  // namespace

Clustering clustering(const Layer& layer, const Luck& luck, std::uint32_t samples, std::uint64_t exact_pairs) {
  const Layer both = without_directions(layer);
  // What the exact count costs: every neighbour's row is walked once for each of its ties.
  double pairs = 0, work = 0;
  for (Vertex v = 0; v < both.actors(); ++v) {
    pairs += pairs_of(both, v);
    work += static_cast<double>(both.out_degree(v)) * static_cast<double>(both.out_degree(v));
  }
  if (pairs == 0) return {};
  if (samples == 0 || work <= static_cast<double>(exact_pairs)) return exact_clustering(both);
  return sampled_clustering(both, luck, samples);
}

}  // namespace demarche::network
