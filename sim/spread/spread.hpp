#pragma once
#include <algorithm>
#include <compare>
#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/spread/exposer.hpp"
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
    wheel_.add(at, {slot << 4 | channel.value(), who, from});
  }

  Tick next() const { return wheel_.next(); }
  /// Takes every sight of tick next(), in order; `see(const Sight&)` for each first sight.
  template <class See>
  void step(See&& see) {
    const Tick at = wheel_.next();
    batch_.clear();
    wheel_.take(at, batch_);
    std::sort(batch_.begin(), batch_.end());
    for (const Exposure& e : batch_) {
      if (!medium_.access.empty() && (medium_.access[e.who] >> e.channel() & 1) == 0) continue;
      if (!seen_[e.slot()].insert(e.who, medium_.network->actors())) continue;
      const ChannelKernel& channel = medium_.channels[e.channel()];
      const MessageTraits& message = messages_[e.slot()];
      const bool passes_on = channel.layer.valid() && shares(channel, luck_, message, e.who, at);
      see(Sight{e.who, e.slot(), e.from, static_cast<std::uint8_t>(e.channel()), passes_on}, at);
      if (passes_on) send(e.slot(), e.channel(), e.who, at);
    }
  }

  const SeenSet& seen(std::uint32_t slot) const { return seen_[slot]; }
  const MessageTraits& message(std::uint32_t slot) const { return messages_[slot]; }
  /// Views delivered so far, repeated ones and those without access included.
  std::uint64_t deliveries() const { return deliveries_; }

 private:
  struct Exposure {
    std::uint32_t tag;  // message slot and channel
    network::Vertex who, from;
    std::uint32_t slot() const { return tag >> 4; }
    std::uint32_t channel() const { return tag & 15; }
    friend std::strong_ordering operator<=>(const Exposure& a, const Exposure& b) {
      if (const auto c = a.slot() <=> b.slot(); c != 0) return c;
      if (const auto c = a.who <=> b.who; c != 0) return c;
      if (const auto c = a.channel() <=> b.channel(); c != 0) return c;
      return a.from <=> b.from;
    }
  };
  void send(std::uint32_t slot, std::uint32_t channel, network::Vertex poster, Tick at);
  template <class Row>
  void expose(std::uint32_t slot, std::uint32_t channel, Purpose purpose, network::Vertex poster, network::Vertex from,
              Tick at, const Row& row);

  const Medium& medium_;
  Luck luck_{0, 0};
  TimingWheel<Exposure> wheel_;
  std::vector<Exposure> batch_;
  Exposer exposer_;
  std::vector<Stretch> stretches_;
  std::vector<MessageTraits> messages_;
  std::vector<SeenSet> seen_;  // by slot; entries beyond messages_.size() are spare
  std::uint64_t deliveries_ = 0;
};

}  // namespace demarche::spread
