#include "sim/spread/spread.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "sim/base/error.hpp"

namespace demarche::spread {

using network::Vertex;

Spread::Spread(const Medium& medium) : medium_(medium), wheel_(medium.end), landings_(medium) {
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

void Spread::post(std::uint32_t slot, ChannelId channel, Vertex poster, Tick at) {
  seen_[slot].insert(poster, medium_.network->actors());
  with_rows(medium_.network->layer(medium_.channels[channel.value()].layer), [&](const auto& rows) {
    expose(slot, channel.value(), Purpose::exposure, {&poster, 1}, true, at, rows);
  });
}

void Spread::broadcast(std::uint32_t slot, ChannelId channel, Vertex first, Vertex last, Tick at) {
  expose(slot, channel.value(), Purpose::audience, {&first, 1}, false, at, RangeRows{first, last});
}

void Spread::send_on(Tick at) {
  for (std::size_t i = 0; i < sharers_.size();) {
    const std::uint32_t slot = sharers_[i].slot();
    std::size_t last = i;
    std::uint32_t channels = 0;
    for (; last < sharers_.size() && sharers_[last].slot() == slot; ++last) channels |= 1U << sharers_[last].channel();
    for (std::uint32_t channel = 0; channels >> channel != 0; ++channel) {
      if ((channels >> channel & 1) == 0) continue;
      posters_.clear();
      for (std::size_t k = i; k < last; ++k)
        if (sharers_[k].channel() == channel) posters_.push_back(sharers_[k].who());
      with_rows(medium_.network->layer(medium_.channels[channel].layer),
                [&](const auto& rows) { expose(slot, channel, Purpose::exposure, posters_, true, at, rows); });
    }
    i = last;
  }
}

template <class Rows>
void Spread::expose(std::uint32_t slot, std::uint32_t channel, Purpose purpose, std::span<const Vertex> posters,
                    bool named, Tick at, const Rows& rows) {
  landings_.find(medium_.channels[channel], luck_, purpose, messages_[slot].key, posters, at, rows,
                 [&](Vertex who, Vertex poster, Tick seen) {
                   ++deliveries_;
                   // an outlet is no actor: nobody is named as the sender
                   wheel_.add(seen, Exposure(slot, who, channel, named ? poster : ActorId::invalid_value));
                 });
}

/// Least significant digit first where there are many; digits that all keys share are passed over.
void Spread::sort_batch() {
  constexpr std::size_t many = 256;
  if (batch_.size() < many) {
    std::sort(batch_.begin(), batch_.end());
    return;
  }
  std::uint64_t differ = 0;
  for (const Exposure& e : batch_) differ |= e.key ^ batch_.front().key;
  constexpr unsigned bits = 11;
  constexpr std::uint64_t mask = (1U << bits) - 1;
  spare_.resize(batch_.size());
  for (unsigned shift = static_cast<unsigned>(std::countr_zero(differ)); shift < 64; shift += bits) {
    if ((differ >> shift & mask) == 0) continue;
    std::array<std::uint32_t, mask + 2> place{};
    for (const Exposure& e : batch_) ++place[(e.key >> shift & mask) + 1];
    for (std::size_t d = 1; d < place.size(); ++d) place[d] += place[d - 1];
    for (const Exposure& e : batch_) spare_[place[e.key >> shift & mask]++] = e;
    batch_.swap(spare_);
  }
  // of those that differ in the sender only the first counts
  for (std::size_t i = batch_.size(); --i > 0;)
    if (batch_[i].key == batch_[i - 1].key && batch_[i] < batch_[i - 1]) std::swap(batch_[i], batch_[i - 1]);
}

}  // namespace demarche::spread
