#include "sim/spread/wheel.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace demarche::spread {
namespace {

std::vector<int> taken(TimingWheel<int>& wheel, Tick at) {
  std::vector<int> out;
  wheel.take(at, out);
  return out;
}

TEST(TimingWheel, WithoutEventsHasNoNextTick) {
  TimingWheel<int> wheel(100);
  EXPECT_TRUE(wheel.empty());
  EXPECT_EQ(wheel.next(), never);
}

TEST(TimingWheel, ForgetsWhatLandsAtTheEndOrLater) {
  TimingWheel<int> wheel(100);
  wheel.add(100, 1);
  wheel.add(never, 2);
  EXPECT_TRUE(wheel.empty());
  wheel.add(99, 3);
  EXPECT_EQ(wheel.next(), 99);
  EXPECT_EQ(taken(wheel, 99), std::vector<int>{3});
  EXPECT_EQ(wheel.next(), never);
}

TEST(TimingWheel, TakesAnEventThatWasAddedBeforeTheOneFoundNext) {
  TimingWheel<int> wheel(1000000);
  wheel.add(900000, 1);
  ASSERT_EQ(wheel.next(), 900000);
  wheel.add(500000, 2);
  ASSERT_EQ(wheel.next(), 500000);
  wheel.add(3, 3);
  ASSERT_EQ(wheel.next(), 3);
  EXPECT_EQ(taken(wheel, 3), std::vector<int>{3});
  EXPECT_EQ(taken(wheel, wheel.next()), std::vector<int>{2});
  EXPECT_EQ(taken(wheel, wheel.next()), std::vector<int>{1});
}

TEST(TimingWheel, KeepsTheOrderOfAddingAcrossTheOverflowLevel) {
  TimingWheel<int> wheel(100000);
  wheel.add(9000, 1);  // far: waits in the overflow level
  wheel.add(8999, 0);
  ASSERT_EQ(taken(wheel, 8999), std::vector<int>{0});
  wheel.add(9000, 2);  // near by now
  EXPECT_EQ(taken(wheel, 9000), (std::vector<int>{1, 2}));
}

TEST(TimingWheel, HoldsMoreThanOneChunkInATick) {
  TimingWheel<int> wheel(10);
  std::vector<int> expected;
  for (int i = 0; i < 1000; ++i) {
    wheel.add(5, i);
    expected.push_back(i);
  }
  EXPECT_EQ(taken(wheel, 5), expected);
}

/// Twin: a multimap keeps equal ticks in the order of their insertion.
RC_GTEST_PROP(TimingWheelTwin, EqualsAMultimap, ()) {
  const Tick end = *rc::gen::element<Tick>(1, 100, 2047, 2048, 4096, 4097, 10000, 300000);
  TimingWheel<int> wheel(end);
  std::multimap<Tick, int> twin;
  Tick now = -1;
  int serial = 0;
  const auto steps = *rc::gen::container<std::vector<std::pair<std::uint8_t, std::uint32_t>>>(
      rc::gen::pair(rc::gen::inRange<std::uint8_t>(0, 16), rc::gen::inRange<std::uint32_t>(0, 1U << 20)));
  for (const auto& [what, number] : steps) {
    if (what < 9) {
      constexpr std::uint32_t reach[] = {3, 70, 2100, 4200, 400000};
      const Tick at = now + 1 + number % reach[what % 5];
      for (std::uint32_t copies = number % 7 == 0 ? 60 : 1; copies > 0; --copies) {
        wheel.add(at, serial);
        if (at < end) twin.emplace(at, serial);
        ++serial;
      }
    } else if (what < 15) {
      if (twin.empty()) continue;
      now = twin.begin()->first;
      RC_ASSERT(wheel.next() == now);
      std::vector<int> expected;
      for (auto [e, last] = twin.equal_range(now); e != last; ++e) expected.push_back(e->second);
      RC_ASSERT(taken(wheel, now) == expected);
      twin.erase(now);
    } else if (number % 3 == 0) {
      wheel.reset();
      twin.clear();
      now = -1;
    }
    RC_ASSERT(wheel.empty() == twin.empty());
    RC_ASSERT(wheel.next() == (twin.empty() ? never : twin.begin()->first));
  }
}

}  // namespace
}  // namespace demarche::spread
