#pragma once
#include <string>
#include <vector>

#include "scenarios/reader/tree.hpp"

namespace demarche::scenarios {

/// Changes the tree as `--set key.path=value` says, in order: keys by dots, list items by number ("stages.0.clerks");
/// the value is written as in a YAML file ("[a, b]" and "{kind: ring}" too). Sections on the way are made where they
/// are missing, so that an unknown path is refused by the table like any unknown key. Places are `--set:N:COLUMN` for
/// the Nth override; `label` is the option to blame. What is wrong with an override itself is added to the document's
/// problems.
void apply_overrides(Document& document, const std::vector<std::string>& overrides, const std::string& label = "--set");

}  // namespace demarche::scenarios
