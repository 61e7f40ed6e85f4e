#include <gtest/gtest.h>

#include "sim/network/generators.hpp"
#include "sim/spread/at_once.hpp"
#include "sim/spread/cascade.hpp"
#include "sim/spread/spread.hpp"
#include "tests/unit/counted_allocations.hpp"

namespace demarche::spread {
namespace {

using demarche::test::allocations;

using network::Vertex;

struct Setting {
  network::Network network;
  Medium medium;
  Setting() : network(20000, layers()) {
    medium.network = &network;
    medium.end = 50000;
    medium.channels.emplace_back("c", LayerId{0}, 0.3, QuantileTable(Law::lognormal(500, 2), 1, 1), 0.5);
  }
  static std::vector<network::Layer> layers() {
    std::vector<network::Layer> list;
    list.push_back(network::generate(network::ErdosRenyi{20000, 10, true}, "ties", Luck(1, 0), 1));
    return list;
  }
};

TEST(Allocation, CountsWhatThisProgramAllocates) {
  const std::uint64_t before = allocations;
  void* some = ::operator new(10);  // called by name: clang leaves out a vector that nobody looks at
  EXPECT_EQ(allocations, before + 1);
  ::operator delete(some);
}

TEST(Allocation, WarmSpreadAllocatesNothing) {
  const Setting setting;
  Spread spread(setting.medium);
  std::uint64_t sights = 0;
  const auto run = [&] {
    spread.reset(Luck(9, 0));
    for (Vertex m = 0; m < 30; ++m) spread.post(spread.add({.key = mix64(m)}), ChannelId{0}, m, m);
    while (spread.next() != never) spread.step([&](const Sight&, Tick) { ++sights; });
  };
  run();
  const std::uint64_t cold = sights, before = allocations;
  run();
  const std::uint64_t warm = allocations - before;
  EXPECT_EQ(warm, 0U);
  EXPECT_GT(cold, 20000U);  // sets both small and large
  EXPECT_EQ(sights, 2 * cold);
}

TEST(Allocation, WarmAtOnceAllocatesNothing) {
  const Setting setting;
  Spread spread(setting.medium);
  AtOnce at_once(setting.medium);
  std::uint64_t sights = 0;
  const auto run = [&] {
    spread.reset(Luck(9, 0));
    for (Vertex m = 0; m < 10; ++m) {
      at_once.start(Luck(9, 0), {.key = mix64(m)});
      at_once.post(ChannelId{0}, m, m);
      at_once.run(
          spread, [&](const Sight&, Tick) { ++sights; }, [](Vertex) {});
    }
    while (spread.next() != never) spread.step([&](const Sight&, Tick) { ++sights; });
  };
  for (int warming = 0; warming < 12; ++warming) run();  // sets are swapped between messages until all have grown
  const std::uint64_t cold = sights, before = allocations;
  run();
  const std::uint64_t warm = allocations - before;
  EXPECT_EQ(warm, 0U);
  EXPECT_GT(cold, 12 * 10000U);
  EXPECT_EQ(sights, cold + cold / 12);
}

TEST(Allocation, WarmCascadeAllocatesNothing) {
  const Setting setting;
  Cascade cascade(setting.medium, ChannelId{0});
  const std::vector<Vertex> seeds{7, 8, 9};
  cascade.run(Luck(9, 0), {.key = 1}, seeds, 0);
  const std::size_t cold = cascade.reached().size();
  const std::uint64_t before = allocations;
  cascade.run(Luck(9, 0), {.key = 1}, seeds, 0);
  const std::uint64_t warm = allocations - before;
  EXPECT_EQ(warm, 0U);
  EXPECT_GT(cold, 1000U);
  EXPECT_EQ(cascade.reached().size(), cold);
}

/// Wherever memory runs out in it, a cascade that was cut short leaves nothing behind for the next one.
TEST(Allocation, ACascadeCutShortSpoilsNoOther) {
  const Setting setting;
  const std::vector<Vertex> seeds{7, 8, 9};
  Cascade whole(setting.medium, ChannelId{0});
  whole.run(Luck(9, 1), {.key = 1}, seeds, 0);
  const std::uint64_t expected = whole.digest();
  int cut = 0;
  for (const std::int64_t left : {3, 5, 8, 12, 16, 20, 24}) {
    Cascade cascade(setting.medium, ChannelId{0});
    demarche::test::allocations_left = left;
    try {
      cascade.run(Luck(9, 0), {.key = 1}, seeds, 0);
    } catch (const std::bad_alloc&) {
      ++cut;
    }
    demarche::test::allocations_left = -1;
    cascade.run(Luck(9, 1), {.key = 1}, seeds, 0);
    EXPECT_EQ(cascade.digest(), expected) << "cut at allocation " << left;
  }
  EXPECT_GT(cut, 4);
}

}  // namespace
}  // namespace demarche::spread
