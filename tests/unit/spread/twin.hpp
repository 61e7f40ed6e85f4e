#pragma once
#include <set>

#include "sim/spread/exposure.hpp"
#include "tests/unit/spread/small_world.hpp"

namespace demarche::spread::test {

/// The naive twin of Spread: a list of future sights in the order (tick, message, actor, channel, sender), the sets of
/// those who know each message, and one pass over all followers for every post. It asks the same keyed questions, read
/// out here word by word; tables of laws are the only code in common.
class NaiveSpread {
 public:
  NaiveSpread(const SmallWorld& world, const Luck& luck) : world_(world), luck_(luck), know_(world.messages.size()) {}

  std::vector<Seen> run() {
    for (const Post& p : world_.posts) {
      see_until(p.at);
      std::vector<network::Vertex> to;
      if (p.broadcast) {
        for (network::Vertex v = p.first; v < p.last; ++v) to.push_back(v);
        tell(p.message, p.channel, Purpose::audience, p.first, ActorId::invalid_value, to, p.at);
      } else {
        know_[p.message].insert(p.first);
        tell_followers(p.message, p.channel, p.first, p.at);
      }
    }
    see_until(world_.medium.end);
    return sights_;
  }
  std::uint64_t deliveries() const { return deliveries_; }

 private:
  using Event = std::tuple<Tick, std::uint32_t, network::Vertex, std::uint32_t, network::Vertex>;

  void tell_followers(std::uint32_t m, std::uint32_t c, network::Vertex who, Tick at) {
    const auto row = world_.network->layer(world_.medium.channels[c].layer).followers(who);
    tell(m, c, Purpose::exposure, who, who, {row.begin(), row.end()}, at);
  }

  void tell(std::uint32_t m, std::uint32_t c, Purpose purpose, network::Vertex entity, network::Vertex from,
            const std::vector<network::Vertex>& to, Tick at) {
    const ChannelKernel& channel = world_.medium.channels[c];
    const MessageKey key = hash_key(world_.messages[m].key, channel.key);
    std::uint32_t stretch = 0, success = 0, to_skip = 0;
    const auto word = [&](std::uint32_t which) {
      return luck_.block(purpose, entity, key, stretch * 4096 + success / 2)[success % 2 * 2 + which];
    };
    std::uint32_t position = 0;
    for (const network::Vertex who : to) {
      if (position % 4096 == 0) {
        stretch = position / 4096;
        success = 0;
        to_skip = channel.jumps(word(0));
      }
      ++position;
      if (to_skip > 0) {
        --to_skip;
        continue;
      }
      ++deliveries_;
      const Ticks delay = channel.delay(word(1));
      const std::vector<std::uint8_t>& clock_of = world_.medium.clock_of;
      const Tick seen = channel.rhythm && !world_.medium.clocks.empty()
                            ? world_.medium.clocks[clock_of.empty() ? 0 : clock_of[who]].after(at, delay)
                            : at + delay;
      if (seen < world_.medium.end) future_.insert({seen, m, who, c, from});
      ++success;
      to_skip = channel.jumps(word(0));
    }
  }

  void see_until(Tick end) {
    while (!future_.empty() && std::get<0>(*future_.begin()) < end) {
      const auto [at, m, who, c, from] = *future_.begin();
      future_.erase(future_.begin());
      const ChannelKernel& channel = world_.medium.channels[c];
      const MessageTraits& message = world_.messages[m];
      if (!world_.medium.access.empty() && (world_.medium.access[who] >> c) % 2 == 0) continue;
      if (!know_[m].insert(who).second) continue;
      double p = channel.share * message.share_multiplier;
      if (channel.share_decays) p *= relevance(message, at);
      const bool passes_on = channel.layer.valid() && luck_.block(Purpose::share, who, message.key)[0] * 0x1p-32 < p;
      sights_.push_back({m, at, who, c, from, passes_on});
      if (passes_on) tell_followers(m, c, who, at);
    }
  }

  const SmallWorld& world_;
  const Luck& luck_;
  std::multiset<Event> future_;
  std::vector<std::set<network::Vertex>> know_;
  std::vector<Seen> sights_;
  std::uint64_t deliveries_ = 0;
};

}  // namespace demarche::spread::test
