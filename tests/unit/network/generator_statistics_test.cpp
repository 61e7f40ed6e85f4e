#include <cmath>

#include "sim/network/follower_counts.hpp"
#include "sim/network/measures.hpp"
#include "tests/unit/network/layers.hpp"

// Statistical tests: alpha = 1e-6 each (|z| < 4.9), fixed seeds. Power above 0.999 for the deviations named beside
// each.
namespace demarche::network {
namespace {

using testing::made;

constexpr double z_limit = 4.9;

// 300,000 ties: one missing in fifty is 11 standard deviations.
TEST(ErdosRenyi, HasTheMeanAndVarianceOfItsDegrees) {
  for (const bool directed : {true, false}) {
    const Vertex n = 50000;
    const double mean = 6, p = mean / (n - 1);
    const Layer layer = made(ErdosRenyi{n, mean, directed});
    const double trials = static_cast<double>(n) * (n - 1) / (directed ? 1 : 2);
    const double found = static_cast<double>(layer.ties()) / (directed ? 1 : 2);
    EXPECT_LT(std::abs(found - trials * p) / std::sqrt(trials * p * (1 - p)), z_limit);
    double square = 0;
    for (Vertex v = 0; v < n; ++v) {
      square += std::pow(static_cast<double>(layer.out_degree(v)) - static_cast<double>(layer.ties()) / n, 2);
    }
    // variance of a sample variance of Poisson counts: (mu4 - var^2) / n = (mean + 2 mean^2) / n
    EXPECT_LT(std::abs(square / n - mean) / std::sqrt((mean + 2 * mean * mean) / n), z_limit);
  }
}

// 2,000 to 90,000 ties a block: a mean wrong by a tenth is 4.5 standard deviations in the smallest, by a fifth 9.
TEST(BlockModel, HasTheMeanTiesOfEachPairOfGroups) {
  const BlockModel g{{1000, 3000}, {5, 2, 1, 30}};
  const Layer layer = made(g);
  std::vector<double> found(4);
  for (const Tie& tie : testing::ties_of(layer)) ++found[(tie.from >= 1000 ? 2 : 0) + (tie.to >= 1000 ? 1 : 0)];
  const std::vector<double> expected{5000, 2000, 3000, 90000};
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_LT(std::abs(found[i] - expected[i]) / std::sqrt(expected[i]), z_limit) << i;
}

// The share of ties in each quadrant before shuffling cannot be seen after it, but the degrees can: with a = b = c =
// 1/4 they are binomial, with the usual ones far wider.
TEST(RMat, IsUniformWithEqualQuadrantsAndSkewedWithUnequalOnes) {
  const Vertex n = 4096;
  const Layer flat = made(RMat{n, 40960, .25, .25, .25}), skewed = made(RMat{n, 40960});
  double variance = 0;
  for (Vertex v = 0; v < n; ++v) variance += std::pow(static_cast<double>(flat.out_degree(v)) - 10, 2) / n;
  EXPECT_LT(std::abs(variance - 10) / std::sqrt((10 + 2 * 100) / static_cast<double>(n)), z_limit);
  EXPECT_LT(out_degrees(flat).max, 40U);
  EXPECT_GT(out_degrees(skewed).max, 150U);
}

// With two quadrants empty all ties leave, or reach, one and the same actor.
TEST(RMat, PutsTiesIntoTheAskedQuadrants) {
  EXPECT_EQ(in_degrees(made(RMat{1U << 20, 20000, .76, 0, .24})).max, 20000U);
  EXPECT_EQ(out_degrees(made(RMat{1U << 20, 20000, .76, .24, 0})).max, 20000U);
}

// Hill's estimator above 5 times the lower end, about 3,700 actors: standard error .021, so exponents wrong by .2 are 9
// standard errors away. The tail of whole numbers from k is that of k - 1/2 in the continuum (Clauset et al. 2009,
// eq. 3.7).
TEST(HeavyTailed, HasItsExponent) {
  const double exponent = 2.276;
  const Layer layer = made(HeavyTailed{30000, exponent, 35, 0.22});
  const double from = 40;
  double logs = 0, count = 0;
  for (Vertex v = 0; v < layer.actors(); ++v) {
    const auto k = static_cast<double>(layer.out_degree(v));
    if (k < from) continue;
    logs += std::log(k / (from - 0.5));
    ++count;
  }
  ASSERT_GT(count, 2000);
  const double found = 1 + count / logs;
  EXPECT_LT(std::abs(found - exponent) / ((exponent - 1) / std::sqrt(count)), z_limit + 1)
      << found << " from " << count;
}

// Standard error about .001; repeats among the most followed become one-way ties, which costs up to .02 at high shares.
// A share wrong by a tenth is seen.
TEST(HeavyTailed, HasItsReciprocity) {
  for (const double asked : {0.0, 0.05, 0.22, 0.7}) {
    EXPECT_NEAR(reciprocity(made(HeavyTailed{30000, 2.5, 20, asked})), asked, asked > 0.5 ? 0.02 : 0.005);
  }
  // dense: what chance returns is counted in
  EXPECT_NEAR(reciprocity(made(HeavyTailed{1000, 3, 50, 0.3})), 0.3, 0.02);
}

// The follower counts themselves, 200,000 draws: mean within 4.9 standard errors computed from the law's own variance.
TEST(FollowerCounts, HaveTheAskedMean) {
  for (const double exponent : {1.5, 2.0, 2.276, 3.5}) {
    for (const double mean : {0.4, 3.0, 35.0, 120.5}) {
      const std::uint64_t most = 99999;
      const FollowerCounts counts(exponent, mean, most);
      const int n = 200000;
      const Luck luck(3, 0);
      double sum = 0;
      for (int i = 0; i < n; ++i) {
        Stream stream(luck, Purpose::test, static_cast<std::uint32_t>(i), 0);
        const auto k = static_cast<double>(counts.draw(stream));
        ASSERT_LE(k, most);
        sum += k;
      }
      const std::uint64_t low = std::max<std::uint64_t>(1, counts.least());
      const double largest = power_sum(exponent - 2, low, most) / power_sum(exponent, low, most);
      EXPECT_LT(std::abs(sum / n - mean) / std::sqrt(largest / n), z_limit) << exponent << " " << mean;
    }
  }
}

TEST(PowerSum, EqualsTheSum) {
  for (const double s : {0.0, 0.276, 1.0, 1.276, 2.0, 3.5}) {
    for (const std::uint64_t least : {1U, 7U, 40U}) {
      double sum = 0;
      for (std::uint64_t k = 5000; k >= least; --k) sum += std::pow(static_cast<double>(k), -s);
      EXPECT_NEAR(power_sum(s, least, 5000) / sum, 1, 1e-11) << s << " " << least;
    }
  }
}

// 2,000 ties rewired with probability .3: 600 +- 20.5; those that land on their own superior again are one in 2,000.
TEST(Hierarchy, IsRewiredAsOftenAsAsked) {
  const Layer layer = made(Hierarchy{2001, 5, 0.3});
  int kept = 0;
  for (Vertex v = 1; v < 2001; ++v) kept += testing::has_tie(layer, v, (v - 1) / 5) ? 1 : 0;
  EXPECT_LT(std::abs(2000 - kept - 600) / std::sqrt(2000 * .3 * .7), z_limit);
}

// Random 3-regular graphs of 6: 60 prisms and 10 times K(3,3) among the 70 labelled ones; the switching of repeats
// biases this a little, so only that both come and the prism prevails is asked.
TEST(RandomRegular, GivesAllKindsOfGraphs) {
  int bipartite = 0;
  for (std::uint64_t seed = 0; seed < 700; ++seed) {
    if (clustering(made(RandomRegular{6, 3}, seed), Luck(0, 0)).global == 0) ++bipartite;
  }
  EXPECT_GT(bipartite, 40);
  EXPECT_LT(bipartite, 250);
}

}  // namespace
}  // namespace demarche::network
