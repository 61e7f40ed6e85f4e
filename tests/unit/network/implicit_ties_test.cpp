#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "sim/network/estimate.hpp"
#include "tests/unit/network/layers.hpp"

namespace demarche::network {
namespace {

using testing::input_error;

ImplicitTies ties_of(const CountryBlocks& blocks, std::uint64_t key = 7, Vertex first = 0, Vertex total = 0) {
  return ImplicitTies(blocks, Luck(1, 0), key, first, total);
}

CountryBlocks any_blocks() {
  CountryBlocks g;
  const auto countries = *rc::gen::inRange<std::size_t>(1, 8);
  g.sizes = *rc::gen::container<std::vector<Vertex>>(
      countries, rc::gen::oneOf(rc::gen::inRange<Vertex>(0, 4), rc::gen::inRange<Vertex>(0, 120)));
  if (std::accumulate(g.sizes.begin(), g.sizes.end(), 0U) == 0) g.sizes[0] = 1;
  g.home = *rc::gen::element(0.0, 0.3, 0.75, 1.0);
  g.exponent = *rc::gen::element(1.2, 2.276, 6.0);
  g.following_exponent = *rc::gen::element(0.0, 1.1, 2.2, 9.0);
  g.mean_degree = static_cast<double>(ImplicitTies::capacity(g)) * *rc::gen::element(0.0, 0.01, 0.1, 0.5);
  return g;
}

RC_GTEST_PROP(ImplicitTies, AreTheStoredOnesRowByRow, ()) {
  CountryBlocks g = any_blocks();
  const auto first = *rc::gen::inRange<Vertex>(0, 3), behind = *rc::gen::inRange<Vertex>(0, 3);
  const auto key = *rc::gen::arbitrary<std::uint64_t>();
  const Vertex actors = actors_of(g), total = first + actors + behind;
  const Layer layer = generate(g, "test", Luck(1, 0), key, first, total);
  g.implicit = true;
  const Layer implicit = generate(g, "test", Luck(1, 0), key, first, total);
  RC_ASSERT(layer.implicit() == nullptr && implicit.implicit() != nullptr);
  RC_ASSERT(implicit.actors() == layer.actors());
  RC_ASSERT(implicit.ties() == layer.ties());
  for (Vertex v = 0; v < layer.actors(); ++v) {
    const auto stored_row = layer.followers(v);
    RC_ASSERT(implicit.out_degree(v) == stored_row.size());
    RC_ASSERT(implicit.row(v).size() == stored_row.size());
    if (v < first || v >= first + actors) RC_ASSERT(stored_row.empty());
    for (std::size_t i = 0; i < stored_row.size(); ++i) {
      RC_ASSERT(implicit.row(v)[i] == stored_row[i]);
      RC_ASSERT(layer.row(v)[i] == stored_row[i]);
      RC_ASSERT(implicit.implicit()->follower(v, i) == stored_row[i]);
      RC_ASSERT(stored_row[i] != v && stored_row[i] >= first && stored_row[i] < first + actors);
      const bool ascending = i == 0 || stored_row[i - 1] < stored_row[i];
      RC_ASSERT(ascending);
    }
  }
  const Layer on_three = stored(implicit, 3);
  RC_ASSERT(
      std::equal(on_three.targets().begin(), on_three.targets().end(), layer.targets().begin(), layer.targets().end()));
}

TEST(ImplicitTies, AreTheSameForEver) {
  const CountryBlocks g{{5000, 100, 3000, 1, 900}, 12, 2.276, 0.75, 2.2};
  EXPECT_EQ(testing::digest(testing::made(g)), 6448594598553656930U);
  EXPECT_EQ(testing::digest(testing::made(g)), testing::digest(testing::made(g)));
  EXPECT_NE(testing::digest(testing::made(g, 1, 8)), testing::digest(testing::made(g, 1, 7)));
  EXPECT_NE(testing::digest(testing::made(g, 2, 7)), testing::digest(testing::made(g, 1, 7)));
}

// Statistical tests: alpha = 1e-6 each (|z| < 4.9), fixed seeds; the power is above 0.999 for what is named beside
// each. Strata only lower the variance below that of independent draws, which the z are scaled by.
constexpr double z_limit = 4.9;

// 40 cells of 400 to 100,000 ties: a weight wrong by a fifth is more than 4.9 in most of them.
TEST(ImplicitTies, FollowAsTheBlockModelOfCountriesAndWeightsSays) {
  const CountryBlocks g{{30000, 8000, 60000}, 8, 3, 0.6, 2.2};
  const ImplicitTies ties = ties_of(g);
  std::vector<std::size_t> country;
  std::vector<unsigned> weight;
  for (std::size_t c = 0; c < 3; ++c) {
    for (Vertex i = 0; i < g.sizes[c]; ++i) {
      country.push_back(c);
      // the share 2^(-1.2 k) that weighs 2^k or more stands at the end
      const double from_end = g.sizes[c] - i;
      unsigned bits = 0;
      while (bits < 6 && from_end <= std::floor(g.sizes[c] * std::exp2(-1.2 * (bits + 1)) + 0.5)) ++bits;
      weight.push_back(bits);
    }
  }
  std::vector<double> mass(3), class_mass(3 * 7);
  for (std::size_t v = 0; v < country.size(); ++v) {
    mass[country[v]] += std::exp2(weight[v]);
    class_mass[country[v] * 7 + weight[v]] += std::exp2(weight[v]);
  }
  const double all = mass[0] + mass[1] + mass[2];
  std::vector<double> told(3), found(3 * 3 * 7);
  for (Vertex u = 0; u < ties.actors(); ++u) {
    const ImplicitTies::Row row = ties.row(u);
    told[country[u]] += static_cast<double>(row.size());
    row.for_each([&](Vertex v) { ++found[(country[u] * 3 + country[v]) * 7 + weight[v]]; });
  }
  for (std::size_t from = 0; from < 3; ++from) {
    for (std::size_t to = 0; to < 3; ++to) {
      for (std::size_t bits = 0; bits < 7; ++bits) {
        const double share = (1 - g.home) / all + (from == to ? g.home / mass[to] : 0);
        const double expected = told[from] * share * class_mass[to * 7 + bits];
        if (expected < 50) continue;
        EXPECT_LT(std::abs(found[(from * 3 + to) * 7 + bits] - expected) / std::sqrt(expected), z_limit)
            << from << " to " << to << ", weight 2^" << bits;
      }
    }
  }
}

// Seams of strata could favour some numbers: counts of 300 equal actors over 400 networks, about 1,200 each. A tenth
// of the actors followed a tenth too rarely add 30 * 12 = 360 to a chi-square of 299 +- 24.
TEST(ImplicitTies, LeaveNoSeams) {
  const CountryBlocks g{{100, 200}, 3, 2.5, 0.5};
  std::vector<double> found(300), expected(300);
  for (std::uint64_t key = 0; key < 400; ++key) {
    const ImplicitTies ties = ties_of(g, key);
    for (Vertex u = 0; u < 300; ++u) {
      const ImplicitTies::Row row = ties.row(u);
      const bool small = u < 100;
      const double home = small ? 100 : 200, d = static_cast<double>(row.size());
      const double at_home = d * (0.5 + 0.5 * home / 300);
      for (Vertex v = 0; v < 300; ++v) {
        if (v == u) continue;
        expected[v] += (v < 100) == small ? at_home / (home - 1) : (d - at_home) / (300 - home);
      }
      row.for_each([&](Vertex v) { ++found[v]; });
    }
  }
  double chi_square = 0;
  for (std::size_t v = 0; v < 300; ++v) chi_square += std::pow(found[v] - expected[v], 2) / expected[v];
  EXPECT_LT(chi_square, 299 + z_limit * std::sqrt(2 * 299.0));
}

// 200,000 actors, exponent 3.5: a mean off by 2 % is 6 standard errors.
TEST(ImplicitTies, HaveTheMeanAndTheTailAskedFor) {
  const Vertex n = 200000;
  const ImplicitTies ties = ties_of({{n}, 20, 3.5, 0});
  double sum = 0, squares = 0, above_40 = 0, above_80 = 0;
  for (Vertex u = 0; u < n; ++u) {
    const auto d = static_cast<double>(ties.out_degree(u));
    sum += d;
    squares += d * d;
    above_40 += d >= 40;
    above_80 += d >= 80;
  }
  EXPECT_EQ(static_cast<double>(ties.ties()), sum);
  const double mean = sum / n;
  EXPECT_LT(std::abs(mean - 20) / std::sqrt((squares / n - mean * mean) / n), z_limit);
  // P(d >= 80) / P(d >= 40) = 2^-2.5; far from the cut
  const double ratio = std::exp2(-2.5);
  EXPECT_LT(std::abs(above_80 - above_40 * ratio) / std::sqrt(above_40 * ratio * (1 - ratio)), z_limit);
}

// 1 million ties: a home share off by 0.5 % is 10 standard deviations.
TEST(ImplicitTies, StayAtHomeAsAsked) {
  CountryBlocks g{std::vector<Vertex>(50, 2000), 10, 3, 0.6};
  const ImplicitTies ties = ties_of(g);
  double domestic = 0;
  for (Vertex u = 0; u < ties.actors(); ++u) ties.row(u).for_each([&](Vertex v) { domestic += v / 2000 == u / 2000; });
  const auto all = static_cast<double>(ties.ties());
  const double share = 0.6 + 0.4 / 50;
  EXPECT_LT(std::abs(domestic - all * share) / std::sqrt(all * share * (1 - share)), z_limit);
}

TEST(ImplicitTies, ReachTheLastOfFourBillionActors) {
  const Vertex most = 4294967294U;
  const CountryBlocks g{{most - 1000000, 999000, 1000}, 35, 2.276, 0.75, 2.2};
  const ImplicitTies ties = ties_of(g);
  EXPECT_EQ(ties.actors(), most);
  EXPECT_LT(ties.bytes(), std::size_t{1} << 20);
  Vertex greatest = 0;
  for (Vertex v = most - 3000; v < most; ++v) {
    const ImplicitTies::Row row = ties.row(v);
    for (std::uint64_t i = 0; i < row.size(); ++i) {
      ASSERT_LT(row[i], most);
      ASSERT_NE(row[i], v);
      ASSERT_TRUE(i == 0 || row[i - 1] < row[i]);
      greatest = std::max(greatest, row[i]);
    }
  }
  EXPECT_GT(greatest, most - 10);
}

TEST(ImplicitTies, CountBeyondThirtyTwoBits) {
  const Vertex n = 1 << 21;
  const ImplicitTies ties = ties_of({{n}, 4000, 6, 0});
  EXPECT_GT(ties.ties(2), TieIndex{1} << 32);
  EXPECT_NEAR(static_cast<double>(ties.ties()) / n, 4000, 10);
}

// Rows of hubs need more draws than one key has (2^25 followers), and strata narrower than 2^-32 of the whole.
TEST(ImplicitTies, AddressRowsOfBillions) {
  const ImplicitTies ties = ties_of({{4294967294U}, 2e9, 2, 0});
  const Vertex v = 12345;
  const ImplicitTies::Row row = ties.row(v);
  ASSERT_GT(row.size(), std::uint64_t{1} << 28);
  for (const std::uint64_t around : {std::uint64_t{1} << 25, std::uint64_t{1} << 26, std::uint64_t{3} << 26}) {
    for (std::uint64_t i = around - 50; i < around + 50; ++i) {
      ASSERT_LT(row[i - 1], row[i]);
      // the i-th of d equal strata
      const double place = static_cast<double>(i) / static_cast<double>(row.size()) * 4294967294.0;
      ASSERT_NEAR(row[i], place, 200);
    }
  }
  EXPECT_GT(row[row.size() - 1], 4294967294U - 1000);
}

TEST(ImplicitTies, WorkAtTheEdges) {
  EXPECT_EQ(ties_of({{1}, 0}).ties(), 0U);
  EXPECT_EQ(ties_of({{1000}, 0}).ties(), 0U);
  // the only actor of a country has all followers abroad, even with home = 1
  CountryBlocks g{{1, 50}, 1, 6, 1};
  g.mean_degree = 0.5 * static_cast<double>(ImplicitTies::capacity(g));
  const Layer layer = testing::made(g);
  EXPECT_GT(layer.out_degree(0), 0U);
  for (Vertex v = 1; v < 51; ++v) {
    for (const Vertex w : layer.followers(v)) EXPECT_TRUE(w > 0 || layer.out_degree(v) > 48);
  }
  EXPECT_EQ(ImplicitTies::capacity({{100}, 1}), 99U);
  EXPECT_EQ(ImplicitTies::capacity({{2}, 1}), 1U);
  EXPECT_EQ(ImplicitTies::capacity({{1, 1}, 1}), 1U);
}

TEST(ImplicitTies, AreRefusedOutOfRange) {
  const auto refused = [](const CountryBlocks& g) { return input_error([&] { validate(g); }); };
  EXPECT_NE(refused({{}, 1}).find("0 actors"), std::string::npos);
  EXPECT_NE(refused({{100}, 60}).find("mean degree is 60 (a heavy tail needs room"), std::string::npos);
  EXPECT_NE(refused({{100}, 1, 1}).find("exponent is 1"), std::string::npos);
  EXPECT_NE(refused({{100}, 1, 2, 1.5}).find("home is 1.5"), std::string::npos);
  EXPECT_NE(refused({{100}, 1, 2, 1, .5}).find("following exponent is 0.5"), std::string::npos);
  EXPECT_NE(refused({{4294967295U, 1}, 1}).find("too many"), std::string::npos);
  EXPECT_NE(refused({std::vector<Vertex>(65537, 1), 1}).find("countries are too many"), std::string::npos);
}

TEST(ImplicitLayers, StandInNetworksButHaveNoRowsInMemory) {
  CountryBlocks g{{50, 50}, 3};
  g.implicit = true;
  const Layer layer = testing::made(g);
  const Network network(100, {layer});
  EXPECT_EQ(network.layer(LayerId(0)).row(3).size(), layer.out_degree(3));
  EXPECT_THROW(layer.followers(3), ContractError);
  EXPECT_THROW(layer.offsets(), ContractError);
  EXPECT_THROW(layer.targets(), ContractError);
  EXPECT_GE(bytes_needed(g).finished, layer.implicit()->bytes());
  g.sizes.assign(200, 5000000);
  EXPECT_LT(bytes_needed(g).build_peak, 1U << 20);
}

TEST(ImplicitLayers, CarryTheRowsOfSendersBeforeThem) {
  const CountryBlocks g{{50, 50}, 3};
  const ImplicitTies ties(g, Luck(1, 0), 7, 2, 103, HeadRows{{0, 3, 3}, {5, 9, 101}});
  EXPECT_EQ(ties.out_degree(0), 3U);
  EXPECT_EQ(ties.follower(0, 2), 101U);
  EXPECT_EQ(ties.out_degree(1), 0U);
  EXPECT_EQ(ties.out_degree(102), 0U);
  const ImplicitTies without(g, Luck(1, 0), 7, 2, 103);
  EXPECT_EQ(ties.ties(), without.ties() + 3);
  std::vector<Vertex> seen;
  ties.row(0).for_each([&](Vertex v) { seen.push_back(v); });
  EXPECT_EQ(seen, (std::vector<Vertex>{5, 9, 101}));
}

}  // namespace
}  // namespace demarche::network
