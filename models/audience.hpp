#pragma once
#include <cstdint>
#include <vector>

#include "models/scenario.hpp"
#include "sim/base/random.hpp"
#include "sim/network/network.hpp"

namespace demarche::models {

/// The people of a world, by index from 0; a country is a range of them.
struct People {
  std::vector<network::Vertex> country_first;  ///< countries + 1 entries
  std::vector<std::uint16_t> country;          ///< by actor
  std::vector<std::uint16_t> access;           ///< by actor, bit c: uses channel c
  network::Vertex count() const { return static_cast<network::Vertex>(country.size()); }
};

/// Shares actors among countries by weight (largest remainders) and draws who is online and uses which channel. With
/// imported ties the actors stay where their table puts them: countries are then not ranges, and country_first is
/// empty.
People people_of(const Scenario& scenario, const Luck& luck);

/// Actors who use a channel, ascending, and where each country's begin (empty without ranges).
struct Users {
  std::vector<network::Vertex> actors;
  std::vector<std::size_t> country_first;
};
Users users_of(const People& people, std::size_t channel);

}  // namespace demarche::models
