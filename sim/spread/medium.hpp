#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/id.hpp"
#include "sim/base/quantile_table.hpp"
#include "sim/calendar/calendar.hpp"
#include "sim/network/network.hpp"

namespace demarche::spread {

/// How a post on one channel reaches those who may hear it, in the units of the kernel.
struct ChannelKernel {
  std::string name;
  std::uint64_t key = 0;      ///< of the name: draws of a channel do not depend on its position among the others
  LayerId layer;              ///< followers of posters and sharers; invalid for a channel that is broadcast only
  double visibility = 1;      ///< probability that one follower sees one post or share
  GeometricTable jumps{1};    ///< failures before the next follower who sees it, of `visibility`
  QuantileTable delay;        ///< ticks from post to seeing, >= 1
  bool rhythm = false;        ///< the delay is operational time of who sees; otherwise wall-clock
  double share = 0;           ///< probability that who sees it shares it
  bool share_decays = false;  ///< ... multiplied by the message's relevance at that moment
  /// What Exposer makes ready, in units of 2^-32 blocks: a block serves two successes, and who ends needs one more.
  std::uint64_t blocks_a_follower = 0;
  static constexpr std::uint64_t blocks_in_reserve = 7ULL << 30;

  ChannelKernel(std::string name_, LayerId layer_, double visibility_, QuantileTable delay_, double share_)
      : name(std::move(name_)),
        key(name_key(name)),
        layer(layer_),
        visibility(visibility_),
        jumps(visibility_),
        delay(std::move(delay_)),
        share(share_),
        blocks_a_follower(static_cast<std::uint64_t>(visibility_ * 0.575 * 0x1p32)) {}
};

/// Config of spreading: fixed for a world, shared by all replicates and threads.
struct Medium {
  const network::Network* network = nullptr;
  std::vector<ChannelKernel> channels;          ///< at most 16
  std::vector<calendar::ActivityClock> clocks;  ///< empty: everybody is always awake
  std::vector<std::uint8_t> clock_of;           ///< by actor; empty: clock 0
  std::vector<std::uint16_t> access;            ///< by actor, bit c = has channel c; empty: everybody has all
  Tick end = 0;                                 ///< nothing is seen at or after it
};

/// What the kernel must know of one message.
struct MessageTraits {
  MessageKey key = 0;
  Tick born = 0;         ///< age is counted from here
  double half_life = 0;  ///< ticks; relevance is 2^-(age / half_life); 0: 1 for ever
  double share_multiplier = 1;
};

/// Relevance of a message at a moment, in [0, 1].
double relevance(const MessageTraits& message, Tick at);

/// A first sight: somebody sees a message for the first time.
struct Sight {
  network::Vertex who = 0;
  std::uint32_t slot = 0;
  network::Vertex from = 0;  ///< who posted or shared what was seen
  std::uint8_t channel = 0;
  bool shares = false;  ///< and passes it on
};

}  // namespace demarche::spread
