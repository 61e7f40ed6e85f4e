#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/spread/landings.hpp"
#include "sim/spread/medium.hpp"
#include "sim/spread/seen.hpp"
#include "sim/spread/wheel.hpp"

namespace demarche::spread {

/// Independent cascades of many messages over the layers of one network: state of one replicate.
/// A message is seen by the share of a poster's followers that the channel's visibility gives, each after a delay of
/// his own; who sees it for the first time and has the channel may share it on the same channel to his own followers.
/// What lands in a tick is taken in the order (message, actor, channel, sender): where two sights of one actor fall
/// in the same tick the least key is the first sight, whatever order they were sent in.
/// Other kinds of contagion take the place of the share decision in step(); feeds take the place of the wheel.
class Spread {
 public:
  /// Keeps a reference to `medium`.
  explicit Spread(const Medium& medium);

  /// Ready for another replicate, in time proportional to what was touched; keeps its memory.
  void reset(const Luck& luck);
  /// Slots count up from 0.
  std::uint32_t add(const MessageTraits& message);
  /// `poster` publishes; the poster counts as knowing the message.
  void post(std::uint32_t slot, ChannelId channel, network::Vertex poster, Tick at);
  /// An outlet carries the message to the actors first .. last - 1.
  void broadcast(std::uint32_t slot, ChannelId channel, network::Vertex first, network::Vertex last, Tick at);

  /// A message that has begun elsewhere: who knows it (swapped with an empty set), and each sight that is to come.
  std::uint32_t adopt(const MessageTraits& message, SeenSet& seen);
  void land(std::uint32_t slot, ChannelId channel, network::Vertex who, network::Vertex from, Tick at) {
    wheel_.add(at, Exposure(slot, who, channel.value(), from));
  }

  Tick next() const { return wheel_.next(); }
  /// Takes every sight of tick next(), in order; `see(const Sight&)` for each first sight, and `ahead(who)` a while
  /// before it: to fetch what `see` will need.
  template <class See, class Ahead>
  void step(See&& see, Ahead&& ahead) {
    constexpr std::size_t distance = 12;
    const Tick at = wheel_.next();
    batch_.clear();
    wheel_.take(at, batch_);
    sort_batch();
    sharers_.clear();
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      if (i + distance < batch_.size()) ahead(batch_[i + distance].who());
      const Exposure& e = batch_[i];
      if (!medium_.access.empty() && (medium_.access[e.who()] >> e.channel() & 1) == 0) continue;
      if (!seen_[e.slot()].insert(e.who(), medium_.network->actors())) continue;
      const ChannelKernel& channel = medium_.channels[e.channel()];
      const MessageTraits& message = messages_[e.slot()];
      const bool passes_on = channel.layer.valid() && shares(channel, luck_, message, e.who(), at);
      see(Sight{e.who(), e.slot(), e.from, static_cast<std::uint8_t>(e.channel()), passes_on}, at);
      if (passes_on) sharers_.push_back(e);
    }
    send_on(at);
  }
  template <class See>
  void step(See&& see) {
    step(see, [](network::Vertex) {});
  }

  const SeenSet& seen(std::uint32_t slot) const { return seen_[slot]; }
  const MessageTraits& message(std::uint32_t slot) const { return messages_[slot]; }
  /// Views delivered so far, repeated ones and those without access included.
  std::uint64_t deliveries() const { return deliveries_; }

 private:
  /// A sight to come; ordered by message, actor and channel, then by sender.
  struct Exposure {
    std::uint64_t key;
    network::Vertex from;
    Exposure() = default;
    Exposure(std::uint32_t slot, network::Vertex who, std::uint32_t channel, network::Vertex from_)
        : key(std::uint64_t{slot} << 36 | std::uint64_t{who} << 4 | channel), from(from_) {}
    std::uint32_t slot() const { return static_cast<std::uint32_t>(key >> 36); }
    network::Vertex who() const { return static_cast<network::Vertex>(key >> 4); }
    std::uint32_t channel() const { return static_cast<std::uint32_t>(key & 15); }
    friend bool operator<(const Exposure& a, const Exposure& b) {
      return a.key != b.key ? a.key < b.key : a.from < b.from;
    }
  };
  void sort_batch();
  /// Those of `sharers_` post to their followers.
  void send_on(Tick at);
  /// `named`: those who see it know who posted it.
  template <class Rows>
  void expose(std::uint32_t slot, std::uint32_t channel, Purpose purpose, std::span<const network::Vertex> posters,
              bool named, Tick at, const Rows& rows);

  const Medium& medium_;
  Luck luck_{0, 0};
  TimingWheel<Exposure> wheel_;
  std::vector<Exposure> batch_, spare_;
  std::vector<Exposure> sharers_;         // of the current tick
  std::vector<network::Vertex> posters_;  // those of one message and channel
  Landings landings_;
  std::vector<MessageTraits> messages_;
  std::vector<SeenSet> seen_;  // by slot; entries beyond messages_.size() are spare
  std::uint64_t deliveries_ = 0;
};

}  // namespace demarche::spread
