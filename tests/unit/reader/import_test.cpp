#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <set>

#include "models/world.hpp"
#include "scenarios/reader/read_scenario.hpp"
#include "sim/base/located.hpp"
#include "sim/network/network_file.hpp"
#include "sim/network/read_edge_list.hpp"

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

TEST(Import, ANetworkFileIsKeptByItsChecksum) {
  network::ActorTable actors =
      network::read_actor_table(folder + "groups.txt", {.id_column = "id", .header = {"id", "group"}});
  const network::ImportedNetwork given = network::read_edge_list(folder + "ties.txt", {}, &actors);
  const std::string file = std::filesystem::temp_directory_path() / ("import-" + std::to_string(getpid()) + ".dnet");
  network::write_network_file(file, {{&given.layer, 1}, &given.actors, "a test"}, true);
  const Scenario s = read_scenario(canada, with(file, "", ""));
  EXPECT_EQ(s.inputs.country_of, (std::vector<std::uint32_t>{0, 0, 0, 1, 1, 1}));
  EXPECT_EQ(s.inputs.ties->ties(), given.layer.ties());
  ASSERT_EQ(s.inputs.files.back().first, file);
  EXPECT_THAT(s.inputs.files.back().second, testing::MatchesRegex("network file, [0-9]+ bytes, checksum [0-9a-f]+\n"));
  expect_reads_back(s);

  // another network under the same name is not the one that was meant
  const network::Layer other("ties", std::vector<network::TieIndex>(7), {});
  network::write_network_file(file, {{&other, 1}, &given.actors, "a test"}, true);
  EXPECT_NE(canonical_text(read_scenario(canada, with(file, "", ""))), canonical_text(s));
  const std::map<std::string, std::string> files(s.inputs.files.begin(), s.inputs.files.end());
  EXPECT_THAT([&] { read_scenario_text(resolved_yaml(s), "resolved.yaml", files); },
              testing::ThrowsMessage<InputErrors>(testing::HasSubstr("is not the one that was used (then: network")));
  std::filesystem::remove(file);
  EXPECT_THAT([&] { read_scenario_text(resolved_yaml(s), "resolved.yaml", files); },
              testing::ThrowsMessage<InputErrors>(testing::HasSubstr("is not there (results keep the checksum")));
}

TEST(Import, ImplicitTiesMakeTheSameWorldAsStoredOnes) {
  const auto world_with = [](const std::string& implicit) {
    Request request = with("", "", "");
    request.sets = {
        "audience.actors=3000",
        "audience.online=1",
        "audience.online-by-region={}",
        "channels={}",
        "channels.tie={access: 100 %, followers: 40}",
        "audience.ties={kind: country-blocks, mean-degree: 9, following-exponent: 2.2, implicit: " + implicit + "}"};
    return read_scenario(canada, request);
  };
  const models::World stored(world_with("false"), models::World::shared_world);
  const models::World implicit(world_with("true"), models::World::shared_world);
  const network::Layer& a = stored.network().layer(LayerId(0));
  const network::Layer& b = implicit.network().layer(LayerId(0));
  ASSERT_EQ(a.implicit(), nullptr);
  ASSERT_NE(b.implicit(), nullptr);
  EXPECT_EQ(a.ties(), b.ties());
  EXPECT_GT(a.ties(), 20000U);
  ASSERT_EQ(a.actors(), b.actors());
  for (network::Vertex v = 0; v < a.actors(); ++v) {
    ASSERT_EQ(a.out_degree(v), b.out_degree(v));
    for (std::uint64_t i = 0; i < a.out_degree(v); ++i) ASSERT_EQ(a.row(v)[i], b.row(v)[i]);
  }
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
