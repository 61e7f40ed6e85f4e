#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "scenarios/reader/read_scenario.hpp"
#include "scenarios/reader/tables.hpp"
#include "sim/base/located.hpp"

namespace demarche::scenarios {
namespace {

using Sets = std::vector<std::string>;

// Every section that a key may stand in, and one item in each list.
const std::string base = R"(demarche: 1
name: base
time: {start: 2013-04-08, horizon: 14 d}
ministry: {missions: {count: 5}}
audience: {actors: 50}
channels: {c: {}, d: {}}
stimuli:
  routine: {kind: routine, rate: 1 per day, tiers: {low: 100 %}}
  crisis: {kind: crisis, rate: 1 per day, at: 1 d}
  seed: {kind: seed, at: 1 d}
regimes:
  a: {stages: [{reviewers: 5}, {}], routes: {r: [{reviewers: 5}, {}]}, rules: [{route: r}]}
  b: {}
)";

const std::map<std::string, std::string> files = {
    {"days-1.csv", "date\n2013-04-09\n"},
    {"days-2.csv", "date\n2013-04-10\n"},
    {"missions-1.csv", "host,zone,region\nFRA,UTC,r\n"},
    {"missions-2.csv", "host,zone,region\nFRA,UTC,s\n"},
    {"missions-3.csv", "host,zone,region\nFRA,UTC,north\nGBR,UTC,south\n"},
    {"exchange.csv", "sender,host\nA,FRA\nB,FRA\nB,GBR\n"},
    {"countries-1.csv", "iso3,name,region,zone,weight\nFRA,F,north,UTC,1\nGBR,F,north,UTC,1\n"},
    {"countries-2.csv", "iso3,name,region,zone,weight\nFRA,F,north,UTC,2\nGBR,F,north,UTC,1\n"},
    {"ties-1.txt", "0 1\n1 2\n"},
    {"ties-2.txt", "0 1\n2 1\n"},
    {"actors-1.csv", "id,group\n0,a\n1,a\n2,b\n"},
    {"actors-2.csv", "id,group\n0,a\n1,b\n2,b\n"}};

std::string canonical(const Sets& sets) {
  return canonical_text(read_scenario_text(base, "base.yaml", files, {.sets = sets}));
}

// What else must be written for a key to be allowed.
Sets context(const std::string& path) {
  if (path == "ministry.missions.sender")
    return {"ministry.missions={file: exchange.csv}", "audience.countries=countries-1.csv"};
  if (path == "ministry.missions.file") return {"ministry.missions={}"};
  if (path == "stimuli.*.regions") return {"ministry.missions.file=missions-3.csv", "ministry.missions.count=1"};
  if (path == "audience.network") return {"audience.actors=0"};
  if (path == "audience.actor-table") return {"audience.actors=0", "audience.network=ties-1.txt"};
  if (path.rfind("audience.online-by-region", 0) == 0) return {"audience.countries=countries-1.csv"};
  if (path == "regimes.*.switch-at") return {"regimes.a.switch-to=instant"};
  if (path == "regimes.*.switch-to") return {"regimes.a.switch-at=1 d"};
  if (path == "audience.ties(block-model).mean-ties") return {"audience.ties={kind: block-model, mean-ties: [1, 1]}"};
  if (path.rfind("audience.ties(", 0) == 0) {
    const std::size_t open = path.find('('), close = path.find(')');
    const std::string kind = path.substr(open + 1, close - open - 1);
    std::string needed;
    if (kind == "erdos-renyi") needed = ", mean-degree: 5";
    if (kind == "torus") needed = ", rows: 5, columns: 5";
    if (kind == "r-mat") needed = ", ties: 9";
    if (kind == "block-model") needed = ", mean-ties: [1, 1]";
    return {"audience.ties={kind: " + kind + needed + "}"};
  }
  return {};
}

// Where the key stands in `base`, written as --set has it.
std::string place(std::string path) {
  static const std::set<std::string> of_crises = {"at", "duration", "surge", "regions"}, of_seeds = {"count", "actor"};
  const auto replace = [&](const std::string& from, const std::string& to) {
    if (const std::size_t at = path.find(from); at != std::string::npos) path.replace(at, from.size(), to);
  };
  if (path.rfind("stimuli.*.", 0) == 0) {
    const std::string key = path.substr(10);
    replace(".*", of_crises.count(key) ? ".crisis" : of_seeds.count(key) ? ".seed" : ".routine");
  }
  replace("channels.*", "channels.c");
  replace("regimes.*", "regimes.a");
  replace("routes.*", "routes.r");
  if (path.rfind("send-back-to") != std::string::npos)
    replace("stages[]", "stages.1"), replace("routes.r[]", "routes.r.1");
  while (path.find("[]") != std::string::npos) replace("[]", ".0");
  if (const std::size_t open = path.find('('); open != std::string::npos) path.erase(open, path.find(')') + 1 - open);
  return path;
}

// Two legal values or more, by key where its kind does not say which are legal, else by kind.
Sets values(const Row& row) {
  static const std::map<std::string, Sets> by_path = {
      {"name", {"x", "y"}},
      {"time.start", {"2013-04-07", "2013-04-06 12:00 UTC"}},
      {"time.horizon", {"15 d", "16 d"}},
      {"ministry.office.holidays", {"days-1.csv", "days-2.csv"}},
      {"ministry.missions.file", {"missions-1.csv", "missions-2.csv"}},
      {"ministry.missions.sender", {"A", "B"}},
      {"audience.countries", {"countries-1.csv", "countries-2.csv"}},
      {"audience.network", {"ties-1.txt", "ties-2.txt"}},
      {"audience.actor-table", {"actors-1.csv", "actors-2.csv"}},
      {"stimuli.*.regions", {"[north]", "[south]"}},
      {"audience.online-by-region", {"{north: 1 %}", "{north: 2 %}"}},
      {"stimuli.*.kind", {"routine", "crisis"}},
      {"ministry.country", {"ABC", "DEF"}},
      {"stimuli.*.actor", {"random", "\"3\""}},
      {"stimuli.*.tiers", {"{low: 100 %}", "{high: 100 %}"}},
      {"audience.ties(block-model).mean-ties", {"[1, 2]", "[2, 1]"}},
      {"regimes.*.rules[].stimuli", {"[routine]", "[seed]"}},
      {"regimes.*.rules[].route", {"none", "main"}},
      {"regimes.*.switch-to", {"instant", "b"}},
      {"measures", {"[unique-reach]", "[staff-hours]"}},
      {"audience.ties(torus).rows", {"6", "7"}},
      {"audience.ties(torus).columns", {"6", "7"}},
  };
  if (const auto found = by_path.find(row.path); found != by_path.end()) return found->second;
  const auto begins = [&](const char* word) { return row.kind.rfind(word, 0) == 0; };
  const auto ends = [&](const std::string& word) {
    return row.path.size() >= word.size() && row.path.compare(row.path.size() - word.size(), word.size(), word) == 0;
  };
  if (ends(".send-back-to")) return {"0", "1"};
  if (ends(".holidays")) return {"days-1.csv", "days-2.csv"};
  if (ends(".channels")) return {"[c]", "[d]"};
  if (begins("duration") || begins("moment or duration")) return {"2 h", "3 h"};
  if (begins("share")) return {"8 %", "9 %"};
  if (begins("integer")) return {"2", "3", "4"};
  if (begins("number")) return {"2.5", "3.5"};
  if (begins("law of durations")) return {"exponential(mean 1 h)", "fixed(3 h)"};
  if (begins("true or false")) return {"true", "false"};
  if (begins("time zone")) return {"Europe/Paris", "Asia/Tokyo"};
  if (begins("list of time zone")) return {"[Europe/Paris]", "[Asia/Tokyo]"};
  if (begins("list of name")) return {"[a]", "[b]"};
  if (begins("list of integer")) return {"[0]", "[1]"};
  if (begins("rate")) return {"2 per day", "3 per day"};
  if (begins("opening hours")) return {"\"09:00-12:00\"", "always"};
  if (begins("days of the week")) return {"mon-thu", "every-day"};
  if (begins("text")) return {"some words", "other words"};
  const std::size_t comma = row.kind.find(", ");
  if (comma != std::string::npos)
    return {row.kind.substr(0, comma), row.kind.substr(comma + 2, row.kind.find(", ", comma + 2) - comma - 2)};
  return {};
}

// Every key of the table, each with two legal values that give two different scenarios.
TEST(Keys, EachHasAnEffect) {
  static const std::set<std::string> words_only = {"demarche",    "title",      "question",
                                                   "assumptions", "replicates", "regimes.*.summary"};
  const std::vector<Row> all = rows(*scenario_rule().grammar());
  ASSERT_GT(all.size(), 150u);
  for (const Row& row : all) {
    SCOPED_TRACE(row.path + " (" + row.kind + ")");
    const bool section = std::any_of(all.begin(), all.end(), [&](const Row& other) {
      return other.path.size() > row.path.size() && other.path.rfind(row.path, 0) == 0 &&
             std::string_view(".[(").find(other.path[row.path.size()]) != std::string_view::npos;
    });
    if (section || words_only.count(row.path) > 0) continue;
    const Sets candidates = values(row);
    ASSERT_GE(candidates.size(), 2u);
    std::set<std::string> texts;
    std::string refused;
    for (const std::string& value : candidates) {
      Sets sets = context(row.path);
      sets.push_back(place(row.path) + "=" + value);
      try {
        texts.insert(canonical(sets));
      } catch (const std::exception& e) {
        refused += std::string(e.what()) + "\n";
      }
    }
    EXPECT_GE(texts.size(), 2u) << refused;
  }
}

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// DEMARCHE_UPDATE=1 writes the page anew: scripts/update-docs.
TEST(Keys, TheReferencePageIsTheTable) {
  const std::string path = DEMARCHE_SOURCE "/docs/reference/scenario.md";
  const char* update = std::getenv("DEMARCHE_UPDATE");
  if (update != nullptr && std::string(update) == "1") std::ofstream(path, std::ios::binary) << scenario_reference();
  EXPECT_TRUE(text_of(path) == scenario_reference()) << path << " is out of date: run scripts/update-docs";
}

}  // namespace
}  // namespace demarche::scenarios
