#pragma once
#include <string>
#include <vector>

#include "models/presets.hpp"
#include "models/simulate.hpp"
#include "models/world.hpp"

namespace demarche::models::test {

constexpr double hour = 3600, day = 86400;

/// Six missions in two regions and three countries of hearers; everything small, made in code. It starts on Monday,
/// 2013-04-08, 00:00 UTC.
inline Scenario small_scenario(std::uint32_t actors = 2000) {
  Scenario s;
  s.name = "small";
  s.seed = 17;
  s.replicates = 6;
  s.time.start_utc_s = 1365379200;
  s.time.horizon_s = 7 * day;
  s.ministry.country = "AAA";
  s.ministry.accounts = 4;
  s.ministry.office.hours = {{9 * 60, 17 * 60}};
  s.ministry.office.days = {0, 1, 2, 3, 4};
  s.inputs.countries = {{"AAA", "A", "north", "UTC", 5},
                        {"BBB", "B", "south", "Asia/Tokyo", 3},
                        {"CCC", "C", "south", "America/Toronto", 2}};
  for (int m = 0; m < 6; ++m)
    s.inputs.missions.push_back({"m" + std::to_string(m), m % 2 == 0 ? "BBB" : "CCC",
                                 m % 2 == 0 ? "Asia/Tokyo" : "America/Toronto", m < 4 ? "south" : "far"});
  s.audience.actors = actors;
  s.audience.online = 0.6;
  s.audience.rhythm = "evening";
  s.audience.ties = network::ErdosRenyi{0, 2, true};
  s.audience.has_ties = true;
  Channel twitter = channel_preset("twitter");
  twitter.access = 0.5;
  twitter.visibility = 0.2;
  twitter.share = 0.1;
  twitter.followers_mean = 60;
  Channel email = channel_preset("email");
  email.followers_mean = 40;
  email.lag = Law::fixed(0);
  s.channels = {{"twitter", twitter}, {"email", email}, {"press", channel_preset("press")}};
  Stimulus routine;
  routine.rate_per_s = 2 / day;
  routine.half_life_s = 1 * day;
  routine.tiers = {{"low", 0.7}, {"medium", 0.2}, {"high", 0.1}};
  Stimulus crisis = routine;
  crisis.kind = Stimulus::Kind::crisis;
  crisis.at_s = 2 * day;
  crisis.duration_s = 1 * day;
  crisis.surge = 5;
  crisis.urgent = 1;
  crisis.regions = {"south"};
  s.stimuli = {{"routine", routine}, {"crisis", crisis}};
  s.errors.rate = 0.1;
  s.errors.share_multiplier = 1.7;
  s.errors.noticed_by_reader = 0.02;
  s.errors.monitoring = Law::exponential(6 * hour);
  s.errors.corrections = true;
  s.regimes = {{"capital", regime_preset("centralized")},
               {"local", regime_preset("presumed-competence")},
               {"tiers", regime_preset("tiered")}};
  s.regimes[0].second.stages[0].repeat = 3;
  return s;
}

/// Nothing but a line of actors through which one message goes, each a minute after the one before.
inline Scenario line_scenario(std::uint32_t actors) {
  Scenario s;
  s.name = "line";
  s.replicates = 2;
  s.time.horizon_s = 1 * day;
  s.inputs.missions = {{"m", "", "UTC", ""}};
  s.inputs.countries = {{"", "", "", "UTC", 1}};
  s.audience.actors = actors;
  s.audience.ties = network::Line{};
  s.audience.has_ties = true;
  s.channels = {{"tie", channel_preset("tie")}};
  Stimulus seed;
  seed.kind = Stimulus::Kind::seed;
  seed.actor = "0";
  s.stimuli = {{"seed", seed}};
  s.regimes = {{"none", regime_preset("none")}};
  return s;
}

inline std::vector<run::Draft> drafts_of(const World& world, std::uint64_t replicate) {
  return world.drafts(Luck(world.scenario().seed, replicate));
}

}  // namespace demarche::models::test
