#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "sim/base/random.hpp"

namespace demarche {
namespace {

struct Question {
  std::uint64_t seed, replicate;
  std::uint32_t entity;
  MessageKey message;
  std::uint32_t draw;
  Block answer() const { return Luck(seed, replicate).block(Purpose::test, entity, message, draw); }
};

// Generators that begin at states near each other may repeat each other's words at another place. Among 2^19 words of
// 64 bits, from neighbours in every part of the question, an honest repeat has probability 2^37 / 2^64 < 1e-8.
TEST(Luck, NeighbouringQuestionsRepeatNoWord) {
  std::vector<std::uint64_t> words;
  for (std::uint64_t seed = 0; seed < 16; ++seed)
    for (std::uint64_t replicate = 0; replicate < 16; ++replicate)
      for (std::uint32_t entity = 0; entity < 8; ++entity)
        for (MessageKey message = 0; message < 8; ++message)
          for (std::uint32_t draw = 0; draw < 16; ++draw) {
            const Block b = Question{seed, replicate, entity, message, draw}.answer();
            words.push_back(std::uint64_t{b[0]} << 32 | b[1]);
            words.push_back(std::uint64_t{b[2]} << 32 | b[3]);
          }
  ASSERT_EQ(words.size(), std::size_t{1} << 19);
  std::sort(words.begin(), words.end());
  EXPECT_EQ(std::adjacent_find(words.begin(), words.end()), words.end());
}

// One changed bit of a question changes each bit of the answer with probability 1/2. 8,320 answer bits of 4,096
// questions each, z-test at 1e-8 each (|z| < 5.73), so 8e-5 in all; a flip of 0.55 is seen with power 0.75 at each.
TEST(Luck, EveryBitOfAQuestionMovesEveryBitOfTheAnswer) {
  const std::vector<std::pair<const char*, std::function<void(Question&, unsigned)>>> parts{
      {"seed", [](Question& q, unsigned bit) { q.seed ^= std::uint64_t{1} << bit; }},
      {"replicate", [](Question& q, unsigned bit) { q.replicate ^= std::uint64_t{1} << bit; }},
      {"message", [](Question& q, unsigned bit) { q.message ^= std::uint64_t{1} << bit; }},
      {"entity", [](Question& q, unsigned bit) { q.entity ^= 1U << bit % 32; }},
      {"draw", [](Question& q, unsigned bit) { q.draw ^= 1U << bit % 24; }},
  };
  constexpr int questions = 4096;
  for (const auto& [name, flip] : parts)
    for (unsigned bit = 0; bit < 64; bit += 5) {
      std::vector<int> moved(128, 0);
      for (std::uint64_t i = 0; i < questions; ++i) {
        Question q{i, i / 7, static_cast<std::uint32_t>(i * 3), hash_key(i, 5), static_cast<std::uint32_t>(i % 1000)};
        const Block before = q.answer();
        flip(q, bit);
        const Block after = q.answer();
        for (std::size_t b = 0; b < 128; ++b)
          moved[b] += static_cast<int>((before[b / 32] ^ after[b / 32]) >> b % 32 & 1);
      }
      for (std::size_t b = 0; b < 128; ++b)
        ASSERT_LT(std::abs(moved[b] - questions / 2) / std::sqrt(questions / 4.0), 5.73)
            << name << " " << bit << " " << b;
    }
}

}  // namespace
}  // namespace demarche
