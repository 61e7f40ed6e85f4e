#include <fmt/format.h>

#include <algorithm>

#include <chrono>
#include <ctime>
#include <nlohmann/json.hpp>

#include "models/simulate.hpp"
#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/describe.hpp"
#include "output/cli/identity.hpp"
#include "output/cli/progress.hpp"
#include "output/cli/run_folder.hpp"
#include "output/cli/signals.hpp"
#include "output/cli/words.hpp"
#include "output/tables/tables.hpp"
#include "sim/base/error.hpp"

namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;
using Seconds = std::chrono::duration<double>;
using Time = std::chrono::steady_clock;

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::string text(20, '\0');
  std::strftime(text.data(), text.size() + 1, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string command_line(const std::vector<std::string>& words, bool with_force) {
  std::string line = "demarche";
  bool forced = false;
  for (const std::string& word : words) {
    line += " " + shell_word(word);
    forced = forced || word == "--force";
  }
  return with_force && !forced ? line + " --force" : line;
}

/// Times and circumstances: the only file of a run that differs from one run to the next.
std::string run_log(const RunOptions& options, const models::Simulated& done, const Estimate& estimate,
                    const std::string& started, double simulating_s, const std::string& digest) {
  Json libraries = Json::object();
  for (const auto& [name, version] : versions()) libraries[name] = version;
  const Json log{{"command", command_line(options.words, false)},
                 {"started", started},
                 {"finished", now_utc()},
                 {"simulating_s", simulating_s},
                 {"threads", estimate.threads},
                 {"complete", done.complete},
                 {"replicates", done.results.replicates},
                 {"digest", digest},
                 {"estimate", {{"memory_bytes", estimate.memory}, {"seconds", estimate.seconds}}},
                 {"peak_memory_bytes", peak_memory()},
                 {"versions", libraries}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string as_json(const study::Results& results, const study::Comparison& comparison, const output::Digests& digests,
                    const std::string& folder, bool complete) {
  Json document = Json::parse(output::comparison_json(results, comparison, digests.overall, digests.regimes));
  document["complete"] = complete;
  document["output"] = folder;
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

int dry_run(const Common& common, const models::Scenario& scenario, const Estimate& e, const std::string& folder) {
  const Limit memory = memory_limit();
  refuse_if_too_large(e, memory, disk_limit(folder));
  if (common.json) {
    Json regimes = Json::array();
    for (const auto& [name, regime] : scenario.regimes) regimes.push_back(name);
    const Json document{{"scenario", scenario.name}, {"seed", scenario.seed}, {"replicates", scenario.replicates},
                        {"dry_run", true},           {"regimes", regimes},    {"memory_bytes", e.memory},
                        {"seconds", e.seconds},      {"disk_bytes", e.disk},  {"output", folder},
                        {"warnings", Json::array()}};
    print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return 0;
  }
  print(described(scenario, e.work) + estimate_text(e, memory) +
        fmt::format("Nothing was run; {} replicates of {} regimes would go to {}\n", scenario.replicates,
                    scenario.regimes.size(), folder));
  return 0;
}

int stopped(const RunOptions& options, const models::Simulated& done, std::uint32_t wanted, const std::string& folder) {
  if (done.complete) {
    say("stopped by a signal; the results are complete and in " + folder + ", figures can be had by demarche report " +
        shell_word(folder));
    return stop_status();
  }
  say(fmt::format("stopped by a signal; {} of {} replicates are finished and kept in {}", done.results.replicates,
                  wanted, folder));
  say("to run all of them: " + command_line(options.words, done.results.replicates > 0));
  return stop_status();
}

/// Presence apart from rules: regimes that are the same but for their accounts belong together.
std::vector<output::Contrast> contrasts_of(const models::Scenario& scenario) {
  const auto rules_of = [](models::Regime r) {
    r.accounts.reset();
    r.preset = r.summary = "";
    return r;
  };
  std::vector<output::Arm> arms;
  for (const auto& [name, regime] : scenario.regimes) {
    const models::Regime rules = rules_of(regime);
    const auto same = std::find_if(scenario.regimes.begin(), scenario.regimes.end(),
                                   [&](const auto& other) { return rules_of(other.second) == rules; });
    arms.push_back({same->first, fmt::format("{} accounts", regime.accounts.value_or(scenario.ministry.accounts))});
  }
  return output::factorial_contrasts(arms);
}

}  // namespace

int run(const Common& common, const RunOptions& options) {
  models::Scenario scenario = read_choice(options.scenario);
  const std::string folder = options.output.empty() ? "results/" + folder_word(scenario.name) : options.output;
  const Estimate needs = estimate(scenario, common.threads);
  if (options.dry_run) return dry_run(common, scenario, needs, folder);

  RunFolder output(folder, options.force);
  refuse_if_too_large(needs, memory_limit(), disk_limit(folder));
  output.hold();
  catch_signals();
  const std::string started = now_utc();
  const Time::time_point start = Time::now();
  models::Simulated done;
  {
    Progress progress("runs", common.quiet);
    const auto update = [&](std::size_t finished, std::size_t of) {
      progress.update(finished, of);
      return !stop_requested();
    };
    done = models::simulate(scenario, {.threads = needs.threads, .progress = update, .stop = stop_requested});
  }
  const double simulating_s = Seconds(Time::now() - start).count();
  const std::uint32_t wanted = scenario.replicates;
  if (done.results.replicates == 0) {
    say("stopped by a signal before the first replicate was finished; nothing was written");
    say("to run it: " + command_line(options.words, false));
    return stop_status();
  }

  // what is stored says what was done: fewer replicates when the run was stopped
  scenario.replicates = done.results.replicates;
  const output::RunRecord record = record_of(scenario);
  const output::Digests digests = output::digests_of(done.results, record.scenario_hash);
  study::Comparison comparison = study::compare(done.results);
  if (!done.complete)
    comparison.warnings.push_back(
        fmt::format("the run was stopped: {} of {} replicates", done.results.replicates, wanted));
  output.write("results.h5", output::results_file_bytes(done.results, record));
  output.write("comparison.csv", output::comparison_csv(done.results, comparison));
  output.write("scenario.yaml", record.scenario_text);
  output.write_inputs(record.files);
  std::vector<std::string> late;
  if (!options.no_figures && !stop_requested()) late = output.draw();
  output.write("run-log.json", run_log(options, done, needs, started, simulating_s, digests.overall));

  if (common.json) {
    comparison.warnings.insert(comparison.warnings.end(), late.begin(), late.end());
    print(as_json(done.results, comparison, digests, folder, done.complete));
  } else {
    print(output::comparison_table(done.results, comparison, columns(), contrasts_of(scenario)));
  }
  for (const std::string& warning : late) say("warning: " + warning);
  if (!common.quiet) say("results, figures and the run's log are in " + folder);
  return stop_requested() ? stopped(options, done, wanted, folder) : 0;
}

}  // namespace demarche::cli
