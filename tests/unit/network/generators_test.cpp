#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>

#include "sim/network/measures.hpp"
#include "tests/unit/network/layers.hpp"

namespace demarche::network {
namespace {

using ::testing::ElementsAre;
using testing::expect_simple;
using testing::expect_undirected;
using ::testing::HasSubstr;
using testing::input_error;
using testing::made;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Lattices, AreExact) {
  EXPECT_THAT(made(RingLattice{6, 4}).followers(0), ElementsAre(1, 2, 4, 5));
  EXPECT_THAT(made(RingLattice{3, 2}).followers(1), ElementsAre(0, 2));
  EXPECT_EQ(made(RingLattice{4, 0}).ties(), 0U);
  EXPECT_THAT(made(Torus{3, 4, false}).followers(0), ElementsAre(1, 3, 4, 8));
  EXPECT_THAT(made(Torus{3, 4, true}).followers(0), ElementsAre(1, 3, 4, 5, 7, 8, 9, 11));
  EXPECT_THAT(made(Complete{3}).followers(1), ElementsAre(0, 2));
  EXPECT_THAT(made(Line{3}).followers(1), ElementsAre(2));
  EXPECT_EQ(made(Line{3}).ties(), 2U);
  EXPECT_THAT(made(Star{4}).followers(0), ElementsAre(1, 2, 3));
  EXPECT_THAT(made(Star{4}).followers(3), ElementsAre(0));
  EXPECT_THAT(made(Hierarchy{7, 2, 0}).followers(1), ElementsAre(0, 3, 4));
  for (const Generator& g :
       {Generator(Complete{1}), Generator(Line{1}), Generator(Star{1}), Generator(Hierarchy{1, 1, 1}),
        Generator(ErdosRenyi{1, 0, true}), Generator(HeavyTailed{1, 2, 0, 0}), Generator(RMat{1, 0})}) {
    EXPECT_EQ(made(g).ties(), 0U);
  }
}

const std::vector<Generator>& examples() {
  static const std::vector<Generator> all{Hierarchy{500, 5, 0.3},
                                          DoddsWattsSabel{500, 5, 200, 1, 1},
                                          HeavyTailed{500, 2.276, 10, 0.22},
                                          BlockModel{{100, 200}, {5, 1, 2, 30}},
                                          ErdosRenyi{500, 6, false},
                                          RandomRegular{500, 4},
                                          RingLattice{50, 4},
                                          Torus{7, 9, true},
                                          Complete{20},
                                          Line{20},
                                          Star{20},
                                          RMat{1000, 8000}};
  return all;
}

// The ties of a seed are part of the results: a change of any of these numbers is a change of every study.
TEST(Generators, GiveTheSameTiesForEver) {
  const std::vector<std::uint64_t> golden{0xd641735c37b21261, 0xc8a6ddeb1429dd48, 0xe24966129870073d,
                                          0xa7f75578cd449f5b, 0x61bd38ae09e14cf9, 0x8220456f3c825998,
                                          0x47e4c31c13de4643, 0xdfaecec7120442bf, 0x1bf5c215b3156d0d,
                                          0xa01a2fd65f0dab35, 0x1573f909dba2f882, 0xecd434fbb26aaa09};
  ASSERT_EQ(golden.size(), examples().size());
  for (std::size_t i = 0; i < golden.size(); ++i) {
    EXPECT_EQ(testing::digest(made(examples()[i])), golden[i]) << kind_name(examples()[i]);
  }
}

TEST(Generators, AreSimpleAndOfTheAskedSize) {
  for (const Generator& g : examples()) {
    SCOPED_TRACE(kind_name(g));
    const Layer layer = made(g);
    EXPECT_EQ(layer.actors(), actors_of(g));
    expect_simple(layer);
    const bool directed = kind_name(g) == "heavy-tailed" || kind_name(g) == "block-model" || kind_name(g) == "line" ||
                          kind_name(g) == "r-mat";
    if (!directed) expect_undirected(layer);
  }
}

TEST(Generators, ObeyLuckAndLayerKey) {
  for (const Generator& g : examples()) {
    const std::string kind = kind_name(g);
    if (kind == "ring" || kind == "torus" || kind == "complete" || kind == "line" || kind == "star") continue;
    EXPECT_NE(testing::digest(made(g, 1, 7)), testing::digest(made(g, 2, 7))) << kind;
    EXPECT_NE(testing::digest(made(g, 1, 7)), testing::digest(made(g, 1, 8))) << kind;
  }
}

TEST(Generators, StandBehindTheActorsBeforeThem) {
  for (const Generator& g : examples()) {
    SCOPED_TRACE(kind_name(g));
    const Layer alone = made(g), placed = generate(g, "test", Luck(1, 0), 7, 11, actors_of(g) + 20);
    ASSERT_EQ(placed.actors(), actors_of(g) + 20);
    ASSERT_EQ(placed.ties(), alone.ties());
    std::vector<Tie> moved = testing::ties_of(alone);
    for (Tie& tie : moved) tie = {tie.from + 11, tie.to + 11};
    EXPECT_EQ(testing::ties_of(placed), moved);
  }
  EXPECT_THROW(generate(Line{5}, "x", Luck(1, 0), 1, 3, 7), ContractError);
}

RC_GTEST_PROP(RandomRegular, IsSimpleAndRegular, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(1, 40);
  auto degree = *rc::gen::inRange<std::uint32_t>(0, actors);
  if (actors * degree % 2 != 0) --degree;
  const Layer layer = made(RandomRegular{actors, degree}, *rc::gen::arbitrary<std::uint64_t>());
  expect_simple(layer);
  expect_undirected(layer);
  for (Vertex v = 0; v < actors; ++v) RC_ASSERT(layer.out_degree(v) == degree);
}

RC_GTEST_PROP(RMat, HasExactlyTheTiesAskedFor, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(2, 200);
  const auto ties = *rc::gen::inRange<std::uint64_t>(0, actors * (actors - 1) / 8 + 1);
  const Layer layer = made(RMat{actors, ties}, *rc::gen::arbitrary<std::uint64_t>());
  expect_simple(layer);
  RC_ASSERT(layer.ties() == ties);
}

RC_GTEST_PROP(Hierarchy, KeepsItsNumberOfTiesHoweverRewired, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(1, 60);
  const double rewiring = *rc::gen::inRange(0, 11) / 10.0;
  const Layer layer =
      made(Hierarchy{actors, *rc::gen::inRange(1U, 6U), rewiring}, *rc::gen::arbitrary<std::uint64_t>());
  expect_simple(layer);
  expect_undirected(layer);
  RC_ASSERT(layer.ties() == 2ULL * (actors - 1));
}

RC_GTEST_PROP(HeavyTailed, IsSimple, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(2, 80);
  const double mean = *rc::gen::inRange(0, 50) / 100.0 * (actors - 1);
  expect_simple(
      made(HeavyTailed{actors, 1.5 + *rc::gen::inRange(0, 30) / 10.0, mean, 1}, *rc::gen::arbitrary<std::uint64_t>()));
}

TEST(DoddsWattsSabel, HasTheTreeAndTheExtraTies) {
  const Layer tree = made(Hierarchy{200, 3, 0}), layer = made(DoddsWattsSabel{200, 3, 150, 2, 2});
  EXPECT_EQ(layer.ties(), tree.ties() + 300);
  for (const Tie& tie : testing::ties_of(tree)) ASSERT_TRUE(testing::has_tie(layer, tie.from, tie.to));
}

TEST(DoddsWattsSabel, PutsExtraTiesWhereTheWeightsAre) {
  // zeta near 0: only pairs at distance 0, colleagues under one superior; lambda near 0: below the very top
  for (const Tie& tie : testing::ties_of(made(DoddsWattsSabel{341, 4, 5, 0.02, 0.02}))) {
    if ((tie.to - 1) / 4 == tie.from || (tie.from != 0 && (tie.from - 1) / 4 == tie.to)) continue;
    EXPECT_GE(tie.from, 1U);
    EXPECT_LE(tie.from, 4U);
    EXPECT_GE(tie.to, 1U);
    EXPECT_LE(tie.to, 4U);
  }
  EXPECT_THAT(input_error([] {
                made(DoddsWattsSabel{341, 4, 7, 0.005, 0.005});
              }),
              HasSubstr("extra ties cannot be found"));
}

TEST(Generators, FillWhatIsFull) {
  expect_simple(made(ErdosRenyi{30, 29, true}));
  expect_simple(made(BlockModel{{3, 4}, {2, 4, 0, 3}}));
  EXPECT_EQ(made(ErdosRenyi{30, 29, true}).ties(), 870U);
  EXPECT_EQ(made(ErdosRenyi{30, 29, false}).ties(), 870U);
  EXPECT_EQ(made(BlockModel{{3, 4}, {2, 4, 0, 3}}).ties(), 3U * 6 + 4U * 3);
  EXPECT_EQ(made(DoddsWattsSabel{5, 2, 6, 50, 50}).ties(), 20U);
  EXPECT_EQ(made(RMat{3, 6, .25, .25, .25}).ties(), 6U);
  EXPECT_EQ(made(RandomRegular{10, 9}).ties(), 90U);
}

TEST(Generators, RefuseParametersOutOfRange) {
  const std::vector<std::pair<Generator, std::string>> bad{
      {Line{0}, "0 actors"},
      {Complete{std::numeric_limits<Vertex>::max()}, "too many"},
      {Hierarchy{10, 0, 0}, "branching is 0"},
      {Hierarchy{10, 2, 1.5}, "rewiring is 1.5"},
      {Hierarchy{10, 2, nan}, "rewiring is"},
      {DoddsWattsSabel{10, 1, 0, 1, 1}, "branching is 1"},
      {DoddsWattsSabel{10, 2, 37, 1, 1}, "only 36 pairs"},
      {DoddsWattsSabel{10, 2, 1, 0, 1}, "lambda is 0"},
      {DoddsWattsSabel{10, 2, 1, 1, nan}, "zeta is"},
      {HeavyTailed{100, 1, 3, 0}, "exponent is 1"},
      {HeavyTailed{100, nan, 3, 0}, "exponent is"},
      {HeavyTailed{100, 2.2, 60, 0}, "mean degree is 60"},
      {HeavyTailed{100, 2.2, 5, -0.1}, "reciprocity is -0.1"},
      {HeavyTailed{100, 2.2, 40, 0.1}, "by mere chance"},
      {BlockModel{{2, 2}, {1, 1, 1}}, "3 mean numbers of ties for 2 groups"},
      {BlockModel{{2, 2}, {2, 1, 1, 1}}, "group 1 to group 1 is 2"},
      {BlockModel{{2, 2}, {1, nan, 1, 1}}, "group 1 to group 2 is"},
      {BlockModel{{}, {}}, "0 actors"},
      {ErdosRenyi{10, 9.5, true}, "mean degree is 9.5"},
      {ErdosRenyi{10, -1, true}, "mean degree is -1"},
      {RandomRegular{10, 10}, "degree 10 with 10 actors"},
      {RandomRegular{5, 3}, "sum to an odd number"},
      {RingLattice{10, 3}, "even degree"},
      {RingLattice{4, 4}, "degree 4 with 4 actors"},
      {Torus{2, 9, false}, "torus of 2 x 9"},
      {Torus{0, 9, false}, "0 actors"},
      {Torus{65536, 65536, false}, "too many"},
      {RMat{10, 91}, "only 90"},
      {RMat{10, 5, .8, .2, .2}, "a + b + c is"},
      {RMat{10, 5, nan, .2, .2}, "a is"},
      {RMat{64, 10, 1, 0, 0}, ""},
  };
  for (const auto& [g, text] : bad) {
    const std::string error = input_error([&g = g] { made(g); });
    EXPECT_THAT(error, HasSubstr(text));
    EXPECT_THAT(error, ::testing::Not(HasSubstr("no InputError"))) << kind_name(g) << " " << text;
  }
}

}  // namespace
}  // namespace demarche::network
