#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>

#include "scenarios/reader/overrides.hpp"
#include "tests/unit/reader/toy.hpp"

namespace demarche::scenarios {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace toy;

const std::string small = "time: {start: 2013-04-08 00:00 UTC}\nregimes: [strict, loose]\n";

toy::Scenario made(const std::string& text) {
  return read(table(), parse(text, "f.yaml"));
}

TEST(Table, FillsTheStruct) {
  const auto s = made(
      "title: Spring\nseed: 18446744073709551615\ncorrections: true\n"
      "time: {start: 2013-04-08 00:00 UTC, horizon: 14 d, resolution: 5 min}\nrate: 1 per s\n"
      "ties: {kind: heavy-tailed, exponent: 2.276}\n"
      "regimes:\n  ottawa: {preset: strict, screening: 80 %}\n  own:\n    stages:\n      - {clerks: 4, service: "
      "\"lognormal(median 2 h, sigma 1.2)\", discipline: priority, expiry: 2 d}\n"
      "measures: [reach, publication-delay]\n");
  EXPECT_EQ(s.title, "Spring");
  EXPECT_EQ(s.seed, ~std::uint64_t{0});
  EXPECT_TRUE(s.corrections);
  EXPECT_EQ(s.time.horizon_s, 14 * 86400);
  EXPECT_EQ(s.time.resolution_s, 300);
  EXPECT_EQ(s.rate_per_s, 1);
  EXPECT_TRUE(s.has_ties);
  EXPECT_EQ(std::get<Heavy>(s.ties).exponent, 2.276);
  ASSERT_EQ(s.regimes.size(), 2u);
  EXPECT_EQ(s.regimes[0].second.preset, "strict");
  EXPECT_EQ(s.regimes[0].second.screening, 0.8);
  EXPECT_EQ(s.regimes[0].second.stages.size(), 2u);
  EXPECT_EQ(s.regimes[1].second.stages.at(0), (Desk{4, Law::lognormal(7200, 1.2), Discipline::priority, 172800.0}));
  EXPECT_EQ(s.measures, (std::vector<std::string>{"reach", "publication-delay"}));
}

TEST(Table, AListOfPresetsNamesSections) {
  const auto s = made(small);
  EXPECT_EQ(s.regimes.at(1).first, "loose");
  EXPECT_EQ(s.regimes.at(1).second.screening, 0.1);
  EXPECT_FALSE(s.has_ties);
}

TEST(Table, ReportsEverythingAtOnceInOrder) {
  EXPECT_EQ(problems("titel: x\n"
                     "seed: -1\n"
                     "time: {horizon: 14, resolution: 0.5 s}\n"
                     "ties: {kind: rign}\n"
                     "regimes:\n"
                     "  Ottawa: {preset: strikt}\n"
                     "  b: {screening: 101 %, stages: {}}\n"
                     "  b: {}\n"),
            "f.yaml:1:1: unknown key 'titel' in scenario (known are title, seed, corrections, time, rate, ties, file, "
            "regimes, measures); did you mean 'title'?\n"
            "f.yaml:2:7: '-1' is out of range (integers here go from 0 to 18446744073709551615)\n"
            "f.yaml:3:7: the key 'start' is missing in time (tick 0); write start: 2013-04-15 14:50 America/New_York\n"
            "f.yaml:3:17: '14' is not a duration (the unit is missing); write 14 h, 14 min or 14 d\n"
            "f.yaml:3:33: '0.5 s' is out of range (it must be at least 1 s)\n"
            "f.yaml:4:14: 'rign' is not a kind of ties (known are ring, heavy-tailed); did you mean 'ring'?\n"
            "f.yaml:6:3: 'Ottawa' is not a name (names are 1 to 40 letters a-z, digits and hyphens)\n"
            "f.yaml:8:3: the key 'b' is given twice (first at line 7); keep one of them");
}

TEST(Table, WrongKinds) {
  EXPECT_THAT(problems(small + "title: [a]\n"),
              HasSubstr("f.yaml:3:8: a list stands where a value of kind 'text' is expected"));
  EXPECT_THAT(problems(small + "measures: reach\n"),
              HasSubstr("f.yaml:3:11: 'reach' stands where a value of kind 'list of name' is expected; write a list "
                        "such as [ottawa]"));
  EXPECT_THAT(problems(small + "ties: ring\n"), HasSubstr("write {kind: ring}"));
  EXPECT_THAT(problems(small + "ties: {}\n"), HasSubstr("f.yaml:3:7: the key 'kind' is missing in ties"));
  EXPECT_THAT(problems(small + "ties: {kind: heavy-tailed}\n"),
              HasSubstr("the key 'exponent' is missing in heavy-tailed"));
  EXPECT_THAT(problems(small + "ties: {kind: ring, exponent: 2.5}\n"), HasSubstr("unknown key 'exponent' in ring"));
  EXPECT_THAT(problems(small + "title:\n"), HasSubstr("'title' has no value"));
  EXPECT_THAT(problems(small + "title: 2013\n"), HasSubstr("write \"2013\""));
  EXPECT_THAT(problems(small + "corrections: yes\n"), HasSubstr("write true or false"));
  EXPECT_THAT(problems("- a\n"), HasSubstr("f.yaml:1:1: a list stands where a value of kind 'scenario' is expected"));
  EXPECT_THAT(problems("time: {start: 2013-04-08 00:00 UTC}\nregimes: {}\n"),
              HasSubstr("f.yaml:2:10: there are too few of regime (at least 1 are needed)"));
  EXPECT_THAT(problems("time: {start: 2013-04-08 00:00 UTC}\nregimes: [strict, strict]\n"),
              HasSubstr("f.yaml:2:19: 'strict' is given twice"));
  EXPECT_THAT(problems("time: {start: 2013-04-08 00:00 UTC}\nregimes: [strict, sloppy]\n"),
              HasSubstr("f.yaml:2:19: 'sloppy' is not a preset of regime"));
  EXPECT_THAT(problems(small + "{a:1}: 2\n"), HasSubstr("cannot be a key"));
  EXPECT_THAT(problems(small + "regimes2: {title:1}\n"), HasSubstr("unknown key 'regimes2'"));
}

TEST(Table, ConditionsBetweenKeysPointToTheKey) {
  const std::string text =
      "time:\n  start: 2013-04-08 00:00 UTC\n  resolution: 1 d\n  horizon: 2 h\nregimes: [loose]\n";
  EXPECT_EQ(problems(text), "f.yaml:4:12: the horizon is shorter than one tick; lengthen it");
}

TEST(Table, MembersThatAreTooSmallRefuse) {
  EXPECT_THAT(problems("time: {start: 2013-04-08 00:00 UTC, resolution: 1.5 s}\nregimes: [loose]\n"),
              HasSubstr("not whole"));
  EXPECT_THAT(problems(small + "ties: {kind: ring, reach: 5000000000}\n"), HasSubstr("too large"));
}

TEST(Table, OverridesGoThroughTheSameTable) {
  Document d = parse(small, "f.yaml");
  apply_overrides(d, {"time.horizon=3 d", "regimes={a: {stages: [{clerks: 2}, {}]}}", "regimes.a.stages.1.clerks=7",
                      "ties.kind=ring"});
  const auto s = read(table(), d);
  EXPECT_EQ(s.time.horizon_s, 3 * 86400);
  EXPECT_EQ(s.regimes.at(0).second.stages.at(1).clerks, 7u);
  EXPECT_TRUE(s.has_ties);

  Document bad = parse(small, "f.yaml");
  apply_overrides(bad,
                  {"tim.horizon=3 d", "time.horizon=3", "nothing", "time.horizon.x=1", "seed=[1", "regimes.7.x=1"});
  try {
    read(table(), bad);
    FAIL();
  } catch (const InputErrors& e) {
    EXPECT_THAT(e.what(), HasSubstr("--set:1:1: unknown key 'tim' in scenario"));
    EXPECT_THAT(e.what(), HasSubstr("--set:2:14: '3' is not a duration"));
    EXPECT_THAT(e.what(), HasSubstr("--set:3:1: 'nothing' is not of the form KEY.PATH=VALUE"));
    EXPECT_THAT(e.what(), HasSubstr("--set:4:14: 'x' has nothing to stand in"));
    EXPECT_THAT(e.what(),
                HasSubstr("--set:5:6: a list or a section cannot be a key (keys are words); close its bracket"));
    EXPECT_THAT(e.what(), HasSubstr("--set:6:9: '7' is not an item of the list (items are numbered from 0 to 1)"));
  }
}

TEST(Table, FilesStayBeneathTheFolder) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / "reader-files";
  fs::remove_all(folder);
  fs::create_directories(folder / "scenario/data");
  std::ofstream(folder / "secret.csv") << "x";
  std::ofstream(folder / "scenario/data/good.csv") << "x";
  fs::create_symlink(folder / "secret.csv", folder / "scenario/data/link.csv");
  const auto attempt = [&](const std::string& file, bool anywhere = false) -> std::string {
    try {
      read(table(), parse(small + "file: " + file + "\n", "f.yaml"), {(folder / "scenario").string(), anywhere});
    } catch (const InputErrors& e) {
      return e.what();
    }
    return "";
  };
  EXPECT_EQ(attempt("data/good.csv"), "");
  EXPECT_EQ(attempt("none"), "");
  EXPECT_THAT(attempt("data/none.csv"), HasSubstr("f.yaml:3:7: the file 'data/none.csv' cannot be used (there is no "));
  EXPECT_THAT(attempt("../secret.csv"), HasSubstr("'..' leaves the scenario's folder"));
  EXPECT_THAT(attempt((folder / "secret.csv").string()), HasSubstr("begins at the root"));
  EXPECT_THAT(attempt("data/link.csv"), HasSubstr("a link leads out"));
  EXPECT_THAT(attempt("data"), HasSubstr("no ordinary file"));
  EXPECT_EQ(attempt("../secret.csv", true), "");
}

rc::Gen<toy::Scenario> any_scenario() {
  return rc::gen::exec([] {
    const auto positive = [] { return *rc::gen::inRange(1, 100000) / 7.0; };
    toy::Scenario s;
    s.title = *rc::gen::element<std::string>("", "a: b", "# x", "1", "true", "Ünïcode — \"quoted\"", "- x",
                                             "two\nlines", "none", "~", " lead");
    s.seed = *rc::gen::arbitrary<std::uint64_t>();
    s.corrections = *rc::gen::arbitrary<bool>();
    s.time = {*rc::gen::inRange<std::int64_t>(0, 2000000000), 1000 + positive(),
              *rc::gen::inRange<std::int64_t>(1, 100)};
    s.rate_per_s = positive();
    s.has_ties = *rc::gen::arbitrary<bool>();
    if (s.has_ties && *rc::gen::arbitrary<bool>()) s.ties = Heavy{2 + positive()};
    const int n = *rc::gen::inRange(1, 4);
    for (int i = 0; i < n; ++i) {
      toy::Regime r;
      r.preset = *rc::gen::element<std::string>("", "strict", "loose");
      r.screening = *rc::gen::inRange(0, 1001) / 1000.0;
      for (int k = *rc::gen::inRange(0, 3); k > 0; --k) {
        Desk d;
        d.clerks = *rc::gen::inRange<std::uint32_t>(1, 10000);
        d.service = *rc::gen::element(Law::fixed(0), Law::exponential(positive()), Law::lognormal(positive(), 1.2),
                                      Law{Law::Kind::gamma, positive(), 2, {}},
                                      Law{Law::Kind::quantiles, 0, 0, {{0, 1}, {0.3, 7.5}, {1, 1e6}}},
                                      Law{Law::Kind::seismic, 300, 0.2314843, {}});
        if (*rc::gen::arbitrary<bool>()) d.expiry_s = 60 + positive();
        r.stages.push_back(d);
      }
      s.regimes.emplace_back("r" + std::to_string(i), r);
    }
    return s;
  });
}

RC_GTEST_PROP(Table, ResolvedScenariosAreReadBack, ()) {
  const auto s = *any_scenario();
  const Node node = table().write(s);
  RC_ASSERT(read(table(), parse(yaml_text(node), "f.yaml")) == s);
  RC_ASSERT(read(table(), parse(json_text(node), "f.json")) == s);
}

TEST(Table, SchemaReferenceAndRowsComeFromIt) {
  const std::string schema_text = json_text(schema(*table().grammar(), "toy"), 2);
  EXPECT_THAT(schema_text, HasSubstr("\"additionalProperties\": false"));
  EXPECT_THAT(schema_text, HasSubstr("https://json-schema.org/draft/2020-12/schema"));
  const std::string page = reference(*table().grammar(), "Toy");
  EXPECT_THAT(
      page,
      HasSubstr(
          "| `horizon` | duration, at least 1 min, at most 3650 d | `1 d` | how long the simulated time lasts |"));
  EXPECT_THAT(page, HasSubstr("- `strict`: two desks"));
  const auto all = rows(*table().grammar());
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const Row& r) {
    return r.path == "regimes.*.stages[].clerks" && r.source == "assumed" && r.default_text == "1";
  }));
}

}  // namespace
}  // namespace demarche::scenarios
