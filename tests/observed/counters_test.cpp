#include <gtest/gtest.h>

#include <filesystem>

#include "models/world.hpp"
#include "scenarios/reader/read_scenario.hpp"
#include "sim/run/replicate.hpp"
#include "sim/spread/cascade.hpp"
#include "tests/observed/observer.hpp"

namespace demarche::test {
namespace {

/// Everything between its beginning and its end is told to one observer.
struct Watch {
  Observer observer;
  Watch() { Observer::current = &observer; }
  ~Watch() { Observer::current = nullptr; }
};

void run_all(const models::Scenario& scenario, Observer& observer, std::uint64_t replicates) {
  for (std::uint64_t r = 0; r < replicates; ++r) {
    const bool fresh = scenario.worlds != models::Worlds::one;
    observer.begin_run();
    const models::World world(scenario, fresh ? r : models::World::shared_world);
    const Luck luck(scenario.seed, r);
    observer.begin_run();
    const std::vector<run::Draft> drafts = world.drafts(luck);
    run::Record record;
    for (const run::Arm& arm : world.arms()) {
      observer.begin_run();
      run::Replicate(world.plan(), arm).run(luck, drafts, record);
    }
  }
}

std::vector<std::string> shipped() {
  std::vector<std::string> paths;
  const std::filesystem::path root(DEMARCHE_SOURCE);
  for (const char* folder :
       {"scenarios/library", "scenarios/validation", "scenarios/exercises", "tests/regression/scenarios"})
    if (std::filesystem::is_directory(root / folder))
      for (const auto& entry : std::filesystem::directory_iterator(root / folder))
        if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// As shipped, but small: the counters of a large world are those of a small one, only more.
scenarios::Request request_for(const std::string& path) {
  scenarios::Request request{.replicates = 2};
  if (path.find("scenarios/library") != std::string::npos)
    request = {.sets = {"audience.actors=12000"}, .replicates = 1};
  if (path.find("d3-complete") != std::string::npos) request.sets = {"audience.actors=100"};
  if (path.find("d2-") != std::string::npos) request.sets = {"audience.actors=1000"};
  return request;
}

TEST(Counters, NoTwoQuestionsOfAShippedScenarioShareOne) {
  std::map<Purpose, std::size_t> purposes;
  for (const std::string& path : shipped()) {
    SCOPED_TRACE(path);
    const models::Scenario scenario = scenarios::read_scenario(path, request_for(path));
    Watch watch;
    run_all(scenario, watch.observer, scenario.replicates);
    for (const std::string& fault : watch.observer.faults()) ADD_FAILURE() << fault;
    for (const auto& [purpose, n] : watch.observer.by_purpose()) purposes[purpose] += n;
  }
  // the scenarios together ask of everything that the engine knows
  for (const Purpose p : {Purpose::network, Purpose::network_shuffle, Purpose::world, Purpose::opportunity,
                          Purpose::draft, Purpose::self_check, Purpose::service, Purpose::outcome, Purpose::screening,
                          Purpose::objection, Purpose::publication, Purpose::exposure, Purpose::share,
                          Purpose::audience, Purpose::notice, Purpose::monitoring, Purpose::audit})
    EXPECT_GT(purposes[p], 0U) << static_cast<int>(p);
}

TEST(Counters, NoTwoQuestionsOfANetworkShareOne) {
  using namespace network;
  const std::vector<Generator> all{Hierarchy{.actors = 600},
                                   DoddsWattsSabel{.actors = 600, .extra = 900},
                                   HeavyTailed{.actors = 800, .mean_degree = 12, .reciprocity = 0.3},
                                   BlockModel{.sizes = {200, 300}, .mean_ties = {5, 1, 2, 6}},
                                   ErdosRenyi{800, 9},
                                   RandomRegular{.actors = 500, .degree = 6},
                                   RMat{900, 9000},
                                   CountryBlocks{.sizes = {300, 200, 100}, .mean_degree = 8}};
  for (const Generator& g : all) {
    SCOPED_TRACE(kind_name(g));
    Watch watch;
    // implicit ties are made of asking the same questions again
    watch.observer.may_repeat("implicit_ties.hpp", Purpose::network);
    const Luck luck(4, 0);
    // two layers of one network are two runs that share no question
    (void)generate(g, "one", luck, 1);
    (void)generate(g, "other", luck, 2);
    for (const std::string& fault : watch.observer.faults()) ADD_FAILURE() << fault;
    EXPECT_GT(watch.observer.questions(), 100U);
  }
}

TEST(Counters, NoTwoQuestionsOfACascadeShareOne) {
  std::vector<network::Layer> layers;
  layers.push_back(network::generate(network::RMat{2000, 30000}, "ties", Luck(1, 0), 1));
  const network::Network net(2000, std::move(layers));
  spread::Medium medium;
  medium.network = &net;
  medium.end = 100000;
  medium.channels.emplace_back("tie", LayerId(0), 0.3, QuantileTable(Law::exponential(40), 1, 1), 0.9);
  spread::Cascade cascade(medium, ChannelId(0));
  Watch watch;
  for (MessageKey message = 1; message < 20; ++message) {
    const network::Vertex seed = static_cast<network::Vertex>(message * 31);
    cascade.run(Luck(7, 0), {.key = message}, std::span(&seed, 1), 0);
  }
  for (const std::string& fault : watch.observer.faults()) ADD_FAILURE() << fault;
  EXPECT_GT(watch.observer.questions(), 50000U);
}

/// What the observer must not let pass.
TEST(Observer, FindsSharedCounters) {
  const Luck luck(1, 2), other(1, 3);
  Watch watch;
  const auto faults = [&] { return watch.observer.faults().size(); };
  luck.block(Purpose::test, 1, 1);
  luck.block(Purpose::test, 2, 1);
  luck.block(Purpose::test, 1, 2);
  luck.block(Purpose::statistics, 1, 1);
  other.block(Purpose::test, 1, 1);
  EXPECT_EQ(faults(), 0U);

  luck.block(Purpose::test, 2, 1);  // another line
  ASSERT_EQ(faults(), 1U);
  EXPECT_NE(watch.observer.faults()[0].find("asked before at"), std::string::npos);

  luck.block(Purpose::test, 7, 7, 1U << 24);  // the counter of another purpose
  ASSERT_EQ(faults(), 2U);
  EXPECT_NE(watch.observer.faults()[1].find("2^24"), std::string::npos);

  const auto ask = [&](Purpose purpose, std::uint32_t first) {
    Stream stream(luck, purpose, 9, 9, first);
    for (int i = 0; i < 12; ++i) stream.next32();  // three blocks
  };
  ask(Purpose::test, 0);
  watch.observer.begin_run();
  ask(Purpose::test, 0);  // another regime asks the same
  EXPECT_EQ(faults(), 2U);
  ask(Purpose::test, 8);
  EXPECT_EQ(faults(), 2U);
  ask(Purpose::test, 6);  // its third block is the first one of the stream before
  ASSERT_EQ(faults(), 3U);
  EXPECT_NE(watch.observer.faults()[2].find("asked twice in one run"), std::string::npos);

  watch.observer.may_repeat("counters_test.cpp", Purpose::statistics);
  ask(Purpose::statistics, 0);
  ask(Purpose::statistics, 2);
  EXPECT_EQ(faults(), 3U);
}

}  // namespace
}  // namespace demarche::test
