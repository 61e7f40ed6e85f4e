#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "models/theory.hpp"
#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/describe.hpp"
#include "output/tables/text.hpp"

namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;

/// What closed forms say before anything is run.
std::string predicted(const std::vector<models::Prediction>& predictions) {
  if (predictions.empty()) return "";
  std::string text = "Closed forms (demarche theory sets them beside what is simulated)\n";
  for (const models::Prediction& p : predictions)
    text += output::printable(fmt::format("  {} {}: {:.4g} ({})", p.regime, p.measure, p.value, p.formula)) + "\n";
  return text;
}

std::string as_json(const models::Scenario& scenario, const Estimate& e, const Limit& memory) {
  Json regimes = Json::object(), stimuli = Json::object(), channels = Json::object();
  for (const auto& [name, regime] : scenario.regimes) regimes[name] = regime_sentence(scenario, regime);
  for (const auto& [name, expected] : e.work.by_stimulus) stimuli[name] = {{"messages", expected}};
  for (const auto& [name, channel] : scenario.channels) channels[name] = channel_sentence(scenario, channel);
  Json predictions = Json::array();
  for (const models::Prediction& p : models::predictions(scenario))
    predictions.push_back(
        {{"regime", p.regime}, {"measure", p.measure}, {"expected", p.value}, {"formula", p.formula}});
  Json warnings = Json::array();
  if (e.memory > memory.bytes) warnings.push_back("the run does not fit into memory");
  const Json document{{"scenario", scenario.name},
                      {"title", scenario.title},
                      {"question", scenario.question},
                      {"seed", scenario.seed},
                      {"replicates", scenario.replicates},
                      {"missions", scenario.inputs.missions.size()},
                      {"actors", scenario.audience.actors},
                      {"ties", e.work.ties},
                      {"channels", channels},
                      {"stimuli", stimuli},
                      {"regimes", regimes},
                      {"messages", e.work.messages},
                      {"views", e.work.views},
                      {"memory_bytes", e.memory},
                      {"memory_limit_bytes", memory.bytes},
                      {"disk_bytes", e.disk},
                      {"seconds", e.seconds},
                      {"predictions", predictions},
                      {"assumptions", scenario.assumptions},
                      {"warnings", warnings}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

int check(const Common& common, const ScenarioChoice& choice) {
  const models::Scenario scenario = read_choice(choice);
  const Estimate e = estimate(scenario, common.threads);
  const Limit memory = memory_limit();
  if (common.json) {
    print(as_json(scenario, e, memory));
    return 0;
  }
  print(described(scenario, e.work) + predicted(models::predictions(scenario)) + estimate_text(e, memory));
  if (e.memory > memory.bytes) say("warning: this scenario does not fit into memory here; run will refuse it");
  return 0;
}

}  // namespace demarche::cli
