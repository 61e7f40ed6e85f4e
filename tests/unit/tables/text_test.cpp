#include "output/tables/text.hpp"

#include <gtest/gtest.h>

namespace demarche::output {
namespace {

TEST(Printable, LeavesTextAlone) {
  EXPECT_EQ(printable("démarche – 外交 <b>"), "démarche – 外交 <b>");
}

TEST(Printable, DisarmsTheTerminal) {
  EXPECT_EQ(printable("\x1b[2Jgone"), "\\x1b[2Jgone");
  EXPECT_EQ(printable(std::string_view("a\0b\r\n\t\x7f", 7)), "a\\x00b\\x0d\\x0a\\x09\\x7f");
  EXPECT_EQ(printable("\xc2\x9b"), "\\x9b");  // CSI as one character
  EXPECT_EQ(printable("\u202egpj"), "\\u202egpj");
  EXPECT_EQ(printable("\u200b"), "\\u200b");
}

TEST(Printable, ShowsBrokenUtf8) {
  EXPECT_EQ(printable("\xff"), "\\xff");
  EXPECT_EQ(printable("\xc3"), "\\xc3");                    // cut short
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");           // longer than need be
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // half of a pair
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

TEST(Columns, WideAndCombining) {
  EXPECT_EQ(columns_of("démarche"), 8U);
  EXPECT_EQ(columns_of("外交"), 4U);
  EXPECT_EQ(columns_of("e\u0301"), 1U);
  EXPECT_EQ(padded_left("é", 3), "  é");
  EXPECT_EQ(padded_right("外", 3), "外 ");
}

TEST(Wrapped, BreaksAtSpacesAndInsideLongWords) {
  EXPECT_EQ(wrapped("aa bb  ccc", 5), (std::vector<std::string>{"aa bb", "ccc"}));
  EXPECT_EQ(wrapped("abcdefg h", 3), (std::vector<std::string>{"abc", "def", "g h"}));
  EXPECT_EQ(wrapped("", 5), (std::vector<std::string>{""}));
  EXPECT_EQ(wrapped("外交外交", 5), (std::vector<std::string>{"外交", "外交"}));
}

}  // namespace
}  // namespace demarche::output
