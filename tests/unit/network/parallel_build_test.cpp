#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "sim/network/radix_sort.hpp"
#include "sim/network/shuffled.hpp"
#include "sim/network/tie_bins.hpp"
#include "tests/unit/network/layers.hpp"

namespace demarche::network {
namespace {

using testing::digest;
using testing::ties_of;

constexpr std::array<unsigned, 3> several{2, 3, 8};

Layer made_by(const Generator& g, std::uint64_t seed, Vertex first, unsigned threads) {
  const Vertex actors = actors_of(g);
  return generate(g, "test", Luck(seed, 0), 7, first, first + actors + 2, threads);
}

Generator any_generator() {
  const auto n = *rc::gen::inRange<Vertex>(16, 6000);
  const auto ties = *rc::gen::inRange<std::uint64_t>(0, 12 * std::uint64_t{n});
  const double mean = *rc::gen::inRange(0, 60) / 10.0;
  const double share = *rc::gen::inRange(0, 10) / 10.0;
  const auto half = static_cast<double>(n / 2);
  const std::vector<Generator> kinds{
      RMat{n, ties},
      RMat{n, ties / 2, .25, .25, .25},
      HeavyTailed{n, 2.276, mean, share > 0 ? std::max(share, mean / (n - 1)) : 0},
      BlockModel{{n / 2, n - n / 2}, {mean, 1, 2, std::min(half - 1, 40.0)}},
      ErdosRenyi{n, mean, false},
      ErdosRenyi{n, mean, true},
      RandomRegular{n, 4},
      Hierarchy{n, 5, share},
      DoddsWattsSabel{n, 5, n / 4, 1, 1},
      RingLattice{n, 4},
      Torus{n / 4, 4, true},
      Complete{n % 200 + 1},
      Line{n},
      Star{n},
  };
  return *rc::gen::elementOf(kinds);
}

RC_GTEST_PROP(Generators, GiveTheSameLayerToAnyNumberOfThreads, ()) {
  const Generator g = any_generator();
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto first = *rc::gen::inRange<Vertex>(0, 4);
  const Layer one = made_by(g, seed, first, 1);
  for (const unsigned threads : several) {
    const Layer other = made_by(g, seed, first, threads);
    RC_ASSERT(std::ranges::equal(one.offsets(), other.offsets()));
    RC_ASSERT(std::ranges::equal(one.targets(), other.targets()));
  }
}

// Sizes at which work is cut into many parts and bins, keys have 8 bytes (above four million actors) and ends are
// shuffled in parts; the numbers are from before any of this existed.
TEST(Generators, GiveTheSameTiesForEverWhereWorkIsCutIntoParts) {
  const std::vector<std::pair<Generator, std::uint64_t>> golden{
      {RMat{70000, 600000}, 0x3359aad93a4dfb34},
      {RMat{4500000, 60000}, 0x571740e813bcd8d4},
      {HeavyTailed{60000, 2.276, 15, .4}, 0xc43fed55ecc2397a},
      {HeavyTailed{300, 2.1, 60, .5}, 0x86f343c5139ee7ea},
      {ErdosRenyi{4500000, .01, false}, 0xaa6640e986bbfd5e},
      {ErdosRenyi{60000, 8, false}, 0xcf269d200d3dfb96},
      {ErdosRenyi{60000, 8, true}, 0x7ebbf4162d8992a0},
      {BlockModel{{20000, 10000, 0, 7}, {3, 1, 0, 0, 2, 4, 0, 1, 0, 0, 0, 0, 1, 1, 0, 2}}, 0x20989650cc560419},
      {RandomRegular{40000, 6}, 0x754006b88bf66014},
      {RandomRegular{60, 55}, 0x258f71b16caee466}};
  for (const auto& [g, expected] : golden) {
    const bool shifted = actors_of(g) == 60000 || actors_of(g) == 70000 || kind_name(g) == "block-model";
    const Vertex first = shifted ? 5 : 0, total = actors_of(g) + (shifted ? 10 : 0);
    const Vertex end = kind_name(g) == "block-model" ? 30020 : total;
    EXPECT_EQ(digest(generate(g, "test", Luck(1, 0), 7, first, end, 8)), expected) << kind_name(g);
  }
}

template <class Key>
void bins_equal_a_set_of_ties() {
  const auto actors = *rc::gen::inRange<Vertex>(2, 300);
  const auto begin = *rc::gen::inRange<Vertex>(0, actors - 1);
  const auto end = *rc::gen::inRange<Vertex>(begin + 1, actors + 1);
  const auto count = *rc::gen::element<std::uint64_t>(0, 5, 300, 5000);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto threads = *rc::gen::element(1U, 2U, 3U, 8U);
  BinShape shape(actors, begin, end, count);
  // finer than so few ties ask for
  shape.source_bits = std::min(shape.source_bits, *rc::gen::inRange(0U, 9U));
  shape.bins = (static_cast<std::size_t>(end - begin) >> shape.source_bits) + 1;
  const auto tie = [&](std::uint64_t i) {
    const std::uint64_t r = mix64(seed + i);
    return Tie{begin + static_cast<Vertex>(r % (end - begin)), static_cast<Vertex>((r >> 40) % actors)};
  };
  std::set<Tie> twin;
  for (std::uint64_t i = 0; i < count; ++i) twin.insert(tie(i));

  TieBins<Key> bins(shape, threads);
  parallel_for_each_index(7, threads, [&](std::size_t worker, std::size_t part) {
    const Range range = part_of(count, part, 7);
    for (std::uint64_t i = range.begin; i < range.end; ++i) bins.add(worker, tie(i).from, tie(i).to);
  });
  RC_ASSERT(bins.sort(threads) == twin.size());
  Rows rows{LargeArray<TieIndex>(actors + 4), LargeArray<Vertex>(twin.size() + 2)};
  bins.write(rows, 3, 2, threads);
  RC_ASSERT(rows.offsets[begin + 3] == 0U);
  TieIndex at = 2;
  for (Vertex v = begin; v < end; ++v) {
    for (auto t = twin.lower_bound({v, 0}); t != twin.end() && t->from == v; ++t) {
      RC_ASSERT(rows.targets[static_cast<std::size_t>(at++)] == t->to + 3);
    }
    RC_ASSERT(rows.offsets[v + 4] == at);
  }
}
RC_GTEST_PROP(TieBins, EqualASetOfTies, ()) {
  bins_equal_a_set_of_ties<std::uint32_t>();
}
RC_GTEST_PROP(TieBins, EqualASetOfTiesWithKeysOfEightBytes, ()) {
  bins_equal_a_set_of_ties<std::uint64_t>();
}

TEST(BinShape, TakesKeysOfFourBytesUpToFourMillionActors) {
  constexpr Vertex four = 1U << 22;
  EXPECT_LE(BinShape(four, 0, four, 0).key_bits(), 32U);
  EXPECT_GT(BinShape(four + 1, 0, four + 1, 0).key_bits(), 32U);
  for (const Vertex actors : {1U, 2U, 3U, 1000U, four, 4000000000U}) {
    const BinShape shape(actors, 0, actors, 1U << 30);
    EXPECT_LE(shape.bins, 8192U);
    EXPECT_LT((actors - 1) >> shape.source_bits, shape.bins);
    EXPECT_LE(shape.key_bits(), 64U);
  }
}

RC_GTEST_PROP(RowsInRanges, EqualRowsOneByOne, ()) {
  const auto actors = *rc::gen::inRange<Vertex>(0, 5000);
  const auto first = *rc::gen::inRange<Vertex>(0, 3);
  const auto threads = *rc::gen::element(1U, 2U, 3U, 8U);
  const auto length = [](Vertex v) { return static_cast<Vertex>(mix64(v) % 7); };
  const Layer layer = layer_from_rows({"x", first, actors + 5, threads}, actors, 1e8,
                                      [&](std::size_t, Vertex v, std::vector<Vertex>& row) {
                                        for (Vertex i = 0; i < length(v); ++i) row.push_back(v / 2 + i);
                                      });
  RC_ASSERT(layer.actors() == actors + 5);
  for (Vertex v = 0; v < actors; ++v) {
    RC_ASSERT(layer.out_degree(first + v) == length(v));
    for (Vertex i = 0; i < length(v); ++i) RC_ASSERT(layer.followers(first + v)[i] == first + v / 2 + i);
  }
  RC_ASSERT(layer.out_degree(first + actors) == 0U);
}

RC_GTEST_PROP(RadixSort, EqualsAStableSortByTheUpperBits, ()) {
  const auto count = *rc::gen::element<std::size_t>(0, 1, 511, 512, 3000);
  const auto low = *rc::gen::inRange(0U, 40U);
  const auto high = *rc::gen::inRange(low, 65U);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  std::vector<std::uint64_t> keys(count), scratch(count);
  const std::uint64_t used = (high == 64 ? 0 : std::uint64_t{1} << high) - 1;
  const std::uint64_t below = (std::uint64_t{1} << low) - 1;
  // bits below `low` ascend, as the sort wants it; too few of them cannot, and then are 0
  for (std::size_t i = 0; i < count; ++i) keys[i] = (mix64(seed + i) & used & ~below) | (low < 12 ? 0 : i);
  auto twin = keys;
  std::stable_sort(twin.begin(), twin.end(), [low](auto a, auto b) { return (a >> low) < (b >> low); });
  radix_sort<std::uint64_t>(keys, scratch.data(), low, high);
  RC_ASSERT(keys == twin);
}

TEST(Shuffled, SortsIndicesByTheirWords) {
  for (const std::uint32_t count : {100U, 70000U, 1U << 18}) {
    const Luck luck(3, 1);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> twin;
    for (std::uint32_t j = 0; j < count; ++j)
      twin.push_back({luck.block(Purpose::network_shuffle, j / 4, 9)[j % 4], j});
    std::sort(twin.begin(), twin.end());
    for (const unsigned threads : {1U, 2U, 8U}) {
      const auto order = shuffled(count, luck, 9, threads);
      ASSERT_EQ(order.size(), count);
      for (std::uint32_t i = 0; i < count; ++i) ASSERT_EQ(order[i], twin[i].second) << count << ' ' << i;
    }
  }
}

TEST(BuildLayer, IsTheSameForAnyNumberOfThreads) {
  std::vector<Tie> ties;
  for (std::uint64_t i = 0; i < 300000; ++i) {
    ties.push_back({static_cast<Vertex>(mix64(i) % 5000), static_cast<Vertex>(mix64(i) >> 50)});
  }
  BuildReport one, other;
  const Layer layer = build_layer("x", 20000, ties, TiePolicy::drop, &one);
  EXPECT_GT(one.duplicates, 0U);
  for (const unsigned threads : several) {
    EXPECT_EQ(digest(build_layer("x", 20000, ties, TiePolicy::drop, &other, threads)), digest(layer));
    EXPECT_EQ(other.duplicates, one.duplicates);
  }
}

// Beyond 2^32 ties: memory that is never touched takes none, so the far end of a very large layer can be looked at.
TEST(TieIndex, Has64BitsEverywhere) {
  static_assert(sizeof(TieIndex) == 8);
  static_assert(sizeof(Range::begin) == 8 && sizeof(Rows::ties) == 8 && sizeof(BuildReport::kept) == 8);
  constexpr std::uint64_t far = (std::uint64_t{1} << 32) + 10;
  Rows rows{LargeArray<TieIndex>(5), {}};
  try {
    rows.targets = LargeArray<Vertex>(far + 1000);
  } catch (const std::bad_alloc&) {
    GTEST_SKIP() << "this system reserves no 16 GiB of addresses";
  }
  // rows 0 and 1 hold nearly all; bins write rows 2 and 3 behind them
  rows.offsets[1] = far - 5;
  rows.offsets[2] = far;
  rows.targets[far - 5] = 77;
  TieBins<std::uint32_t> bins(BinShape(4, 2, 4, 3), 1);
  for (const Tie tie : {Tie{3, 1}, Tie{2, 3}, Tie{3, 0}, Tie{3, 1}}) bins.add(0, tie.from, tie.to);
  ASSERT_EQ(bins.sort(1), 3U);
  bins.write(rows, 0, far, 1);
  rows.ties = far + 3;
  const Layer layer = layer_of("x", std::move(rows));
  EXPECT_EQ(layer.ties(), far + 3);
  EXPECT_EQ(layer.out_degree(0), far - 5);
  EXPECT_EQ(layer.followers(0).size(), far - 5);
  EXPECT_EQ(layer.followers(0)[far - 100], 0U);
  EXPECT_EQ(layer.followers(1)[0], 77U);
  EXPECT_THAT(layer.followers(2), ::testing::ElementsAre(3));
  EXPECT_THAT(layer.followers(3), ::testing::ElementsAre(0, 1));
  EXPECT_EQ(part_of(far, 6, 7).end, far);
  EXPECT_EQ(part_of(far, 3, 7).begin, part_of(far, 2, 7).end);
}

}  // namespace
}  // namespace demarche::network
