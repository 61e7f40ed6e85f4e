#pragma once
#include <bit>
#include <cstdint>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/parallel.hpp"
#include "sim/network/rows.hpp"

/// Rows from ties in any order, each drawn once, without random access to memory larger than a cache: ties go into bins
/// by ranges of their sources, and each bin is sorted where it fits a cache. For the .cpp files of this module only.
namespace demarche::network {

/// How the ties of the sources begin..end-1 are cut into bins; the key of a tie within its bin is its source's place
/// there above the bits of its target.
struct BinShape {
  Vertex begin = 0, end = 0;
  unsigned target_bits = 0, source_bits = 0;
  std::size_t bins = 0;

  BinShape() = default;
  BinShape(Vertex actors, Vertex begin, Vertex end, std::uint64_t ties);
  unsigned key_bits() const { return target_bits + source_bits; }
};

/// Concurrency: worker w adds through add(w, ...) only, into chunks of its own. Which worker adds a tie depends on the
/// moment, but a bin is sorted as one set when all have ended, so the rows do not depend on it.
template <class Key>
class TieBins {
 public:
  TieBins(const BinShape& shape, unsigned workers);

  /// shape.begin <= from < shape.end
  void add(std::size_t worker, Vertex from, Vertex to) {
    const Vertex local = from - shape_.begin;
    Cursor& cursor = workers_[worker].cursors[local >> shape_.source_bits];
    if (cursor.at == cursor.end) open_chunk(workers_[worker], cursor);
    *cursor.at++ = static_cast<Key>((static_cast<Key>(local & source_mask_) << shape_.target_bits) | to);
  }
  /// Sorts every bin and removes repeats; returns how many ties are left.
  TieIndex sort(unsigned threads);
  /// Writes the sorted ties to rows.targets from `at` on and the ends of their rows; `first` is added to every vertex.
  void write(Rows& rows, Vertex first, TieIndex at, unsigned threads) const;

 private:
  static constexpr std::size_t chunk_bytes = 2048;
  static constexpr std::size_t chunk_keys = (chunk_bytes - sizeof(void*)) / sizeof(Key);
  struct Chunk {
    Chunk* before;
    Key keys[chunk_keys];
  };
  struct Cursor {
    Key* at = nullptr;
    Key* end = nullptr;
    Chunk* chunk = nullptr;  // the one being filled; those before it are full
  };
  struct alignas(64) Worker {
    std::vector<Cursor> cursors;
    std::vector<LargeArray<Chunk>> blocks;
    std::size_t used = 0;  // chunks of the last block
  };

  void open_chunk(Worker& worker, Cursor& cursor);
  /// visit(keys) for each chunk of a bin, always in the same order.
  template <class Visit>
  void each_chunk(std::size_t bin, Visit&& visit) const;
  void sort_bin(std::size_t bin, std::vector<Key>& keys, std::vector<Key>& scratch);

  BinShape shape_;
  Vertex source_mask_;
  std::vector<Worker> workers_;
  std::vector<TieIndex> left_;  // ties of each bin, repeats removed
};

/// Sorted rows without repeats of the ties that fill(part, emit) emits as emit(from, to) for all parts below `parts`,
/// on frame.threads threads; vertices are below `actors`. At most `most` different ties; rows.targets keeps room for
/// them. Keys of 8 bytes (above four million actors) are sorted in two halves of the sources, so that the bins never
/// take more than 4 bytes a tie: fill then runs twice over all parts and must emit the same ties.
template <class Fill>
Rows binned_rows(const Frame& frame, Vertex actors, std::uint64_t most, std::size_t parts, Fill&& fill) {
  Rows rows{LargeArray<TieIndex>(std::size_t{frame.total} + 1), LargeArray<Vertex>(static_cast<std::size_t>(most))};
  TieIndex ties = 0;
  const auto sort_range = [&]<class Key>(const BinShape& shape, Key) {
    TieBins<Key> bins(shape, frame.threads);
    parallel_for_each_index(parts, frame.threads, [&](std::size_t worker, std::size_t part) {
      fill(part, [&bins, &shape, worker](Vertex from, Vertex to) {
        if (from - shape.begin < shape.end - shape.begin) bins.add(worker, from, to);
      });
    });
    const TieIndex more = bins.sort(frame.threads);
    DEMARCHE_EXPECT(ties + more <= most, "a generator knows a bound of its ties");
    bins.write(rows, frame.first, ties, frame.threads);
    ties += more;
  };
  if (actors > 0) {
    const BinShape whole(actors, 0, actors, most);
    if (whole.key_bits() <= 32) {
      sort_range(whole, std::uint32_t{});
    } else {
      const Vertex middle = actors / 2;
      sort_range(BinShape(actors, 0, middle, most / 2), std::uint64_t{});
      sort_range(BinShape(actors, middle, actors, most / 2), std::uint64_t{});
    }
  }
  for (std::size_t v = std::size_t{frame.first} + actors; v < frame.total; ++v) rows.offsets[v + 1] = ties;
  rows.ties = ties;
  return rows;
}

/// A layer of the ties that each_tie(emit) emits in any order, as above.
template <class EachTie>
Layer layer_from_ties(const Frame& frame, Vertex actors, std::uint64_t most, EachTie&& each_tie) {
  return layer_of(frame.name, binned_rows(frame, actors, most, 1, [&](std::size_t, auto&& emit) { each_tie(emit); }));
}

}  // namespace demarche::network
