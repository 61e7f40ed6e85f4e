#pragma once
#include "models/scenario.hpp"
#include "scenarios/reader/findings.hpp"

namespace demarche::scenarios {

/// What can be judged only with every file read: presence, regions, actors, measures, and whether regimes can be built.
void check_whole(const models::Scenario& scenario, Findings& findings);

}  // namespace demarche::scenarios
