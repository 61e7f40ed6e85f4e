#include <cmath>
#include <limits>
#include <numeric>

#include "sim/network/follower_counts.hpp"
#include "sim/network/generate.hpp"
#include "sim/network/shuffled.hpp"
#include "sim/network/tie_bins.hpp"

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

/// The memory of one worker, reused from row to row.
struct Scratch {
  std::vector<Vertex> chosen, kept, taken, others, sorting;
};

/// `count` different values below n, none of them in `excluded` (ascending), to scratch.chosen; ascending.
void draw_distinct(std::uint64_t count, Vertex n, std::span<const Vertex> excluded, Stream& stream, Scratch& scratch) {
  auto& [chosen, kept, taken, others, sorting] = scratch;
  chosen.clear();
  // Drawing just what is missing never overshoots, so the set is that of drawing one by one.
  while (chosen.size() < count) {
    for (std::uint64_t missing = count - chosen.size(); missing > 0; --missing) {
      chosen.push_back(static_cast<Vertex>(draw_below(stream, n)));
    }
    sort_row(chosen, sorting);
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    kept.clear();
    std::set_difference(chosen.begin(), chosen.end(), excluded.begin(), excluded.end(), std::back_inserter(kept));
    chosen.swap(kept);
  }
}

/// `count` different followers for `self` that are not among its returned ties, to scratch.chosen; ascending.
void draw_one_way(std::uint64_t count, Vertex self, Vertex n, std::span<const Vertex> returned, Stream& stream,
                  Scratch& scratch) {
  auto& [chosen, kept, taken, others, sorting] = scratch;
  const auto above = std::upper_bound(returned.begin(), returned.end(), self);
  taken.assign(returned.begin(), above);
  taken.push_back(self);
  taken.insert(taken.end(), above, returned.end());
  const std::uint64_t free = n - taken.size();
  if (count <= free / 2) return draw_distinct(count, n, taken, stream, scratch);
  draw_distinct(free - count, n, taken, stream, scratch);
  others.clear();
  std::set_union(taken.begin(), taken.end(), chosen.begin(), chosen.end(), std::back_inserter(others));
  chosen.clear();
  auto next = others.begin();
  for (Vertex v = 0; v < n; ++v) {
    if (next != others.end() && *next == v) {
      ++next;
    } else {
      chosen.push_back(v);
    }
  }
}

/// The ends of all returned ties in random order, neighbours in that order tied: each actor as often as it asks.
LargeArray<std::uint64_t> paired_ends(const LargeArray<std::uint32_t>& asked, Source source, unsigned threads) {
  const std::uint64_t sum = std::accumulate(asked.span().begin(), asked.span().end(), std::uint64_t{0});
  const std::uint64_t ends = sum - sum % 2;
  if (ends > std::numeric_limits<std::uint32_t>::max()) {
    throw InputError({std::to_string(ends) + " returned ties", "they are numbered with 32 bits",
                      "ask for fewer actors, ties or a lower reciprocity"});
  }
  LargeArray<Vertex> owner(static_cast<std::size_t>(sum));
  Vertex* next = owner.begin();
  for (std::size_t v = 0; v < asked.size(); ++v) next = std::fill_n(next, asked[v], static_cast<Vertex>(v));
  owner.keep(static_cast<std::size_t>(ends));
  return shuffled_words(owner.span(), source.luck, hash_key(source.layer_key, 1), threads);
}

/// Returned ties from the number of them each actor asks for. Self-pairs and repeats are left out: one-way followers
/// take their places, so that follower counts stay as drawn.
Rows returned_ties(LargeArray<std::uint32_t> asked, Source source, unsigned threads) {
  const auto actors = static_cast<Vertex>(asked.size());
  const LargeArray<std::uint64_t> ends = paired_ends(asked, source, threads);
  asked = {};
  const std::uint64_t pairs = ends.size() / 2;
  const std::size_t parts = parts_for(pairs, 1U << 18);
  return binned_rows({"", 0, actors, threads}, actors, ends.size(), parts, [&](std::size_t part, auto&& emit) {
    const Range range = part_of(pairs, part, parts);
    for (std::uint64_t i = range.begin; i < range.end; ++i) {
      const auto a = static_cast<Vertex>(ends[static_cast<std::size_t>(2 * i)]),
                 b = static_cast<Vertex>(ends[static_cast<std::size_t>(2 * i + 1)]);
      if (a == b) continue;
      emit(a, b);
      emit(b, a);
    }
  });
}

}  // namespace

// Concurrency: every draw is keyed by its actor, and an actor's row has its own place among the targets.
Layer generate_layer(const HeavyTailed& g, Frame frame, Source source) {
  if (g.actors < 2 || g.mean_degree <= 0) return layer_from_ties(frame, g.actors, 0, [](auto&&) {});
  const Vertex others = g.actors - 1;
  const FollowerCounts counts(g.exponent, g.mean_degree, others);
  const double paired = paired_share(g.reciprocity, g.mean_degree / static_cast<double>(others));
  const std::size_t parts = parts_for(g.actors, 1U << 14);
  const auto each_actor = [&](auto&& visit) {
    parallel_for_each_index(parts, frame.threads, [&](std::size_t worker, std::size_t part) {
      const Range range = part_of(g.actors, part, parts);
      for (std::uint64_t v = range.begin; v < range.end; ++v) visit(worker, static_cast<Vertex>(v));
    });
  };
  Rows rows{LargeArray<TieIndex>(std::size_t{frame.total} + 1), {}};
  LargeArray<std::uint32_t> asked(g.actors);
  each_actor([&](std::size_t, Vertex v) {
    Stream stream = source.stream(v);
    const std::uint64_t followers = counts.draw(stream);
    asked[v] = static_cast<std::uint32_t>(draw_binomial(stream, followers, paired));
    rows.offsets[std::size_t{frame.first} + v + 1] = followers;
  });
  std::partial_sum(rows.offsets.begin(), rows.offsets.end(), rows.offsets.begin());
  rows.ties = rows.offsets[frame.total];
  const Layer returned = layer_of("", returned_ties(std::move(asked), source, frame.threads));

  rows.targets = LargeArray<Vertex>(static_cast<std::size_t>(rows.ties));
  std::vector<Scratch> scratch(frame.threads);
  each_actor([&](std::size_t worker, Vertex v) {
    const std::size_t row = std::size_t{frame.first} + v;
    Stream stream = source.stream(v, 2);
    const auto mutual = returned.followers(v);
    const TieIndex length = rows.offsets[row + 1] - rows.offsets[row];
    draw_one_way(length - mutual.size(), v, g.actors, mutual, stream, scratch[worker]);
    const std::vector<Vertex>& one_way = scratch[worker].chosen;
    Vertex* const begin = rows.targets.data() + rows.offsets[row];
    std::merge(mutual.begin(), mutual.end(), one_way.begin(), one_way.end(), begin);
    for (Vertex* at = begin; at != begin + length; ++at) *at += frame.first;
  });
  return layer_of(std::move(frame.name), std::move(rows));
}

}  // namespace demarche::network
