#pragma once
#include <string>

#include "output/cli/commands.hpp"
#include "sim/network/generators.hpp"
#include "sim/network/read_edge_list.hpp"

namespace demarche::cli {

/// The generator that was asked for. Throws InputError where what it makes (in memory, unless the ties are implicit)
/// cannot fit.
network::Generator network_generator(const NetworkChoice& choice);
network::Layer generated(const Common& common, const NetworkChoice& choice, const network::Generator& generator);

/// The network of the file that was asked for, whatever its kind. Throws InputError where a binary one cannot fit.
network::ImportedNetwork imported(const Common& common, const NetworkChoice& choice);

/// What made a network, in words that make it again: for its own file.
std::string described(const Common& common, const NetworkChoice& choice);

}  // namespace demarche::cli
