#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/network/huge_pages.hpp"
#include "sim/network/network.hpp"

/// How layers come to be; for the .cpp files of this module only.
namespace demarche::network {

/// Ascending order; linear in the row's length (least significant digit first) for long rows.
void sort_row(std::span<Vertex> row);
/// Sorts every row and removes repeats in place; rows are [offsets[v], offsets[v+1]). Returns the number removed.
std::uint64_t sort_rows_unique(std::vector<TieIndex>& offsets, std::vector<Vertex>& targets);

/// Where the vertices 0..n-1 of a generator stand among the actors of the whole network.
struct Frame {
  std::string name;
  Vertex first = 0;
  Vertex total = 0;
};

/// Offsets and targets of the ties that `each_tie(emit)` emits as emit(from, to), rows neither sorted nor unique.
/// `each_tie` runs twice and must emit the same ties in the same order: once to count, once to place. So the ties are
/// never held beside the finished rows, and the peak stays below twice the finished network.
template <class EachTie>
std::pair<std::vector<TieIndex>, std::vector<Vertex>> unsorted_rows(Vertex total, Vertex first, EachTie&& each_tie) {
  // Row v is counted in slot v + 2, so that after the running sum slot v + 1 is the cursor of row v and, once all ties
  // are placed, its end.
  auto offsets = large_vector<TieIndex>(std::size_t{total} + 2);
  TieIndex* const cursor = offsets.data() + first + 1;
  each_tie([cursor](Vertex from, Vertex) { ++cursor[std::size_t{from} + 1]; });
  for (std::size_t v = 2; v < offsets.size(); ++v) offsets[v] += offsets[v - 1];
  auto targets = large_vector<Vertex>(static_cast<std::size_t>(offsets.back()));
  each_tie([&](Vertex from, Vertex to) { targets[cursor[from]++] = first + to; });
  offsets.pop_back();
  return {std::move(offsets), std::move(targets)};
}

/// A layer of simple directed ties from an emitter as above; repeated ties are removed (their number goes to
/// `duplicates`).
template <class EachTie>
Layer layer_from_ties(Frame frame, EachTie&& each_tie, std::uint64_t* duplicates = nullptr) {
  auto [offsets, targets] = unsorted_rows(frame.total, frame.first, each_tie);
  const std::uint64_t removed = sort_rows_unique(offsets, targets);
  if (duplicates != nullptr) *duplicates = removed;
  return Layer(std::move(frame.name), std::move(offsets), std::move(targets));
}

}  // namespace demarche::network
