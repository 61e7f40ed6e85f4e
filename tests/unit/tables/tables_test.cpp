#include "output/tables/tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "output/tables/text.hpp"
#include "tests/unit/tables/made.hpp"

namespace demarche::output {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string table(const study::Results& r, std::size_t width = 100) {
  return comparison_table(r, study::compare(r), width);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// What stands before the details, and what from there on.
std::string glance(const std::string& text) {
  return text.substr(0, text.find("In detail"));
}
std::string details(const std::string& text) {
  return text.substr(text.find("In detail"));
}

const study::Results told = made("h", study::Better::lower, {{50, 51, 52, 53}, {1, 2.1, 3, 4.1}, {50, 51, 52, 53}});

TEST(Table, SaysWhatAReaderNeeds) {
  const std::string text = table(told);
  EXPECT_THAT(text, HasSubstr("4 simulated histories"));
  EXPECT_THAT(text, HasSubstr("difference from \"regime A\""));
  EXPECT_THAT(text, HasSubstr("better \u22122.040 d"));
  EXPECT_THAT(text, HasSubstr("\u22122.043 to \u22122.036 d"));
  EXPECT_THAT(text, HasSubstr("equal in every history"));
  EXPECT_THAT(text, HasSubstr("assumed   All of it is assumed."));
  EXPECT_THAT(text, HasSubstr("Only 4 replicates"));
  EXPECT_THAT(text, HasSubstr("No row tells the best on the whole"));
  EXPECT_THAT(text, Not(HasSubstr("\u2248")));
}

TEST(Table, AtAGlanceOneLineAMeasure) {
  const std::vector<std::string> lines = lines_of(glance(table(told)));
  const auto row = std::find_if(lines.begin(), lines.end(),
                                [](const std::string& line) { return line.rfind("What is measured", 0) == 0; });
  ASSERT_NE(row, lines.end());
  EXPECT_THAT(*row, ::testing::ContainsRegex("measured  +2\\.15 d  +best 2\\.55 h  += 2\\.15 d$"));
}

TEST(Table, MarksWhatCannotBeToldApart) {
  const std::string text = table(made("actors", study::Better::higher, {{1, 2, 3, 4}, {4, 1, 2, 3.1}}));
  EXPECT_THAT(glance(text), HasSubstr("\u2248 2.5"));
  EXPECT_THAT(glance(text), Not(HasSubstr("best 2")));
  EXPECT_THAT(details(text), HasSubstr("\u2248 0.0"));
  EXPECT_THAT(details(text), HasSubstr("cannot be told apart"));
  EXPECT_THAT(text, Not(HasSubstr("better +")));
}

TEST(Table, DirectionFollowsTheMeasure) {
  const std::vector<std::vector<double>> up{{1, 2, 3, 4}, {11, 12.1, 13, 14.1}};
  const std::string good = table(made("actors", study::Better::higher, up));
  EXPECT_THAT(details(good), HasSubstr("better +10"));
  EXPECT_THAT(glance(good), HasSubstr("best 12.6"));
  const std::string bad = table(made("actors", study::Better::lower, up));
  EXPECT_THAT(details(bad), HasSubstr("worse +10"));
  EXPECT_THAT(glance(bad), HasSubstr("worse 12.6"));
  EXPECT_THAT(glance(bad), HasSubstr("best 2.50"));
  const std::string neutral = table(made("actors", study::Better::neither, up));
  EXPECT_THAT(details(neutral), HasSubstr("higher +10"));
  EXPECT_THAT(glance(neutral), HasSubstr("higher 12.6"));
  EXPECT_THAT(glance(neutral), Not(HasSubstr("best 12.6")));
}

TEST(Table, WhoIsTiedWithTheBestIsBestToo) {
  const std::string text =
      glance(table(made("actors", study::Better::higher, {{1, 2, 3, 4}, {11, 12.1, 13, 14.1}, {14, 11.2, 12, 12.8}})));
  EXPECT_THAT(text, HasSubstr("best 12.6"));
  EXPECT_THAT(text, HasSubstr("best 12.5"));
}

TEST(Table, WhoHasValuesOnlySometimesIsNeverBest) {
  const std::string text = glance(table(made("h", study::Better::lower, {{30, 31, 32.5}, {nan, 2, 2}, {8, 9, 9.5}})));
  EXPECT_THAT(text, HasSubstr(" 2.00 h*"));
  EXPECT_THAT(text, Not(HasSubstr("best 2.00 h")));
  EXPECT_THAT(text, HasSubstr("best 8.83 h"));
}

TEST(Table, MissingValuesShow) {
  const study::Results r = made("h", study::Better::lower, {{1, 2, 3}, {nan, 2, 5}, {nan, nan, nan}});
  const std::string text = table(r);
  EXPECT_THAT(text, HasSubstr("*"));
  EXPECT_THAT(text, HasSubstr("\u2013"));
  EXPECT_THAT(text, HasSubstr("no value of 1 measure"));
  EXPECT_THAT(study::compare(r).warnings, ::testing::Contains(HasSubstr("1 under regime B and 3 under regime C")));
}

TEST(Table, TooFewToCompareIsNotCalledBetter) {
  EXPECT_THAT(glance(table(made("h", study::Better::lower, {{9}, {8}}))), HasSubstr("? 8.00 h"));
  EXPECT_THAT(glance(table(made("h", study::Better::lower, {{9, 9}, {8, nan}}))), HasSubstr("? 8.00 h*"));
}

TEST(Table, ThreeShortWarningsAtMostAndTheWorstFirst) {
  study::Comparison c = study::compare(told);
  c.warnings = {"Long one. Of these: a. b.", "Long two. Of these: c.", "Long three. More.", "the run was stopped"};
  const std::string text = comparison_table(told, c);
  EXPECT_THAT(text, HasSubstr("warning   the run was stopped\nwarning   Long one.\nwarning   Long two.\n"));
  EXPECT_THAT(text, Not(HasSubstr("Of these")));
  EXPECT_THAT(text, Not(HasSubstr("Long three")));
}

TEST(Table, OneRegimeHasNoDifferences) {
  const std::string text = table(made("h", study::Better::lower, {{1, 2}}));
  EXPECT_THAT(text, Not(HasSubstr("difference")));
  EXPECT_THAT(text, Not(HasSubstr("best")));
}

TEST(Table, ContrastsAreTheirOwnFamily) {
  const study::Results r =
      made("actors", study::Better::higher, {{1, 2, 3, 4}, {11, 12.1, 13, 14.1}, {5, 6, 7, 8.1}, {18, 19, 20, 21}});
  const std::vector<Contrast> contrasts{{"rule, with many", 3, 2}, {"presence", 2, 0}};
  const std::string text = comparison_table(r, study::compare(r), 100, contrasts);
  EXPECT_THAT(text, HasSubstr("One thing changed at a time"));
  EXPECT_THAT(text, HasSubstr("better +12.97"));
  EXPECT_THAT(text, HasSubstr("rule, with many: \"regime D\" minus \"regime C\""));
  EXPECT_THAT(table(r), Not(HasSubstr("One thing changed")));
}

TEST(Table, NamesBreakAfterHyphens) {
  study::Results r = made("actors", study::Better::higher, std::vector<std::vector<double>>(4, {1, 2, 3}));
  r.regimes[1] = "presumed-competence";
  EXPECT_THAT(glance(table(r)), HasSubstr(" presumed-\n"));
}

TEST(Table, KeepsToTheWidthWhateverTheNames) {
  study::Results r = made("actors", study::Better::higher, std::vector<std::vector<double>>(9, {1e6, 2e6, 3e6}));
  r.regimes[1].assign(80, 'x');
  r.regimes[2] = "\x1b[31mred\x1b[0m\n\r\u202eevil";
  r.regimes[3] = "外交外交外交外交外交外交外交外交";
  r.scenario = std::string(300, 'y') + "\x07";
  r.measures[0].label.assign(200, 'z');
  r.regime_summaries.assign(9, "\x1b]0;title\x07 summary");
  for (const std::size_t width : {10UL, 80UL, 97UL, 160UL}) {
    const std::vector<Contrast> contrasts{{r.regimes[2], 1, 0}, {r.regimes[1], 2, 0}};
    const std::string text = comparison_table(r, study::compare(r), width, contrasts);
    for (const std::string& line : lines_of(text)) {
      EXPECT_LE(columns_of(line), std::max<std::size_t>(width, 80)) << line;
      EXPECT_EQ(printable(line), line);
    }
  }
}

TEST(Csv, OneRowEach) {
  const auto lines = lines_of(comparison_csv(told, study::compare(told)));
  ASSERT_EQ(lines.size(), 1U + 3 + 3);
  EXPECT_EQ(lines[1].substr(0, 67), "value,measure,what is measured,h,lower,regime A,,4,0,51.5,49.445739");
  EXPECT_THAT(lines[5],
              ::testing::StartsWith("difference,measure,what is measured,h,lower,regime C,regime A,4,0,0,0,0"));
  EXPECT_THAT(lines[5], ::testing::EndsWith(",identical"));
  for (const std::string& line : lines) EXPECT_EQ(std::count(line.begin(), line.end(), ','), 16) << line;
}

TEST(Csv, DisarmsSpreadsheetsButNotNumbers) {
  study::Results r = made("h", study::Better::lower, {{-5, -6}, {1, 2}, {1, 2}, {1, 2}, {1, 2}});
  r.regimes = {"=1+1", "+2", "-3", "@SUM(A1)", "a,\"b\"\nc"};
  r.measures[0].label = "\tx";
  const std::string csv = comparison_csv(r, study::compare(r));
  for (const char* cell : {",'=1+1,", ",'+2,", ",'-3,", ",'@SUM(A1),", ",\"a,\"\"b\"\"\nc\",", ",'\tx,", ",-5.5,"})
    EXPECT_THAT(csv, HasSubstr(cell));
}

TEST(Json, IsTheContract) {
  study::Results r = made("h", study::Better::lower, {{1, 2, 3}, {2, 3.5, 4}});
  r.outcomes[0].measures[0] = nan;
  const auto j = nlohmann::json::parse(comparison_json(r, study::compare(r), "abc", {"d0", "d1"}));
  EXPECT_EQ(j["scenario"], "Canada");
  EXPECT_EQ(j["seed"].get<std::uint64_t>(), r.seed);
  EXPECT_EQ(j["replicates"], 3);
  EXPECT_EQ(j["digest"], "abc");
  EXPECT_EQ(j["regimes"][1], "regime B");
  EXPECT_EQ(j["regime_digests"]["regime B"], "d1");
  const auto& m = j["measures"]["measure"];
  EXPECT_EQ(m["unit"], "h");
  EXPECT_EQ(m["label"], "what is measured");
  EXPECT_EQ(m["better"], "lower");
  EXPECT_EQ(m["regimes"]["regime A"]["n"], 2);
  EXPECT_EQ(m["regimes"]["regime A"]["mean"], 2.5);
  for (const char* key : {"lo", "hi", "sd", "median"}) EXPECT_TRUE(m["regimes"]["regime B"][key].is_number()) << key;
  const auto& d = m["differences"][0];
  EXPECT_EQ(d["a"], "regime B");
  EXPECT_EQ(d["b"], "regime A");
  EXPECT_EQ(d["n"], 2);
  EXPECT_EQ(d["mean"], 1.25);
  for (const char* key : {"lo", "hi", "correlation"}) EXPECT_TRUE(d[key].is_number()) << key;
  EXPECT_FALSE(j["warnings"].empty());
}

TEST(Json, WhatDoesNotExistIsNullAndNamesAreData) {
  study::Results r = made("h", study::Better::lower, {{nan, nan}, {1, 2}});
  r.regimes[0] = "\"},\n\xff";
  const std::string text = comparison_json(r, study::compare(r), "", {});
  const auto j = nlohmann::json::parse(text);
  const std::string name = j["regimes"][0];
  EXPECT_EQ(name.substr(0, 4), "\"},\n");
  EXPECT_TRUE(j["measures"]["measure"]["regimes"][name]["mean"].is_null());
  EXPECT_TRUE(j["measures"]["measure"]["differences"][0]["mean"].is_null());
}

}  // namespace
}  // namespace demarche::output
