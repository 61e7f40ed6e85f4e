#pragma once
#include <string>
#include <vector>

#include "models/tally.hpp"
#include "models/world.hpp"
#include "sim/study/results.hpp"

namespace demarche::models {

/// Every measure the program knows, with its words, unit and direction: for `list` and `show`.
std::vector<study::MeasureInfo> known_measures();

/// The measures and curves of one scenario: those it names (in its order), or all that its mechanisms can fill. A
/// measure of a stimulus or region is written "publication-delay/urgent". Throws InputError for a name that is not
/// known.
struct MeasurePlan {
  std::vector<study::MeasureInfo> measures;
  std::vector<study::Axis> axes;
  std::vector<study::CurveInfo> curves;
};
MeasurePlan measure_plan(const Scenario& scenario);

/// Values of the plan's measures and curves for one replicate.
study::Outcome observe(const MeasurePlan& plan, const World& world, const run::Record& record);

}  // namespace demarche::models
