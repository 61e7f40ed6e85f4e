#pragma once
#include <string>
#include <vector>

#include "models/scenario.hpp"
#include "sim/run/plan.hpp"

namespace demarche::models {

/// Turns a regime of a scenario into an arm of the engine: desks in their places, calendars of their zones, routes and
/// rules. Throws InputError for routes, tiers, stimuli or regimes that a rule names and that do not exist.
run::Arm compile_regime(const Scenario& scenario, const std::string& name, const Regime& regime);

/// Opening hours of an office in the engine's form; an empty plan never closes.
calendar::OfficeHours office_hours(const OfficePlan& plan);

/// Names of the risk tiers in use, in the order in which stimuli name them first; "low" when none does.
std::vector<std::string> tier_names(const Scenario& scenario);

}  // namespace demarche::models
