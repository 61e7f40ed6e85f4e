#pragma once
#include <cstdint>

#include "sim/base/random.hpp"
#include "sim/spread/medium.hpp"

/// The questions that spreading asks of luck, and under which keys. Draws depend on who posts and on the message only,
/// never on the moment, so two regimes that let the same post go at different times reach the same eyes.
namespace demarche::spread {

/// The followers of one poster are asked about in stretches of at most so many, each with draws of its own: rows can be
/// worked on in parts, and a part's words do not wait for another's. Successes of a stretch of full visibility use
/// 2,048 of the 4,096 draws that a stretch has; 4,096 stretches share a key.
constexpr std::uint32_t stretch_size = 4096;
constexpr unsigned stretch_bits = 12, era_bits = 24;

/// Part of a poster's followers who are still to be asked: `count` of them, at ties at .. at + count - 1.
struct Stretch {
  std::uint64_t at = 0;  ///< index of the first in the layer's ties, or in the poster's row where ties are implicit
  network::Vertex poster = 0;  ///< or what else the question is about
  std::uint32_t draw = 0;      ///< next block of words
  std::uint16_t count = 0;
  std::uint16_t era = 0;  ///< which key: positions divided by 2^24
};

/// `add(Stretch)` for each part of a row of `count` that begins at `at`.
template <class Add>
void cut_into_stretches(network::Vertex poster, std::uint64_t at, std::uint64_t count, Add&& add) {
  for (std::uint64_t first = 0; first < count; first += stretch_size) {
    const std::uint64_t length = count - first < stretch_size ? count - first : stretch_size;
    add(Stretch{at + first, poster, static_cast<std::uint32_t>(first) & 0xffffffU, static_cast<std::uint16_t>(length),
                static_cast<std::uint16_t>(first >> era_bits)});
  }
}

/// The key under which a channel asks its questions about a message.
inline MessageKey key_on_channel(MessageKey message, const ChannelKernel& channel) {
  return hash_key(message, channel.key);
}

/// When somebody sees what was posted at `at`, by the channel's rhythm.
inline Tick seen_at(const Medium& medium, const ChannelKernel& channel, network::Vertex who, Tick at, Ticks delay) {
  if (!channel.rhythm || medium.clocks.empty()) return at + delay;
  return medium.clocks[medium.clock_of.empty() ? 0 : medium.clock_of[who]].after(at, delay);
}

/// Does `who` pass on what it sees at `at`? One coin a person and message, whatever the channel.
inline bool shares(const ChannelKernel& channel, const Luck& luck, const MessageTraits& message, network::Vertex who,
                   Tick at) {
  double p = channel.share * message.share_multiplier;
  if (p <= 0) return false;
  if (p >= 1 && !channel.share_decays) return true;
  const std::uint32_t word = luck.block(Purpose::share, who, message.key)[0];
  const auto heads = [word](double probability) {
    return probability >= 1 || word < static_cast<std::uint64_t>(probability * 0x1p32);
  };
  // relevance is at most 1: the many who would not share fresh news need not know how old it is
  if (!heads(p)) return false;
  if (channel.share_decays) p *= relevance(message, at);
  return heads(p);
}

}  // namespace demarche::spread
