#pragma once
#include <map>
#include <string>

#include "models/scenario.hpp"

namespace demarche::scenarios {

/// Where the texts of named files come from.
class FileSource {
 public:
  virtual ~FileSource() = default;
  /// The text of a file as the scenario names it; throws FileError or InputError.
  virtual std::string text(const std::string& name) const = 0;
};

/// Reads every file that the scenario names and fills `scenario.inputs` and the holidays. Throws InputErrors.
void load_inputs(models::Scenario& scenario, const FileSource& files);

}  // namespace demarche::scenarios
