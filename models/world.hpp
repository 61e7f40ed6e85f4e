#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/scenario.hpp"
#include "sim/run/plan.hpp"
#include "sim/run/record.hpp"

namespace demarche::models {

/// Everything that a scenario's replicates share: one network, its people and missions, and the regimes over them.
/// Actors are numbered: missions in the order of their table, the capital, then the audience by country.
/// Immutable; complete after construction. Throws InputError where numbers that are fine one by one do not fit
/// together.
class World {
 public:
  /// `replicate` is shared_world, or the replicate that has this world for itself.
  /// `threads` build it; the world is the same for any number.
  World(const Scenario& scenario, std::uint64_t replicate, unsigned threads = 1);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  const Scenario& scenario() const { return scenario_; }
  const run::Plan& plan() const { return plan_; }
  const std::vector<run::Arm>& arms() const { return arms_; }
  const network::Network& network() const { return *network_; }
  network::Vertex audience() const { return network_->actors() - plan_.audience_first; }
  /// First actor of each country (index from 0 among the audience), and one past the last.
  const std::vector<network::Vertex>& country_first() const { return country_first_; }

  /// What wants to be said in a replicate, in the order of stimuli, missions and time: the same for every regime.
  std::vector<run::Draft> drafts(const Luck& luck) const;

  static constexpr std::uint64_t shared_world = 0xffffffffffffULL;  ///< no replicate has this number

 private:
  Scenario scenario_;
  std::unique_ptr<const network::Network> network_;
  run::Plan plan_;
  std::vector<run::Arm> arms_;
  std::vector<network::Vertex> country_first_;
  std::vector<std::vector<calendar::ActivityClock>> writing_;  ///< by stimulus and origin's zone
  std::vector<std::uint32_t> zone_of_origin_;
  network::Vertex hub_ = 0;
};

/// Ticks of the scenario's horizon and clock.
Clock clock_of(const Scenario& scenario);
Tick end_of(const Scenario& scenario);

}  // namespace demarche::models
