#pragma once
#include <string>
#include <vector>

#include "models/scenario.hpp"

namespace demarche::models {

/// A named starting point that ships with the program; `sources` names FACTS-style sources or says what is assumed.
struct PresetInfo {
  std::string name;
  std::string summary;
  std::string sources;
};

const std::vector<PresetInfo>& regime_presets();
const std::vector<PresetInfo>& channel_presets();

/// Throw InputError with the nearest known name.
Regime regime_preset(const std::string& name);
Channel channel_preset(const std::string& name);

}  // namespace demarche::models
