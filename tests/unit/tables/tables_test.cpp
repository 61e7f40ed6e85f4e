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

const study::Results told = made("h", study::Better::lower, {{50, 51, 52, 53}, {1, 2.1, 3, 4.1}, {50, 51, 52, 53}});

TEST(Table, SaysWhatAReaderNeeds) {
  const std::string text = table(told);
  EXPECT_THAT(text, HasSubstr("What is measured [hours]"));
  EXPECT_THAT(text, HasSubstr("minus \"regime A\""));
  EXPECT_THAT(text, HasSubstr("better \u221248.95"));
  EXPECT_THAT(text, HasSubstr("same"));
  EXPECT_THAT(text, HasSubstr("exactly equal in every replicate"));
  EXPECT_THAT(text, HasSubstr("mean over 4 replicates"));
  EXPECT_THAT(text, HasSubstr("assumed   All of it is assumed."));
  EXPECT_THAT(text, HasSubstr("Only 4 replicates"));
  EXPECT_THAT(text, Not(HasSubstr("\u2248")));
}

TEST(Table, MarksWhatCannotBeToldApart) {
  const std::string text = table(made("actors", study::Better::higher, {{1, 2, 3, 4}, {4, 1, 2, 3.1}}));
  EXPECT_THAT(text, HasSubstr("\u2248 0.0"));
  EXPECT_THAT(text, HasSubstr("cannot be told apart"));
  EXPECT_THAT(text, Not(HasSubstr("better +")));
}

TEST(Table, DirectionFollowsTheMeasure) {
  const std::vector<std::vector<double>> up{{1, 2, 3, 4}, {11, 12.1, 13, 14.1}};
  EXPECT_THAT(table(made("actors", study::Better::higher, up)), HasSubstr("better +10"));
  EXPECT_THAT(table(made("actors", study::Better::lower, up)), HasSubstr("worse +10"));
  EXPECT_THAT(table(made("actors", study::Better::neither, up)), HasSubstr("higher +10"));
}

TEST(Table, MissingValuesShow) {
  const std::string text = table(made("h", study::Better::lower, {{1, 2, 3}, {nan, 2, 5}, {nan, nan, nan}}));
  EXPECT_THAT(text, HasSubstr("*"));
  EXPECT_THAT(text, HasSubstr("\u2013"));
  EXPECT_THAT(text, HasSubstr("1 under regime B and 3 under"));
}

TEST(Table, OneRegimeHasNoDifferences) {
  EXPECT_THAT(table(made("h", study::Better::lower, {{1, 2}})), Not(HasSubstr("minus")));
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
    const std::string text = table(r, width);
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
