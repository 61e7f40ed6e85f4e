#include "sim/spread/spread.hpp"

#include <utility>

#include "sim/base/error.hpp"
#include "sim/spread/audience_rows.hpp"

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

template <class Row>
void Spread::expose(std::uint32_t slot, std::uint32_t channel, Purpose purpose, network::Vertex poster,
                    network::Vertex from, Tick at, const Row& row) {
  const ChannelKernel& kernel = medium_.channels[channel];
  stretches_.clear();
  cut_into_stretches(poster, 0, row.count, [this](const Stretch& s) { stretches_.push_back(s); });
  exposer_.run(
      kernel, luck_, purpose, key_on_channel(messages_[slot].key, kernel), stretches_,
      [&row](std::uint64_t i) { row.fetch(i); },
      [&](std::span<const Exposer::Hit> hits) {
        deliveries_ += hits.size();
        for (const Exposer::Hit& hit : hits) {
          const network::Vertex who = row[hit.at];
          wheel_.add(seen_at(medium_, kernel, who, at, hit.delay), {slot << 4 | channel, who, from});
        }
      });
}

void Spread::send(std::uint32_t slot, std::uint32_t channel, network::Vertex poster, Tick at) {
  with_followers(medium_.network->layer(medium_.channels[channel].layer), poster,
                 [&](const auto& row) { expose(slot, channel, Purpose::exposure, poster, poster, at, row); });
}

void Spread::broadcast(std::uint32_t slot, ChannelId channel, network::Vertex first, network::Vertex last, Tick at) {
  // an outlet is no actor: nobody is named as the sender
  expose(slot, channel.value(), Purpose::audience, first, ActorId::invalid_value, at, RangeRow{first, last - first});
}

}  // namespace demarche::spread
