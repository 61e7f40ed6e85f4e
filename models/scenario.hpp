#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/regime.hpp"
#include "sim/base/law.hpp"
#include "sim/network/generators.hpp"

namespace demarche::models {

// A scenario as its author means it: durations in seconds, shares in [0, 1], rates per second, moments in UTC seconds.
// Filled by scenarios/reader (which holds names of keys, units, ranges and documentation), checked by validate().

struct Time {
  std::int64_t start_utc_s = 0;
  double horizon_s = 14 * 86400.0;
  double resolution_s = 60;
  double warm_up_s = 0;    ///< opportunities before it happen but are not measured
  double cool_down_s = 0;  ///< nor those in the last stretch before the horizon, whose end would not be seen
};

/// A mission as the world needs it; rows of a table, or alike ones that are counted.
struct Mission {
  std::string name;
  std::string host;  ///< ISO 3166 alpha-3, or empty
  std::string zone = "UTC";
  std::string region;
  std::string kind = "";  ///< embassy, consulate, ...; "capital" is the capital's
};

/// A country whose people hear; `weight` is proportional to their number.
struct Country {
  std::string code;  ///< ISO 3166 alpha-3
  std::string name;
  std::string region;
  std::string zone = "UTC";
  double weight = 1;
};

/// Tables and files that a scenario names, as the reader found them.
struct Inputs {
  std::vector<Mission> missions;               ///< at least one
  std::vector<Country> countries;              ///< at least one
  std::shared_ptr<const network::Layer> ties;  ///< imported ties among the audience, or none
  /// every file that was read: its name as the scenario gives it, and its text (of a .dnet file its checksum in words)
  std::deque<std::pair<std::string, std::string>> files;
  std::vector<std::uint32_t> country_of;  ///< with imported ties: index into countries by actor; empty: by weight
};

/// Where missions stand. Exactly one of: a table of the project's form (host,zone,region columns), an exchange table
/// (sender,host,level) filtered by sender, or a count of alike missions.
struct Missions {
  std::string file;
  std::string sender;  ///< for exchange tables: code of the sending state
  std::uint32_t count = 1;
  std::vector<std::string> zones;  ///< for counted missions: taken in turn; empty: the capital's
};

struct Ministry {
  std::string country;  ///< ISO 3166 alpha-3
  std::string capital_zone = "UTC";
  OfficePlan office;  ///< default for every desk and author
  Missions missions;
  std::uint32_t accounts = 0;    ///< missions that hold accounts of their own on channels held by `accounts`; presence
  Law drafting = Law::fixed(0);  ///< from the opportunity to the finished draft, wall-clock
};

/// Who may hear. Actors are numbered by country, so that a country is a range.
struct Audience {
  std::uint32_t actors = 0;
  std::string countries;  ///< table: iso3,name,region,zone,weight; empty: one nameless country in UTC
  double online = 1;      ///< share online where the table has no region share
  std::map<std::string, double> online_by_region;
  std::string rhythm = "flat";  ///< activity profile of the local week
  std::string network_file;     ///< import instead of a generator: edge list, CSV, GraphML or .dnet
  std::string actors_file;      ///< actor table or "id group" list beside it
  network::Generator ties = network::ErdosRenyi{};
  bool has_ties = false;
};

/// How a post travels from who holds the channel to who hears it.
enum class Mode : std::uint8_t { network, subscription, broadcast };
enum class Holder : std::uint8_t { accounts, missions, capital };

struct Channel {
  std::string preset;
  Mode mode = Mode::network;
  Holder holder = Holder::accounts;
  double visibility = 1;      ///< share of the followers of a post or share who see it
  Law delay = Law::fixed(0);  ///< from post to seeing, in the audience's own operational time
  bool rhythm = true;         ///< delay runs on the audience's rhythm of the day; otherwise on the wall clock
  double share = 0;           ///< probability that who sees it shares it
  bool share_decays = false;  ///< the probability is multiplied by the message's relevance at that moment
  double access = 1;          ///< share of the online audience that uses the channel (offline: `offline_access`)
  double offline_access = 0;
  double followers_mean = 0;   ///< followers of a mission's account or list (mode network, subscription)
  double followers_sigma = 1;  ///< lognormal spread of that number over missions
  double local = 0.5;          ///< share of these followers who live in the host country
  double pickup = 1;           ///< broadcast: probability that the outlet carries the message
  Law lag = Law::fixed(0);     ///< cross-posting lag after release, wall-clock
  std::string layer;           ///< channels with the same word share one tie layer; empty: a layer of its own
};

/// What makes people want to speak.
struct Stimulus {
  enum class Kind : std::uint8_t { routine, crisis, seed };
  Kind kind = Kind::routine;
  double rate_per_s = 0;              ///< routine: of each mission; crisis: in force at its peak, added to the routine
  std::string rhythm = "flat";        ///< of the mission's local week
  bool from_capital = false;          ///< arises in the capital and not at missions
  double at_s = 0;                    ///< crisis, seed: seconds after the start
  double duration_s = 0;              ///< crisis: how long the surge lasts
  double surge = 1;                   ///< crisis: multiplies rate_per_s
  std::vector<std::string> regions;   ///< crisis: missions there; empty: all
  std::uint32_t count = 1;            ///< seed: messages
  std::string actor = "largest-hub";  ///< seed: largest-hub, random, or an actor's number
  std::string topic;                  ///< a word that rules may name
  std::vector<std::string> channels;  ///< empty: all
  double urgent = 0;                  ///< share of messages with priority 0
  std::vector<std::pair<std::string, double>> tiers;  ///< risk tiers and their shares; empty: all of tier "low"
  double half_life_s = 0;  ///< relevance 2^-(age / half-life), age since the opportunity; 0: never fades
  double translated = 0;   ///< share that must be translated before it is published
};

struct Errors {
  double rate = 0;                 ///< share of drafts with an error
  double share_multiplier = 1;     ///< erroneous variants are shared this much more readily
  double noticed_by_reader = 0;    ///< probability that one who sees an error reports it to the sender
  Law monitoring = Law::fixed(0);  ///< wall-clock until the sender notices by itself; fixed(0): never by itself
  bool corrections = false;        ///< noticed errors are corrected through the regime's own clearance
  Law correction_drafting = Law::fixed(0);
};

enum class Worlds : std::uint8_t { one, fresh };

struct Scenario {
  std::uint32_t format = 1;  ///< of the file
  std::string name;
  std::string title;
  std::string question;
  std::string assumptions;  ///< one sentence for the comparison table: what was assumed
  std::uint64_t seed = 1;
  std::uint32_t replicates = 100;
  Worlds worlds = Worlds::one;
  Time time;
  Ministry ministry;
  Audience audience;
  std::vector<std::pair<std::string, Channel>> channels;  ///< in the author's order
  std::vector<std::pair<std::string, Stimulus>> stimuli;
  Errors errors;
  std::vector<std::pair<std::string, Regime>> regimes;
  std::vector<std::string> measures;  ///< empty: every measure that the mechanisms in use can fill
  Inputs inputs;                      ///< what the files named above hold
};

}  // namespace demarche::models
