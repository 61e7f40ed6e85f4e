#pragma once
#include <functional>
#include <string>

#include "models/scenario.hpp"
#include "scenarios/reader/findings.hpp"
#include "sim/network/network_file.hpp"

namespace demarche::scenarios {

/// Where the texts of named files come from.
class FileSource {
 public:
  virtual ~FileSource() = default;
  /// The text of a file as the scenario names it; throws FileError or InputError.
  virtual std::string text(const std::string& name) const = 0;
  /// A .dnet file, which is too large to be kept as text.
  virtual network::NetworkFile network(const std::string& name) const = 0;
};

/// What stands for a .dnet file where the texts of the other files are kept: its size and checksum, in words.
std::string fingerprint(const network::NetworkFile& file);

/// Reads every file that the scenario names and fills `scenario.inputs`, the holidays and, with a network, the number
/// of actors. What is wrong with them is added to `findings`; then the inputs are incomplete.
void load_inputs(models::Scenario& scenario, const FileSource& files, Findings& findings);

/// Every member of a scenario that names a file, with the path of its key; empty where no file is named.
void each_file(models::Scenario& scenario, const std::function<void(const std::string& path, std::string& file)>& f);

}  // namespace demarche::scenarios
