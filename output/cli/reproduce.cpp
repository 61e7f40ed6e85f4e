#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "models/simulate.hpp"
#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/estimate.hpp"
#include "output/cli/identity.hpp"
#include "output/cli/places.hpp"
#include "output/cli/progress.hpp"
#include "output/cli/signals.hpp"
#include "sim/base/error.hpp"

namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;

/// The scenario as the file itself has it, with the files it read.
models::Scenario scenario_of(const output::StoredRun& stored, const std::string& file) {
  std::map<std::string, std::string> files;
  for (const auto& [name, text] : stored.record.files) files[name] = text;
  return scenarios::read_scenario_text(stored.record.scenario_text, file + "#scenario", files);
}

std::string versions_differ(const output::RunRecord& record) {
  std::string text;
  for (const auto& [name, version] : versions())
    for (const auto& [then_name, then_version] : record.versions)
      if (name == then_name && version != then_version)
        text += fmt::format("{}{} {} then, {} now", text.empty() ? "" : "; ", name, then_version, version);
  return text;
}

}  // namespace

int reproduce(const Common& common, const std::string& given) {
  const std::string file = results_path(given).string();
  const output::StoredRun stored = output::read_results(file);
  const models::Scenario scenario = scenario_of(stored, file);
  const Estimate needs = estimate(scenario, common.threads);
  refuse_if_too_large(needs, memory_limit(), {~std::uint64_t{0}, ""});
  catch_signals();
  models::Simulated again;
  {
    Progress progress("runs", common.quiet);
    const auto update = [&](std::size_t done, std::size_t of) {
      progress.update(done, of);
      return !stop_requested();
    };
    again = models::simulate(scenario, {.threads = needs.threads, .progress = update, .stop = stop_requested});
  }
  if (!again.complete) {
    say("stopped by a signal; to compare: demarche reproduce " + file);
    return stop_status();
  }
  const output::Digests digests = output::digests_of(again.results, scenario_hash(scenario));
  const bool same = digests.overall == stored.digests.overall;
  const std::string differ = versions_differ(stored.record);

  Json regimes = Json::object();
  std::string text;
  for (std::size_t k = 0; k < again.results.regimes.size(); ++k) {
    const bool equal = k < stored.digests.regimes.size() && digests.regimes[k] == stored.digests.regimes[k];
    regimes[again.results.regimes[k]] = equal;
    if (!equal) text += "  different: regime " + again.results.regimes[k] + "\n";
  }
  if (common.json) {
    const Json document{{"reproduced", same},
                        {"digest", digests.overall},
                        {"stored_digest", stored.digests.overall},
                        {"regimes", regimes},
                        {"versions_differ", differ}};
    print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  } else if (same) {
    print(fmt::format("reproduced: {} replicates of {} regimes, digest {}\n", again.results.replicates,
                      again.results.regimes.size(), digests.overall));
  } else {
    print(fmt::format("NOT reproduced: digest {} stored, {} now\n", stored.digests.overall, digests.overall) + text);
  }
  if (!same && !differ.empty()) say("versions differ: " + differ);
  return same ? 0 : 1;
}

}  // namespace demarche::cli
