#include "sim/network/measures.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <queue>

#include "tests/unit/network/layers.hpp"

namespace demarche::network {
namespace {

using testing::made;

const Luck luck(1, 0);

TEST(Degrees, AreSummarized) {
  const DegreeSummary star = out_degrees(made(Star{101}));
  EXPECT_DOUBLE_EQ(star.mean, 200.0 / 101);
  EXPECT_EQ(star.min, 1U);
  EXPECT_EQ(star.median, 1U);
  EXPECT_EQ(star.p99, 1U);
  EXPECT_EQ(star.max, 100U);
  const DegreeSummary line = in_degrees(made(Line{3}));
  EXPECT_EQ(line.min, 0U);
  EXPECT_EQ(line.max, 1U);
}

TEST(Reciprocity, CountsReturnedTies) {
  EXPECT_EQ(reciprocity(made(Line{5})), 0);
  EXPECT_EQ(reciprocity(made(Star{5})), 1);
  const std::vector<Tie> ties{{0, 1}, {1, 0}, {1, 2}, {3, 1}, {2, 3}};
  EXPECT_DOUBLE_EQ(reciprocity(build_layer("x", 4, ties)), 0.4);
}

TEST(Clustering, EqualsClosedForms) {
  EXPECT_DOUBLE_EQ(clustering(made(Complete{7}), luck).local, 1);
  EXPECT_DOUBLE_EQ(clustering(made(Complete{7}), luck).global, 1);
  EXPECT_DOUBLE_EQ(clustering(made(Star{7}), luck).local, 0);
  // ring lattice of degree z: 3 (z - 2) / (4 (z - 1)), Watts & Strogatz 1998
  EXPECT_DOUBLE_EQ(clustering(made(RingLattice{100, 4}), luck).local, 0.5);
  EXPECT_DOUBLE_EQ(clustering(made(RingLattice{100, 10}), luck).global, 24.0 / 36);
  EXPECT_NEAR(clustering(made(Torus{9, 9, true}), luck).local, 12.0 / 28, 1e-12);
  // a triangle with a tail: local 1, 1, 1/3, 0; pairs 1 + 1 + 3
  const std::vector<Tie> ties{{0, 1}, {1, 2}, {2, 0}, {2, 3}};
  EXPECT_DOUBLE_EQ(clustering(build_layer("x", 4, ties), luck).local, 7.0 / 12);
  EXPECT_DOUBLE_EQ(clustering(build_layer("x", 4, ties), luck).global, 0.6);
  EXPECT_EQ(clustering(build_layer("x", 4, {}), luck).global, 0);
}

// 20,000 samples of a share near .2: standard error .003; alpha = 1e-6 at 4.9 of them. Wrong by .03 is seen surely.
TEST(Clustering, IsSampledWithoutBias) {
  const Layer layer = made(HeavyTailed{2000, 2.5, 30, 0.5});
  const Clustering exact = clustering(layer, luck), sampled = clustering(layer, luck, 20000, 0);
  EXPECT_TRUE(exact.exact);
  EXPECT_FALSE(sampled.exact);
  EXPECT_NEAR(sampled.local, exact.local, 4.9 * std::sqrt(exact.local * (1 - exact.local) / 20000));
  EXPECT_NEAR(sampled.global, exact.global, 4.9 * std::sqrt(exact.global * (1 - exact.global) / 20000));
}

TEST(Components, AreCounted) {
  const Components line = components(made(Line{1000}));
  EXPECT_EQ(line.weak, 1U);
  EXPECT_EQ(line.strong, 1000U);
  EXPECT_EQ(line.largest_weak, 1000U);
  EXPECT_EQ(line.largest_strong, 1U);
  const std::vector<Tie> ties{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {5, 4}};
  const Components mixed = components(build_layer("x", 7, ties));
  EXPECT_EQ(mixed.weak, 3U);
  EXPECT_EQ(mixed.largest_weak, 4U);
  EXPECT_EQ(mixed.strong, 5U);
  EXPECT_EQ(mixed.largest_strong, 3U);
}

TEST(Components, DoNotOverflowTheStackOnALongLine) {
  EXPECT_EQ(components(made(Line{1000000})).strong, 1000000U);
}

std::vector<std::uint32_t> naive_distances(const Layer& layer, Vertex source) {
  std::vector<std::uint32_t> d(layer.actors(), unreachable);
  std::queue<Vertex> waiting;
  d[source] = 0;
  waiting.push(source);
  while (!waiting.empty()) {
    const Vertex v = waiting.front();
    waiting.pop();
    for (const Vertex w : layer.followers(v)) {
      if (d[w] != unreachable) continue;
      d[w] = d[v] + 1;
      waiting.push(w);
    }
  }
  return d;
}

RC_GTEST_PROP(Distances, EqualTheNaiveSearch, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(1, 60);
  const Layer layer = made(ErdosRenyi{actors, std::min(1.5, actors - 1.0), true}, *rc::gen::arbitrary<std::uint64_t>());
  const auto source = *rc::gen::inRange<Vertex>(0, actors);
  RC_ASSERT(distances(layer, source) == naive_distances(layer, source));
}

TEST(Paths, EqualClosedForms) {
  const Paths ring = paths(made(RingLattice{101, 2}), luck, 1000);
  EXPECT_TRUE(ring.exact);
  EXPECT_DOUBLE_EQ(ring.mean, 25.5);
  EXPECT_EQ(ring.longest, 50U);
  EXPECT_DOUBLE_EQ(ring.effective_diameter, 45);
  EXPECT_DOUBLE_EQ(ring.connected_share, 1);
  EXPECT_DOUBLE_EQ(paths(made(Line{3}), luck, 3).connected_share, 0.5);
  EXPECT_DOUBLE_EQ(paths(made(Line{3}), luck, 3).mean, 4.0 / 3);
  const Paths sampled = paths(made(RingLattice{101, 2}), luck, 5);
  EXPECT_FALSE(sampled.exact);
  EXPECT_DOUBLE_EQ(sampled.mean, 25.5);
  EXPECT_EQ(paths(build_layer("x", 3, {}), luck).mean, 0);
}

TEST(SpectralRadius, EqualsClosedForms) {
  EXPECT_NEAR(spectral_radius(made(Star{101})).value, 10, 1e-6);
  EXPECT_NEAR(spectral_radius(made(Complete{20})).value, 19, 1e-6);
  EXPECT_NEAR(spectral_radius(made(RingLattice{50, 6})).value, 6, 1e-6);
  EXPECT_NEAR(spectral_radius(made(Torus{10, 12, true})).value, 8, 1e-6);
  EXPECT_EQ(spectral_radius(made(Line{50})).value, 0);
  EXPECT_EQ(spectral_radius(build_layer("x", 5, {})).value, 0);
}

TEST(SpectralRadius, EqualsTheDenseEigenvalues) {
  for (const Generator& g : {Generator(ErdosRenyi{80, 6, true}), Generator(HeavyTailed{80, 2.5, 8, 0.3}),
                             Generator(Hierarchy{80, 3, 0.2})}) {
    const Layer layer = made(g);
    Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(layer.actors(), layer.actors());
    for (const Tie& tie : testing::ties_of(layer)) dense(tie.from, tie.to) = 1;
    const double largest = dense.eigenvalues().cwiseAbs().maxCoeff();
    const SpectralRadius found = spectral_radius(layer);
    EXPECT_TRUE(found.converged);
    EXPECT_NEAR(found.value / largest, 1, 1e-5) << kind_name(g);
  }
}

TEST(Describe, GathersAll) {
  const NetworkInfo info = describe(made(Complete{10}));
  EXPECT_EQ(info.layer, "test");
  EXPECT_EQ(info.actors, 10U);
  EXPECT_EQ(info.ties, 90U);
  EXPECT_EQ(info.bytes, 11U * 8 + 90 * 4);
  EXPECT_EQ(info.reciprocity, 1);
  EXPECT_DOUBLE_EQ(info.paths.mean, 1);
  EXPECT_NEAR(info.spectral_radius.value, 9, 1e-6);
  EXPECT_EQ(describe(build_layer("none", 0, {})).actors, 0U);
  EXPECT_EQ(describe(build_layer("one", 1, {})).paths.mean, 0);
}

}  // namespace
}  // namespace demarche::network
