#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "scenarios/reader/read_scenario.hpp"
#include "scenarios/reader/tree.hpp"

namespace demarche::scenarios {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string file, place, phrase;
};

std::vector<Case> manifest(const fs::path& folder) {
  std::vector<Case> cases;
  std::ifstream in(folder / "MANIFEST");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Case c;
    words >> c.file >> c.place >> std::ws;
    std::getline(words, c.phrase);
    cases.push_back(c);
  }
  return cases;
}

// Every file of the folder gives exactly the one error that the manifest names.
void check_folder(const std::string& name) {
  const fs::path folder = fs::path(HOSTILE_SCENARIOS) / name;
  const std::vector<Case> cases = manifest(folder);
  ASSERT_FALSE(cases.empty());
  std::set<std::string> listed{"MANIFEST"};
  for (const Case& c : cases) {
    SCOPED_TRACE(name + "/" + c.file);
    listed.insert(c.file);
    try {
      // text must be refused by itself, before any key is looked at
      if (name == "text") {
        const Document document = load((folder / c.file).string());
        if (!document.problems.empty()) throw InputErrors(document.problems);
      } else {
        read_scenario((folder / c.file).string());
      }
      ADD_FAILURE() << "was accepted";
    } catch (const InputErrors& e) {
      ASSERT_EQ(e.all().size(), 1u) << e.what();
      const Located& error = e.all().front();
      EXPECT_GT(error.line, 0u);
      const std::string place = std::to_string(error.line) + ":" + std::to_string(error.column);
      const bool whole = c.place.back() != ':';
      if (c.place != "?") {
        EXPECT_EQ(whole ? place : place.substr(0, c.place.size()), c.place);
      }
      EXPECT_THAT(error.text(), testing::HasSubstr(c.phrase));
    }
  }
  for (const auto& entry : fs::directory_iterator(folder))
    EXPECT_TRUE(listed.count(entry.path().filename())) << entry.path();
}

TEST(HostileScenarios, Text) {
  check_folder("text");
}
TEST(HostileScenarios, Values) {
  check_folder("values");
}
TEST(HostileScenarios, Keys) {
  check_folder("keys");
}

std::string first_error(const std::string& text, const std::string& name) {
  try {
    parse(text, name);
  } catch (const InputErrors& e) {
    return e.all().front().text();
  }
  return "accepted";
}

// What would be too large to keep: refused before or while it is parsed, in time and memory that the limits bound.
TEST(HostileScenarios, Generated) {
  const std::size_t huge = 50'000'000;
  EXPECT_THAT(first_error("a: " + std::string(huge, 'x'), "f.yaml"), testing::HasSubstr("the file is too large"));
  EXPECT_THAT(first_error("{\"a\": \"" + std::string(huge, 'x') + "\"}", "f.json"),
              testing::HasSubstr("the file is too large"));
  const auto many = [](const std::string& unit, std::size_t n) {
    std::string text;
    while (n-- > 0) text += unit;
    return text;
  };
  for (const char* opener : {"[", "{", "{a: ", "[\n", "- ", "? ", "[{", "a: [", "{?", "[[", "&a [", "!a ["}) {
    SCOPED_TRACE(opener);
    EXPECT_THAT(first_error(many(opener, 12'000), "f.yaml"), testing::StartsWith("f.yaml:"));
    EXPECT_THAT(first_error(many(opener, 1'000'000), "f.yaml"), testing::StartsWith("f.yaml:"));
  }
  for (const char* opener : {"[", "{\"a\":", "[{\"a\":"})
    EXPECT_THAT(first_error(many(opener, 1'000'000), "f.json"), testing::HasSubstr("nest too deep"));
  EXPECT_THAT(first_error("{\"a\": [" + many("1,", 1'000'000) + "1]}", "f.json"),
              testing::HasSubstr("too many values"));
  EXPECT_THAT(first_error("a:\n" + many("  - 1\n", 1'000'000), "f.yaml"), testing::HasSubstr("too many values"));
  EXPECT_THAT(first_error(many("---\n", 1'000'000), "f.yaml"), testing::HasSubstr("a second document"));
  EXPECT_THAT(first_error(many("a: 1\n", 40'000), "f.yaml"), "accepted");
}

}  // namespace
}  // namespace demarche::scenarios
