#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/scenario.hpp"

namespace demarche::scenarios {

/// What the command line asks of a scenario beside its file.
struct Request {
  std::vector<std::string> sets = {};     ///< "key.path=value", applied in order before anything is checked
  std::vector<std::string> regimes = {};  ///< only these, in this order; empty: all
  std::optional<std::uint32_t> replicates = {};
  std::optional<std::uint64_t> seed = {};
  // files named here may lie anywhere; those that a scenario names must lie beneath its folder
  // a network takes the place of the scenario's ties and actors, a table that of its missions
  std::string network_file = {};     ///< ties among the audience
  std::string actors_file = {};      ///< actor table of the network: groups
  std::string missions_file = {};    ///< missions or exchange table
  std::string missions_sender = {};  ///< of an exchange table: the sending state
};

/// Reads, resolves and checks a scenario and every file it names. Throws InputErrors with every problem at once.
models::Scenario read_scenario(const std::string& path, const Request& request = {});

/// The same for a text whose files are at hand (name -> text) instead of on disk: what a results file holds.
models::Scenario read_scenario_text(const std::string& text, const std::string& name,
                                    const std::map<std::string, std::string>& files, const Request& request = {});

/// The scenario with everything resolved, as YAML that reads back to the same scenario.
std::string resolved_yaml(const models::Scenario& scenario);

/// One canonical text of all that decides the results (names of files replaced by what they hold): hashed, it is the
/// identity of the scenario. Titles, questions and the number of replicates are left out.
std::string canonical_text(const models::Scenario& scenario);

/// JSON Schema (draft 2020-12) and the reference page (Markdown), from the same table that reads.
std::string scenario_schema();
std::string scenario_reference();

/// One regime or channel as YAML with every value filled: for `show`.
std::string regime_yaml(const models::Regime& regime);
std::string channel_yaml(const models::Channel& channel);

}  // namespace demarche::scenarios
