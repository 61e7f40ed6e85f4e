#pragma once
#include <cstdint>

#include "sim/network/network.hpp"
#include "sim/spread/exposer.hpp"

/// Whom posts may reach, for kernels that ask about many posters: stored followers, implicit ones, or all actors of a
/// range. All have the same members; a poster's followers stand at ties row(poster) ..
/// row(poster) + count(poster) - 1, which Stretch::at and Hit::at mean.
namespace demarche::spread {

struct StoredRows {
  const network::TieIndex* offsets;
  const network::Vertex* targets;
  std::uint64_t row(network::Vertex poster) const { return offsets[poster]; }
  std::uint64_t count(network::Vertex poster) const { return offsets[poster + 1] - offsets[poster]; }
  network::Vertex target(const Exposer::Hit& hit) const { return targets[hit.at]; }
  void fetch_row(network::Vertex poster) const { __builtin_prefetch(&offsets[poster]); }
  // read once or twice and not again soon: kept out of the outer caches
  void fetch_target(std::uint64_t at) const { __builtin_prefetch(&targets[at], 0, 0); }
};

struct ImplicitRows {
  const network::ImplicitTies* ties;
  network::Vertex poster = ~network::Vertex{0};  ///< whose row stands below: hits of one poster come together
  network::ImplicitTies::Row row_of_poster{};
  std::uint64_t row(network::Vertex) const { return 0; }
  std::uint64_t count(network::Vertex v) const { return ties->out_degree(v); }
  network::Vertex target(const Exposer::Hit& hit) {
    if (hit.poster != poster) {
      poster = hit.poster;
      row_of_poster = ties->row(poster);
    }
    return row_of_poster[hit.at];
  }
  void fetch_row(network::Vertex) const {}
  void fetch_target(std::uint64_t) const {}
};

/// Of an outlet that carries a message to the actors first .. last - 1; questions are asked about `first`.
struct RangeRows {
  network::Vertex first, last;
  std::uint64_t row(network::Vertex) const { return 0; }
  std::uint64_t count(network::Vertex) const { return last - first; }
  network::Vertex target(const Exposer::Hit& hit) const { return first + static_cast<network::Vertex>(hit.at); }
  void fetch_row(network::Vertex) const {}
  void fetch_target(std::uint64_t) const {}
};

/// `use(rows)` with the rows of a layer of either kind: one branch for all posters.
template <class Use>
void with_rows(const network::Layer& layer, Use&& use) {
  if (layer.implicit() != nullptr)
    use(ImplicitRows{layer.implicit()});
  else
    use(StoredRows{layer.offsets().data(), layer.targets().data()});
}

}  // namespace demarche::spread
