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

/// In three passes, so that the fetches from memory of one pass do not wait for one another's decisions.
template <class Land>
void AtOnce::land_hits(std::uint32_t channel, const Vertex* row, Vertex first, Vertex from, Tick at, Land&& land) {
  const ChannelKernel& kernel = medium_.channels[channel];
  const bool limited = !medium_.access.empty();
  const bool clocked = kernel.rhythm && !medium_.clock_of.empty();
  deliveries_ += hits_.size();
  for (Hit& hit : hits_) {
    hit.who = row != nullptr ? row[hit.who] : first + hit.who;
    if (limited) __builtin_prefetch(&medium_.access[hit.who]);
    if (clocked) __builtin_prefetch(&medium_.clock_of[hit.who]);
  }
  for (const Hit& hit : hits_) {
    if (limited && (medium_.access[hit.who] >> channel & 1) == 0) continue;
    const Tick seen = seen_at(medium_, kernel, hit.who, at, hit.delay);
    if (seen < medium_.end) land(Landing{static_cast<std::uint64_t>(seen) << 32 | hit.who, channel, from});
  }
}

void AtOnce::find_hits(std::uint32_t channel, Purpose purpose, Vertex poster, std::uint64_t count, const Vertex* row) {
  const ChannelKernel& kernel = medium_.channels[channel];
  hits_.clear();
  stretches_.clear();
  cut_into_stretches(poster, 0, count, [this](const Stretch& s) { stretches_.push_back(s); });
  exposer_.run(
      kernel, luck_, purpose, key_on_channel(message_.key, kernel), stretches_,
      [row](std::uint64_t i) {
        if (row != nullptr) __builtin_prefetch(row + i);
      },
      [this](std::span<const Exposer::Hit> hits) {
        for (const Exposer::Hit& hit : hits) hits_.push_back({static_cast<Vertex>(hit.at), hit.delay});
      });
}

void AtOnce::post(ChannelId channel, Vertex poster, Tick at) {
  posters_.push_back({at, poster});
  const auto followers = medium_.network->layer(medium_.channels[channel.value()].layer).followers(poster);
  find_hits(channel.value(), Purpose::exposure, poster, followers.size(), followers.data());
  land_hits(channel.value(), followers.data(), 0, poster, at, [this](const Landing& l) { posted_.push_back(l); });
}

void AtOnce::share(std::uint32_t channel, Vertex sharer, Tick at) {
  const auto followers = medium_.network->layer(medium_.channels[channel].layer).followers(sharer);
  find_hits(channel, Purpose::exposure, sharer, followers.size(), followers.data());
  land_hits(channel, followers.data(), 0, sharer, at, [this](const Landing& l) {
    shared_.push_back(l);
    std::push_heap(shared_.begin(), shared_.end(), std::greater<>{});
  });
}

void AtOnce::broadcast(ChannelId channel, Vertex first, Vertex last, Tick at) {
  find_hits(channel.value(), Purpose::audience, first, last - first, nullptr);
  // an outlet is no actor: nobody is named as the sender
  land_hits(channel.value(), nullptr, first, ActorId::invalid_value, at,
            [this](const Landing& l) { posted_.push_back(l); });
}

std::uint32_t AtOnce::hand_over(Spread& spread, std::size_t next_posted) {
  const std::uint32_t slot = spread.adopt(message_, seen_);
  for (std::size_t i = next_posted; i < posted_.size(); ++i) shared_.push_back(posted_[i]);
  for (const Landing& l : shared_) spread.land(slot, ChannelId(l.channel), l.who(), l.from, l.at());
  return slot;
}

}  // namespace demarche::spread
