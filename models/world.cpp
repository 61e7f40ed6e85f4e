#include "models/world.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "models/audience.hpp"
#include "models/compile_regime.hpp"
#include "models/layers.hpp"
#include "sim/base/error.hpp"

namespace demarche::models {

namespace {

using network::Vertex;

spread::ChannelKernel kernel_of(const std::string& name, const Channel& channel, LayerId layer, const Clock& clock) {
  spread::ChannelKernel kernel(name, layer, channel.visibility,
                               QuantileTable(channel.delay, static_cast<double>(clock.tick_s), 1), channel.share);
  kernel.share_decays = channel.share_decays;
  kernel.rhythm = channel.rhythm;
  return kernel;
}

run::ChannelUse use_of(const Channel& channel) {
  return {.needs_account = channel.holder == Holder::accounts, .pickup = Coin(channel.pickup), .lag = channel.lag};
}

run::Discovery discovery_of(const Errors& errors) {
  run::Discovery d;
  d.share_multiplier = errors.share_multiplier;
  d.noticed_by_reader = Coin(errors.noticed_by_reader);
  d.monitored = errors.monitoring != Law::fixed(0);
  d.monitoring = errors.monitoring;
  d.corrections = errors.corrections;
  d.correction_drafting = errors.correction_drafting;
  return d;
}

/// A fixed order in which missions get accounts: presence 4 is part of presence 73, so that more presence only adds.
std::vector<std::uint32_t> account_ranks(std::size_t missions, const Luck& luck) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
  for (std::uint32_t m = 0; m < missions; ++m)
    order.push_back({luck.block(Purpose::world, m, hash_key(name_key("account"), 0))[0], m});
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> rank(missions + 1, 0);  // the capital always has accounts: rank 0 is its own
  for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i].second] = i + 1;
  return rank;
}

/// What of a zone's offsets matters to a scenario: the one at its start and the changes before its end.
std::vector<std::pair<std::int64_t, std::int32_t>> offsets_within(const calendar::Zone& zone, const Clock& clock,
                                                                  Tick end) {
  std::vector<std::pair<std::int64_t, std::int32_t>> seen{{0, zone.offset_at(clock.start_utc_s)}};
  for (const auto& [utc_s, offset] : zone.offsets)
    if (utc_s > clock.start_utc_s && utc_s < clock.utc_s(end)) seen.push_back({utc_s, offset});
  return seen;
}

}  // namespace

Clock clock_of(const Scenario& scenario) {
  return {scenario.time.start_utc_s, static_cast<std::int64_t>(scenario.time.resolution_s)};
}
Tick end_of(const Scenario& scenario) {
  return clock_of(scenario).ticks(scenario.time.horizon_s, 1);
}

World::World(const Scenario& scenario, std::uint64_t replicate, unsigned threads) : scenario_(scenario) {
  const Luck luck(scenario.seed, replicate);
  const Inputs& inputs = scenario_.inputs;
  const People people = people_of(scenario_, luck);
  const auto missions = static_cast<Vertex>(inputs.missions.size());
  const Vertex senders = missions + 1;
  country_first_ = people.country_first;

  std::vector<network::Layer> layers;
  std::map<std::string, LayerId> layer_ids;
  plan_.clock = clock_of(scenario_);
  plan_.end = end_of(scenario_);
  for (std::size_t c = 0; c < scenario_.channels.size(); ++c) {
    const auto& [name, channel] = scenario_.channels[c];
    LayerId layer;
    if (channel.mode != Mode::broadcast) {
      auto [known, fresh] = layer_ids.try_emplace(channel.layer.empty() ? name : channel.layer);
      if (fresh) {
        known->second = LayerId(static_cast<std::uint32_t>(layers.size()));
        layers.push_back(layer_of(scenario_, people, c, luck, threads));
      }
      layer = known->second;
    }
    plan_.medium.channels.push_back(kernel_of(name, channel, layer, plan_.clock));
    plan_.channels.push_back(use_of(channel));
  }
  network_ = std::make_unique<const network::Network>(senders + people.count(), std::move(layers));

  plan_.medium.network = network_.get();
  plan_.medium.end = plan_.end;
  plan_.audience_first = senders;
  plan_.group_of = people.country;
  plan_.groups = static_cast<std::uint32_t>(inputs.countries.size());
  const bool rhythmic =
      std::any_of(scenario_.channels.begin(), scenario_.channels.end(), [](const auto& c) { return c.second.rhythm; });
  if (rhythmic && scenario_.audience.rhythm != "flat") {
    const calendar::ActivityProfile profile = calendar::profile(scenario_.audience.rhythm);
    // zones whose clocks agree over the whole horizon share one: a hundred countries need some thirty
    std::map<std::vector<std::pair<std::int64_t, std::int32_t>>, std::uint8_t> clocks;
    std::vector<std::uint8_t> clock_of_country;
    for (const Country& c : inputs.countries) {
      const calendar::Zone& zone = calendar::zone(c.zone);
      const auto [known, fresh] = clocks.try_emplace(offsets_within(zone, plan_.clock, plan_.end),
                                                     static_cast<std::uint8_t>(plan_.medium.clocks.size()));
      if (fresh) {
        if (plan_.medium.clocks.size() == 255)
          throw InputError(
              {"the audience lives in more than 255 different time zones", "", "name fewer in the table of countries"});
        plan_.medium.clocks.emplace_back(zone, profile, plan_.clock, plan_.end);
      }
      clock_of_country.push_back(known->second);
    }
    plan_.medium.clock_of.assign(senders, 0);
    for (const std::uint16_t country : people.country) plan_.medium.clock_of.push_back(clock_of_country[country]);
  }
  plan_.medium.access.assign(senders, 0);
  plan_.medium.access.insert(plan_.medium.access.end(), people.access.begin(), people.access.end());

  plan_.origins = senders;
  plan_.account_rank = account_ranks(missions, luck);
  plan_.outlets.reserve(std::size_t{senders} * scenario_.channels.size());
  for (Vertex o = 0; o < senders; ++o) {
    const std::size_t country =
        country_index(inputs, o < missions ? inputs.missions[o].host : scenario_.ministry.country);
    for (const auto& [name, channel] : scenario_.channels) {
      run::Outlet outlet;
      if (channel.holder == Holder::capital && o != missions) {
        outlet = {};  // only the capital speaks there
      } else if (channel.mode != Mode::broadcast) {
        outlet = {run::Outlet::Kind::poster, o, 0};
      } else if (country_first_.empty() || inputs.countries.size() == 1) {
        outlet = {run::Outlet::Kind::audience, senders, network_->actors()};
      } else if (country < inputs.countries.size()) {
        outlet = {run::Outlet::Kind::audience, senders + country_first_[country],
                  senders + country_first_[country + 1]};
      }
      plan_.outlets.push_back(outlet);
    }
  }
  plan_.drafting = scenario_.ministry.drafting;
  plan_.discovery = discovery_of(scenario_.errors);

  for (const auto& [name, regime] : scenario_.regimes) arms_.push_back(compile_regime(scenario_, name, regime));

  // the rhythm of writing, once for each zone in which somebody writes
  std::map<std::string, std::uint32_t> zones;
  std::vector<std::string> zone_names;
  for (Vertex o = 0; o < senders; ++o) {
    const std::string& zone = o < missions ? inputs.missions[o].zone : scenario_.ministry.capital_zone;
    auto [known, fresh] = zones.try_emplace(zone, static_cast<std::uint32_t>(zone_names.size()));
    if (fresh) zone_names.push_back(zone);
    zone_of_origin_.push_back(known->second);
  }
  for (const auto& [name, stimulus] : scenario_.stimuli) {
    std::vector<calendar::ActivityClock>& by_zone = writing_.emplace_back();
    if (stimulus.kind == Stimulus::Kind::seed) continue;
    const calendar::ActivityProfile profile = calendar::profile(stimulus.rhythm);
    for (const std::string& zone : zone_names)
      by_zone.emplace_back(calendar::zone(zone), profile, plan_.clock, plan_.end);
  }
  if (network_->layer_count() > 0) {
    const network::Layer& first = network_->layer(LayerId(0));
    for (Vertex v = senders; v < network_->actors(); ++v)
      if (hub_ == 0 || first.out_degree(v) > first.out_degree(hub_)) hub_ = v;
  }
}

}  // namespace demarche::models
