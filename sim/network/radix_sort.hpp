#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace demarche::network {

/// Ascending by bits low..high-1, by counting, the least significant digit first; `scratch` has room for all keys.
/// Bits below `low` must ascend among keys that are equal above, as they do when the keys were made in that order: they
/// then still do, and short ranges may be sorted by the whole key. Bits from `high` on are the same in all keys.
template <class Key>
void radix_sort(std::span<Key> keys, Key* scratch, unsigned low, unsigned high) {
  constexpr std::size_t short_range = 512;
  constexpr unsigned most_bits = 11;  // counters of one digit fill a quarter of a first-level cache
  constexpr unsigned most_digits = (8 * sizeof(Key) + most_bits - 1) / most_bits;
  if (keys.size() < short_range) {
    std::sort(keys.begin(), keys.end());
    return;
  }
  const unsigned digits = (high - low + most_bits - 1) / most_bits;
  if (digits == 0) return;
  const unsigned bits = (high - low + digits - 1) / digits;
  const std::size_t mask = (std::size_t{1} << bits) - 1;
  std::array<std::array<std::size_t, std::size_t{1} << most_bits>, most_digits> place;
  for (unsigned d = 0; d < digits; ++d) std::fill_n(place[d].begin(), mask + 1, std::size_t{0});
  for (const Key key : keys) {
    for (unsigned d = 0; d < digits; ++d) ++place[d][static_cast<std::size_t>(key >> (low + d * bits)) & mask];
  }
  Key* from = keys.data();
  Key* to = scratch;
  for (unsigned d = 0; d < digits; ++d) {
    std::size_t before = 0;
    for (std::size_t digit = 0; digit <= mask; ++digit) before += std::exchange(place[d][digit], before);
    const unsigned shift = low + d * bits;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      to[place[d][static_cast<std::size_t>(from[i] >> shift) & mask]++] = from[i];
    }
    std::swap(from, to);
  }
  if (from != keys.data()) std::copy_n(from, keys.size(), keys.data());
}

}  // namespace demarche::network
