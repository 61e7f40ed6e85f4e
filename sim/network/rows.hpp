#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/network/huge_pages.hpp"
#include "sim/network/network.hpp"

/// How layers come to be; for the .cpp files of this module only.
namespace demarche::network {

/// Ascending order; linear in the row's length (least significant digit first) for long rows, which use `scratch`.
void sort_row(std::span<Vertex> row, std::vector<Vertex>& scratch);

/// Where the vertices 0..n-1 of a generator stand among the actors of the whole network, and how many threads make it.
struct Frame {
  std::string name;
  Vertex first = 0;
  Vertex total = 0;
  unsigned threads = 1;
};

/// A layer under construction; of targets, the first `ties` are in use.
struct Rows {
  LargeArray<TieIndex> offsets;
  LargeArray<Vertex> targets;
  TieIndex ties = 0;
};
Layer layer_of(std::string name, Rows rows);

/// Part `part` of 0..n-1 cut into `parts` ranges of equal length, give or take one.
struct Range {
  std::uint64_t begin = 0, end = 0;
};
Range part_of(std::uint64_t n, std::size_t part, std::size_t parts);
/// How many parts to cut n elements of work into: enough for every thread to be busy till the end, and no part larger
/// than `most`.
std::size_t parts_for(std::uint64_t n, std::uint64_t most);

/// A layer whose rows are made one after another: make(worker, v, row) appends the followers of v to `row`, ascending.
/// `expected`: ties of all, for ranges of equal work.
/// Concurrency: a range of rows is made by one worker into memory of its own; once the lengths of all are known each
/// range is copied to its place in the layer and given back, so that both are never held at once.
template <class MakeRow>
Layer layer_from_rows(const Frame& frame, Vertex actors, double expected, MakeRow&& make) {
  constexpr double most_ties = 1 << 21, least_ties = 1 << 16;
  const double ranges = std::max(expected / most_ties, std::min(expected / least_ties, 64.0));
  const std::size_t parts =
      std::max<std::size_t>(parts_for(actors, 1U << 20), static_cast<std::size_t>(std::min<double>(ranges, actors)));
  Rows rows{LargeArray<TieIndex>(std::size_t{frame.total} + 1), {}};
  std::vector<LargeArray<Vertex>> made(parts);
  std::vector<std::vector<Vertex>> scratch(frame.threads);
  parallel_for_each_index(parts, frame.threads, [&](std::size_t worker, std::size_t part) {
    std::vector<Vertex>& row = scratch[worker];
    row.clear();
    const Range range = part_of(actors, part, parts);
    for (std::uint64_t v = range.begin; v < range.end; ++v) {
      make(worker, static_cast<Vertex>(v), row);
      rows.offsets[static_cast<std::size_t>(frame.first + v + 1)] = row.size();
    }
    made[part] = LargeArray<Vertex>(row.size());
    std::copy(row.begin(), row.end(), made[part].begin());
  });
  scratch.clear();
  std::vector<TieIndex> begin(parts);
  for (std::size_t part = 0; part < parts; ++part) {
    begin[part] = rows.ties;
    rows.ties += made[part].size();
  }
  rows.targets = LargeArray<Vertex>(static_cast<std::size_t>(rows.ties));
  parallel_for_each_index(parts, frame.threads, [&](std::size_t, std::size_t part) {
    const Range range = part_of(actors, part, parts);
    for (std::uint64_t v = range.begin; v < range.end; ++v) {
      rows.offsets[static_cast<std::size_t>(frame.first + v + 1)] += begin[part];
    }
    std::transform(made[part].begin(), made[part].end(), rows.targets.begin() + begin[part],
                   [&frame](Vertex to) { return frame.first + to; });
    made[part] = {};
  });
  for (std::size_t v = std::size_t{frame.first} + actors; v < frame.total; ++v) rows.offsets[v + 1] = rows.ties;
  return layer_of(frame.name, std::move(rows));
}

}  // namespace demarche::network
