#pragma once
#include <map>
#include <string>
#include <vector>

#include "sim/network/generators.hpp"

namespace demarche::cli {

struct NetworkParameter {
  std::string name;      ///< as an option: --name
  std::string meaning;   ///< with unit and range
  std::string standard;  ///< default; empty: must be given
};

/// A generator as the command line shows it.
struct NetworkKind {
  std::string name, summary, source;
  std::vector<NetworkParameter> parameters;
};
const std::vector<NetworkKind>& network_kinds();

/// Every parameter's name over all kinds, each once.
std::vector<std::string> network_parameter_names();

/// The generator of that kind with these parameters. Throws InputError: unknown kind, a parameter that the kind does
/// not have, a missing one, or a value that is no number or out of range.
network::Generator network_generator(const std::string& kind, const std::map<std::string, std::string>& values);

}  // namespace demarche::cli
