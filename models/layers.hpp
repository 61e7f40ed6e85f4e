#pragma once
#include <cstdint>
#include <vector>

#include "models/audience.hpp"
#include "models/scenario.hpp"
#include "sim/network/network.hpp"

namespace demarche::models {

/// The generator with the number of actors (and, for blocks by country, their sizes) that a channel's users give it.
network::Generator sized_for(const network::Generator& kind, const Users& users, bool everybody);

/// One tie layer: rows of the senders (missions, then the capital; followers drawn by the channel's law, a share of
/// them in the host country), then rows of the audience (the scenario's ties among the channel's users, or the imported
/// ones).
network::Layer layer_of(const Scenario& scenario, const People& people, std::size_t channel, const Luck& luck,
                        unsigned threads = 1);

/// Index of the country with that code; countries.size() when there is none.
std::size_t country_index(const Inputs& inputs, const std::string& code);

}  // namespace demarche::models
