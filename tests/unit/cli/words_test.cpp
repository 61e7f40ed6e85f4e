#include "output/cli/words.hpp"

#include <gtest/gtest.h>

#include "output/cli/progress.hpp"

namespace demarche::cli {
namespace {

TEST(Words, BytesHaveTwoDigits) {
  EXPECT_EQ(bytes_text(0), "0 bytes");
  EXPECT_EQ(bytes_text(1536), "1.5 KiB");
  EXPECT_EQ(bytes_text(std::uint64_t{24} << 30), "24 GiB");
  EXPECT_EQ(bytes_text(~std::uint64_t{0}), "16777216 TiB");
}

TEST(Words, DurationsAreRough) {
  EXPECT_EQ(rough_duration(0), "a second");
  EXPECT_EQ(rough_duration(61), "61 s");
  EXPECT_EQ(rough_duration(600), "10 min");
  EXPECT_EQ(rough_duration(86400), "24.0 h");
}

TEST(Words, CountsAreSetApart) {
  EXPECT_EQ(about(0.25), "0.25");
  EXPECT_EQ(about(9166.4), "9,166");
  EXPECT_EQ(about(999999), "999,999");
  EXPECT_EQ(about(2.33e6), "2.33 million");
}

TEST(Words, AShellReadsWordsBack) {
  EXPECT_EQ(shell_word("a/b.yaml"), "a/b.yaml");
  EXPECT_EQ(shell_word("errors.rate=20 %"), "'errors.rate=20 %'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(Words, FoldersStayBeneath) {
  EXPECT_EQ(folder_word("canada-uk-2013"), "canada-uk-2013");
  EXPECT_EQ(folder_word("../../etc"), "_.-..-etc");
  EXPECT_EQ(folder_word(".."), "_.");
  EXPECT_EQ(folder_word(""), "run");
}

TEST(Progress, TellsTheTimeLeftOnceItKnowsSomething) {
  EXPECT_EQ(progress_text(0, 1200, 3), "0 of 1200 (0 %)");
  EXPECT_EQ(progress_text(300, 1200, 30), "300 of 1200 (25 %), about 2 min left");
  EXPECT_EQ(progress_text(1200, 1200, 120), "1200 of 1200 (100 %)");
  EXPECT_EQ(progress_text(0, 0, 0), "0 of 0 (100 %)");
}

}  // namespace
}  // namespace demarche::cli
