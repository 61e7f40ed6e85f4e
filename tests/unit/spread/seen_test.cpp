#include "sim/spread/seen.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "sim/base/random.hpp"

namespace demarche::spread {
namespace {

using network::Vertex;

TEST(SeenSet, IsEmptyAtFirst) {
  const SeenSet seen;
  EXPECT_EQ(seen.count(), 0U);
  EXPECT_FALSE(seen.contains(0));
}

TEST(SeenSet, HoldsEverybodyOnceAndForgetsThemAll) {
  constexpr Vertex actors = 20000;
  SeenSet seen;
  for (int round = 0; round < 3; ++round) {
    for (Vertex v = 0; v < actors; ++v) ASSERT_TRUE(seen.insert(v, actors));
    for (Vertex v = 0; v < actors; ++v) ASSERT_FALSE(seen.insert(v, actors));
    EXPECT_EQ(seen.count(), actors);
    seen.clear();
    EXPECT_EQ(seen.count(), 0U);
    for (Vertex v = 0; v < actors; ++v) ASSERT_FALSE(seen.contains(v));
  }
}

/// Twin: std::set, over sizes of the network at which the change to a bitset comes at once, late and never.
RC_GTEST_PROP(SeenSetTwin, EqualsASet, ()) {
  const Vertex actors = *rc::gen::element<Vertex>(1, 64, 1000, 1024, 5000, 100000, 0xfffffffe);
  SeenSet seen;
  std::set<Vertex> twin;
  const auto check = [&](Vertex v) { RC_ASSERT(seen.contains(v) == twin.contains(v)); };
  const int rounds = *rc::gen::inRange(1, 4);
  for (int round = 0; round < rounds; ++round) {
    if (actors < 200000 && *rc::gen::inRange(0, 4) == 0) seen.make_dense(actors);
    const Vertex range = std::min(actors, *rc::gen::element<Vertex>(10, 1000, 0xffffffff));
    const Luck luck(*rc::gen::arbitrary<std::uint32_t>(), 0);
    const int inserts = *rc::gen::inRange(0, 1500);
    Stream stream(luck, Purpose::test, 0, 0);
    for (int i = 0; i < inserts; ++i) {
      const Vertex v = stream.next32() % range;
      RC_ASSERT(seen.insert(v, actors) == twin.insert(v).second);
      RC_ASSERT(seen.count() == twin.size());
      check(stream.next32() % range);
    }
    for (const Vertex v : twin) check(v);
    seen.clear();
    twin.clear();
    check(stream.next32() % range);
  }
}

}  // namespace
}  // namespace demarche::spread
