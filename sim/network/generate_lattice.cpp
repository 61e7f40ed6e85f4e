#include "sim/network/generate.hpp"
#include "sim/network/tie_bins.hpp"

// The regular layers of VALIDATION.md (D3, D6, D7): no luck in them.
namespace demarche::network {

Layer generate_layer(const RingLattice& g, Frame frame, Source) {
  return layer_from_ties(frame, g.actors, std::uint64_t{g.actors} * g.degree, [&g](auto&& emit) {
    for (Vertex v = 0; v < g.actors; ++v) {
      for (std::uint32_t step = 1; step <= g.degree / 2; ++step) {
        const auto to = static_cast<Vertex>((std::uint64_t{v} + step) % g.actors);
        emit(v, to);
        emit(to, v);
      }
    }
  });
}

Layer generate_layer(const Torus& g, Frame frame, Source) {
  const Vertex actors = g.rows * g.columns;
  return layer_from_ties(frame, actors, std::uint64_t{actors} * (g.moore ? 8 : 4), [&g](auto&& emit) {
    const auto at = [&g](Vertex row, Vertex column) { return (row % g.rows) * g.columns + column % g.columns; };
    for (Vertex row = 0; row < g.rows; ++row) {
      for (Vertex column = 0; column < g.columns; ++column) {
        for (Vertex down = 0; down < 3; ++down) {
          for (Vertex right = 0; right < 3; ++right) {
            const bool centre = down == 1 && right == 1;
            const bool diagonal = down != 1 && right != 1;
            if (centre || (diagonal && !g.moore)) continue;
            emit(at(row, column), at(row + g.rows + down - 1, column + g.columns + right - 1));
          }
        }
      }
    }
  });
}

Layer generate_layer(const Complete& g, Frame frame, Source) {
  const double n = g.actors;
  return layer_from_rows(frame, g.actors, n * n, [&g](std::size_t, Vertex from, std::vector<Vertex>& row) {
    for (Vertex to = 0; to < g.actors; ++to) {
      if (from != to) row.push_back(to);
    }
  });
}

Layer generate_layer(const Line& g, Frame frame, Source) {
  return layer_from_rows(frame, g.actors, g.actors, [&g](std::size_t, Vertex from, std::vector<Vertex>& row) {
    if (from + 1 < g.actors) row.push_back(from + 1);
  });
}

Layer generate_layer(const Star& g, Frame frame, Source) {
  return layer_from_rows(frame, g.actors, 2.0 * g.actors, [&g](std::size_t, Vertex from, std::vector<Vertex>& row) {
    if (from > 0) row.push_back(0);
    for (Vertex to = 1; from == 0 && to < g.actors; ++to) row.push_back(to);
  });
}

}  // namespace demarche::network
