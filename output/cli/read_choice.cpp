#include "models/measures.hpp"
#include "output/cli/commands.hpp"

namespace demarche::cli {

models::Scenario read_choice(const ScenarioChoice& choice) {
  models::Scenario scenario = scenarios::read_scenario(choice.path, choice.request);
  if (choice.request.regimes.empty() || !scenario.measures.empty()) return scenario;
  scenarios::Request whole = choice.request;
  whole.regimes.clear();
  for (const study::MeasureInfo& m : models::measure_plan(scenarios::read_scenario(choice.path, whole)).measures)
    scenario.measures.push_back(m.name);
  return scenario;
}

}  // namespace demarche::cli
