#include "sim/network/shuffled.hpp"

#include <algorithm>
#include <array>

namespace demarche::network {
namespace {

// Least significant digit first on the upper (random) half only: stable, so that equal words keep ascending indices.
void sort_by_upper_half(std::vector<std::uint64_t>& words) {
  constexpr unsigned bits = 11;
  constexpr std::uint64_t mask = (1U << bits) - 1;
  std::vector<std::uint64_t> other(words.size());
  for (unsigned shift = 32; shift < 64; shift += bits) {
    std::array<std::size_t, (1U << bits) + 1> place{};
    for (const std::uint64_t w : words) ++place[((w >> shift) & mask) + 1];
    for (std::size_t d = 1; d < place.size(); ++d) place[d] += place[d - 1];
    for (const std::uint64_t w : words) other[place[(w >> shift) & mask]++] = w;
    words.swap(other);
  }
}

}  // namespace

std::vector<std::uint32_t> shuffled(std::uint32_t count, const Luck& luck, std::uint64_t key) {
  std::vector<std::uint64_t> words(count);
  for (std::uint64_t i = 0; i < count; i += 4) {
    const Block block = luck.block(Purpose::network_shuffle, static_cast<std::uint32_t>(i / 4), key);
    for (std::uint64_t j = i; j < std::min<std::uint64_t>(count, i + 4); ++j) {
      words[j] = (std::uint64_t{block[j - i]} << 32) | j;
    }
  }
  if (count < 2048) {
    std::sort(words.begin(), words.end());
  } else {
    sort_by_upper_half(words);
  }
  std::vector<std::uint32_t> order(count);
  std::transform(words.begin(), words.end(), order.begin(),
                 [](std::uint64_t w) { return static_cast<std::uint32_t>(w); });
  return order;
}

}  // namespace demarche::network
