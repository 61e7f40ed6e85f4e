#include "sim/spread/exposer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "tests/unit/base/sample.hpp"

namespace demarche::spread {
namespace {

using network::Vertex;

const Luck luck(20130408, 3);

ChannelKernel kernel(double visibility, Law delay = Law::fixed(1)) {
  return {"c", LayerId{0}, visibility, QuantileTable(delay, 1, 1), 0};
}

/// Position and tick of everybody among `count` who sees what actor 5 posts, ascending.
std::vector<std::pair<std::uint64_t, Tick>> exposed(const ChannelKernel& channel, MessageKey key, std::uint64_t count,
                                                    Tick at = 0, const Medium& medium = {}) {
  std::vector<Stretch> stretches;
  cut_into_stretches(5, 0, count, [&](const Stretch& s) { stretches.push_back(s); });
  std::vector<std::pair<std::uint64_t, Tick>> result;
  static Exposer exposer;
  exposer.run(
      channel, luck, Purpose::exposure, key, stretches, [](std::uint64_t) {},
      [&](std::span<const Exposer::Hit> hits) {
        for (const Exposer::Hit& hit : hits) {
          EXPECT_EQ(hit.poster, 5U);
          result.emplace_back(hit.at, seen_at(medium, channel, static_cast<Vertex>(hit.at), at, hit.delay));
        }
      });
  std::sort(result.begin(), result.end());
  return result;
}

TEST(Expose, FullVisibilityReachesEverybodyWithTheDelaysOfItsWords) {
  const ChannelKernel channel = kernel(1, Law::exponential(1000));
  for (const unsigned count : {0U, 1U, 2U, 3U, 7U}) {
    const auto all = exposed(channel, 77, count, 10);
    ASSERT_EQ(all.size(), count);
    for (std::uint64_t i = 0; i < count; ++i) {
      // two of the four words of a block belong to each success: a jump and a delay
      const Block words = luck.block(Purpose::exposure, 5, 77, static_cast<std::uint32_t>(i / 2));
      EXPECT_EQ(all[i].first, i);
      EXPECT_EQ(all[i].second, 10 + channel.delay(words[2 * (i % 2) + 1]));
    }
  }
}

TEST(Expose, NoVisibilityReachesNobody) {
  EXPECT_TRUE(exposed(kernel(0), 77, 1000000).empty());
}

TEST(Expose, JumpsOverThoseWhoMissIt) {
  const ChannelKernel channel = kernel(0.1);
  const auto few = exposed(channel, 77, 1000);
  std::uint64_t position = 0;
  for (std::size_t i = 0; i < few.size(); ++i) {
    const Block words = luck.block(Purpose::exposure, 5, 77, static_cast<std::uint32_t>(i / 2));
    position += channel.jumps(words[2 * (i % 2)]);
    EXPECT_EQ(few[i].first, position++);
  }
  // the next success, the one that ended the walk, lies beyond the last follower
  const auto i = few.size();
  const Block words = luck.block(Purpose::exposure, 5, 77, static_cast<std::uint32_t>(i / 2));
  EXPECT_GE(position + channel.jumps(words[2 * (i % 2)]), 1000U);
}

/// What the walk must find, word by word, stretch by stretch.
std::vector<std::pair<std::uint64_t, Tick>> by_hand(const ChannelKernel& channel, MessageKey key, std::uint64_t count) {
  std::vector<std::pair<std::uint64_t, Tick>> result;
  for (std::uint64_t first = 0; first < count; first += 4096) {
    const std::uint64_t era = first >> 24, last = std::min<std::uint64_t>(count, first + 4096);
    std::uint64_t position = first;
    for (std::uint32_t i = 0;; ++i, ++position) {
      const auto draw = static_cast<std::uint32_t>((first >> 12 & 4095) << 12) + i / 2;
      const Block words = luck.block(Purpose::exposure, 5, era == 0 ? key : hash_key(key, era), draw);
      position += channel.jumps(words[2 * (i % 2)]);
      if (position >= last) break;
      result.emplace_back(position, channel.delay(words[2 * (i % 2) + 1]));
    }
  }
  return result;
}

TEST(Expose, TakesLongRowsInStretchesWithDrawsOfTheirOwn) {
  for (const double p : {1.0, 0.5, 0.1, 0.003})
    for (const std::uint64_t count : {4095, 4096, 4097, 20000}) {
      const ChannelKernel channel = kernel(p, Law::exponential(100));
      EXPECT_EQ(exposed(channel, 3, count), by_hand(channel, 3, count)) << p << " of " << count;
    }
}

TEST(Expose, AsksUnderANewKeyBeyondSixteenMillionFollowers) {
  const ChannelKernel channel = kernel(0.0005, Law::exponential(100));
  const std::uint64_t count = (std::uint64_t{1} << 25) + 12345;
  const auto found = exposed(channel, 3, count);
  EXPECT_EQ(found, by_hand(channel, 3, count));
  EXPECT_GT(found.back().first, std::uint64_t{1} << 25);
}

TEST(Expose, ReachesTheSameEyesWheneverItIsPosted) {
  const ChannelKernel channel = kernel(0.3, Law::exponential(100));
  const auto early = exposed(channel, 9, 50, 0), late = exposed(channel, 9, 50, 1000);
  ASSERT_EQ(early.size(), late.size());
  for (std::size_t i = 0; i < early.size(); ++i) {
    EXPECT_EQ(early[i].first, late[i].first);
    EXPECT_EQ(early[i].second + 1000, late[i].second);
  }
}

TEST(Expose, RunsOnTheClockOfWhoSees) {
  Medium medium;
  calendar::ActivityProfile half;  // awake on even days only
  for (int h = 0; h < 168; ++h) half.weight.push_back(h / 24 % 2 == 0 ? 1 : 0);
  const Clock clock{4 * 86400, 60};  // a Monday
  medium.clocks.emplace_back(calendar::zone("UTC"), calendar::ActivityProfile::flat(), clock, 100000);
  medium.clocks.emplace_back(calendar::zone("UTC"), half, clock, 100000);
  medium.clock_of = {0, 1, 0, 1};
  ChannelKernel channel = kernel(1, Law::fixed(300));
  EXPECT_EQ(exposed(channel, 1, 4, 1400, medium)[1].second, 1700);  // wall clock unless the channel follows rhythms
  channel.rhythm = true;
  const auto seen = exposed(channel, 1, 4, 1400, medium);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(seen[i].second, medium.clocks[i % 2].after(1400, 300));
  EXPECT_EQ(seen[0].second, 1700);
  EXPECT_GT(seen[1].second, 2880);  // asleep all Tuesday
}

/// Chi-square at alpha = 1e-6: a visibility off by .01 fails it with power > .99 (20,000 posts of 40 followers: the
/// mean share has a standard error of .0005). Each follower's own share at the same level, split over the 40.
TEST(Expose, NumberOfSuccessesIsBinomial) {
  constexpr int followers = 40, posts = 20000;
  for (const double p : {0.02, 0.3, 0.85}) {
    const ChannelKernel channel = kernel(p);
    std::vector<std::uint64_t> counts(followers + 1), by_follower(followers);
    for (MessageKey key = 0; key < posts; ++key) {
      const auto who = exposed(channel, mix64(key), followers);
      ++counts[who.size()];
      for (const auto& [i, at] : who) ++by_follower[i];
    }
    std::vector<double> law(followers + 1);
    for (int k = 0; k <= followers; ++k)
      law[static_cast<std::size_t>(k)] =
          std::exp(std::lgamma(followers + 1) - std::lgamma(k + 1) - std::lgamma(followers - k + 1) + k * std::log(p) +
                   (followers - k) * std::log1p(-p));
    testing::expect_fits(counts, law);
    for (const std::uint64_t seen : by_follower)
      EXPECT_NEAR(static_cast<double>(seen), posts * p, 5.6 * std::sqrt(posts * p * (1 - p)));
  }
}

TEST(Shares, OneCoinForAPersonAndAMessage) {
  ChannelKernel channel = kernel(1);
  MessageTraits message{.key = 5, .born = 100, .half_life = 10, .share_multiplier = 1};
  channel.share = 0;
  EXPECT_FALSE(shares(channel, luck, message, 1, 100));
  channel.share = 1;
  EXPECT_TRUE(shares(channel, luck, message, 1, 100));
  channel.share = 0.4;
  ChannelKernel fading = channel;
  fading.share_decays = true;
  std::uint64_t plain = 0, multiplied = 0, faded = 0;
  for (Vertex who = 0; who < 20000; ++who) {
    const bool first = shares(channel, luck, message, who, 100);
    EXPECT_EQ(first, shares(channel, luck, message, who, 900));  // does not fade here
    MessageTraits false_claim = message;
    false_claim.share_multiplier = 1.7;
    const bool more = shares(channel, luck, false_claim, who, 100), later = shares(fading, luck, message, who, 110);
    EXPECT_LE(first, more);   // who shares the truth would share the error too
    EXPECT_LE(later, first);  // and who shares it late would have shared it early
    plain += first;
    multiplied += more;
    faded += later;
  }
  // 4.9 standard errors: alpha = 1e-6
  EXPECT_NEAR(static_cast<double>(plain), 8000, 4.9 * std::sqrt(20000 * .4 * .6));
  EXPECT_NEAR(static_cast<double>(multiplied), 13600, 4.9 * std::sqrt(20000 * .68 * .32));
  EXPECT_NEAR(static_cast<double>(faded), 4000, 4.9 * std::sqrt(20000 * .2 * .8));
}

TEST(Relevance, HalvesEveryHalfLife) {
  const MessageTraits message{.key = 1, .born = 50, .half_life = 20, .share_multiplier = 1};
  EXPECT_EQ(relevance(message, 10), 1);
  EXPECT_EQ(relevance(message, 50), 1);
  EXPECT_EQ(relevance(message, 70), 0.5);
  EXPECT_EQ(relevance(message, 110), 0.125);
  EXPECT_NEAR(relevance(message, 60), std::sqrt(0.5), 1e-15);
  EXPECT_EQ(relevance({.key = 1, .born = 0, .half_life = 0, .share_multiplier = 1}, 1000000), 1);
}

}  // namespace
}  // namespace demarche::spread
