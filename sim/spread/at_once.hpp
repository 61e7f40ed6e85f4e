#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/spread/landings.hpp"
#include "sim/spread/medium.hpp"
#include "sim/spread/seen.hpp"
#include "sim/spread/spread.hpp"

namespace demarche::spread {

/// One message whose posts are all known, followed from the first post to the last sight in one go: what it touches
/// stays in the nearest cache, while Spread, which takes all messages tick by tick, finds each sight anywhere in
/// memory. The same sights in the same order as Spread with that one message (a test holds them equal). A cascade that
/// grows large is handed over to Spread, whose wheel is made for many events.
class AtOnce {
 public:
  static constexpr Tick latest_end = Tick{1} << 32;
  /// Keeps a reference to `medium`, which must end at latest_end at the latest by the time of start().
  explicit AtOnce(const Medium& medium);

  /// The next message; what was known of the last one is forgotten.
  void start(const Luck& luck, const MessageTraits& message);
  /// As Spread::post and Spread::broadcast; in any order of time, before run().
  void post(ChannelId channel, network::Vertex poster, Tick at);
  void broadcast(ChannelId channel, network::Vertex first, network::Vertex last, Tick at);

  /// `see(const Sight&, Tick)` for each first sight, in the order of (tick, actor, channel, sender). When more than
  /// `many` sights of shares wait, the rest is left to `spread`, under a slot of its own; returns that slot, or
  /// no_slot.
  static constexpr std::uint32_t no_slot = 0xffffffffU;
  /// `ahead(who)` a few sights before each that comes from a post: to fetch what `see` will need.
  template <class See, class Ahead>
  std::uint32_t run(Spread& spread, See&& see, Ahead&& ahead, std::size_t many = 4096) {
    constexpr std::size_t distance = 8;
    std::sort(posted_.begin(), posted_.end());
    std::sort(posters_.begin(), posters_.end());
    seen_.expect(posted_.size(), medium_.network->actors());
    std::size_t next_posted = 0, next_poster = 0;
    while (next_posted < posted_.size() || !shared_.empty()) {
      if (shared_.size() > many && next_poster == posters_.size()) return hand_over(spread, next_posted);
      Landing e;
      if (shared_.empty() || (next_posted < posted_.size() && posted_[next_posted] < shared_.front())) {
        if (next_posted + distance < posted_.size()) ahead(posted_[next_posted + distance].who());
        e = posted_[next_posted++];
      } else {
        std::pop_heap(shared_.begin(), shared_.end(), std::greater<>{});
        e = shared_.back();
        shared_.pop_back();
      }
      for (; next_poster < posters_.size() && posters_[next_poster].at <= e.at(); ++next_poster)
        seen_.insert(posters_[next_poster].who, medium_.network->actors());
      if (!seen_.insert(e.who(), medium_.network->actors())) continue;
      const ChannelKernel& channel = medium_.channels[e.channel];
      const bool passes_on = channel.layer.valid() && shares(channel, luck_, message_, e.who(), e.at());
      see(Sight{e.who(), 0, e.from, static_cast<std::uint8_t>(e.channel), passes_on}, e.at());
      if (passes_on) share(e.channel, e.who(), e.at());
    }
    return no_slot;
  }

  const MessageTraits& message() const { return message_; }
  /// Views delivered so far of all messages since reset_deliveries(), counted as Spread does.
  std::uint64_t deliveries() const { return deliveries_; }
  void reset_deliveries() { deliveries_ = 0; }

 private:
  /// A sight to come. Ordered by tick and actor, then channel, then sender.
  struct Landing {
    std::uint64_t moment;  // tick above, actor below
    std::uint32_t channel;
    network::Vertex from;
    Tick at() const { return static_cast<Tick>(moment >> 32); }
    network::Vertex who() const { return static_cast<network::Vertex>(moment); }
    friend bool operator<(const Landing& a, const Landing& b) {
      if (a.moment != b.moment) return a.moment < b.moment;
      return a.channel != b.channel ? a.channel < b.channel : a.from < b.from;
    }
    friend bool operator>(const Landing& a, const Landing& b) { return b < a; }
  };
  struct Poster {
    Tick at;
    network::Vertex who;
    friend bool operator<(const Poster& a, const Poster& b) { return a.at < b.at; }
  };
  /// `land(const Landing&)` for each sight before the end by somebody who has the channel.
  template <class Rows, class Land>
  void expose(std::uint32_t channel, Purpose purpose, network::Vertex poster, bool named, Tick at, const Rows& rows,
              Land&& land);
  void share(std::uint32_t channel, network::Vertex sharer, Tick at);
  std::uint32_t hand_over(Spread& spread, std::size_t next_posted);

  const Medium& medium_;
  Luck luck_{0, 0};
  MessageTraits message_;
  std::vector<Landing> posted_;  // of the posts
  std::vector<Landing> shared_;  // of shares: a heap, the earliest first
  std::vector<Poster> posters_;
  Landings landings_;
  SeenSet seen_;
  std::uint64_t deliveries_ = 0;
};

}  // namespace demarche::spread
