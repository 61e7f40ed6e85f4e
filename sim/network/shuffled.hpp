#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"

namespace demarche::network {

/// A random order of 0..count-1: each index draws a word of its own and the indices are sorted by it, so that any part
/// could be drawn anywhere (no long chain of swaps). Equal words, one pair in 2^32, stand in ascending order.
std::vector<std::uint32_t> shuffled(std::uint32_t count, const Luck& luck, std::uint64_t key);

}  // namespace demarche::network
