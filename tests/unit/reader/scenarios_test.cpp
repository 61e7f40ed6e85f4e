#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "scenarios/reader/read_scenario.hpp"
#include "sim/base/error.hpp"
#include "sim/base/located.hpp"

namespace demarche::scenarios {
namespace {

namespace fs = std::filesystem;
using models::Scenario;

std::vector<std::string> committed() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(DEMARCHE_SOURCE "/scenarios"))
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

const std::string canada = DEMARCHE_SOURCE "/scenarios/library/canada-uk-2013.yaml";

Scenario again(const Scenario& scenario) {
  const std::map<std::string, std::string> files(scenario.inputs.files.begin(), scenario.inputs.files.end());
  return read_scenario_text(resolved_yaml(scenario), "resolved.yaml", files);
}

void expect_same_when_read_again(const Scenario& scenario) {
  const Scenario twin = again(scenario);
  EXPECT_EQ(resolved_yaml(twin), resolved_yaml(scenario));
  EXPECT_EQ(canonical_text(twin), canonical_text(scenario));
  EXPECT_EQ(twin.regimes, scenario.regimes);
  EXPECT_EQ(twin.inputs.files, scenario.inputs.files);
  EXPECT_EQ(twin.inputs.country_of, scenario.inputs.country_of);
  EXPECT_EQ(twin.inputs.missions.size(), scenario.inputs.missions.size());
  EXPECT_EQ(twin.audience.actors, scenario.audience.actors);
}

TEST(Scenarios, EveryCommittedOneIsReadAndItsResolvedFormReadsBack) {
  ASSERT_GT(committed().size(), 10u);
  for (const std::string& path : committed()) {
    SCOPED_TRACE(path);
    expect_same_when_read_again(read_scenario(path));
  }
}

const std::vector<std::vector<std::string>> variants = {
    {"regimes.centralized.each-stage.service=lognormal(median 4 h, sigma 1.2)"},
    {"regimes.centralized.each-stage={clerks: 3, expiry: 2 d, on-expiry: release, office: {hours: \"08:00-12:00\"}}"},
    {"stimuli.routine.half-life=3 h", "stimuli.crisis.at=2013-04-16"},
    {"channels.twitter.visibility=8 %", "channels.twitter.delay=\"quantiles(0: 1 min, 0.5: 20 min, 1: 3 d)\""},
    {"measures.0=unique-reach", "measures=[unique-reach, first-publication/crisis]"},
    {"audience.online-by-region.europe=12.345678901234567 %", "audience.online=1e-9"},
    {"regimes.hybrid={preset: centralized, switch-at: 2013-04-20 10:00 America/Toronto, switch-to: instant}"},
    {"regimes.own={stages: [{name: a, reviewers: 3, required: 2, office: {}}, {patience: exponential(mean 5 h)}], "
     "routes: {fast: [{desk: hub}]}, rules: [{tiers: [low], urgent: false, route: fast}, {route: main}]}"},
    {"ministry.missions={count: 3, zones: [Asia/Tokyo, Europe/Paris]}", "ministry.accounts=1",
     "stimuli.crisis={kind: crisis, rate: 1 per day, at: 2 d}", "regimes=[centralized, instant]"},
    {"audience.ties={kind: block-model, mean-ties: [3, 0.5]}"},
    {"audience.ties={kind: dodds-watts-sabel, lambda: 0.3}"},
    {"time.start=2013-04-08 03:07:11 UTC", "time.horizon=1000001 s", "time.cool-down=0", "seed=18446744073709551615"},
};

TEST(Scenarios, OverridesChangeThemAndReadBack) {
  const std::string before = canonical_text(read_scenario(canada));
  for (const auto& sets : variants) {
    SCOPED_TRACE(sets.front());
    const Scenario scenario = read_scenario(canada, {.sets = sets});
    EXPECT_NE(canonical_text(scenario), before);
    expect_same_when_read_again(scenario);
  }
}

TEST(Scenarios, OverridesReachNestedKeys) {
  const Scenario s =
      read_scenario(canada, {.sets = {"regimes.centralized.each-stage.service=lognormal(median 4 h, sigma 1.2)",
                                      "stimuli.routine.half-life=3 h", "channels.twitter.visibility=8 %",
                                      "measures.1=rejected-share", "stimuli.crisis.regions.0=europe"},
                             .replicates = 7,
                             .seed = 8});
  EXPECT_EQ(s.regimes[0].second.stages.at(0).service, Law::lognormal(4 * 3600, 1.2));
  EXPECT_EQ(s.stimuli[0].second.half_life_s, 3 * 3600);
  EXPECT_EQ(s.channels[0].second.visibility, 0.08);
  EXPECT_EQ(s.stimuli[1].second.regions, std::vector<std::string>{"europe"});
  EXPECT_EQ(s.replicates, 7u);
  EXPECT_EQ(s.seed, 8u);
}

const std::string tiny =
    "demarche: 1\nname: tiny\nstimuli: {r: {kind: routine, rate: 1 per day}}\nregimes: [instant]\n";

std::string canonical(const std::string& more, const std::map<std::string, std::string>& files = {}) {
  return canonical_text(read_scenario_text(tiny + more, "tiny.yaml", files));
}

TEST(Scenarios, IdentityLeavesWordsCountsAndPlacesOfFilesOut) {
  const std::string plain = canonical("");
  EXPECT_EQ(plain, canonical("title: a\nquestion: b\nassumptions: c\nreplicates: 12\n"));
  EXPECT_NE(plain, canonical("seed: 2\n"));
  const std::string mission = "host,zone,region\nA,UTC,r\n", other = "host,zone,region\nA,UTC,s\n";
  // names of files that occur elsewhere in the text, and one inside the other
  const auto with = [&](const std::string& name, const std::string& text) {
    return canonical("ministry: {missions: {file: " + name + "}}\n", {{name, text}});
  };
  EXPECT_EQ(with("data/m.csv", mission), with("1-m.csv", mission));
  EXPECT_EQ(with("data/m.csv", mission), with("instant", mission));
  EXPECT_NE(with("data/m.csv", mission), with("data/m.csv", other));
  const std::string days = "date\n2013-12-25\n";
  const auto two = [&](const std::string& a, const std::string& b) {
    return canonical("ministry: {office: {holidays: " + a + "}, missions: {file: m.csv}}\n" +
                         "channels: []\naudience: {countries: none}\n",
                     {{a, days}, {b, days}, {"m.csv", mission}});
  };
  EXPECT_EQ(two("h.csv", "x.csv"), two("x/h.csv", "h.csv"));
}

TEST(Scenarios, RegimesMayBeChosen) {
  const Scenario s = read_scenario(canada, {.regimes = {"none", "centralized", "none"}});
  ASSERT_EQ(s.regimes.size(), 2u);
  EXPECT_EQ(s.regimes[0].first, "none");
  EXPECT_THROW(read_scenario(canada, {.regimes = {"centralised-7"}}), InputError);
  // the target of a switch must come along: its name could be that of a preset too
  Request request{.sets = {"regimes.later={preset: instant, switch-at: 3 d, switch-to: centralized}"},
                  .regimes = {"later"}};
  EXPECT_THROW(read_scenario(canada, request), InputError);
  request.regimes.push_back("centralized");
  EXPECT_EQ(read_scenario(canada, request).regimes.size(), 2u);
}

std::string errors(const std::string& more, const std::map<std::string, std::string>& files = {},
                   const Request& request = {}) {
  try {
    read_scenario_text(tiny + more, "tiny.yaml", files, request);
  } catch (const InputErrors& e) {
    return e.what();
  }
  return "";
}

TEST(Scenarios, FilesAndTheirRowsAreToBlame) {
  using testing::HasSubstr;
  const std::string countries = "iso3,cow,name,region,zone,weight\nFRA,FRN,France,europe,Europe/Paris,3\n";
  const std::string all = errors(
      "ministry: {missions: {file: m.csv}, office: {holidays: h.csv}}\n"
      "audience: {countries: c.csv, online-by-region: {eurpe: 1 %}}\n",
      {{"m.csv", "# x\nhost,zone,region\nFRE,Europe/Pari,europe\n"},
       {"h.csv", "date\n2013-13-01\n"},
       {"c.csv", countries}});
  EXPECT_THAT(all, testing::StartsWith("tiny.yaml:6:56: no country lies in region \"eurpe\"; did you mean \"europe\"?\n"
                                       "h.csv:2:1: '2013-13-01' is not a date"));
  EXPECT_THAT(all, HasSubstr("\nm.csv:3:1: no country has the code \"FRE\" (hosts are rows of the table of countries); "
                             "did you mean \"FRA\"?\nm.csv:3:5: unknown time zone \"Europe/Pari\""));
  EXPECT_THAT(errors("audience: {countries: c.csv}\n", {}), HasSubstr("tiny.yaml:5:23: the text of c.csv"));
  EXPECT_THAT(errors("audience: {network: n.txt, actors: 3}\n", {{"n.txt", "0 1\n"}}),
              HasSubstr("tiny.yaml:5:36: the network has 2 actors"));
  EXPECT_THAT(
      errors("audience: {network: n.txt, actor-table: a.txt}\n", {{"n.txt", "0 1\n1 7\n"}, {"a.txt", "0 1\n1 1\n"}}),
      HasSubstr("n.txt:2:1: "));
  EXPECT_THAT(errors("ministry: {missions: {file: e.csv}}\n", {{"e.csv", "sender,host\nCAN,FRN\n"}}),
              HasSubstr("tiny.yaml:5:29: e.csv is a table of exchange"));
  EXPECT_THAT(errors("ministry: {missions: {file: e.csv, sender: CAM}}\naudience: {countries: c.csv}\n",
                     {{"e.csv", "sender,host\nCAN,FRN\n"}, {"c.csv", countries}}),
              HasSubstr("tiny.yaml:5:29: the table has no row of sender \"CAM\"; did you mean \"CAN\"?"));
  EXPECT_THAT(errors("", {}, {.missions_file = "nowhere.csv"}), HasSubstr("--missions:1:24: the text of"));
}

}  // namespace
}  // namespace demarche::scenarios
