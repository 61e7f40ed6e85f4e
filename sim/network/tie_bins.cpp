#include "sim/network/tie_bins.hpp"

#include "sim/network/radix_sort.hpp"

namespace demarche::network {
namespace {

// As many chunks being written at once still fit the second-level cache of one core.
constexpr std::size_t most_bins = 4096;
constexpr std::uint64_t ties_a_bin = 1U << 14;

unsigned bits_below(std::uint64_t n) {
  return n <= 1 ? 0U : static_cast<unsigned>(std::bit_width(n - 1));
}

}  // namespace

BinShape::BinShape(Vertex actors, Vertex begin_, Vertex end_, std::uint64_t ties)
    : begin(begin_), end(end_), target_bits(bits_below(actors)) {
  const unsigned bits = bits_below(end - begin);
  const unsigned fine = bits_below(std::min<std::uint64_t>(ties / ties_a_bin, most_bins));
  // More bins than the number of ties asks for where they make a key fit four bytes.
  const unsigned narrow = bits + target_bits > 32 ? bits + target_bits - 32 : 0;
  const unsigned split = narrow <= bits_below(most_bins) ? std::max(fine, narrow) : fine;
  source_bits = bits > split ? bits - split : 0;
  bins = (static_cast<std::size_t>(end - begin) >> source_bits) + 1;
}

template <class Key>
TieBins<Key>::TieBins(const BinShape& shape, unsigned workers)
    : shape_(shape),
      source_mask_(static_cast<Vertex>((std::uint64_t{1} << shape.source_bits) - 1)),
      workers_(workers),
      left_(shape.bins) {
  DEMARCHE_EXPECT(shape.key_bits() <= 8 * sizeof(Key), "the key of a tie fits its type");
  for (Worker& worker : workers_) worker.cursors.resize(shape.bins);
}

template <class Key>
void TieBins<Key>::open_chunk(Worker& worker, Cursor& cursor) {
  if (worker.blocks.empty() || worker.used == worker.blocks.back().size()) {
    // The first chunks of all bins, then as much as large pages are worth asking for.
    constexpr std::size_t large = (std::size_t{1} << 23) / chunk_bytes;
    worker.blocks.emplace_back(worker.blocks.empty() ? std::min(shape_.bins, large) : large);
    worker.used = 0;
  }
  Chunk* const chunk = &worker.blocks.back()[worker.used++];
  chunk->before = cursor.chunk;
  cursor = {chunk->keys, chunk->keys + chunk_keys, chunk};
}

template <class Key>
template <class Visit>
void TieBins<Key>::each_chunk(std::size_t bin, Visit&& visit) const {
  for (const Worker& worker : workers_) {
    const Cursor& cursor = worker.cursors[bin];
    if (cursor.chunk == nullptr) continue;
    visit(std::span<Key>(cursor.chunk->keys, cursor.at));
    for (Chunk* chunk = cursor.chunk->before; chunk != nullptr; chunk = chunk->before)
      visit(std::span<Key>(chunk->keys));
  }
}

template <class Key>
void TieBins<Key>::sort_bin(std::size_t bin, std::vector<Key>& keys, std::vector<Key>& scratch) {
  keys.clear();
  each_chunk(bin, [&keys](std::span<const Key> some) { keys.insert(keys.end(), some.begin(), some.end()); });
  if (scratch.size() < keys.size()) scratch.resize(keys.size());
  radix_sort<Key>(keys, scratch.data(), 0, shape_.key_bits());
  const auto last = std::unique(keys.begin(), keys.end());
  left_[bin] = static_cast<TieIndex>(last - keys.begin());
  // Back to where they came from, so that sorted ties take no memory of their own.
  auto next = keys.begin();
  each_chunk(bin, [&](std::span<Key> some) {
    const auto count = std::min<std::ptrdiff_t>(last - next, static_cast<std::ptrdiff_t>(some.size()));
    std::copy_n(next, count, some.begin());
    next += count;
  });
}

template <class Key>
TieIndex TieBins<Key>::sort(unsigned threads) {
  std::vector<std::vector<Key>> keys(threads), scratch(threads);
  parallel_for_each_index(shape_.bins, threads,
                          [&](std::size_t worker, std::size_t bin) { sort_bin(bin, keys[worker], scratch[worker]); });
  TieIndex sum = 0;
  for (const TieIndex ties : left_) sum += ties;
  return sum;
}

template <class Key>
void TieBins<Key>::write(Rows& rows, Vertex first, TieIndex at, unsigned threads) const {
  // Concurrency: each bin has its own rows, and its own range of targets from the running sum over the bins.
  std::vector<TieIndex> begin(shape_.bins);
  for (std::size_t bin = 0; bin < shape_.bins; ++bin) {
    begin[bin] = at;
    at += left_[bin];
  }
  const Key target_mask = static_cast<Key>((std::uint64_t{1} << shape_.target_bits) - 1);
  parallel_for_each_index(shape_.bins, threads, [&](std::size_t, std::size_t bin) {
    const std::size_t base = static_cast<std::size_t>(bin) << shape_.source_bits;
    const std::size_t sources =
        std::min<std::size_t>(std::size_t{1} << shape_.source_bits, shape_.end - shape_.begin - base);
    TieIndex* const ends = rows.offsets.data() + first + shape_.begin + base + 1;
    TieIndex next = begin[bin];
    std::size_t source = 0;
    each_chunk(bin, [&](std::span<const Key> some) {
      const auto count = std::min<TieIndex>(begin[bin] + left_[bin] - next, some.size());
      for (const Key key : some.first(static_cast<std::size_t>(count))) {
        for (const auto own = static_cast<std::size_t>(key >> shape_.target_bits); source < own; ++source) {
          ends[source] = next;
        }
        rows.targets[static_cast<std::size_t>(next++)] = first + static_cast<Vertex>(key & target_mask);
      }
    });
    for (; source < sources; ++source) ends[source] = next;
  });
}

template class TieBins<std::uint32_t>;
template class TieBins<std::uint64_t>;

}  // namespace demarche::network
