#include "models/audience.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/distribution.hpp"

namespace demarche::models {

namespace {

constexpr std::uint64_t access_question = 0xACCE55;  // who uses a channel: part of its key, never change

/// Largest-remainder apportionment: whole numbers in proportion to weights, exact in total.
std::vector<network::Vertex> apportion(const std::vector<Country>& countries, std::uint32_t total) {
  double sum = 0;
  for (const Country& c : countries) sum += c.weight;
  std::vector<network::Vertex> share(countries.size());
  std::vector<std::pair<double, std::size_t>> remainder(countries.size());
  std::uint32_t given = 0;
  for (std::size_t i = 0; i < countries.size(); ++i) {
    const double exact = static_cast<double>(total) * countries[i].weight / sum;
    share[i] = static_cast<network::Vertex>(exact);
    given += share[i];
    remainder[i] = {static_cast<double>(share[i]) - exact, i};  // most negative first; ties by position
  }
  std::sort(remainder.begin(), remainder.end());
  for (std::size_t k = 0; given < total; ++k, ++given) ++share[remainder[k % remainder.size()].second];
  return share;
}

double online_share(const Audience& audience, const std::string& region) {
  const auto found = audience.online_by_region.find(region);
  return found == audience.online_by_region.end() ? audience.online : found->second;
}

}  // namespace

People people_of(const Scenario& scenario, const Luck& luck) {
  const Inputs& inputs = scenario.inputs;
  People people;
  const std::uint32_t actors = inputs.ties ? inputs.ties->actors() : scenario.audience.actors;
  people.country.reserve(actors);
  if (!inputs.country_of.empty()) {
    for (const std::uint32_t c : inputs.country_of) people.country.push_back(static_cast<std::uint16_t>(c));
  } else {
    people.country_first.push_back(0);
    for (const network::Vertex share : apportion(inputs.countries, actors)) {
      const auto index = static_cast<std::uint16_t>(people.country_first.size() - 1);
      people.country.insert(people.country.end(), share, index);
      people.country_first.push_back(static_cast<network::Vertex>(people.country.size()));
    }
  }

  std::vector<Coin> online;
  for (const Country& c : inputs.countries) online.emplace_back(online_share(scenario.audience, c.region));
  std::vector<Coin> use, use_offline;
  std::vector<MessageKey> keys;
  for (const auto& [name, channel] : scenario.channels) {
    use.emplace_back(channel.access);
    use_offline.emplace_back(channel.offline_access);
    keys.push_back(hash_key(name_key(name), access_question));
  }
  people.access.assign(actors, 0);
  for (std::uint32_t a = 0; a < actors; ++a) {
    const bool is_online = online[people.country[a]](luck.block(Purpose::world, a, 0)[0]);
    for (std::size_t c = 0; c < use.size(); ++c) {
      const bool uses = (is_online ? use[c] : use_offline[c])(luck.block(Purpose::world, a, keys[c])[0]);
      people.access[a] = static_cast<std::uint16_t>(people.access[a] | (uses ? 1U << c : 0U));
    }
  }
  return people;
}

Users users_of(const People& people, std::size_t channel) {
  Users users;
  std::size_t country = 0;
  for (network::Vertex a = 0; a < people.count(); ++a) {
    while (country < people.country_first.size() && people.country_first[country] <= a) {
      users.country_first.push_back(users.actors.size());
      ++country;
    }
    if ((people.access[a] >> channel & 1) != 0) users.actors.push_back(a);
  }
  while (users.country_first.size() < people.country_first.size()) users.country_first.push_back(users.actors.size());
  return users;
}

}  // namespace demarche::models
