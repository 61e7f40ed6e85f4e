#include <cmath>
#include <numeric>

#include "sim/network/follower_counts.hpp"
#include "sim/network/generate.hpp"
#include "sim/network/shuffled.hpp"

// Follower network with power-law follower counts and a chosen share of returned ties: a directed configuration model
// with bidirectional ties (Newman, Forrest & Balthrop 2002, doi 10.1103/PhysRevE.66.035101). Each actor's follower
// count is drawn, and a binomial share of it is returned ties, paired at random among all actors; the other followers
// are any others, equally likely. So how many an actor follows varies little beyond its returned ties.
namespace demarche::network {
namespace {

/// The share of ties that must be paired on purpose so that, with those returned by chance, `reciprocity` are: one-way
/// ties (share 1 - s) are returned with probability (1 - s) d at density d, so s + (1 - s)^2 d = reciprocity.
double paired_share(double reciprocity, double density) {
  if (density <= 0 || reciprocity <= density) return 0;
  const double half = 0.5 / density - 1;
  return std::sqrt(half * half + (reciprocity / density - 1)) - half;
}

/// `count` different values below n, none of them in `excluded` (ascending); ascending.
std::vector<Vertex> draw_distinct(std::uint64_t count, Vertex n, std::span<const Vertex> excluded, Stream& stream) {
  std::vector<Vertex> chosen, kept;
  // Drawing just what is missing never overshoots, so the set is that of drawing one by one.
  while (chosen.size() < count) {
    for (std::uint64_t missing = count - chosen.size(); missing > 0; --missing) {
      chosen.push_back(static_cast<Vertex>(draw_below(stream, n)));
    }
    sort_row(chosen);
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    kept.clear();
    std::set_difference(chosen.begin(), chosen.end(), excluded.begin(), excluded.end(), std::back_inserter(kept));
    chosen.swap(kept);
  }
  return chosen;
}

/// `count` different followers for `self` that are not among its returned ties.
std::vector<Vertex> one_way_followers(std::uint64_t count, Vertex self, Vertex n, std::span<const Vertex> returned,
                                      Stream& stream) {
  std::vector<Vertex> taken(returned.begin(), returned.end());
  taken.insert(std::upper_bound(taken.begin(), taken.end(), self), self);
  const std::uint64_t free = n - taken.size();
  if (count <= free / 2) return draw_distinct(count, n, taken, stream);
  const std::vector<Vertex> left_out = draw_distinct(free - count, n, taken, stream);
  std::vector<Vertex> others;
  std::set_union(taken.begin(), taken.end(), left_out.begin(), left_out.end(), std::back_inserter(others));
  std::vector<Vertex> followers;
  followers.reserve(static_cast<std::size_t>(count));
  auto next = others.begin();
  for (Vertex v = 0; v < n; ++v) {
    if (next != others.end() && *next == v) {
      ++next;
    } else {
      followers.push_back(v);
    }
  }
  return followers;
}

/// Returned ties from the number of them each actor asks for. Self-pairs and repeats are left out: one-way followers
/// take their places, so that follower counts stay as drawn.
Layer returned_ties(const std::vector<std::uint32_t>& asked, Source source) {
  const auto ends = static_cast<std::uint32_t>(std::accumulate(asked.begin(), asked.end(), std::uint64_t{0}) & ~1ULL);
  std::vector<Vertex> owner;
  owner.reserve(std::size_t{ends} + 1);
  for (Vertex v = 0; v < asked.size(); ++v) owner.insert(owner.end(), asked[v], v);
  const std::vector<std::uint32_t> order = shuffled(ends, source.luck, hash_key(source.layer_key, 1));
  return layer_from_ties({"", 0, static_cast<Vertex>(asked.size())}, [&](auto&& emit) {
    for (std::uint32_t i = 0; i < ends; i += 2) {
      const Vertex a = owner[order[i]], b = owner[order[i + 1]];
      if (a == b) continue;
      emit(a, b);
      emit(b, a);
    }
  });
}

}  // namespace

Layer generate_layer(const HeavyTailed& g, Frame frame, Source source) {
  if (g.actors < 2 || g.mean_degree <= 0) return layer_from_ties(std::move(frame), [](auto&&) {});
  const Vertex others = g.actors - 1;
  const FollowerCounts counts(g.exponent, g.mean_degree, others);
  const double paired = paired_share(g.reciprocity, g.mean_degree / static_cast<double>(others));
  auto offsets = large_vector<TieIndex>(std::size_t{frame.total} + 1);
  std::vector<std::uint32_t> asked(g.actors);
  for (Vertex v = 0; v < g.actors; ++v) {
    Stream stream = source.stream(v);
    const std::uint64_t followers = counts.draw(stream);
    asked[v] = static_cast<std::uint32_t>(draw_binomial(stream, followers, paired));
    offsets[std::size_t{frame.first} + v + 1] = followers;
  }
  std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
  const Layer returned = returned_ties(asked, source);

  auto targets = large_vector<Vertex>(static_cast<std::size_t>(offsets.back()));
  for (Vertex v = 0; v < g.actors; ++v) {
    const std::size_t row = std::size_t{frame.first} + v;
    Stream stream = source.stream(v, 2);
    const auto mutual = returned.followers(v);
    const auto one_way =
        one_way_followers(offsets[row + 1] - offsets[row] - mutual.size(), v, g.actors, mutual, stream);
    const auto begin = targets.begin() + static_cast<std::ptrdiff_t>(offsets[row]);
    const auto end = std::merge(mutual.begin(), mutual.end(), one_way.begin(), one_way.end(), begin);
    for (auto at = begin; at != end; ++at) *at += frame.first;
  }
  return Layer(std::move(frame.name), std::move(offsets), std::move(targets));
}

}  // namespace demarche::network
