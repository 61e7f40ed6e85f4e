#include "sim/spread/at_once.hpp"

#include "sim/base/error.hpp"
#include "sim/spread/audience_rows.hpp"

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
template <class Row, class Land>
void AtOnce::expose(std::uint32_t channel, Purpose purpose, Vertex poster, Vertex from, Tick at, const Row& row,
                    Land&& land) {
  const ChannelKernel& kernel = medium_.channels[channel];
  hits_.clear();
  stretches_.clear();
  cut_into_stretches(poster, 0, row.count, [this](const Stretch& s) { stretches_.push_back(s); });
  exposer_.run(
      kernel, luck_, purpose, key_on_channel(message_.key, kernel), stretches_,
      [&row](std::uint64_t i) { row.fetch(i); },
      [this](std::span<const Exposer::Hit> hits) {
        for (const Exposer::Hit& hit : hits) hits_.push_back({static_cast<Vertex>(hit.at), hit.delay});
      });
  deliveries_ += hits_.size();
  const bool limited = !medium_.access.empty();
  const bool clocked = kernel.rhythm && !medium_.clock_of.empty();
  for (Hit& hit : hits_) {
    hit.who = row[hit.who];
    if (limited) __builtin_prefetch(&medium_.access[hit.who]);
    if (clocked) __builtin_prefetch(&medium_.clock_of[hit.who]);
  }
  for (const Hit& hit : hits_) {
    if (limited && (medium_.access[hit.who] >> channel & 1) == 0) continue;
    const Tick seen = seen_at(medium_, kernel, hit.who, at, hit.delay);
    if (seen < medium_.end) land(Landing{static_cast<std::uint64_t>(seen) << 32 | hit.who, channel, from});
  }
}

void AtOnce::post(ChannelId channel, Vertex poster, Tick at) {
  posters_.push_back({at, poster});
  with_followers(medium_.network->layer(medium_.channels[channel.value()].layer), poster, [&](const auto& row) {
    expose(channel.value(), Purpose::exposure, poster, poster, at, row,
           [this](const Landing& l) { posted_.push_back(l); });
  });
}

void AtOnce::share(std::uint32_t channel, Vertex sharer, Tick at) {
  with_followers(medium_.network->layer(medium_.channels[channel].layer), sharer, [&](const auto& row) {
    expose(channel, Purpose::exposure, sharer, sharer, at, row, [this](const Landing& l) {
      shared_.push_back(l);
      std::push_heap(shared_.begin(), shared_.end(), std::greater<>{});
    });
  });
}

void AtOnce::broadcast(ChannelId channel, Vertex first, Vertex last, Tick at) {
  // an outlet is no actor: nobody is named as the sender
  expose(channel.value(), Purpose::audience, first, ActorId::invalid_value, at, RangeRow{first, last - first},
         [this](const Landing& l) { posted_.push_back(l); });
}

std::uint32_t AtOnce::hand_over(Spread& spread, std::size_t next_posted) {
  const std::uint32_t slot = spread.adopt(message_, seen_);
  for (std::size_t i = next_posted; i < posted_.size(); ++i) shared_.push_back(posted_[i]);
  for (const Landing& l : shared_) spread.land(slot, ChannelId(l.channel), l.who(), l.from, l.at());
  return slot;
}

}  // namespace demarche::spread
