#include "models/layers.hpp"

#include <algorithm>
#include <unordered_set>

#include "sim/base/distribution.hpp"
#include "sim/base/error.hpp"
#include "sim/base/math.hpp"
#include "sim/base/parallel.hpp"
#include "sim/network/huge_pages.hpp"

namespace demarche::models {

namespace {

using network::TieIndex;
using network::Vertex;

/// `count` distinct positions of first .. last - 1, each set equally likely (Floyd; Bentley & Floyd 1987,
/// doi 10.1145/30401.315746).
void choose(Stream& stream, std::size_t first, std::size_t last, std::size_t count, std::vector<std::size_t>& chosen) {
  const std::size_t n = last - first;
  count = std::min(count, n);
  std::unordered_set<std::size_t> taken;  // asked for membership only, never walked
  for (std::size_t j = n - count; j < n; ++j) {
    std::size_t pick = first + draw_below(stream, j + 1);
    if (!taken.insert(pick).second) taken.insert(pick = first + j);
    chosen.push_back(pick);
  }
}

/// The actors who follow one sender on a channel, ascending.
std::vector<Vertex> followers_of(const Channel& channel, const Users& users, std::size_t host, Stream& stream) {
  const double sigma = channel.followers_sigma;
  // the median that gives a lognormal law the stated mean
  const double median = channel.followers_mean * math::exp(-sigma * sigma / 2);
  const double drawn = draw_lognormal(stream, median, sigma);
  const std::size_t wanted = std::min(static_cast<std::size_t>(drawn + 0.5), users.actors.size());
  std::vector<std::size_t> chosen;
  if (host + 1 < users.country_first.size()) {
    const auto at_home = static_cast<std::size_t>(draw_binomial(stream, wanted, channel.local));
    choose(stream, users.country_first[host], users.country_first[host + 1], at_home, chosen);
  }
  // the others are chosen among those not yet chosen: the k-th of these lies behind as many local ones as stand before
  // it
  std::sort(chosen.begin(), chosen.end());
  const std::size_t local = chosen.size();
  std::vector<std::size_t> ranks;
  choose(stream, 0, users.actors.size() - local, wanted - local, ranks);
  std::sort(ranks.begin(), ranks.end());
  std::size_t before = 0;
  for (const std::size_t rank : ranks) {
    while (before < local && chosen[before] <= rank + before) ++before;
    chosen.push_back(rank + before);
  }
  std::sort(chosen.begin(), chosen.end());
  std::vector<Vertex> followers;
  followers.reserve(chosen.size());
  for (const std::size_t i : chosen) followers.push_back(users.actors[i]);
  return followers;
}

std::vector<Vertex> country_sizes(const Users& users) {
  std::vector<Vertex> sizes;
  for (std::size_t c = 0; c + 1 < users.country_first.size(); ++c)
    sizes.push_back(static_cast<Vertex>(users.country_first[c + 1] - users.country_first[c]));
  return sizes;
}

/// Expands "within" and "between" mean ties into a block model over the countries of `users`.
network::BlockModel by_country(const network::BlockModel& spec, const Users& users) {
  network::BlockModel full{country_sizes(users), {}};
  const double within = spec.mean_ties.at(0), between = spec.mean_ties.at(1);
  const auto all = static_cast<double>(users.actors.size());
  for (std::size_t g = 0; g < full.sizes.size(); ++g) {
    const double others = all - full.sizes[g];
    for (std::size_t h = 0; h < full.sizes.size(); ++h)
      full.mean_ties.push_back(g == h ? (full.sizes[g] > 1 ? std::min<double>(within, full.sizes[g] - 1) : 0.0)
                                      : (others > 0 ? between * full.sizes[h] / others : 0.0));
  }
  return full;
}

/// The senders' rows, then those of the audience: row r of `ties` is that of actor actor_at(r), ascending; actors who
/// do not use the channel have no followers.
template <class ActorAt>
network::Layer with_audience(const std::string& name, network::HeadRows head, Vertex actors, const network::Layer& ties,
                             const ActorAt& actor_at, unsigned threads) {
  const auto senders = static_cast<Vertex>(head.offsets.size() - 1);
  auto offsets = network::large_vector<TieIndex>(std::size_t{actors} + 1);
  std::copy(head.offsets.begin(), head.offsets.end(), offsets.begin());
  Vertex row = 0;
  for (Vertex v = 0; senders + v < actors; ++v) {
    TieIndex followers = 0;
    if (row < ties.actors() && actor_at(row) == v) followers = ties.out_degree(row++);
    offsets[std::size_t{senders} + v + 1] = offsets[std::size_t{senders} + v] + followers;
  }
  auto targets = network::large_vector<Vertex>(static_cast<std::size_t>(offsets.back()));
  std::copy(head.targets.begin(), head.targets.end(), targets.begin());
  // each row is written by one thread, wherever it stands
  constexpr Vertex rows_at_once = 4096;
  parallel_for_each_index((std::size_t{ties.actors()} + rows_at_once - 1) / rows_at_once, threads,
                          [&](std::size_t, std::size_t part) {
                            const auto first = static_cast<Vertex>(part * rows_at_once);
                            const Vertex last = std::min<Vertex>(ties.actors(), first + rows_at_once);
                            for (Vertex r = first; r < last; ++r) {
                              Vertex* to = targets.data() + offsets[std::size_t{senders} + actor_at(r)];
                              for (const Vertex t : ties.followers(r)) *to++ = senders + actor_at(t);
                            }
                          });
  return network::Layer(name, std::move(offsets), std::move(targets));
}

}  // namespace

std::size_t country_index(const Inputs& inputs, const std::string& code) {
  const auto found =
      std::find_if(inputs.countries.begin(), inputs.countries.end(), [&](const Country& c) { return c.code == code; });
  return static_cast<std::size_t>(found - inputs.countries.begin());
}

network::Generator sized_for(const network::Generator& kind, const Users& users, bool everybody) {
  network::Generator sized = kind;
  const auto n = static_cast<Vertex>(users.actors.size());
  std::visit(
      [&](auto& g) {
        using Kind = std::decay_t<decltype(g)>;
        if constexpr (std::is_same_v<Kind, network::BlockModel>) {
          if (g.sizes.empty()) g = by_country(g, users);
        } else if constexpr (std::is_same_v<Kind, network::CountryBlocks>) {
          if (g.sizes.empty()) g.sizes = country_sizes(users);
        } else if constexpr (std::is_same_v<Kind, network::Torus>) {
          if (!everybody || std::uint64_t{g.rows} * g.columns != n)
            throw InputError({"a torus of " + std::to_string(g.rows) + " x " + std::to_string(g.columns) +
                                  " does not hold " + std::to_string(n) + " users",
                              "every place of a lattice is one actor who uses the channel",
                              "make actors = rows x columns and leave access at 100 %"});
        } else {
          g.actors = n;
        }
      },
      sized);
  network::validate(sized);
  return sized;
}

network::Layer layer_of(const Scenario& scenario, const People& people, std::size_t channel_index, const Luck& luck,
                        unsigned threads) {
  const auto& [name, channel] = scenario.channels[channel_index];
  const Inputs& inputs = scenario.inputs;
  const Users users = users_of(people, channel_index);
  const MessageKey key = name_key(channel.layer.empty() ? name : channel.layer);
  const auto senders = static_cast<Vertex>(inputs.missions.size() + 1);
  const Vertex actors = senders + people.count();

  network::HeadRows head{{0}, {}};
  for (Vertex s = 0; s < senders; ++s) {
    if (channel.followers_mean > 0) {
      const std::string& host = s < inputs.missions.size() ? inputs.missions[s].host : scenario.ministry.country;
      Stream stream(luck, Purpose::world, s, key);
      for (const Vertex f : followers_of(channel, users, country_index(inputs, host), stream))
        head.targets.push_back(senders + f);
    }
    head.offsets.push_back(head.targets.size());
  }

  if (channel.mode != Mode::network || (!scenario.audience.has_ties && !inputs.ties)) {
    head.offsets.resize(std::size_t{actors} + 1, head.targets.size());
    return network::Layer(name, std::move(head.offsets), std::move(head.targets));
  }
  if (inputs.ties) {
    const auto actor_at = [](Vertex v) { return v; };
    return with_audience(name, std::move(head), actors, *inputs.ties, actor_at, threads);
  }
  const bool everybody = users.actors.size() == people.count();
  const network::Generator sized = sized_for(scenario.audience.ties, users, everybody);
  if (const auto* blocks = std::get_if<network::CountryBlocks>(&sized); blocks != nullptr && blocks->implicit) {
    if (!everybody)
      throw InputError({"not everybody uses " + name + ", whose ties are implicit",
                        "rows that are recomputed cannot leave actors out",
                        "leave online and access at 100 %, or write implicit: false"});
    return network::Layer(
        name, std::make_shared<const network::ImplicitTies>(*blocks, luck, key, senders, actors, std::move(head)));
  }
  const network::Layer ties = network::generate(sized, name, luck, key, 0, 0, threads);
  const auto actor_at = [&users](Vertex v) { return users.actors[v]; };
  return with_audience(name, std::move(head), actors, ties, actor_at, threads);
}

}  // namespace demarche::models
