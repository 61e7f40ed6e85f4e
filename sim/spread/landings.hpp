#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/spread/exposer.hpp"
#include "sim/spread/rows.hpp"

namespace demarche::spread {

/// From posters to sights: who of their followers sees a post, and when, on whatever clock. Scratch of one worker.
class Landings {
 public:
  explicit Landings(const Medium& medium) : medium_(medium) {}

  /// `land(who, poster, tick)` for each view of what `posters` post at `at`, in no particular order. Actors without
  /// the channel are among them; ticks may lie beyond the end.
  template <class Rows, class Land>
  void find(const ChannelKernel& channel, const Luck& luck, Purpose purpose, MessageKey message,
            std::span<const network::Vertex> posters, Tick at, Rows rows, Land&& land) {
    constexpr std::size_t ahead = 16;
    stretches_.clear();
    for (std::size_t i = 0; i < posters.size(); ++i) {
      if (i + ahead < posters.size()) rows.fetch_row(posters[i + ahead]);
      cut_into_stretches(posters[i], rows.row(posters[i]), rows.count(posters[i]),
                         [this](const Stretch& s) { stretches_.push_back(s); });
    }
    const bool clocked = channel.rhythm && !medium_.clocks.empty();
    const bool many_clocks = clocked && !medium_.clock_of.empty();
    const auto fetch = [&rows](std::uint64_t tie) { rows.fetch_target(tie); };
    // in two passes where clocks differ, so that fetches of one follower do not wait for another's clock
    exposer_.run(channel, luck, purpose, key_on_channel(message, channel), stretches_, fetch,
                 [&](std::span<const Exposer::Hit> hits) {
                   for (std::size_t i = 0; i < hits.size(); ++i) {
                     who_[i] = rows.target(hits[i]);
                     if (many_clocks) __builtin_prefetch(&medium_.clock_of[who_[i]]);
                     if (!medium_.access.empty()) __builtin_prefetch(&medium_.access[who_[i]]);
                   }
                   for (std::size_t i = 0; i < hits.size(); ++i)
                     land(who_[i], hits[i].poster, seen_at(medium_, channel, who_[i], at, hits[i].delay));
                 });
  }

 private:
  const Medium& medium_;
  Exposer exposer_;
  std::vector<Stretch> stretches_;
  std::array<network::Vertex, Exposer::most_hits> who_;
};

}  // namespace demarche::spread
