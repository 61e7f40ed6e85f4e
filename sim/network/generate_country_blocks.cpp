#include <memory>
#include <numeric>

#include "sim/base/parallel.hpp"
#include "sim/network/generate.hpp"
#include "sim/network/huge_pages.hpp"

// The stored form of implicit ties: their definition, with the papers, stands in implicit_ties.hpp.
namespace demarche::network {
namespace {

constexpr std::uint64_t rows_a_piece = 4096;

}  // namespace

Layer stored(const Layer& layer, unsigned threads) {
  const ImplicitTies* ties = layer.implicit();
  if (ties == nullptr) return layer;
  const std::uint64_t actors = ties->actors();
  const auto each_piece = [&](auto&& work) {
    const auto pieces = static_cast<std::size_t>((actors + rows_a_piece - 1) / rows_a_piece);
    parallel_for_each_index(pieces, threads, [&](std::size_t, std::size_t piece) {
      const std::uint64_t begin = piece * rows_a_piece;
      work(static_cast<Vertex>(begin), static_cast<Vertex>(std::min(actors, begin + rows_a_piece)));
    });
  };
  auto offsets = large_vector<TieIndex>(static_cast<std::size_t>(actors + 1));
  each_piece([&](Vertex begin, Vertex end) {
    for (Vertex v = begin; v < end; ++v) offsets[std::size_t{v} + 1] = ties->out_degree(v);
  });
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  auto targets = large_vector<Vertex>(static_cast<std::size_t>(offsets.back()));
  each_piece([&](Vertex begin, Vertex end) {
    for (Vertex v = begin; v < end; ++v) {
      Vertex* at = targets.data() + offsets[v];
      ties->row(v).for_each([&at](Vertex follower) { *at++ = follower; });
    }
  });
  return Layer(layer.name(), std::move(offsets), std::move(targets));
}

Layer generate_layer(const CountryBlocks& g, Frame frame, Source source) {
  auto ties = std::make_shared<const ImplicitTies>(g, source.luck, source.layer_key, frame.first, frame.total);
  Layer layer(std::move(frame.name), std::move(ties));
  return g.implicit ? layer : stored(layer, frame.threads);
}

}  // namespace demarche::network
