#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "models/world.hpp"
#include "scenarios/reader/read_scenario.hpp"
#include "sim/base/located.hpp"

// Networks and missions named on the command line, over a scenario that has its own.
namespace demarche::scenarios {
namespace {

using models::Scenario;

const std::string canada = DEMARCHE_SOURCE "/scenarios/library/canada-uk-2013.yaml";
const std::string folder = DEMARCHE_SOURCE "/tests/unit/reader/import/";

Request with(const std::string& network, const std::string& actors, const std::string& missions) {
  return {.regimes = {"centralized", "instant"},
          .network_file = network,
          .actors_file = actors,
          .missions_file = missions,
          .missions_sender = missions.empty() ? "" : "CAN"};
}

void expect_reads_back(const Scenario& s) {
  const std::map<std::string, std::string> files(s.inputs.files.begin(), s.inputs.files.end());
  const Scenario twin = read_scenario_text(resolved_yaml(s), "resolved.yaml", files);
  EXPECT_EQ(canonical_text(twin), canonical_text(s));
  EXPECT_EQ(twin.inputs.country_of, s.inputs.country_of);
  EXPECT_EQ(twin.inputs.countries.size(), s.inputs.countries.size());
}

TEST(Import, GroupsBecomeTheAudienceAndTheTableOfCountriesServesMissions) {
  Request request = with(folder + "ties.txt", folder + "groups.txt", folder + "exchange.csv");
  request.sets = {"ministry.accounts=2"};
  const Scenario s = read_scenario(canada, request);
  EXPECT_EQ(s.audience.actors, 6u);
  EXPECT_FALSE(s.audience.has_ties);
  ASSERT_EQ(s.inputs.countries.size(), 2u);
  EXPECT_EQ(s.inputs.countries[0].code, "7");
  EXPECT_EQ(s.inputs.countries[0].zone, "America/Toronto");
  EXPECT_EQ(s.inputs.country_of, (std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1}));
  ASSERT_EQ(s.inputs.missions.size(), 3u);  // level 0 is no mission
  EXPECT_EQ(s.inputs.missions[0].host, "FRA");
  EXPECT_EQ(s.inputs.missions[0].zone, "Europe/Paris");
  EXPECT_EQ(s.inputs.missions[2].region, "americas");
  const models::World world(s, models::World::shared_world);
  EXPECT_EQ(world.plan().groups, 2u);
  EXPECT_EQ(world.audience(), 6u);
  EXPECT_EQ(world.plan().origins, 4u);
  expect_reads_back(s);
}

TEST(Import, WithoutATableEverybodyIsOneGroup) {
  Request request = with(folder + "ties.txt", "", "");
  const Scenario s = read_scenario(canada, request);
  EXPECT_EQ(s.inputs.countries.size(), 1u);
  EXPECT_EQ(s.inputs.missions.size(), 174u);
  expect_reads_back(s);
}

TEST(Import, CountriesOfGraphmlComeFromTheTableOfCountries) {
  const Scenario s = read_scenario(canada, with(folder + "ties.graphml", "", ""));
  EXPECT_EQ(s.audience.actors, 3u);
  ASSERT_EQ(s.inputs.countries.size(), 2u);
  EXPECT_EQ(s.inputs.countries[0].zone, "Europe/Paris");
  EXPECT_EQ(s.inputs.countries[0].region, "europe");
  EXPECT_EQ(s.inputs.countries[0].weight, 2);
  expect_reads_back(s);
}

TEST(Import, FewerMissionsThanAccountsIsSaidAtThePresence) {
  const Request request = with("", "", folder + "exchange.csv");
  try {
    read_scenario(canada, request);
    FAIL();
  } catch (const InputErrors& e) {
    EXPECT_THAT(e.what(), testing::HasSubstr(": more accounts than missions (there are 3 missions); lower it"));
    EXPECT_THAT(e.all().at(0).file, testing::HasSubstr("canada-uk-2013.yaml"));
  }
}

TEST(Import, TheEmailNetworkAndTheExchangeTable) {
  const std::string data = DEMARCHE_SOURCE "/../shared/data/";
  if (!std::filesystem::exists(data + "email-Eu-core.txt"))
    GTEST_SKIP() << "../shared/data is not there: get email-Eu-core and the exchange table to run this test";
  Request request =
      with(data + "email-Eu-core.txt", data + "email-Eu-core-departments.txt", data + "diplomatic-exchange-2000.csv");
  request.regimes.clear();
  const Scenario s = read_scenario(canada, request);
  EXPECT_EQ(s.audience.actors, 1005u);
  EXPECT_EQ(s.inputs.countries.size(), 42u);
  EXPECT_EQ(s.inputs.missions.size(), 92u);
  std::set<std::string> regions;
  for (const auto& m : s.inputs.missions) regions.insert(m.region);
  EXPECT_TRUE(regions.contains("americas"));
  expect_reads_back(s);
}

}  // namespace
}  // namespace demarche::scenarios
