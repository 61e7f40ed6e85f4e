#include "output/tables/contrasts.hpp"

#include <gtest/gtest.h>

namespace demarche::output {
namespace {

TEST(Contrasts, OneFactorAtATime) {
  const auto found =
      factorial_contrasts({{"central", "4"}, {"free", "4"}, {"tiered", "4"}, {"central", "73"}, {"free", "73"}});
  ASSERT_EQ(found.size(), 4U);
  const std::vector<Contrast> wanted{{"regime, at 4", 1, 0},
                                     {"regime, at 73", 4, 3},
                                     {"presence, under central", 3, 0},
                                     {"presence, under free", 4, 1}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(found[i].label, wanted[i].label);
    EXPECT_EQ(found[i].a, wanted[i].a);
    EXPECT_EQ(found[i].b, wanted[i].b);
  }
}

TEST(Contrasts, ThreeRulesInFullShareNoPairTwice) {
  const auto found = factorial_contrasts({{"a", "4"}, {"b", "4"}, {"c", "4"}, {"a", "73"}, {"b", "73"}, {"c", "73"}});
  EXPECT_EQ(found.size(), 3U + 6);  // presence under each of three, three pairs of rules at each of two
}

TEST(Contrasts, NoneWithoutTheWholeSquare) {
  EXPECT_TRUE(factorial_contrasts({}).empty());
  EXPECT_TRUE(factorial_contrasts({{"a", "4"}, {"b", "4"}, {"a", "73"}}).empty());
  EXPECT_TRUE(factorial_contrasts({{"a", "4"}, {"b", "4"}, {"a", "73"}, {"b", "73"}, {"b", "73"}}).empty());
}

}  // namespace
}  // namespace demarche::output
