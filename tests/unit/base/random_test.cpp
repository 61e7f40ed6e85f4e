#include "sim/base/random.hpp"

#include <gtest/gtest.h>

#include <set>

#if __has_include(<Random123/philox.h>)
#define DEMARCHE_HAS_RANDOM123 1
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <Random123/philox.h>
#pragma GCC diagnostic pop
#undef philox4x32  // a macro of that header
#endif

namespace demarche {
namespace {

// M1 of the validation plan: the published vectors of Random123
TEST(Philox, KnownAnswers) {
  constexpr std::uint32_t ones = 0xffffffffU;
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({ones, ones, ones, ones}, {ones, ones}),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
}

TEST(Philox, AgreesWithRandom123) {
#ifdef DEMARCHE_HAS_RANDOM123
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const Block counter = philox4x32({i, 0, 0, 1}, {2, 3});
    const std::array<std::uint32_t, 2> key{counter[3] ^ i, counter[0] + i};
    const auto theirs = r123::Philox4x32()({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    const Block ours = philox4x32(counter, key);
    for (std::size_t w = 0; w < 4; ++w) ASSERT_EQ(ours[w], theirs[w]);
  }
#else
  GTEST_SKIP() << "Random123 is not installed";
#endif
}

TEST(Luck, SameQuestionSameAnswer) {
  const Luck a(1, 2), b(1, 2);
  const Block first = a.block(Purpose::share, 7, 99);
  a.block(Purpose::share, 8, 99);
  EXPECT_EQ(first, a.block(Purpose::share, 7, 99));
  EXPECT_EQ(first, b.block(Purpose::share, 7, 99));
}

TEST(Luck, EveryPartOfTheQuestionMatters) {
  std::set<Block> answers;
  for (const Luck& l : {Luck(1, 2), Luck(1, 3), Luck(2, 2)}) {
    answers.insert(l.block(Purpose::share, 7, 99));
    answers.insert(l.block(Purpose::exposure, 7, 99));
    answers.insert(l.block(Purpose::share, 8, 99));
    answers.insert(l.block(Purpose::share, 7, 99 + (MessageKey{1} << 40)));
    answers.insert(l.block(Purpose::share, 7, 99, 1));
  }
  EXPECT_EQ(answers.size(), 15U);
}

TEST(Stream, ReadsTheBlocksInOrder) {
  const Luck luck(5, 6);
  Stream s(luck, Purpose::service, 3, 4, 10);
  for (std::uint32_t draw = 10; draw < 13; ++draw)
    for (std::uint32_t word : luck.block(Purpose::service, 3, 4, draw)) EXPECT_EQ(s.next32(), word);
  Stream t(luck, Purpose::service, 3, 4, 10);
  const Block b = luck.block(Purpose::service, 3, 4, 10);
  EXPECT_EQ(t.next64(), (std::uint64_t{b[0]} << 32) | b[1]);
}

TEST(Philox, AllVersionsMakeTheSameBlocks) {
  constexpr std::size_t most = 40;
  std::array<std::uint32_t, most> entity{}, draw{};
  for (std::uint32_t k = 0; k < most; ++k) {
    entity[k] = k * 0x9E3779B9U;
    draw[k] = (k * 77777U) & 0xffffffU;
  }
  const MessageKey message = 0xfedcba9876543210ULL;
  const std::array<std::uint32_t, 2> key{0xdeadbeefU, 0x80000001U};
  for (const PhiloxVersion& version : philox_versions())
    for (const std::size_t count : {0U, 1U, 3U, 4U, 5U, 8U, 9U, 31U, 40U}) {
      std::array<Block, most> out{};
      version.blocks(count, entity.data(), message, 0x28000000U, draw.data(), key, out.data());
      for (std::size_t k = 0; k < count; ++k)
        ASSERT_EQ(out[k], philox4x32({entity[k], 0x76543210U, 0xfedcba98U, 0x28000000U | draw[k]}, key))
            << version.instructions << ", block " << k << " of " << count;
    }
}

TEST(Luck, ManyBlocksAreTheBlocksOneByOne) {
  const Luck luck(20130408, 17);
  std::array<std::uint32_t, 16> entity{}, draw{};
  for (std::uint32_t k = 0; k < 16; ++k) {
    entity[k] = 1000 - k;
    draw[k] = k << 19;
  }
  std::array<Block, 16> out{};
  luck.blocks(Purpose::exposure, 11, entity.data(), 99, draw.data(), out.data());
  for (std::size_t k = 0; k < 11; ++k) EXPECT_EQ(out[k], luck.block(Purpose::exposure, entity[k], 99, draw[k]));
}

TEST(Stream, GetsANewKeyAfterTwoToThe24Blocks) {
  const Luck luck(5, 6);
  constexpr std::uint32_t last = (1U << 24) - 1;
  Stream stream(luck, Purpose::network, 9, 77, last);
  const Block before = luck.block(Purpose::network, 9, 77, last);
  const Block after = luck.block(Purpose::network, 9, hash_key(77, 1), 0);
  for (const Block& block : {before, after})
    for (const std::uint32_t word : block) EXPECT_EQ(stream.next32(), word);
  // neither the first block again nor that of the next purpose
  EXPECT_NE(after, luck.block(Purpose::network, 9, 77, 0));
  EXPECT_NE(after, luck.block(Purpose::network_shuffle, 9, 77, 0));
}

}  // namespace
}  // namespace demarche
