#pragma once
#include <cstdint>

#include "sim/network/network.hpp"

/// Whom a post may reach, by position: followers in either kind of layer, or all actors of a range.
namespace demarche::spread {

struct StoredRow {
  const network::Vertex* followers;
  std::uint64_t count;
  network::Vertex operator[](std::uint64_t i) const { return followers[i]; }
  void fetch(std::uint64_t i) const { __builtin_prefetch(followers + i); }
};

struct ImplicitRow {
  network::ImplicitTies::Row followers;
  std::uint64_t count;
  network::Vertex operator[](std::uint64_t i) const { return followers[i]; }
  void fetch(std::uint64_t) const {}
};

struct RangeRow {
  network::Vertex first;
  std::uint64_t count;
  network::Vertex operator[](std::uint64_t i) const { return first + static_cast<network::Vertex>(i); }
  void fetch(std::uint64_t) const {}
};

/// `use(row)` with the followers of `poster`: one branch a row, none a follower.
template <class Use>
void with_followers(const network::Layer& layer, network::Vertex poster, Use&& use) {
  if (const network::ImplicitTies* ties = layer.implicit()) {
    const network::ImplicitTies::Row row = ties->row(poster);
    use(ImplicitRow{row, row.size()});
  } else {
    const auto row = layer.followers(poster);
    use(StoredRow{row.data(), row.size()});
  }
}

}  // namespace demarche::spread
