#include "sim/spread/at_once.hpp"

#include "sim/base/error.hpp"

namespace demarche::spread {

using network::Vertex;

AtOnce::AtOnce(const Medium& medium) : medium_(medium) {}

void AtOnce::start(const Luck& luck, const MessageTraits& message) {
  DEMARCHE_EXPECT(medium_.end <= latest_end, "a horizon of more than 2^32 ticks");
  luck_ = luck;
  message_ = message;
  posted_.clear();
  shared_.clear();
  posters_.clear();
  seen_.clear();
}

template <class Land>
void AtOnce::send(std::uint32_t channel, Vertex poster, Tick at, Land&& land) {
  const ChannelKernel& kernel = medium_.channels[channel];
  const auto followers = medium_.network->layer(kernel.layer).followers(poster);
  expose(
      medium_, kernel, luck_, Purpose::exposure, poster, key_on_channel(message_.key, channel), followers.size(), at,
      [&](std::uint64_t i) { return followers[i]; },
      [&](Vertex who, Tick seen) {
        ++deliveries_;
        if (seen >= medium_.end) return;
        if (!medium_.access.empty() && (medium_.access[who] >> channel & 1) == 0) return;
        land(Landing{static_cast<std::uint64_t>(seen) << 32 | who, channel, poster});
      });
}

void AtOnce::post(ChannelId channel, Vertex poster, Tick at) {
  posters_.push_back({at, poster});
  send(channel.value(), poster, at, [this](const Landing& landing) { posted_.push_back(landing); });
}

void AtOnce::share(std::uint32_t channel, Vertex sharer, Tick at) {
  send(channel, sharer, at, [this](const Landing& landing) {
    shared_.push_back(landing);
    std::push_heap(shared_.begin(), shared_.end(), std::greater<>{});
  });
}

void AtOnce::broadcast(ChannelId channel, Vertex first, Vertex last, Tick at) {
  const std::uint32_t c = channel.value();
  const ChannelKernel& kernel = medium_.channels[c];
  expose(
      medium_, kernel, luck_, Purpose::audience, first, key_on_channel(message_.key, c), last - first, at,
      [&](std::uint64_t i) { return first + static_cast<Vertex>(i); },
      [&](Vertex who, Tick seen) {
        ++deliveries_;
        if (seen >= medium_.end) return;
        if (!medium_.access.empty() && (medium_.access[who] >> c & 1) == 0) return;
        posted_.push_back({static_cast<std::uint64_t>(seen) << 32 | who, c, ActorId::invalid_value});
      });
}

std::uint32_t AtOnce::hand_over(Spread& spread, std::size_t next_posted) {
  const std::uint32_t slot = spread.adopt(message_, seen_);
  for (std::size_t i = next_posted; i < posted_.size(); ++i) shared_.push_back(posted_[i]);
  for (const Landing& l : shared_) spread.land(slot, ChannelId(l.channel), l.who(), l.from, l.at());
  return slot;
}

}  // namespace demarche::spread
