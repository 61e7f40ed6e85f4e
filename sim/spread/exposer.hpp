#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/spread/exposure.hpp"

namespace demarche::spread {

/// Finds who sees a post and after which delay: walks each stretch from one success to the next by geometric jumps, so
/// that those who miss it cost nothing (a coin per follower would be the same law). One block of four words serves two
/// successes: (jump, delay, jump, delay). Words of many posters are made together, about as many as they will need: a
/// walk that needs more goes on in the next round. Scratch of one worker; allocates nothing once warm.
class Exposer {
 public:
  struct Hit {
    std::uint64_t at;  ///< as Stretch::at
    network::Vertex poster;
    std::int32_t delay;  ///< ticks, >= 1
  };

  static constexpr std::size_t most_hits = 256;  ///< in one part

  /// `take(std::span<const Hit>)` with all hits of all stretches in parts, in no particular order; `fetch(at)` for each
  /// hit a while before, to ask memory for it.
  template <class Fetch, class Take>
  void run(const ChannelKernel& channel, const Luck& luck, Purpose purpose, MessageKey key,
           std::span<const Stretch> stretches, Fetch&& fetch, Take&& take) {
    todo_.clear();
    while (!stretches.empty()) {
      for (std::size_t next = 0; next < stretches.size();) {
        const std::size_t first = next;
        std::size_t blocks = 0;
        for (; next < stretches.size() && stretches[next].era == stretches[first].era; ++next) {
          const std::size_t wanted = blocks_for(channel, stretches[next]);
          if (blocks + wanted > capacity) break;
          ask(stretches[next], blocks, wanted);
          blocks += wanted;
          end_of_[next - first] = static_cast<std::uint16_t>(blocks);
        }
        const std::uint16_t era = stretches[first].era;
        luck.blocks(purpose, blocks, poster_.data(), era == 0 ? key : hash_key(key, era), draw_.data(), words_.data());
        hits_ = 0;
        std::size_t block = 0;
        for (std::size_t k = first; k < next; ++k) {
          walk(channel, stretches[k], block, end_of_[k - first], fetch);
          block = end_of_[k - first];
        }
        take(std::span<const Hit>(hit_.data(), hits_));
      }
      rest_.swap(todo_);
      todo_.clear();
      stretches = rest_;
    }
    // equally large, whichever of them comes first the next time
    todo_.reserve(rest_.capacity());
    rest_.reserve(todo_.capacity());
  }

 private:
  static constexpr std::size_t capacity = most_hits / 2;  // blocks

  /// The mean number of blocks and a little more; never more than there is room for.
  static std::size_t blocks_for(const ChannelKernel& channel, const Stretch& s) {
    const std::uint64_t mean = s.count * channel.blocks_a_follower;
    const std::size_t wanted = static_cast<std::size_t>((mean + channel.blocks_in_reserve) >> 32);
    return wanted < capacity ? wanted : capacity;
  }

  void ask(const Stretch& s, std::size_t from, std::size_t count) {
    // by eights, beyond the end: most stretches then take one turn of the loop
    for (std::size_t k = 0; k < count; k += 8)
      for (std::size_t j = k; j < k + 8; ++j) {
        poster_[from + j] = s.poster;
        draw_[from + j] = s.draw + static_cast<std::uint32_t>(j);
      }
  }

  template <class Fetch>
  void walk(const ChannelKernel& channel, const Stretch& s, std::size_t block, std::size_t end, Fetch&& fetch) {
    std::uint32_t position = 0;
    const std::uint32_t count = s.count;
    const auto used = static_cast<std::uint32_t>(end - block);
    std::size_t hits = hits_;
    for (; block < end; ++block) {
      const Block& word = words_[block];
      for (unsigned half = 0; half < 4; half += 2) {
        const std::uint32_t jump = channel.jumps(word[half]);
        if (jump >= count - position) {
          hits_ = hits;
          return;
        }
        position += jump;
        fetch(s.at + position);
        hit_[hits++] = {s.at + position, s.poster, channel.delay(word[half + 1])};
        if (++position == count) {
          hits_ = hits;
          return;
        }
      }
    }
    hits_ = hits;
    todo_.push_back({s.at + position, s.poster, s.draw + used, static_cast<std::uint16_t>(count - position), s.era});
  }

  std::array<std::uint32_t, capacity + 8> poster_, draw_;
  std::array<Block, capacity + 8> words_;
  std::array<Hit, most_hits> hit_;
  std::array<std::uint16_t, capacity> end_of_;  // by stretch: one past its last block
  std::size_t hits_ = 0;
  std::vector<Stretch> todo_, rest_;
};

}  // namespace demarche::spread
