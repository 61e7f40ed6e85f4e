#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_map>

#include "models/tally.hpp"

namespace demarche::models {

namespace {

/// One cascade as a tree over its members in the order in which they saw it; member 0 stands for all posters and
/// outlets.
struct Tree {
  std::vector<std::uint32_t> parent, depth;
  std::unordered_map<network::Vertex, std::uint32_t> member;  // looked up only, never walked

  void start() {
    parent.assign(1, 0);
    depth.assign(1, 0);
    member.clear();
  }
  void add(const run::View& view) {
    const auto from = member.find(view.from);
    const std::uint32_t p = from == member.end() ? 0 : from->second;
    member.emplace(view.who, static_cast<std::uint32_t>(parent.size()));
    parent.push_back(p);
    depth.push_back(depth[p] + 1);
  }
  /// Mean distance over ordered pairs of members: each tie is crossed by the pairs it separates.
  double mean_distance() const {
    const std::size_t n = parent.size();
    std::vector<std::uint64_t> below(n, 1);
    double crossings = 0;
    for (std::size_t v = n - 1; v > 0; --v) {
      crossings += static_cast<double>(below[v]) * static_cast<double>(n - below[v]);
      below[parent[v]] += below[v];
    }
    return 2 * crossings / (static_cast<double>(n) * static_cast<double>(n - 1));
  }
};

}  // namespace

CascadeShape shape_of(const run::Record& record) {
  std::vector<std::uint32_t> order(record.views.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return record.views[a].slot < record.views[b].slot; });
  Tree tree;
  double depth = 0, virality = 0;
  std::uint64_t cascades = 0;
  for (std::size_t i = 0; i < order.size();) {
    const std::uint32_t slot = record.views[order[i]].slot;
    tree.start();
    for (; i < order.size() && record.views[order[i]].slot == slot; ++i) tree.add(record.views[order[i]]);
    if (record.messages[slot].corrects != run::no_message) continue;
    ++cascades;
    depth += *std::max_element(tree.depth.begin(), tree.depth.end());
    virality += tree.mean_distance();
  }
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (cascades == 0) return {none, none};
  return {depth / static_cast<double>(cascades), virality / static_cast<double>(cascades)};
}

}  // namespace demarche::models
