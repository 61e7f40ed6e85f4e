#include "sim/spread/cascade.hpp"

namespace demarche::spread {

using network::Vertex;

Cascade::Cascade(const Medium& medium, ChannelId channel)
    : medium_(medium),
      kernel_(medium.channels[channel.value()]),
      layer_(medium.network->layer(kernel_.layer)),
      channel_(channel.value()),
      wheel_(medium.end),
      seen_((std::size_t{medium.network->actors()} + 63) / 64, 0) {}

bool Cascade::insert(Vertex v) {
  std::uint64_t& word = seen_[v >> 6];
  const std::uint64_t bit = std::uint64_t{1} << (v & 63);
  if ((word & bit) != 0) return false;
  word |= bit;
  reached_.push_back(v);
  return true;
}

void Cascade::send(const Luck& luck, const MessageTraits& message, Vertex v, Tick at) {
  const auto followers = layer_.followers(v);
  examined_ += followers.size();
  expose(
      medium_, kernel_, luck, Purpose::exposure, v, key_on_channel(message.key, channel_), followers.size(), at,
      [&](std::uint64_t i) { return followers[i]; },
      [&](Vertex who, Tick seen) {
        ++deliveries_;
        wheel_.add(seen, who);
      });
}

void Cascade::run(const Luck& luck, const MessageTraits& message, std::span<const Vertex> seeds, Tick at) {
  for (const Vertex v : reached_) seen_[v >> 6] = 0;
  reached_.clear();
  moments_.clear();
  wheel_.reset();
  examined_ = deliveries_ = 0;

  moments_.push_back({at, 0});
  for (const Vertex v : seeds) insert(v);
  const std::size_t known = reached_.size();
  for (std::size_t i = 0; i < known; ++i) send(luck, message, reached_[i], at);

  // A tick in two passes: first who sees it for the first time (the bitset is small and stays in cache), then
  // their followers, whose rows are fetched ahead because they lie anywhere in memory.
  const std::uint16_t bit = static_cast<std::uint16_t>(1U << channel_);
  constexpr std::size_t ahead_offsets = 16, ahead_rows = 6;
  const network::TieIndex* offsets = layer_.offsets().data();
  const Vertex* targets = layer_.targets().data();
  for (Tick t = wheel_.next(); t != never; t = wheel_.next()) {
    batch_.clear();
    wheel_.take(t, batch_);
    const std::size_t first = reached_.size();
    for (const Vertex v : batch_)
      if (medium_.access.empty() || (medium_.access[v] & bit) != 0) insert(v);
    if (reached_.size() == first) continue;
    moments_.push_back({t, first});
    const std::size_t last = reached_.size();
    for (std::size_t i = first; i < last; ++i) {
      if (i + ahead_offsets < last) __builtin_prefetch(&offsets[reached_[i + ahead_offsets]]);
      if (i + ahead_rows < last) __builtin_prefetch(&targets[offsets[reached_[i + ahead_rows]]]);
      if (shares(kernel_, luck, message, reached_[i], t)) send(luck, message, reached_[i], t);
    }
  }
}

}  // namespace demarche::spread
