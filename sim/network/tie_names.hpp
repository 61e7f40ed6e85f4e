#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/network/network.hpp"

namespace demarche::network {

/// Renumbers the ends of ties that hold ids densely, ascending by id; returns the ids in their new order.
std::vector<Vertex> number_densely(std::vector<Tie>& ties);
/// Sorts names, by value where all are whole numbers below 2^63, else by their bytes, and renumbers the ends of ties
/// that hold positions in `names`.
void sort_names(std::vector<std::string>& names, std::vector<Tie>& ties);

}  // namespace demarche::network
