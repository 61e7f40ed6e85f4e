#include "sim/spread/spread.hpp"

#include <utility>

#include "sim/base/error.hpp"

namespace demarche::spread {

Spread::Spread(const Medium& medium) : medium_(medium), wheel_(medium.end) {
  DEMARCHE_EXPECT(medium.channels.size() <= 16, "more than 16 channels");
}

void Spread::reset(const Luck& luck) {
  luck_ = luck;
  wheel_.reset();
  for (std::size_t slot = 0; slot < messages_.size(); ++slot) seen_[slot].clear();
  messages_.clear();
  deliveries_ = 0;
}

std::uint32_t Spread::add(const MessageTraits& message) {
  messages_.push_back(message);
  if (seen_.size() < messages_.size()) seen_.emplace_back();
  DEMARCHE_EXPECT(messages_.size() < (1U << 28), "more than 2^28 messages in a replicate");
  return static_cast<std::uint32_t>(messages_.size() - 1);
}

std::uint32_t Spread::adopt(const MessageTraits& message, SeenSet& seen) {
  const std::uint32_t slot = add(message);
  std::swap(seen_[slot], seen);
  return slot;
}

void Spread::post(std::uint32_t slot, ChannelId channel, network::Vertex poster, Tick at) {
  seen_[slot].insert(poster, medium_.network->actors());
  send(slot, channel.value(), poster, at);
}

void Spread::send(std::uint32_t slot, std::uint32_t channel, network::Vertex poster, Tick at) {
  const ChannelKernel& kernel = medium_.channels[channel];
  const auto followers = medium_.network->layer(kernel.layer).followers(poster);
  expose(
      medium_, kernel, luck_, Purpose::exposure, poster, key_on_channel(messages_[slot].key, channel), followers.size(),
      at, [&](std::uint64_t i) { return followers[i]; },
      [&](network::Vertex who, Tick seen) {
        ++deliveries_;
        wheel_.add(seen, {slot << 4 | channel, who, poster});
      });
}

void Spread::broadcast(std::uint32_t slot, ChannelId channel, network::Vertex first, network::Vertex last, Tick at) {
  const ChannelKernel& kernel = medium_.channels[channel.value()];
  expose(
      medium_, kernel, luck_, Purpose::audience, first, key_on_channel(messages_[slot].key, channel.value()),
      last - first, at, [&](std::uint64_t i) { return first + static_cast<network::Vertex>(i); },
      [&](network::Vertex who, Tick seen) {
        ++deliveries_;
        // an outlet is no actor: nobody is named as the sender
        wheel_.add(seen, {slot << 4 | channel.value(), who, ActorId::invalid_value});
      });
}

}  // namespace demarche::spread
