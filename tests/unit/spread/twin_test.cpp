#include "tests/unit/spread/twin.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>

#include "sim/network/generators.hpp"
#include "sim/spread/at_once.hpp"
#include "sim/spread/cascade.hpp"
#include "sim/spread/spread.hpp"

namespace demarche::spread {
namespace {

using network::Vertex;
using test::Dice;
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

/// Who first saw it when: seeds and everybody else, in the order of ticks and actors.
std::vector<std::pair<Tick, Vertex>> sights_of(const Cascade& cascade) {
  std::vector<std::pair<Tick, Vertex>> sights;
  const auto moments = cascade.moments();
  for (std::size_t k = 0; k < moments.size(); ++k) {
    const std::size_t last = k + 1 < moments.size() ? moments[k + 1].first : cascade.reached().size();
    for (std::size_t i = moments[k].first; i < last; ++i) sights.emplace_back(moments[k].at, cascade.reached()[i]);
  }
  std::sort(sights.begin(), sights.end());
  return sights;
}

/// One message on channel 0 from some seeds: where Cascade differs from Spread, or nothing.
std::string difference(SmallWorld& world, const std::vector<Vertex>& seeds, Tick at) {
  const MessageTraits message = world.messages[0];
  world.messages.resize(1);
  world.posts.clear();
  for (const Vertex v : seeds) world.posts.push_back({0, 0, at, v, 0, false});
  const Luck luck(14, 0);
  Spread spread(world.medium);
  std::vector<std::pair<Tick, Vertex>> expected;
  for (const Vertex v : seeds) expected.emplace_back(at, v);
  for (const Seen& s : run(spread, world, luck, {0})) expected.emplace_back(std::get<1>(s), std::get<2>(s));
  std::sort(expected.begin(), expected.end());

  for (const unsigned threads : {1U, 2U, 5U}) {
    Cascade cascade(world.medium, ChannelId{0}, threads);
    std::uint64_t digest = 0;
    for (int again = 0; again < 2; ++again) {
      cascade.run(luck, message, seeds, at);
      const std::string where = std::to_string(threads) + " threads, run " + std::to_string(again) + ": ";
      if (sights_of(cascade) != expected) return where + "sights";
      if (cascade.deliveries() != spread.deliveries()) return where + "deliveries";
      const auto later = [](const auto& a, const auto& b) { return a.at >= b.at; };
      const auto moments = cascade.moments();
      if (std::adjacent_find(moments.begin(), moments.end(), later) != moments.end()) return where + "order of moments";
      if (again == 1 && cascade.digest() != digest) return where + "digest";
      digest = cascade.digest();
    }
  }
  return "";
}

RC_GTEST_PROP(CascadeTwin, EqualsSpreadWithOneMessage, ()) {
  SmallWorld world(*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::inRange<Vertex>(1, 200));
  const Tick at = *rc::gen::inRange<Tick>(0, world.medium.end);
  const std::vector<Vertex> seeds =
      *rc::gen::nonEmpty(rc::gen::unique<std::vector<Vertex>>(rc::gen::inRange<Vertex>(0, world.network->actors())));
  RC_ASSERT(difference(world, seeds, at) == "");
}

/// Worlds large enough that every thread owns actors.
TEST(CascadeTwin, EqualsSpreadForAnyNumberOfOwners) {
  for (std::uint64_t number = 10; number < 22; ++number) {
    SmallWorld world(number, static_cast<Vertex>(8000 + 1000 * (number - 10)));
    const Tick at = static_cast<Tick>(number);
    EXPECT_EQ(difference(world, {1, 4500, 7000, 7999}, at), "") << number;
  }
}

/// Many actors, so that each thread owns some, and a hub whose row is longer than two stretches.
TEST(CascadeTwin, EqualsSpreadOnALargeWorldWithAHub) {
  for (const std::uint64_t number : {1ULL, 2ULL, 3ULL}) {
    SmallWorld world(number, 20000);
    Dice dice(number);
    std::vector<network::Tie> ties;
    for (Vertex v = 0; v < 10000; ++v) ties.push_back({17, v});
    for (std::uint32_t t = 0; t < (number == 3 ? 400000U : 80000U); ++t)
      ties.push_back({dice.below(20000), dice.below(20000)});
    std::vector<network::Layer> layers;
    layers.push_back(network::build_layer("l", 20000, ties));
    world.network = std::make_unique<network::Network>(20000, std::move(layers));
    world.medium.network = world.network.get();
    world.medium.channels.resize(1, world.medium.channels[0]);
    ChannelKernel& channel = world.medium.channels[0];
    // where delays are short, many see it from senders of several ticks in one
    const Law delay = number == 3 ? Law::uniform(1, 3) : Law::exponential(20);
    channel = {"hub", LayerId{0}, 0.4, QuantileTable(delay, 1, 1), 1};
    channel.rhythm = number == 2;
    EXPECT_EQ(difference(world, {17, 19999}, 5), "");

    std::vector<Seen> expected = NaiveSpread(world, Luck(14, 0)).run();
    Spread spread(world.medium);
    EXPECT_EQ(run(spread, world, Luck(14, 0), {0}), expected);
    EXPECT_GT(expected.size(), 1000U);
  }
}

/// Ties that are recomputed lead where the stored ones do, in every kernel.
RC_GTEST_PROP(ImplicitTwin, EqualsTheStoredLayerEventByEvent, ()) {
  const std::uint64_t number = *rc::gen::arbitrary<std::uint32_t>();
  SmallWorld world(number, 300);
  network::CountryBlocks blocks{{120, 100, 80}, 6, 2.3, 0.6, 2.5, true};
  std::vector<network::Layer> layers;
  for (std::size_t l = 0; l < world.network->layer_count(); ++l)
    layers.push_back(network::generate(blocks, "l", Luck(number, 0), l));
  const network::Network implicit(300, std::move(layers));
  std::vector<network::Layer> copies;
  for (std::size_t l = 0; l < implicit.layer_count(); ++l)
    copies.push_back(network::stored(implicit.layer(LayerId(static_cast<std::uint32_t>(l)))));
  world.network = std::make_unique<network::Network>(300, std::move(copies));
  const Luck luck(3, number);

  const auto all_of = [&](const network::Network& network) {
    world.medium.network = &network;
    Spread spread(world.medium);
    std::vector<Seen> sights = run(spread, world, luck, in_order(world));
    AtOnce at_once(world.medium);
    for (std::uint32_t m = 0; m < world.messages.size(); ++m) {
      at_once.start(luck, world.messages[m]);
      for (const Post& p : world.posts)
        if (p.message == m && !p.broadcast) at_once.post(ChannelId{p.channel}, p.first, p.at);
      (void)at_once.run(
          spread,
          [&](const Sight& s, Tick at) {
            sights.push_back({m, at, s.who, s.channel, s.from, s.shares});
          },
          [](Vertex) {});
    }
    for (const unsigned threads : {1U, 2U}) {
      Cascade cascade(world.medium, ChannelId{0}, threads);
      cascade.run(luck, world.messages[0], std::vector<Vertex>{5, 299}, 0);
      for (const auto& [at, who] : sights_of(cascade)) sights.push_back({threads, at, who, 0, 0, false});
    }
    return sights;
  };
  RC_ASSERT(implicit.layer(LayerId{0}).implicit() != nullptr);
  RC_ASSERT(all_of(implicit) == all_of(*world.network));
}

}  // namespace
}  // namespace demarche::spread
