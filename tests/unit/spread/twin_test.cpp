#include "tests/unit/spread/twin.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "sim/spread/at_once.hpp"
#include "sim/spread/cascade.hpp"
#include "sim/spread/spread.hpp"

namespace demarche::spread {
namespace {

using network::Vertex;
using test::NaiveSpread;
using test::Post;
using test::Seen;
using test::SmallWorld;

/// Posts as the coupling of a replicate does: whatever falls in a tick is posted before the tick's sights are taken.
/// `slot_of`: the slot that each message gets.
std::vector<Seen> run(Spread& spread, const SmallWorld& world, const Luck& luck,
                      const std::vector<std::uint32_t>& slot_of) {
  spread.reset(luck);
  std::vector<std::uint32_t> message_of(slot_of.size());
  for (std::uint32_t m = 0; m < slot_of.size(); ++m) message_of[slot_of[m]] = m;
  for (const std::uint32_t m : message_of) spread.add(world.messages[m]);
  std::vector<Seen> sights;
  const auto step = [&] {
    spread.step([&](const Sight& s, Tick at) {
      sights.push_back({message_of[s.slot], at, s.who, s.channel, s.from, s.shares});
    });
  };
  for (const Post& p : world.posts) {
    while (spread.next() < p.at) step();
    if (p.broadcast)
      spread.broadcast(slot_of[p.message], ChannelId{p.channel}, p.first, p.last, p.at);
    else
      spread.post(slot_of[p.message], ChannelId{p.channel}, p.first, p.at);
  }
  while (spread.next() != never) step();
  return sights;
}

std::vector<std::uint32_t> in_order(const SmallWorld& world) {
  std::vector<std::uint32_t> slots(world.messages.size());
  std::iota(slots.begin(), slots.end(), 0U);
  return slots;
}

RC_GTEST_PROP(SpreadTwin, EqualsTheNaiveListEventByEvent, ()) {
  const SmallWorld world(*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::inRange<Vertex>(1, 40));
  Spread spread(world.medium);
  for (std::uint64_t replicate = 0; replicate < 3; ++replicate) {
    const Luck luck(11, replicate);
    NaiveSpread naive(world, luck);
    RC_ASSERT(run(spread, world, luck, in_order(world)) == naive.run());
    RC_ASSERT(spread.deliveries() == naive.deliveries());
  }
}

RC_GTEST_PROP(SpreadTwin, EveryMessageFaresTheSameWhateverSlotItHas, ()) {
  const SmallWorld world(*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::inRange<Vertex>(1, 40));
  std::vector<std::uint32_t> backwards = in_order(world);
  std::reverse(backwards.begin(), backwards.end());
  Spread spread(world.medium);
  const Luck luck(12, 0);
  auto first = run(spread, world, luck, in_order(world)), second = run(spread, world, luck, backwards);
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  RC_ASSERT(first == second);
}

RC_GTEST_PROP(SpreadTwin, AMessageDoesNotChangeTheOthers, ()) {
  SmallWorld world(*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::inRange<Vertex>(1, 40));
  Spread spread(world.medium);
  const Luck luck(13, 0);
  const std::vector<Seen> all = run(spread, world, luck, in_order(world));
  const std::vector<Post> posts = world.posts;
  for (std::uint32_t m = 0; m < world.messages.size(); ++m) {
    world.posts.clear();
    std::copy_if(posts.begin(), posts.end(), std::back_inserter(world.posts),
                 [&](const Post& p) { return p.message == m; });
    std::vector<Seen> its_own;
    std::copy_if(all.begin(), all.end(), std::back_inserter(its_own),
                 [&](const Seen& s) { return std::get<0>(s) == m; });
    RC_ASSERT(run(spread, world, luck, in_order(world)) == its_own);
  }
}

/// Each message in one go, and the rest of it tick by tick once more than `many` sights of shares wait.
RC_GTEST_PROP(AtOnceTwin, EqualsSpreadMessageByMessage, ()) {
  const SmallWorld world(*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::inRange<Vertex>(1, 200));
  const auto many = *rc::gen::element<std::size_t>(0, 3, 4096);
  const Luck luck(15, 0);
  Spread spread(world.medium), rest(world.medium);
  std::vector<Seen> expected = run(spread, world, luck, in_order(world));
  std::sort(expected.begin(), expected.end());

  AtOnce at_once(world.medium);
  for (int again = 0; again < 2; ++again) {
    std::vector<Seen> sights;
    at_once.reset_deliveries();
    rest.reset(luck);
    std::vector<std::uint32_t> left;  // slot in `rest` -> message
    for (std::uint32_t m = 0; m < world.messages.size(); ++m) {
      at_once.start(luck, world.messages[m]);
      for (const Post& p : world.posts) {
        if (p.message != m) continue;
        if (p.broadcast)
          at_once.broadcast(ChannelId{p.channel}, p.first, p.last, p.at);
        else
          at_once.post(ChannelId{p.channel}, p.first, p.at);
      }
      Tick now = 0;
      const std::uint32_t slot = at_once.run(
          rest,
          [&](const Sight& s, Tick at) {
            RC_ASSERT(at >= now);
            now = at;
            sights.push_back({m, at, s.who, s.channel, s.from, s.shares});
          },
          [](Vertex) {}, many);
      if (slot == AtOnce::no_slot) continue;
      RC_ASSERT(slot == left.size());
      left.push_back(m);
    }
    while (rest.next() != never)
      rest.step([&](const Sight& s, Tick at) {
        sights.push_back({left[s.slot], at, s.who, s.channel, s.from, s.shares});
      });
    std::sort(sights.begin(), sights.end());
    RC_ASSERT(sights == expected);
    RC_ASSERT(at_once.deliveries() + rest.deliveries() == spread.deliveries());
  }
}

/// Who first saw it when, by either kernel.
RC_GTEST_PROP(CascadeTwin, EqualsSpreadWithOneMessage, ()) {
  SmallWorld world(*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::inRange<Vertex>(1, 200));
  const MessageTraits message = world.messages[0];
  world.messages.resize(1);
  world.posts.clear();
  const Tick at = *rc::gen::inRange<Tick>(0, world.medium.end);
  const std::vector<Vertex> seeds =
      *rc::gen::nonEmpty(rc::gen::unique<std::vector<Vertex>>(rc::gen::inRange<Vertex>(0, world.network->actors())));
  for (const Vertex v : seeds) world.posts.push_back({0, 0, at, v, 0, false});
  const Luck luck(14, 0);
  Spread spread(world.medium);
  std::vector<std::pair<Tick, Vertex>> expected;
  for (const Vertex v : seeds) expected.emplace_back(at, v);
  for (const Seen& s : run(spread, world, luck, {0})) expected.emplace_back(std::get<1>(s), std::get<2>(s));
  std::sort(expected.begin(), expected.end());

  Cascade cascade(world.medium, ChannelId{0});
  for (int again = 0; again < 2; ++again) {
    cascade.run(luck, message, seeds, at);
    std::vector<std::pair<Tick, Vertex>> sights;
    const auto moments = cascade.moments();
    for (std::size_t k = 0; k < moments.size(); ++k) {
      const std::size_t last = k + 1 < moments.size() ? moments[k + 1].first : cascade.reached().size();
      // not k == 0 || ...: the macro looks at both sides
      if (k > 0) RC_ASSERT(moments[k].at > moments[k - 1].at);
      for (std::size_t i = moments[k].first; i < last; ++i) sights.emplace_back(moments[k].at, cascade.reached()[i]);
    }
    std::sort(sights.begin(), sights.end());
    RC_ASSERT(sights == expected);
    RC_ASSERT(cascade.deliveries() == spread.deliveries());
  }
}

}  // namespace
}  // namespace demarche::spread
