#include "output/cli/identity.hpp"

#include "demarche_versions.hpp"
#include "scenarios/reader/read_scenario.hpp"

namespace demarche::cli {

std::vector<std::pair<std::string, std::string>> versions() {
  std::vector<std::pair<std::string, std::string>> all{{"demarche", std::string(versions::program)},
                                                       {"revision", versions::revision()},
                                                       {"compiler", std::string(versions::compiler)},
                                                       {"build", std::string(versions::build_type)}};
  for (const versions::Library& library : versions::libraries) all.emplace_back(library.name, library.version);
  return all;
}

std::string version_text() {
  std::string text;
  for (const auto& [name, version] : versions()) text += name + " " + version + "\n";
  return text;
}

std::string scenario_hash(const models::Scenario& scenario) {
  return output::sha256_hex(scenarios::canonical_text(scenario));
}

output::RunRecord record_of(const models::Scenario& scenario) {
  output::RunRecord record;
  record.scenario_text = scenarios::resolved_yaml(scenario);
  record.scenario_hash = scenario_hash(scenario);
  record.question = scenario.question;
  record.versions = versions();
  record.files.assign(scenario.inputs.files.begin(), scenario.inputs.files.end());
  return record;
}

}  // namespace demarche::cli
