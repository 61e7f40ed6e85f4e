#pragma once
#include <memory>
#include <utility>
#include <vector>

#include "sim/run/replicate.hpp"

namespace demarche::run::test {

/// A small plan for tests: one tick is one second, laws in seconds are laws in ticks. Origins are the actors below
/// `origins`, everybody else is audience; every channel posts to the followers on layer 0 one tick later.
struct Stage {
  std::unique_ptr<network::Network> network;
  Plan plan;

  Stage(network::Vertex origins, network::Vertex actors, const std::vector<network::Tie>& ties, Tick end = 10000) {
    std::vector<network::Layer> layers;
    layers.push_back(network::build_layer("ties", actors, ties));
    network = std::make_unique<network::Network>(actors, std::move(layers));
    plan.clock.tick_s = 1;
    plan.end = plan.medium.end = end;
    plan.medium.network = network.get();
    plan.audience_first = origins;
    plan.group_of.assign(actors - origins, 0);
    plan.origins = origins;
    for (std::uint32_t o = 0; o < origins; ++o) plan.account_rank.push_back(o);
    plan.drafting = Law::fixed(0);
  }
  Stage& channel(double visibility, Law delay, double share) {
    plan.medium.channels.emplace_back("c", LayerId{0}, visibility, QuantileTable(delay, 1, 1), share);
    plan.channels.push_back({.needs_account = false, .pickup = Coin(1), .lag = Law::fixed(0)});
    plan.outlets.clear();
    for (std::uint32_t o = 0; o < plan.origins; ++o)
      for (std::size_t c = 0; c < plan.channels.size(); ++c) plan.outlets.push_back({Outlet::Kind::poster, o, 0});
    return *this;
  }
};

/// A regime of one route with one desk a stage, all with enough clerks unless set otherwise.
inline Arm arm_of(Tick end, const std::vector<Law>& services) {
  Arm arm;
  arm.name = "arm";
  arm.workflow.clock.tick_s = 1;
  arm.workflow.calendars.emplace_back(calendar::zone("UTC"), calendar::OfficeHours::always(), arm.workflow.clock, end);
  arm.workflow.routes.emplace_back();
  for (const Law& service : services) {
    arm.workflow.desks.push_back({"desk", 0, CalendarId{0}, workflow::Discipline::first_come, {}});
    workflow::Stage stage;
    workflow::Review review;
    review.desks = {DeskId{static_cast<std::uint32_t>(arm.workflow.desks.size() - 1)}};
    review.service = service;
    stage.reviews.push_back(review);
    arm.workflow.routes[0].stages.push_back(stage);
  }
  RoutingRule always;
  always.route = RouteId{0};
  arm.rules.push_back(always);
  arm.habits.push_back({0, Law::fixed(0), Coin(0), false, true, 1000});
  return arm;
}

inline Draft draft_of(MessageKey key, std::uint32_t origin, Tick at, std::uint32_t channels = 1) {
  Draft d;
  d.key = key;
  d.origin = origin;
  d.at = at;
  d.channels = channels;
  return d;
}

inline Record run(const Plan& plan, const Arm& arm, const std::vector<Draft>& drafts, std::uint64_t replicate = 0) {
  Record record;
  Replicate(plan, arm).run(Luck(5, replicate), drafts, record);
  return record;
}

}  // namespace demarche::run::test
