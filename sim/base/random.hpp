#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/purpose.hpp"

namespace demarche {

/// 64-bit identity of a cause: opportunity k of mission i, correction of message m, reply of actor v to m. Never a
/// counter in order of happening: a delayed post would reshuffle everybody's luck.
using MessageKey = std::uint64_t;

/// The finalizer of SplitMix64 (Steele, Lea, Flood 2014): a bijection of 64-bit words.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  x ^= x >> 31;
  return x;
}
/// Combines the parts of a cause into one key; order matters.
constexpr std::uint64_t hash_key(std::uint64_t a, std::uint64_t b) {
  return mix64(mix64(a + 0x9e3779b97f4a7c15ULL) ^ (b + 0x632be59bd9b4e019ULL));
}
constexpr MessageKey hash_key(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return hash_key(hash_key(a, b), c);
}
/// The key of a name (FNV-1a, then mixed). Names, not positions, key the draws of channels and stimuli, so adding one
/// leaves the luck of the others as it was.
constexpr MessageKey name_key(std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix64(h);
}

using Block = std::array<std::uint32_t, 4>;

/// Philox4x32-10 (Salmon et al. 2011, doi 10.1145/2063384.2063405): a pure function of counter and key.
constexpr Block philox4x32(Block counter, std::array<std::uint32_t, 2> key) {
  constexpr std::uint64_t m0 = 0xD2511F53U, m1 = 0xCD9E8D57U;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = m0 * counter[0];
    const std::uint64_t p1 = m1 * counter[2];
    counter = {static_cast<std::uint32_t>(p1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(p1),
               static_cast<std::uint32_t>(p0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(p0)};
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

/// out[k] = philox4x32({entity[k], message, message >> 32, tag | draw[k]}, key) for k < count, several at a time. The
/// three arrays are read and written in whole groups: they have room for `count` rounded up to a multiple of 8.
using PhiloxBlocks = void (*)(std::size_t count, const std::uint32_t* entity, MessageKey message, std::uint32_t tag,
                              const std::uint32_t* draw, std::array<std::uint32_t, 2> key, Block* out);
struct PhiloxVersion {
  const char* instructions;  ///< AVX-512, AVX2 or plain
  PhiloxBlocks blocks;
};
/// Those that this processor can run, the widest first; the words are the same from all.
const std::vector<PhiloxVersion>& philox_versions();

/// The luck of one replicate. Has no state that lives across calls: the same question gets the same answer, whoever
/// asks and whenever. `(seed, replicate) -> key` is one-to-one for a fixed seed.
class Luck {
 public:
  Luck(std::uint64_t seed, std::uint64_t replicate) {
    const std::uint64_t k = mix64(mix64(seed + 0x9e3779b97f4a7c15ULL) + replicate);
    key_ = {static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(k >> 32)};
  }
  /// Four words for question `purpose` about (entity, message); `draw` < 2^24 counts within its own key.
  Block block(Purpose purpose, std::uint32_t entity, MessageKey message, std::uint32_t draw = 0) const {
    return philox4x32({entity, static_cast<std::uint32_t>(message), static_cast<std::uint32_t>(message >> 32),
                       (static_cast<std::uint32_t>(purpose) << 24) | draw},
                      key_);
  }
  /// out[k] = block(purpose, entity[k], message, draw[k]) for k < count; arrays as for PhiloxBlocks.
  void blocks(Purpose purpose, std::size_t count, const std::uint32_t* entity, MessageKey message,
              const std::uint32_t* draw, Block* out) const;

 private:
  std::array<std::uint32_t, 2> key_;
};

/// Under which key a question asks for block `draw`: beyond 2^24 blocks it gets a new one instead of repeating itself.
constexpr MessageKey key_of_draw(MessageKey message, std::uint32_t draw) {
  return (draw >> 24) == 0 ? message : hash_key(message, draw >> 24);
}

/// A sequence of words for one question: what samplers that need an unknown number of words read from.
/// Cheap to make, kept nowhere.
class Stream {
 public:
  Stream(const Luck& luck, Purpose purpose, std::uint32_t entity, MessageKey message, std::uint32_t first_draw = 0)
      : luck_(luck), purpose_(purpose), entity_(entity), message_(message), draw_(first_draw) {}
  std::uint32_t next32() {
    if (used_ == 4) {
      words_ = luck_.block(purpose_, entity_, key_of_draw(message_, draw_), draw_ & 0xffffffU);
      ++draw_;
      used_ = 0;
    }
    return words_[used_++];
  }
  std::uint64_t next64() {
    const std::uint64_t high = next32();
    return (high << 32) | next32();
  }

 private:
  const Luck& luck_;
  Purpose purpose_;
  std::uint32_t entity_;
  MessageKey message_;
  std::uint32_t draw_;
  Block words_{};
  unsigned used_ = 4;
};

}  // namespace demarche
