#pragma once
#include <string>
#include <utility>
#include <vector>

#include "models/scenario.hpp"
#include "output/store/results_file.hpp"

namespace demarche::cli {

/// Program, revision, compiler and every library, by name.
std::vector<std::pair<std::string, std::string>> versions();
/// The same for --version, one line each.
std::string version_text();

/// Hash of everything that decides the results, hexadecimal.
std::string scenario_hash(const models::Scenario& scenario);
/// What results files say of a run beside the results.
output::RunRecord record_of(const models::Scenario& scenario);

}  // namespace demarche::cli
