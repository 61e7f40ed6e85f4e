#include "sim/network/shuffled.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/parallel.hpp"
#include "sim/network/radix_sort.hpp"
#include "sim/network/rows.hpp"

namespace demarche::network {
namespace {

constexpr std::uint32_t one_bin = 1U << 16;
constexpr unsigned bin_bits = 11;

/// visit(j, random word of index j) for the indices of a range that begins at a multiple of 4.
template <class Visit>
void each_word(Range range, const Luck& luck, std::uint64_t key, Visit&& visit) {
  for (std::uint64_t i = range.begin; i < range.end; i += 4) {
    const Block block = luck.block(Purpose::network_shuffle, static_cast<std::uint32_t>(i / 4), key);
    for (std::uint64_t j = i; j < std::min(range.end, i + 4); ++j)
      visit(static_cast<std::size_t>(j), block[static_cast<std::size_t>(j - i)]);
  }
}

}  // namespace

// Concurrency: part p of the indices has its own places in every bin, behind those of the parts before it, so that the
// words of a bin stand in the order of their indices whoever puts them there; then each bin is sorted by one worker.
LargeArray<std::uint64_t> shuffled_words(std::span<const std::uint32_t> values, const Luck& luck, std::uint64_t key,
                                         unsigned threads) {
  const auto count = static_cast<std::uint32_t>(values.size());
  LargeArray<std::uint64_t> words(count);
  const auto word_of = [values](std::size_t j, std::uint32_t w) { return (std::uint64_t{w} << 32) | values[j]; };
  if (count < one_bin) {
    each_word({0, count}, luck, key, [&](std::size_t j, std::uint32_t w) { words[j] = word_of(j, w); });
    std::vector<std::uint64_t> scratch(count);
    radix_sort<std::uint64_t>(words.span(), scratch.data(), 32, 64);
    return words;
  }
  constexpr std::size_t bins = std::size_t{1} << bin_bits;
  const std::uint64_t quads = (std::uint64_t{count} + 3) / 4;
  const std::size_t parts = std::min<std::size_t>(parts_for(quads, 1U << 22), 1024);
  const auto indices = [&](std::size_t part) {
    const Range range = part_of(quads, part, parts);
    return Range{4 * range.begin, std::min<std::uint64_t>(4 * range.end, count)};
  };
  std::vector<std::uint32_t> place(parts * bins);
  parallel_for_each_index(parts, threads, [&](std::size_t, std::size_t part) {
    each_word(indices(part), luck, key,
              [at = &place[part * bins]](std::size_t, std::uint32_t w) { ++at[w >> (32 - bin_bits)]; });
  });
  std::vector<std::uint32_t> begin(bins + 1);
  std::uint32_t before = 0;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    begin[bin] = before;
    for (std::size_t part = 0; part < parts; ++part) before += std::exchange(place[part * bins + bin], before);
  }
  begin[bins] = before;
  parallel_for_each_index(parts, threads, [&](std::size_t, std::size_t part) {
    each_word(indices(part), luck, key, [&, at = &place[part * bins]](std::size_t j, std::uint32_t w) {
      words[at[w >> (32 - bin_bits)]++] = word_of(j, w);
    });
  });
  std::vector<std::vector<std::uint64_t>> scratch(threads);
  parallel_for_each_index(bins, threads, [&](std::size_t worker, std::size_t bin) {
    const std::span<std::uint64_t> some = words.span().subspan(begin[bin], begin[bin + 1] - begin[bin]);
    if (scratch[worker].size() < some.size()) scratch[worker].resize(some.size());
    radix_sort(some, scratch[worker].data(), 32, 64 - bin_bits);
  });
  return words;
}

LargeArray<std::uint32_t> shuffled(std::uint32_t count, const Luck& luck, std::uint64_t key, unsigned threads) {
  LargeArray<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  const LargeArray<std::uint64_t> words = shuffled_words(order.span(), luck, key, threads);
  std::transform(words.span().begin(), words.span().end(), order.begin(),
                 [](std::uint64_t w) { return static_cast<std::uint32_t>(w); });
  return order;
}

}  // namespace demarche::network
