#include "sim/spread/at_once.hpp"

#include "sim/base/error.hpp"

namespace demarche::spread {

using network::Vertex;

AtOnce::AtOnce(const Medium& medium) : medium_(medium), landings_(medium) {}

void AtOnce::start(const Luck& luck, const MessageTraits& message) {
  DEMARCHE_EXPECT(medium_.end <= latest_end, "a horizon of more than 2^32 ticks");
  luck_ = luck;
  message_ = message;
  posted_.clear();
  shared_.clear();
  posters_.clear();
  seen_.clear();
}

template <class Rows, class Land>
void AtOnce::expose(std::uint32_t channel, Purpose purpose, Vertex poster, bool named, Tick at, const Rows& rows,
                    Land&& land) {
  const std::uint16_t* access = medium_.access.empty() ? nullptr : medium_.access.data();
  const Vertex from = named ? poster : ActorId::invalid_value;
  landings_.find(medium_.channels[channel], luck_, purpose, message_.key, {&poster, 1}, at, rows,
                 [&](Vertex who, Vertex, Tick seen) {
                   ++deliveries_;
                   if ((access == nullptr || (access[who] >> channel & 1) != 0) && seen < medium_.end)
                     land(Landing{static_cast<std::uint64_t>(seen) << 32 | who, channel, from});
                 });
}

void AtOnce::post(ChannelId channel, Vertex poster, Tick at) {
  posters_.push_back({at, poster});
  with_rows(medium_.network->layer(medium_.channels[channel.value()].layer), [&](const auto& rows) {
    expose(channel.value(), Purpose::exposure, poster, true, at, rows,
           [this](const Landing& l) { posted_.push_back(l); });
  });
}

void AtOnce::share(std::uint32_t channel, Vertex sharer, Tick at) {
  with_rows(medium_.network->layer(medium_.channels[channel].layer), [&](const auto& rows) {
    expose(channel, Purpose::exposure, sharer, true, at, rows, [this](const Landing& l) {
      shared_.push_back(l);
      std::push_heap(shared_.begin(), shared_.end(), std::greater<>{});
    });
  });
}

void AtOnce::broadcast(ChannelId channel, Vertex first, Vertex last, Tick at) {
  // an outlet is no actor: nobody is named as the sender
  expose(channel.value(), Purpose::audience, first, false, at, RangeRows{first, last},
         [this](const Landing& l) { posted_.push_back(l); });
}

std::uint32_t AtOnce::hand_over(Spread& spread, std::size_t next_posted) {
  const std::uint32_t slot = spread.adopt(message_, seen_);
  for (std::size_t i = next_posted; i < posted_.size(); ++i) shared_.push_back(posted_[i]);
  for (const Landing& l : shared_) spread.land(slot, ChannelId(l.channel), l.who(), l.from, l.at());
  return slot;
}

}  // namespace demarche::spread
