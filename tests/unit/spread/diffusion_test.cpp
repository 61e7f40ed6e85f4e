#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "sim/network/generators.hpp"
#include "sim/network/measures.hpp"
#include "sim/spread/cascade.hpp"
#include "sim/spread/spread.hpp"

namespace demarche::spread {
namespace {

using network::Vertex;

/// One channel over one generated layer.
struct Setting {
  network::Network network;
  Medium medium;
  Setting(const network::Generator& ties, double visibility, double share, Tick end = 100000, std::uint64_t number = 1)
      : network(network::actors_of(ties), layer(ties, number)) {
    medium.network = &network;
    medium.end = end;
    medium.channels.emplace_back("c", LayerId{0}, visibility, QuantileTable(Law::fixed(1), 1, 1), share);
  }
  static std::vector<network::Layer> layer(const network::Generator& ties, std::uint64_t number) {
    std::vector<network::Layer> layers;
    layers.push_back(network::generate(ties, "ties", Luck(number, 0), 1));
    return layers;
  }
};

/// Mean number who know the message, seed included, against its exact value: 4 standard errors of 20,000 cascades
/// (alpha = 6e-5; a bias of 2 % fails with power > .99 in each toy).
void expect_mean_size(const network::Generator& ties, double visibility, double share, double value) {
  const Setting setting(ties, visibility, share);
  Cascade cascade(setting.medium, ChannelId{0});
  const Luck luck(20130408, 0);
  constexpr int runs = 20000;
  double sum = 0, squares = 0;
  for (MessageKey key = 0; key < runs; ++key) {
    cascade.run(luck, {.key = mix64(key)}, std::vector<Vertex>{0}, 0);
    const auto size = static_cast<double>(cascade.reached().size());
    sum += size;
    squares += size * size;
  }
  const double mean = sum / runs;
  EXPECT_NEAR(mean, value, 4 * std::sqrt((squares / runs - mean * mean) / runs));
}

// Kempe, Kleinberg & Tardos 2003; VALIDATION.md D7
TEST(IndependentCascade, OnALineIsAGeometricSum) {
  for (const double p : {0.3, 0.5, 0.9}) {
    double seen = 0, shared = 1;
    for (int i = 0; i < 8; ++i) seen += std::pow(p, i);
    for (int i = 0; i < 7; ++i) shared += std::pow(p, i);
    expect_mean_size(network::Line{8}, p, 1, seen);
    // everybody sees what reaches him, and the coin decides whether he passes it on
    expect_mean_size(network::Line{8}, 1, p, shared);
  }
}

TEST(IndependentCascade, FromTheCentreOfAStarReachesItsShare) {
  for (const double p : {0.05, 0.5}) expect_mean_size(network::Star{21}, p, 1, 1 + 20 * p);
}

TEST(IndependentCascade, OnATriangle) {
  for (const double p : {0.2, 0.5}) expect_mean_size(network::Complete{3}, p, 1, 1 + 2 * (p + (1 - p) * p * p));
}

/// VALIDATION.md D9: with unit delays and sure sharing the arrival time is the breadth-first distance.
RC_GTEST_PROP(FirstPassage, IsTheBreadthFirstDistance, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(2, 300);
  const double degree = std::min<double>(*rc::gen::element(0.5, 1.5, 3.0, 10.0), actors - 1);
  const Setting setting(network::ErdosRenyi{actors, degree, *rc::gen::arbitrary<bool>()}, 1, 1, 1000,
                        *rc::gen::arbitrary<std::uint32_t>());
  const auto source = *rc::gen::inRange<Vertex>(0, actors);
  const std::vector<std::uint32_t> distance = network::distances(setting.network.layer(LayerId{0}), source);

  std::vector<std::uint32_t> arrival(actors, network::unreachable);
  arrival[source] = 0;
  Spread spread(setting.medium);
  spread.reset(Luck(1, 1));
  spread.post(spread.add({.key = 5}), ChannelId{0}, source, 100);
  while (spread.next() != never)
    spread.step([&](const Sight& s, Tick at) { arrival[s.who] = static_cast<std::uint32_t>(at - 100); });
  RC_ASSERT(arrival == distance);

  std::vector<std::uint32_t> by_cascade(actors, network::unreachable);
  Cascade cascade(setting.medium, ChannelId{0});
  cascade.run(Luck(1, 1), {.key = 5}, std::vector<Vertex>{source}, 100);
  for (const Cascade::Moment& m : cascade.moments())
    for (std::size_t i = m.first; i < cascade.reached().size(); ++i)
      by_cascade[cascade.reached()[i]] = static_cast<std::uint32_t>(m.at - 100);
  RC_ASSERT(by_cascade == distance);
}

/// VALIDATION.md D2: S = 1 - exp(-c T S) given take-off, and take-off as often. Three networks, two outbreaks each: the
/// standard error of the mean size is about .002; of the frequency over 60 seeds .05 (4 of them, alpha = 6e-5).
TEST(Outbreak, OnAPoissonGraphHasTheSizeOfTheGiantComponent) {
  constexpr Vertex actors = 20000;
  double size = 0;
  int outbreaks = 0, tries = 0;
  for (std::uint64_t world = 0; world < 3; ++world) {
    const Setting setting(network::ErdosRenyi{actors, 4, false}, 0.5, 1, 100000, 40 + world);
    Cascade cascade(setting.medium, ChannelId{0});
    for (MessageKey key = 0; key < 20; ++key, ++tries) {
      cascade.run(Luck(3, world), {.key = mix64(key)}, std::vector<Vertex>{static_cast<Vertex>(17 * key)}, 0);
      if (cascade.reached().size() < actors / 20) continue;
      ++outbreaks;
      size += static_cast<double>(cascade.reached().size()) / actors;
    }
  }
  EXPECT_NEAR(size / outbreaks, 0.796812, 0.01);
  EXPECT_NEAR(static_cast<double>(outbreaks) / tries, 0.796812, 4 * std::sqrt(0.8 * 0.2 / tries));
}

}  // namespace
}  // namespace demarche::spread
