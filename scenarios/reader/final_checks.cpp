#include "scenarios/reader/final_checks.hpp"

#include <charconv>
#include <set>

#include "models/compile_regime.hpp"
#include "models/measures.hpp"
#include "models/presets.hpp"
#include "sim/base/text.hpp"

namespace demarche::scenarios {

namespace {

using models::Regime;
using models::Scenario;

// Every desk is built for every regime: a limit that no ministry reaches keeps a slip from filling the memory.
constexpr std::uint64_t most_desks = 1'000'000;

std::uint64_t desks_of(const Scenario& s, const Regime& regime) {
  std::uint64_t desks = 0;
  const auto count = [&](const std::vector<models::StageSpec>& stages) {
    for (const models::StageSpec& stage : stages)
      desks += std::uint64_t{stage.repeat} * stage.reviewers *
               (stage.placement == models::Placement::capital ? 1 : s.inputs.missions.size() + 1);
  };
  count(regime.stages);
  for (const auto& [name, stages] : regime.routes) count(stages);
  return desks;
}

void check_accounts(const Scenario& s, std::uint32_t accounts, const std::string& path, Findings& findings) {
  if (accounts > s.inputs.missions.size())
    findings.add(path, {"more accounts than missions",
                        "there are " + std::to_string(s.inputs.missions.size()) + " missions", "lower it"});
}

bool check_switch(const Scenario& s, const std::string& path, const Regime& regime, Findings& findings) {
  if (regime.switch_to.empty()) return true;
  std::vector<std::string> known;
  for (const auto& [name, other] : s.regimes) known.push_back(name);
  for (const auto& preset : models::regime_presets()) known.push_back(preset.name);
  for (const std::string& name : known)
    if (name == regime.switch_to) return true;
  const std::string near = nearest(regime.switch_to, known);
  findings.add(path + ".switch-to",
               {"there is no regime \"" + regime.switch_to + "\"", "neither in the scenario nor among the presets",
                near.empty() ? "" : "did you mean \"" + near + "\"?"});
  return false;
}

void check_regime(const Scenario& s, const std::string& name, const Regime& regime, Findings& findings) {
  const std::string path = "regimes." + name;
  if (regime.accounts) check_accounts(s, *regime.accounts, path + ".accounts", findings);
  if (!check_switch(s, path, regime, findings)) return;
  if (const std::uint64_t desks = desks_of(s, regime); desks > most_desks)
    return findings.add(path + ".stages", {"the regime has " + std::to_string(desks) + " desks",
                                           "at most 1,000,000 are built", "take fewer stages, reviewers or missions"});
  findings.attempt(path, [&] { models::compile_regime(s, name, regime); });
}

void check_regions(const Scenario& s, Findings& findings) {
  std::set<std::string> known;
  for (const models::Mission& m : s.inputs.missions) known.insert(m.region);
  const std::vector<std::string> names(known.begin(), known.end());
  for (const auto& [name, stimulus] : s.stimuli)
    for (std::size_t i = 0; i < stimulus.regions.size(); ++i)
      if (!known.contains(stimulus.regions[i])) {
        const std::string near = nearest(stimulus.regions[i], names);
        findings.add("stimuli." + name + ".regions[" + std::to_string(i) + "]",
                     {"no mission stands in region \"" + stimulus.regions[i] + "\"", "",
                      near.empty() ? "see the table of missions" : "did you mean \"" + near + "\"?"});
      }
}

void check_actors(const Scenario& s, Findings& findings) {
  for (const auto& [name, stimulus] : s.stimuli) {
    const std::string& text = stimulus.actor;
    if (stimulus.kind != models::Stimulus::Kind::seed || text[0] < '0' || text[0] > '9') continue;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number >= s.audience.actors)
      findings.add("stimuli." + name + ".actor",
                   {"there is no actor " + text,
                    "the audience has " + std::to_string(s.audience.actors) + " actors, counted from 0", ""});
  }
}

void check_measures(const Scenario& s, Findings& findings) {
  Scenario one = s;
  for (std::size_t i = 0; i < s.measures.size(); ++i) {
    one.measures = {s.measures[i]};
    findings.attempt("measures[" + std::to_string(i) + "]", [&] { models::measure_plan(one); });
  }
}

}  // namespace

void check_whole(const Scenario& s, Findings& findings) {
  check_accounts(s, s.ministry.accounts, "ministry.accounts", findings);
  for (const auto& [name, regime] : s.regimes) check_regime(s, name, regime, findings);
  check_regions(s, findings);
  check_actors(s, findings);
  check_measures(s, findings);
}

}  // namespace demarche::scenarios
