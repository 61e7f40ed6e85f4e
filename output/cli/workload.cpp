#include "output/cli/workload.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace demarche::cli {
namespace {

using models::Channel;
using models::Scenario;
using models::Stimulus;

double messages_of(const Scenario& scenario, const Stimulus& stimulus) {
  if (stimulus.kind == Stimulus::Kind::seed) return stimulus.count;
  double origins = 0;
  for (const models::Mission& mission : scenario.inputs.missions)
    origins += stimulus.regions.empty() || std::find(stimulus.regions.begin(), stimulus.regions.end(),
                                                     mission.region) != stimulus.regions.end()
                   ? 1
                   : 0;
  if (stimulus.from_capital) origins = 1;
  if (stimulus.kind == Stimulus::Kind::routine) return origins * stimulus.rate_per_s * scenario.time.horizon_s;
  double lasting = std::max(0.0, scenario.time.horizon_s - stimulus.at_s);
  if (stimulus.duration_s > 0) lasting = std::min(lasting, stimulus.duration_s);
  return origins * stimulus.rate_per_s * stimulus.surge * lasting;
}

double ties_among(const Scenario& scenario, double users) {
  if (scenario.inputs.ties) return static_cast<double>(scenario.inputs.ties->ties());
  if (!scenario.audience.has_ties) return 0;
  // a generator is written for the whole audience; on a channel that few use it is as dense, but smaller
  network::Generator sized = scenario.audience.ties;
  if (auto* blocks = std::get_if<network::BlockModel>(&sized); blocks != nullptr && blocks->sizes.empty())
    return users * (blocks->mean_ties.empty() ? 0 : blocks->mean_ties.front() + blocks->mean_ties.back());
  if (auto* blocks = std::get_if<network::CountryBlocks>(&sized); blocks != nullptr && blocks->sizes.empty())
    return users * blocks->mean_degree;
  std::visit(
      [&](auto& g) {
        if constexpr (requires { g.actors; }) g.actors = static_cast<network::Vertex>(users);
      },
      sized);
  return network::expected_ties(sized);
}

/// Share of the users who see something that brings on `growth` more sights each, S = 1 - exp(-growth S).
double final_share(double growth) {
  double s = 1;
  for (int i = 0; i < 60; ++i) s = 1 - std::exp(-growth * s);
  return s;
}

struct ChannelLoad {
  double users, ties;
  double growth;  ///< sights that one sight brings on
  double first;   ///< sights of a post by a mission that has the channel
};

ChannelLoad load_of(const Scenario& scenario, const Channel& channel) {
  ChannelLoad load{};
  load.users = scenario.audience.actors * users_share(scenario, channel);
  if (channel.mode == models::Mode::broadcast) {
    const auto countries = static_cast<double>(std::max<std::size_t>(scenario.inputs.countries.size(), 1));
    load.first = load.users / countries * channel.visibility * channel.pickup;
    return load;
  }
  load.first = std::min(channel.followers_mean, load.users) * channel.visibility;
  if (channel.mode == models::Mode::network && load.users >= 1) {
    load.ties = ties_among(scenario, load.users);
    load.growth = load.ties / load.users * channel.visibility * channel.share *
                  std::max(1.0, scenario.errors.rate > 0 ? scenario.errors.share_multiplier : 1.0);
  }
  return load;
}

double sights_of(const ChannelLoad& load, double first) {
  if (load.growth < 0.95) return std::min(load.users, first / (1 - load.growth));
  return std::min(load.users, std::max(first * 20, final_share(load.growth) * load.users));
}

bool uses(const Stimulus& stimulus, const std::string& channel) {
  return stimulus.channels.empty() ||
         std::find(stimulus.channels.begin(), stimulus.channels.end(), channel) != stimulus.channels.end();
}

}  // namespace

double users_share(const Scenario& scenario, const Channel& channel) {
  double online = 0, weight = 0;
  for (const models::Country& country : scenario.inputs.countries) {
    const auto region = scenario.audience.online_by_region.find(country.region);
    online += country.weight *
              (region == scenario.audience.online_by_region.end() ? scenario.audience.online : region->second);
    weight += country.weight;
  }
  const double share = weight > 0 ? online / weight : scenario.audience.online;
  return share * channel.access + (1 - share) * channel.offline_access;
}

std::uint32_t accounts_of(const Scenario& scenario, const models::Regime& regime) {
  const auto missions = static_cast<std::uint32_t>(scenario.inputs.missions.size());
  return std::min(regime.accounts.value_or(scenario.ministry.accounts), missions);
}

Workload workload_of(const Scenario& scenario) {
  Workload work;
  const auto missions = static_cast<double>(scenario.inputs.missions.size());
  work.actors = missions + 1 + scenario.audience.actors;
  std::vector<ChannelLoad> loads;
  std::map<std::string, double> layers;
  for (const auto& [name, channel] : scenario.channels) {
    loads.push_back(load_of(scenario, channel));
    if (channel.mode == models::Mode::broadcast) continue;
    layers.try_emplace(channel.layer.empty() ? name : channel.layer,
                       loads.back().ties + (missions + 1) * std::min(channel.followers_mean, loads.back().users));
  }
  for (const auto& [name, ties] : layers) work.ties += ties;

  double most_accounts = 0;
  for (const auto& [name, regime] : scenario.regimes)
    most_accounts = std::max<double>(most_accounts, accounts_of(scenario, regime));
  for (const auto& [name, stimulus] : scenario.stimuli) {
    const double messages = messages_of(scenario, stimulus);
    work.by_stimulus.emplace_back(name, messages);
    work.messages += messages;
    for (std::size_t c = 0; c < loads.size(); ++c) {
      const auto& [channel_name, channel] = scenario.channels[c];
      if (!uses(stimulus, channel_name)) continue;
      const bool seeded = stimulus.kind == Stimulus::Kind::seed;
      // a seed is an actor of the audience: its followers are ties, and the largest hub has many
      const double per_actor = loads[c].users >= 1 ? loads[c].ties / loads[c].users : 0;
      const double first = seeded ? per_actor * 20 * channel.visibility : loads[c].first;
      const bool by_account = channel.holder == models::Holder::accounts && !seeded && !stimulus.from_capital;
      const double posting = by_account ? most_accounts / std::max(missions, 1.0) : 1;
      work.views += messages * posting * sights_of(loads[c], first);
      work.may_explode = work.may_explode || loads[c].growth >= 0.95;
    }
  }
  return work;
}

}  // namespace demarche::cli
