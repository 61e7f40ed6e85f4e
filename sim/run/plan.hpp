#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/law.hpp"
#include "sim/spread/medium.hpp"
#include "sim/workflow/workflow.hpp"

namespace demarche::run {

inline constexpr network::Vertex no_author = 0xffffffffU;

/// Something that somebody wants to say: the same under every regime. Made from the stimuli before a run begins.
struct Draft {
  MessageKey key = 0;
  std::uint32_t origin = 0;            ///< who writes: an origin of the outlets
  network::Vertex author = no_author;  ///< an actor who posts by himself instead of the origin's outlets
  std::uint16_t stimulus = 0;
  std::uint8_t tier = 0;      ///< risk tier
  std::uint8_t priority = 1;  ///< 0: urgent
  Tick at = 0;                ///< the opportunity
  bool faulty = false;        ///< the author's raw error
  bool translate = false;
  bool measured = true;        ///< false in warm-up and cool-down: it happens but does not count
  double half_life = 0;        ///< ticks, 0: never fades
  std::uint32_t channels = 0;  ///< bit c: meant for channel c
};

/// Where an origin speaks on a channel.
struct Outlet {
  enum class Kind : std::uint8_t { none, poster, audience };
  Kind kind = Kind::none;
  network::Vertex first = 0;  ///< the poster, or the first actor of the outlet's audience
  network::Vertex last = 0;   ///< one past the audience's last actor
};

/// The sender's side of a channel; the audience's side is spread::ChannelKernel.
struct ChannelUse {
  bool needs_account = false;  ///< only origins whose account rank is below the arm's presence
  Coin pickup{1};              ///< broadcast: does the outlet carry it
  Law lag;                     ///< cross-posting lag after release, seconds
};

/// How errors come to light.
struct Discovery {
  double share_multiplier = 1;  ///< of erroneous variants
  Coin noticed_by_reader;       ///< tossed for each first sight of an error
  bool monitored = false;
  Law monitoring;  ///< wall-clock from publication to the sender's own notice, seconds
  bool corrections = false;
  Law correction_drafting;  ///< seconds
};

/// Config: one world, shared by all replicates, regimes and threads.
struct Plan {
  Clock clock;
  Tick end = 0;
  spread::Medium medium;
  network::Vertex audience_first = 0;   ///< actors below it are senders
  std::vector<std::uint16_t> group_of;  ///< by audience actor (index from audience_first): its country
  std::uint32_t groups = 1;
  std::vector<ChannelUse> channels;  ///< beside medium.channels
  std::uint32_t origins = 0;
  std::vector<Outlet> outlets;              ///< origin-major: [origin * channels + channel]
  std::vector<std::uint32_t> account_rank;  ///< by origin; an arm of presence n gives accounts to ranks below n
  Law drafting;                             ///< seconds
  Discovery discovery;

  const Outlet& outlet(std::uint32_t origin, std::size_t channel) const {
    return outlets[origin * channels.size() + channel];
  }
};

/// Which drafts take a route: conditions that all hold. Masks of zero hold always.
struct RoutingRule {
  std::uint64_t tiers = 0, stimuli = 0;  ///< bit sets
  std::uint32_t channels = 0;            ///< any of these channels is meant
  std::int8_t urgent = -1, exempt = -1;  ///< 0 no, 1 yes, -1 either
  std::vector<bool> origins;             ///< by origin: the rule speaks of it; empty: of all
  Tick from = 0, until = never;          ///< of the draft's submission
  RouteId route;
};

/// What a regime means for authors and for what is published, from some moment on.
struct Habits {
  Tick from = 0;
  Law self_check;              ///< before anything else, seconds
  Coin catches;                ///< the self-check mends an error
  bool perfect = false;        ///< no draft is faulty
  bool corrections = true;     ///< errors that are noticed are corrected
  std::uint32_t accounts = 0;  ///< presence: origins with account rank below it hold accounts
  Coin audit = {};             ///< is a published message sampled
  Coin audit_detects = {};
  Law audit_delay = {};  ///< seconds
};

/// Config of one regime: an arm of the comparison over the same plan.
struct Arm {
  std::string name;
  workflow::Workflow workflow;
  std::vector<RoutingRule> rules;  ///< the first that holds decides; the last one must hold always
  std::vector<Habits> habits;      ///< at least one; ascending, the first from tick 0
  std::vector<bool> exempt;        ///< by origin; empty: none

  const Habits& habits_at(Tick t) const {
    std::size_t i = habits.size() - 1;
    while (i > 0 && t < habits[i].from) --i;
    return habits[i];
  }
};

/// Flag of drafts that must be translated (workflow::Stage::only_flags).
inline constexpr std::uint32_t flag_translate = 1;

}  // namespace demarche::run
