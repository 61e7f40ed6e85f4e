#pragma once
#include <cstdint>

#include "sim/base/random.hpp"
#include "sim/network/huge_pages.hpp"

namespace demarche::network {

/// A random order of 0..count-1: each index draws a word of its own and the indices are sorted by it, so that any part
/// can be drawn anywhere (no long chain of swaps). Equal words, one pair in 2^32, stand in ascending order. The same
/// order for any number of threads.
LargeArray<std::uint32_t> shuffled(std::uint32_t count, const Luck& luck, std::uint64_t key, unsigned threads = 1);
/// Ascending values in that order, in the lower halves of words; nothing else as large is held meanwhile.
LargeArray<std::uint64_t> shuffled_words(std::span<const std::uint32_t> values, const Luck& luck, std::uint64_t key,
                                         unsigned threads);

}  // namespace demarche::network
