#pragma once
#include <cstdint>

#include "sim/base/random.hpp"
#include "sim/spread/medium.hpp"

namespace demarche::spread {

/// Who sees one post or share, and after which delay: walks from one success to the next by geometric jumps, so that
/// those who miss it cost nothing (a coin per follower would be the same law). One block of four words serves two
/// successes: (jump, delay, jump, delay). Draws depend on the poster and the message only, never on the moment, so two
/// regimes that let the same post go at different times reach the same eyes.
/// `hit(i, delay)` is called for candidates i of `count`, ascending.
template <class Hit>
void for_each_success(const ChannelKernel& channel, const Luck& luck, Purpose purpose, network::Vertex poster,
                      MessageKey key_on_channel, std::uint64_t count, Hit&& hit) {
  std::uint64_t i = 0;
  for (std::uint32_t draw = 0; i < count; ++draw) {
    // beyond 2^24 blocks of one post the question gets a new key instead of repeating itself
    const MessageKey key = (draw >> 24) == 0 ? key_on_channel : hash_key(key_on_channel, draw >> 24);
    const Block words = luck.block(purpose, poster, key, draw & 0xffffffU);
    for (unsigned half = 0; half < 4; half += 2) {
      const std::uint32_t jump = channel.jumps(words[half]);
      if (jump >= count - i) return;
      i += jump;
      hit(i, Ticks{channel.delay(words[half + 1])});
      if (++i == count) return;
    }
  }
}

/// When somebody sees what was posted at `at`, by the channel's rhythm.
inline Tick seen_at(const Medium& medium, const ChannelKernel& channel, network::Vertex who, Tick at, Ticks delay) {
  if (!channel.rhythm || medium.clocks.empty()) return at + delay;
  return medium.clocks[medium.clock_of.empty() ? 0 : medium.clock_of[who]].after(at, delay);
}

/// Both together. `target(i)` is the i-th of `count` candidates; `deliver(target, tick)` is called in their order.
template <class Target, class Deliver>
void expose(const Medium& medium, const ChannelKernel& channel, const Luck& luck, Purpose purpose,
            network::Vertex poster, MessageKey key_on_channel, std::uint64_t count, Tick at, Target&& target,
            Deliver&& deliver) {
  for_each_success(channel, luck, purpose, poster, key_on_channel, count, [&](std::uint64_t i, Ticks delay) {
    const network::Vertex who = target(i);
    deliver(who, seen_at(medium, channel, who, at, delay));
  });
}

/// The key under which a channel asks its questions about a message.
inline MessageKey key_on_channel(MessageKey message, std::size_t channel) {
  return hash_key(message, channel + 1);
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
