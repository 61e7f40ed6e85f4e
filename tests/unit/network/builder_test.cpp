#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "sim/network/rows.hpp"
#include "sim/network/shuffled.hpp"
#include "tests/unit/network/layers.hpp"

namespace demarche::network {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::input_error;
using testing::ties_of;

RC_GTEST_PROP(BuildLayer, EqualsASetOfTies, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(1, 40);
  const auto one = rc::gen::inRange<Vertex>(0, actors);
  const auto given = *rc::gen::container<std::vector<std::pair<Vertex, Vertex>>>(rc::gen::pair(one, one));
  std::vector<Tie> ties;
  std::set<Tie> twin;
  std::uint64_t loops = 0;
  for (const auto& [from, to] : given) {
    ties.push_back({from, to});
    if (from == to) {
      ++loops;
    } else {
      twin.insert({from, to});
    }
  }
  BuildReport report;
  const Layer layer = build_layer("x", actors, ties, TiePolicy::drop, &report);
  RC_ASSERT(layer.actors() == actors);
  RC_ASSERT(ties_of(layer) == std::vector<Tie>(twin.begin(), twin.end()));
  RC_ASSERT(report.given == ties.size());
  RC_ASSERT(report.self_loops == loops);
  RC_ASSERT(report.kept == twin.size());
  RC_ASSERT(report.duplicates == ties.size() - loops - twin.size());
}

RC_GTEST_PROP(SortRow, EqualsSort, (std::vector<Vertex> row)) {
  // long enough for both ways of sorting
  const std::size_t length = row.empty() ? 0 : *rc::gen::element<std::size_t>(row.size(), 3000);
  for (std::size_t i = row.size(); i < length; ++i) row.push_back(static_cast<Vertex>(mix64(row[i - 1] + i)));
  std::vector<Vertex> twin = row;
  std::sort(twin.begin(), twin.end());
  std::vector<Vertex> scratch;
  sort_row(row, scratch);
  RC_ASSERT(row == twin);
}

TEST(BuildLayer, TakesNoTiesAndNoActors) {
  EXPECT_EQ(build_layer("x", 3, {}).ties(), 0U);
  EXPECT_EQ(build_layer("x", 0, {}).actors(), 0U);
}

TEST(BuildLayer, NamesTheActorThatDoesNotExist) {
  const std::vector<Tie> ties{{0, 1}, {1, 3}};
  EXPECT_THAT(input_error([&] { build_layer("x", 3, ties); }), HasSubstr("tie 1 -> 3 names an unknown actor"));
}

TEST(BuildLayer, RefusesWhatThePolicyRefuses) {
  const std::vector<Tie> loop{{0, 1}, {2, 2}}, repeat{{2, 1}, {0, 1}, {2, 1}};
  EXPECT_THAT(input_error([&] { build_layer("x", 3, loop, TiePolicy::refuse); }), HasSubstr("self-tie 2 -> 2"));
  EXPECT_THAT(input_error([&] { build_layer("x", 3, repeat, TiePolicy::refuse); }), HasSubstr("repeated tie 2 -> 1"));
}

TEST(Network, FindsLayersByName) {
  std::vector<Layer> layers;
  layers.push_back(build_layer("twitter", 2, {}));
  layers.push_back(build_layer("press", 2, {}));
  const Network network(2, std::move(layers));
  EXPECT_EQ(network.layer_named("press"), LayerId(1));
  EXPECT_THAT(input_error([&] { network.layer_named("pres"); }), HasSubstr("twitter, press"));
}

TEST(Network, NeedsARowForEveryActor) {
  std::vector<Layer> layers;
  layers.push_back(build_layer("x", 2, {}));
  EXPECT_THROW(Network(3, std::move(layers)), ContractError);
  EXPECT_THROW(Layer("x", {0, 2}, {1}), ContractError);
}

TEST(Shuffled, IsAnOrderOfAll) {
  for (const std::uint32_t count : {0U, 1U, 17U, 2047U, 2050U, 5000U}) {
    const auto made = shuffled(count, Luck(1, 0), 3);
    std::vector<std::uint32_t> order(made.span().begin(), made.span().end());
    EXPECT_EQ(std::is_sorted(order.begin(), order.end()), count < 2) << count;
    std::sort(order.begin(), order.end());
    std::vector<std::uint32_t> all(count);
    std::iota(all.begin(), all.end(), 0U);
    EXPECT_EQ(order, all);
  }
}

// 24 orders of 4, 24,000 shuffles, chi-square with 23 degrees of freedom: alpha = 1e-6 at 69.0. A chance wrong by a
// fifth in half of the orders moves it by 40 on average, seen with probability > 0.3; a constant order is certain to be
// seen.
TEST(Shuffled, GivesEveryOrderEqually) {
  std::vector<int> seen(256);
  for (std::uint64_t key = 0; key < 24000; ++key) {
    const auto order = shuffled(4, Luck(5, 0), key);
    ++seen[order[0] * 64 + order[1] * 16 + order[2] * 4 + order[3]];
  }
  double chi = 0;
  int kinds = 0;
  for (const int count : seen) {
    if (count == 0) continue;
    ++kinds;
    chi += (count - 1000.0) * (count - 1000.0) / 1000.0;
  }
  EXPECT_EQ(kinds, 24);
  EXPECT_LT(chi, 69.0);
}

}  // namespace
}  // namespace demarche::network
