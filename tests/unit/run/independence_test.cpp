#include "tests/unit/run/independence.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "sim/spread/cascade.hpp"

namespace demarche::run {
namespace {

using network::Tie;
using network::Vertex;
using test::Bits;

/// Everybody of `network` shares with `share` what a tie shows with `p`.
struct Field {
  network::Network network;
  spread::Medium medium;
  Field(Vertex actors, const std::vector<Tie>& ties, double p, double share) : network(actors, layers(actors, ties)) {
    medium.network = &network;
    medium.end = 100000;
    // the same ties as two channels
    for (const char* name : {"tie", "other"})
      medium.channels.emplace_back(name, LayerId{0}, p, QuantileTable(Law::exponential(40), 1, 1), share);
  }
  static std::vector<network::Layer> layers(Vertex actors, const std::vector<Tie>& ties) {
    std::vector<network::Layer> list;
    list.push_back(network::build_layer("ties", actors, ties));
    return list;
  }
};

/// Which of the actors 0 .. n-1 a cascade from `seed` reaches.
class Reached {
 public:
  Reached(const Field& field, Vertex n, std::uint32_t channel = 0)
      : cascade_(field.medium, ChannelId{channel}), n_(n) {}
  Bits operator()(const Luck& luck, MessageKey message, Vertex seed) {
    cascade_.run(luck, {.key = message}, std::span(&seed, 1), 0);
    Bits bits(n_, 0);
    for (const Vertex v : cascade_.reached())
      if (v < n_) bits[v] = 1;
    return bits;
  }

 private:
  spread::Cascade cascade_;
  Vertex n_;
};

constexpr double p = 0.25;
constexpr Vertex actors = 240, followers = 6;

std::vector<Tie> random_ties() {
  std::mt19937_64 dice(1);
  std::vector<Tie> ties;
  for (Vertex v = 0; v < actors; ++v)
    for (Vertex k = 0; k < followers; ++k) ties.push_back({v, static_cast<Vertex>(dice() % actors)});
  return ties;
}

/// The cascade word by word: `coin(tie)` once for each tie of everybody reached.
Bits naive(const network::Layer& layer, const std::function<bool(std::uint64_t tie)>& coin) {
  Bits bits(layer.actors(), 0);
  std::vector<Vertex> next{0};
  bits[0] = 1;
  while (!next.empty()) {
    const Vertex v = next.back();
    next.pop_back();
    for (std::uint64_t tie = layer.offsets()[v]; tie < layer.offsets()[v + 1]; ++tie) {
      const Vertex who = layer.targets()[tie];
      if (!coin(tie) || bits[who] != 0) continue;
      bits[who] = 1;
      next.push_back(who);
    }
  }
  return bits;
}

/// Independent coins of another generator altogether.
std::vector<Bits> independent(const network::Layer& layer, int runs, std::uint64_t seed) {
  std::mt19937_64 coins(seed);
  std::vector<Bits> list;
  for (int r = 0; r < runs; ++r)
    list.push_back(naive(layer, [&](std::uint64_t) { return static_cast<double>(coins() >> 11) * 0x1p-53 < p; }));
  return list;
}

/// A known fault (fused sampling for influence maximization): the coin of a tie is its hash, exclusive-ored with one
/// word of the replicate. Each tie by itself is right, but ties of one replicate pass in blocks: here the standard
/// deviation of the reach comes out 17 % too low.
std::vector<Bits> exclusive_or(const network::Layer& layer, int runs) {
  std::mt19937_64 words(3);
  std::vector<Bits> list;
  for (int r = 0; r < runs; ++r) {
    const auto word = static_cast<std::uint32_t>(words());
    list.push_back(naive(layer, [word](std::uint64_t tie) {
      return (static_cast<std::uint32_t>(mix64(tie + 1)) ^ word) * 0x1p-32 < p;
    }));
  }
  return list;
}

constexpr int replicates = 6000, reference_runs = 4 * replicates;

// Power with 6,000 replicates: a standard deviation of the reach 5 % off (known fault: 17-22 %) is seen by the z-test
// of the variance with more than 0.99 (its standard error is below 1 % of the variance).
TEST(Replicates, SpreadOfReachAndOverlapAreThoseOfIndependentCoins) {
  const Field field(actors, random_ties(), p, 1);
  Reached reached(field, actors);
  std::vector<Bits> runs;
  for (std::uint64_t r = 0; r < replicates; ++r) runs.push_back(reached(Luck(2, r), 9, 0));
  const network::Layer& layer = field.network.layer(LayerId{0});
  const std::vector<Bits> reference = independent(layer, reference_runs, 1);
  const std::vector<double> reach = test::reaches(reference), both = test::overlaps(reference);

  EXPECT_LT(test::other_law(test::reaches(runs), reach), 1);
  EXPECT_LT(test::other_variance(test::reaches(runs), reach), 1);
  EXPECT_LT(test::other_law(test::overlaps(runs), both), 1);
  EXPECT_LT(test::other_variance(test::overlaps(runs), both), 1);

  // the same statistics tell the fault, and leave another run of independent coins alone
  const std::vector<Bits> wrong = exclusive_or(layer, replicates);
  EXPECT_GT(test::other_law(test::reaches(wrong), reach), 1);
  EXPECT_GT(test::other_variance(test::reaches(wrong), reach), 1);
  EXPECT_GT(test::other_law(test::overlaps(wrong), both), 1);
  EXPECT_GT(test::other_variance(test::overlaps(wrong), both), 1);
  const std::vector<Bits> again = independent(layer, replicates, 2);
  EXPECT_LT(test::other_law(test::reaches(again), reach), 1);
  EXPECT_LT(test::other_variance(test::overlaps(again), both), 1);
}

/// Seeds, replicates, messages, posters and channels that stand side by side.
struct Question {
  std::uint64_t seed, replicate;
  MessageKey message;
  Vertex poster;
  std::uint32_t channel;
};
struct Neighbours {
  const char* name;
  std::function<void(Question&)> step;
};
const std::vector<Neighbours>& neighbours() {
  static const std::vector<Neighbours> list{
      {"replicates", [](Question& q) { ++q.replicate; }},
      {"seeds", [](Question& q) { ++q.seed; }},
      {"seed and replicate, one up and one down", [](Question& q) { ++q.seed, --q.replicate; }},
      {"messages", [](Question& q) { ++q.message; }},
      {"message and replicate", [](Question& q) { ++q.message, --q.replicate; }},
      {"posters", [](Question& q) { ++q.poster; }},
      {"channels", [](Question& q) { ++q.channel; }},
  };
  return list;
}

using Answer = std::function<Bits(const Question&)>;
constexpr double tie_p = 0.1;
constexpr Vertex hubs = 2, ties_of_a_hub = 4096;

/// 64 pairs of neighbours at each lag of 0 .. 3 ties: overlapping generators repeat each other shifted.
/// Power: 262,144 pairs of ties in all; where 2 % of them share their coin, the excess is 9 standard deviations.
double worst_of(const Neighbours& kind, const Answer& answer) {
  std::vector<test::Together> lags;
  for (std::size_t lag = 0; lag < 4; ++lag) lags.emplace_back(tie_p, lag);
  for (std::uint64_t i = 0; i < 64; ++i) {
    const Question one{100 + 2 * i, 1 + 2 * i, 1000 + 2 * i, 0, 0};
    Question other = one;
    kind.step(other);
    const Bits a = answer(one), b = answer(other);
    for (test::Together& lag : lags) lag.add(a, b);
  }
  double worst = 0;
  for (const test::Together& lag : lags) worst = std::max(worst, lag.worst());
  return worst;
}

TEST(Replicates, NeighboursDoNotShareTheirCoins) {
  std::vector<Tie> ties;
  for (Vertex h = 0; h < hubs; ++h)
    for (Vertex k = 0; k < ties_of_a_hub; ++k) ties.push_back({ties_of_a_hub + h, k});
  const Field field(ties_of_a_hub + hubs, ties, tie_p, 0);
  std::vector<Reached> reached;
  for (std::uint32_t channel = 0; channel < 2; ++channel) reached.emplace_back(field, ties_of_a_hub, channel);
  const Answer engine = [&](const Question& q) {
    return reached[q.channel](Luck(q.seed, q.replicate), q.message, ties_of_a_hub + q.poster);
  };
  for (const Neighbours& kind : neighbours()) EXPECT_LT(worst_of(kind, engine), 1) << kind.name;

  const auto by_words = [](const std::function<std::uint32_t(Vertex tie)>& word) {
    Bits bits(ties_of_a_hub);
    for (Vertex k = 0; k < ties_of_a_hub; ++k) bits[k] = word(k) * 0x1p-32 < tie_p ? 1 : 0;
    return bits;
  };
  // faults: one sum for seed and replicate; states of SplitMix64 in a row; a tie's hash and one word a replicate
  const Answer sum = [&](const Question& q) { return engine({q.seed + q.replicate, 0, q.message, 0, 0}); };
  EXPECT_GT(worst_of(neighbours()[2], sum), 1);
  const Answer states = [&](const Question& q) {
    return by_words([&](Vertex k) {
      return static_cast<std::uint32_t>(mix64((q.seed + q.replicate + k) * 0x9e3779b97f4a7c15ULL));
    });
  };
  EXPECT_GT(worst_of(neighbours()[0], states), 1);
  EXPECT_GT(worst_of(neighbours()[1], states), 1);
  const Answer fused = [&](const Question& q) {
    const auto word = static_cast<std::uint32_t>(mix64(hash_key(q.seed, q.replicate)));
    return by_words([&](Vertex k) { return static_cast<std::uint32_t>(mix64(k + 1)) ^ word; });
  };
  EXPECT_GT(worst_of(neighbours()[0], fused), 1);
}

}  // namespace
}  // namespace demarche::run
