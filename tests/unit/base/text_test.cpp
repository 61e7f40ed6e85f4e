#include "sim/base/text.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/tick.hpp"

namespace demarche {
namespace {

TEST(Problem, ReadsAsOneSentence) {
  EXPECT_EQ((Problem{"a", "b", "c"}.text()), "a (b); c");
  EXPECT_EQ((Problem{"a", "", "c"}.text()), "a; c");
  EXPECT_EQ((Problem{"a", "b", ""}.text()), "a (b)");
  EXPECT_STREQ(InputError({"a", "", ""}).what(), "a");
}

TEST(FileError, NamesPathAndReason) {
  const FileError e("write", "results.h5", ENOSPC);
  EXPECT_STREQ(e.what(), "cannot write results.h5 (No space left on device)");
  EXPECT_EQ(e.path(), "results.h5");
  EXPECT_EQ(e.error_number(), ENOSPC);
}

TEST(Expect, ThrowsAContractError) {
  EXPECT_THROW(DEMARCHE_EXPECT(1 == 2, "one is two"), ContractError);
  EXPECT_NO_THROW(DEMARCHE_EXPECT(true, "never"));
}

TEST(Clock, RoundsAndClampsDurations) {
  const Clock clock{1000, 60};
  EXPECT_EQ(clock.ticks(0), 0);
  EXPECT_EQ(clock.ticks(29.9), 0);
  EXPECT_EQ(clock.ticks(30), 1);
  EXPECT_EQ(clock.ticks(10, 1), 1);
  EXPECT_EQ(clock.ticks(-50), 0);
  EXPECT_EQ(clock.ticks(1e300), never);
  EXPECT_EQ(clock.at_or_after(1000), 0);
  EXPECT_EQ(clock.at_or_after(1001), 1);
  EXPECT_EQ(clock.at_or_after(941), 0);
  EXPECT_EQ(clock.at_or_after(940), -1);
  EXPECT_EQ(clock.utc_s(-1), 940);
}

TEST(NumberText, IsShortAndPlain) {
  EXPECT_EQ(number_text(0), "0");
  EXPECT_EQ(number_text(1.2), "1.2");
  EXPECT_EQ(number_text(100000), "100000");
  EXPECT_EQ(number_text(-0.001), "-0.001");
  EXPECT_EQ(number_text(1e20), "1e+20");
}

TEST(DurationText, PicksTheNaturalUnit) {
  EXPECT_EQ(duration_text(0), "0 s");
  EXPECT_EQ(duration_text(0.5), "0.5 s");
  EXPECT_EQ(duration_text(59), "59 s");
  EXPECT_EQ(duration_text(2460), "41 min");
  EXPECT_EQ(duration_text(5400), "1.5 h");
  EXPECT_EQ(duration_text(100 * 60), "100 min");
  EXPECT_EQ(duration_text(14 * 86400), "14 d");
}

TEST(EditDistance, CountsSingleChanges) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("regime", "regimes"), 1U);
  EXPECT_EQ(edit_distance("regmie", "regime"), 1U);
  EXPECT_EQ(edit_distance("Toronto", "toronto"), 0U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(Nearest, SuggestsOnlyWhatIsNear) {
  const std::vector<std::string> known{"replicates", "regimes", "measures"};
  EXPECT_EQ(nearest("regims", known), "regimes");
  EXPECT_EQ(nearest("replicate", known), "replicates");
  EXPECT_EQ(nearest("channels", known), "");
  EXPECT_EQ(nearest("regi", known, 3), "regimes");
  EXPECT_EQ(nearest("x", {}), "");
}

}  // namespace
}  // namespace demarche
