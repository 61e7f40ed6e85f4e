#include "sim/network/measures.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "sim/base/distribution.hpp"

namespace demarche::network {
namespace {

DegreeSummary summary(std::vector<std::uint64_t> degree) {
  DegreeSummary s;
  if (degree.empty()) return s;
  double sum = 0;
  for (const std::uint64_t d : degree) sum += static_cast<double>(d);
  s.mean = sum / static_cast<double>(degree.size());
  std::sort(degree.begin(), degree.end());
  const auto at = [&degree](std::size_t percent) { return degree[(degree.size() - 1) * percent / 100]; };
  s.min = degree.front();
  s.median = at(50);
  s.p90 = at(90);
  s.p99 = at(99);
  s.max = degree.back();
  return s;
}

}  // namespace

DegreeSummary out_degrees(const Layer& layer) {
  std::vector<std::uint64_t> degree(layer.actors());
  for (Vertex v = 0; v < layer.actors(); ++v) degree[v] = layer.out_degree(v);
  return summary(std::move(degree));
}

DegreeSummary in_degrees(const Layer& layer) {
  std::vector<std::uint64_t> degree(layer.actors());
  for (const Vertex to : layer.targets()) ++degree[to];
  return summary(std::move(degree));
}

double reciprocity(const Layer& layer) {
  if (layer.ties() == 0) return 0;
  // Rows are ascending, and so are the visits to each row from its followers' side: one cursor a row replaces
  // searching.
  std::vector<TieIndex> cursor(layer.offsets().begin(), layer.offsets().end());
  std::uint64_t returned = 0;
  for (Vertex from = 0; from < layer.actors(); ++from) {
    for (const Vertex to : layer.followers(from)) {
      TieIndex& at = cursor[to];
      while (at < layer.offsets()[to + 1] && layer.targets()[at] < from) ++at;
      if (at < layer.offsets()[to + 1] && layer.targets()[at] == from) ++returned;
    }
  }
  return static_cast<double>(returned) / static_cast<double>(layer.ties());
}

Paths paths(const Layer& layer, const Luck& luck, std::uint32_t sources) {
  Paths found;
  if (layer.actors() == 0 || sources == 0) return found;
  found.exact = sources >= layer.actors();
  const std::uint32_t searches = std::min(sources, layer.actors());
  std::vector<std::uint64_t> at_distance;
  for (std::uint32_t i = 0; i < searches; ++i) {
    Stream stream(luck, Purpose::statistics, i, 1);
    const auto from = found.exact ? i : static_cast<Vertex>(draw_below(stream, layer.actors()));
    for (const std::uint32_t d : distances(layer, from)) {
      if (d == unreachable || d == 0) continue;
      if (d >= at_distance.size()) at_distance.resize(d + 1);
      ++at_distance[d];
    }
  }
  double pairs = 0, sum = 0;
  for (std::size_t d = 1; d < at_distance.size(); ++d) {
    pairs += static_cast<double>(at_distance[d]);
    sum += static_cast<double>(d) * static_cast<double>(at_distance[d]);
  }
  if (pairs == 0) return found;
  found.mean = sum / pairs;
  found.longest = static_cast<std::uint32_t>(at_distance.size() - 1);
  found.connected_share = pairs / (static_cast<double>(searches) * (static_cast<double>(layer.actors()) - 1));
  double below = 0;
  for (std::size_t d = 1; d < at_distance.size(); ++d) {
    const auto here = static_cast<double>(at_distance[d]);
    if (below + here >= 0.9 * pairs) {
      found.effective_diameter = static_cast<double>(d) - 1 + (0.9 * pairs - below) / here;
      break;
    }
    below += here;
  }
  return found;
}

SpectralRadius spectral_radius(const Layer& layer, double tolerance, int most_iterations) {
  SpectralRadius result;
  // Without a cycle every eigenvalue is 0, and the iteration would creep towards it.
  if (components(layer).largest_strong < 2) return result;
  const Eigen::Index n = layer.actors();
  Eigen::VectorXd x = Eigen::VectorXd::Constant(n, 1 / std::sqrt(static_cast<double>(n))), y(n);
  double before = 0;
  result.converged = false;
  int steady = 0;
  for (int i = 0; i < most_iterations && !result.converged; ++i) {
    for (Vertex v = 0; v < layer.actors(); ++v) {
      double sum = x[v];
      for (const Vertex to : layer.followers(v)) sum += x[to];
      y[v] = sum;
    }
    const double grown = y.norm();
    // One small change may be a pause: three in a row are asked for.
    steady = std::abs(grown - before) <= tolerance * grown ? steady + 1 : 0;
    result.converged = steady >= 3;
    before = grown;
    x = y / grown;
  }
  result.value = before - 1;
  return result;
}

NetworkInfo describe(const Layer& layer, const DescribeOptions& options) {
  const Luck luck(0, 0);
  NetworkInfo info;
  info.layer = layer.name();
  info.actors = layer.actors();
  info.ties = layer.ties();
  info.out = out_degrees(layer);
  info.in = in_degrees(layer);
  info.reciprocity = reciprocity(layer);
  info.clustering = clustering(layer, luck, options.clustering_samples);
  info.components = components(layer);
  info.paths = paths(layer, luck, options.path_sources);
  info.spectral_radius = spectral_radius(layer, options.spectral_tolerance);
  info.bytes = layer.offsets().size_bytes() + layer.targets().size_bytes();
  return info;
}

}  // namespace demarche::network
