#include "output/cli/estimate.hpp"

#include <gtest/gtest.h>

#include "output/cli/network_kinds.hpp"
#include "sim/base/error.hpp"

namespace demarche::cli {
namespace {

models::Scenario two_missions() {
  models::Scenario s;
  s.name = "toy";
  s.replicates = 10;
  s.inputs.missions.resize(2);
  s.inputs.countries.resize(1);
  s.audience.actors = 10000;
  s.audience.ties = network::ErdosRenyi{10000, 8};
  s.audience.has_ties = true;
  s.ministry.accounts = 1;
  s.time.horizon_s = 10 * 86400.0;
  models::Channel channel;
  channel.followers_mean = 100;
  channel.visibility = 0.5;
  s.channels = {{"posts", channel}};
  models::Stimulus routine;
  routine.rate_per_s = 3 / 86400.0;
  s.stimuli = {{"routine", routine}};
  s.regimes = {{"instant", {}}};
  return s;
}

TEST(Workload, CountsWhatIsMerelyCounted) {
  const models::Scenario s = two_missions();
  const Workload w = workload_of(s);
  EXPECT_DOUBLE_EQ(w.messages, 2 * 10 * 3);
  EXPECT_DOUBLE_EQ(w.actors, 10003);
  EXPECT_DOUBLE_EQ(w.ties, 80000 + 3 * 100);
  EXPECT_DOUBLE_EQ(w.views, 60 * 0.5 * 50);  // one of two missions posts, half of 100 followers see it
  EXPECT_FALSE(w.may_explode);
}

TEST(Workload, SharingMultipliesTheViews) {
  models::Scenario s = two_missions();
  s.channels[0].second.share = 0.125;  // 8 followers x 0.5 x 0.125: each sight brings on half a sight
  EXPECT_NEAR(workload_of(s).views, 60 * 0.5 * 50 / (1 - 0.5), 1e-9);
  s.channels[0].second.share = 1;
  EXPECT_TRUE(workload_of(s).may_explode);
  EXPECT_LE(workload_of(s).views, 60 * 0.5 * 10000);
}

TEST(Workload, CrisesLastAsLongAsTheTimeThatIsLeft) {
  models::Scenario s = two_missions();
  models::Stimulus& crisis = s.stimuli[0].second;
  crisis.kind = models::Stimulus::Kind::crisis;
  crisis.surge = 10;
  crisis.at_s = 9 * 86400.0;
  crisis.duration_s = 5 * 86400.0;
  EXPECT_DOUBLE_EQ(workload_of(s).messages, 2 * 30 * 1);
}

TEST(Estimate, GrowsWithThreadsAndIsRefusedBeyondTheLimit) {
  models::Scenario s = two_missions();
  const Estimate one = estimate(s, 1), four = estimate(s, 4);
  EXPECT_GT(four.memory, one.memory);
  EXPECT_EQ(estimate(s, 64).threads, 10U);  // no more than there is work for
  const Limit all{~std::uint64_t{0}, "all"};
  EXPECT_NO_THROW(refuse_if_too_large(one, all, all));
  EXPECT_THROW(refuse_if_too_large(one, {one.memory - 1, "less"}, all), InputError);
  EXPECT_THROW(refuse_if_too_large(one, all, {one.disk - 1, "less"}), InputError);
}

TEST(Estimate, SaturatesInsteadOfWrappingRound) {
  models::Scenario s = two_missions();
  s.audience.actors = 4'000'000'000U;
  s.audience.ties = network::ErdosRenyi{4'000'000'000U, 1e12};
  s.channels[0].second.share = 1;
  EXPECT_GT(estimate(s, 1000).memory, std::uint64_t{1} << 60);
}

TEST(Limits, LeaveAFifthFree) {
  EXPECT_GT(memory_limit().bytes, 0U);
  EXPECT_LT(memory_limit().bytes, std::uint64_t{1} << 50);
  EXPECT_GT(disk_limit("not/there/yet").bytes, 0U);
}

TEST(NetworkKinds, EveryGeneratorHasOneOfItsOwnName) {
  const std::map<std::string, std::string> values{{"actors", "1000"}, {"mean-degree", "20"},   {"degree", "2"},
                                                  {"rows", "3"},      {"columns", "3"},        {"sizes", "500,500"},
                                                  {"ties", "20"},     {"mean-ties", "1,1,1,1"}};
  for (const NetworkKind& kind : network_kinds()) {
    std::map<std::string, std::string> own;
    for (const NetworkParameter& p : kind.parameters)
      if (const auto found = values.find(p.name); found != values.end()) own.insert(*found);
    EXPECT_EQ(network::kind_name(network_generator(kind.name, own)), kind.name);
  }
  EXPECT_EQ(network_kinds().size(), std::variant_size_v<network::Generator>);
}

TEST(NetworkKinds, SayWhatIsWrong) {
  EXPECT_THROW(network_generator("rong", {}), InputError);
  EXPECT_THROW(network_generator("ring", {{"actors", "9"}, {"moore", "yes"}}), InputError);
  EXPECT_THROW(network_generator("ring", {}), InputError);
  EXPECT_THROW(network_generator("ring", {{"actors", "-1"}}), InputError);
  EXPECT_THROW(network_generator("torus", {{"rows", "3"}, {"columns", "3"}, {"moore", "maybe"}}), InputError);
  EXPECT_THROW(network_generator("block-model", {{"sizes", "3,,3"}, {"mean-ties", "1"}}), InputError);
}

}  // namespace
}  // namespace demarche::cli
