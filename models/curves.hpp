#pragma once
#include "models/measures.hpp"

namespace demarche::models {

/// Adds the axes and curves that the scenario's mechanisms can fill.
void add_curves(const Scenario& scenario, MeasurePlan& plan);

/// Appends the points of every curve of the plan, in its order.
void append_curves(const MeasurePlan& plan, const World& world, const run::Record& record, const Tally& tally,
                   std::vector<double>& points);

}  // namespace demarche::models
