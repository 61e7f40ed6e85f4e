#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/scenario.hpp"

namespace demarche::cli {

/// What a scenario is expected to come to, worked out from its numbers before anything is built. Rough where one
/// message's sharing feeds on itself, exact in what is merely counted.
struct Workload {
  double actors = 0;                                        ///< senders and audience
  double ties = 0;                                          ///< over all layers
  std::vector<std::pair<std::string, double>> by_stimulus;  ///< expected messages of a replicate
  double messages = 0;                                      ///< their sum
  double views = 0;                                         ///< first sights a replicate under the regime that has most
  bool may_explode = false;                                 ///< each sight makes one more or above: views are a bound
};
Workload workload_of(const models::Scenario& scenario);

/// Share of the audience that uses a channel.
double users_share(const models::Scenario& scenario, const models::Channel& channel);
/// Missions that hold accounts under a regime.
std::uint32_t accounts_of(const models::Scenario& scenario, const models::Regime& regime);

}  // namespace demarche::cli
