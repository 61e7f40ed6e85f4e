#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "models/simulate.hpp"
#include "models/theory.hpp"
#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/estimate.hpp"
#include "output/cli/places.hpp"
#include "output/cli/progress.hpp"
#include "output/cli/signals.hpp"
#include "output/store/digest.hpp"
#include "output/tables/text.hpp"
#include "sim/base/error.hpp"
#include "sim/base/random.hpp"

/// `theory` and `selftest`: closed forms beside what is simulated.
namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;
using models::Comparison;

struct Judged {
  std::string scenario;
  std::vector<Comparison> comparisons;
  bool complete = true;
};

Judged judged(const Common& common, const models::Scenario& scenario, const std::string& name) {
  const Estimate needs = estimate(scenario, common.threads);
  refuse_if_too_large(needs, memory_limit(), {~std::uint64_t{0}, ""});
  Progress progress(name, common.quiet);
  const auto update = [&](std::size_t done, std::size_t of) {
    progress.update(done, of);
    return !stop_requested();
  };
  const models::Simulated run =
      models::simulate(scenario, {.threads = needs.threads, .progress = update, .stop = stop_requested});
  Judged result{name, {}, run.complete};
  if (!run.complete) return result;
  result.comparisons = models::compare_with_theory(models::predictions(scenario), run.results);
  for (Comparison& c : models::exact_checks(scenario, run.results)) result.comparisons.push_back(std::move(c));
  return result;
}

Json json_of(const Comparison& c) {
  const auto number = [](double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); };
  return {{"regime", c.prediction.regime},
          {"measure", c.prediction.measure},
          {"expected", number(c.prediction.value)},
          {"simulated", number(c.simulated)},
          {"standard_error", number(c.standard_error)},
          {"standard_errors_away", number(c.distance)},
          {"exact", c.prediction.exact},
          {"formula", c.prediction.formula},
          {"source", c.prediction.source},
          {"holds", c.holds}};
}

std::string row(const std::string& name, const std::string& expected, const std::string& simulated,
                const std::string& error, const std::string& distance, const std::string& verdict) {
  return output::padded_right(name, 58) + output::padded_left(expected, 12) + output::padded_left(simulated, 12) +
         output::padded_left(error, 11) + output::padded_left(distance, 8) + "  " + verdict + "\n";
}

const std::string heading = row("", "expected", "simulated", "std error", "errors", "verdict");

std::string text_of(const Judged& j) {
  std::string text;
  for (const Comparison& c : j.comparisons) {
    const models::Prediction& p = c.prediction;
    std::string name = output::printable(j.scenario + " " + p.regime + " " + p.measure);
    if (output::columns_of(name) > 57) name += "\n" + std::string(58, ' ');
    text += row(name, fmt::format("{:.6g}", p.value), fmt::format("{:.6g}", c.simulated),
                p.exact ? "exact" : fmt::format("{:.2g}", c.standard_error),
                p.exact ? "" : fmt::format("{:.1f}", c.distance), c.holds ? "holds" : "FAILS");
  }
  return text;
}

/// M1: the generator against its published answers (Salmon et al. 2011); a table of one row.
Judged known_answers() {
  constexpr std::uint32_t all = 0xffffffffU;
  const Block zero = philox4x32({0, 0, 0, 0}, {0, 0}), ones = philox4x32({all, all, all, all}, {all, all});
  const Block zero_known = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
  const Block ones_known = {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd};
  Comparison c;
  c.prediction = {"any", "Philox4x32-10 answers", 2, "known answers", "Salmon et al. 2011"};
  c.prediction.exact = true;
  c.simulated = (zero == zero_known ? 1 : 0) + (ones == ones_known ? 1 : 0);
  c.holds = c.simulated == c.prediction.value;
  return {"m1-philox", {c}};
}

/// M3: one digest for 1, 2 and 8 threads, and for each regime alone as beside the others.
Judged one_digest(const Common& common, const models::Scenario& scenario, const std::string& name) {
  const std::vector<std::string> measures = [&] {
    std::vector<std::string> names;
    for (const study::MeasureInfo& m : models::measure_plan(scenario).measures) names.push_back(m.name);
    return names;
  }();
  const auto digests = [&](models::Scenario s, unsigned threads) {
    s.measures = measures;  // a regime alone could fill fewer
    return output::digests_of(models::simulate(s, {.threads = threads, .progress = {}, .stop = stop_requested}).results,
                              "");
  };
  const output::Digests together = digests(scenario, common.threads);
  double wanted = 0, same = 0;
  for (const unsigned threads : {1U, 2U, 8U}) {
    ++wanted;
    same += digests(scenario, threads).overall == together.overall ? 1 : 0;
  }
  for (std::size_t i = 0; i < scenario.regimes.size(); ++i) {
    models::Scenario alone = scenario;
    alone.regimes = {scenario.regimes[i]};
    ++wanted;
    same += digests(alone, 1).regimes.at(0) == together.regimes.at(i) ? 1 : 0;
  }
  Comparison c;
  c.prediction = {"all", "equal digests: 1, 2, 8 threads; alone", wanted, "one digest", "by construction"};
  c.prediction.exact = true;
  c.simulated = same;
  c.holds = same == wanted;
  return {name, {c}};
}

}  // namespace

int theory(const Common& common, const ScenarioChoice& choice) {
  const models::Scenario scenario = read_choice(choice);
  catch_signals();
  const Judged j = judged(common, scenario, scenario.name);
  if (!j.complete) {
    say("stopped by a signal; nothing can be compared");
    return stop_status();
  }
  if (common.json) {
    Json all = Json::array();
    for (const Comparison& c : j.comparisons) all.push_back(json_of(c));
    const Json document{{"scenario", scenario.name}, {"replicates", scenario.replicates}, {"predictions", all}};
    print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return 0;
  }
  if (j.comparisons.empty()) {
    print("no closed form has its conditions fulfilled by this scenario\n");
    return 0;
  }
  std::string text = heading + text_of(j);
  for (const Comparison& c : j.comparisons)
    text += output::printable(
                fmt::format("  {}: {} [{}]", c.prediction.measure, c.prediction.formula, c.prediction.source)) +
            "\n";
  print(text);
  return 0;
}

int selftest(const Common& common) {
  const std::vector<std::filesystem::path> files = scenarios_in("validation");
  if (files.empty())
    throw InputError({"the reference scenarios are not there", "scenarios/validation was not found",
                      "set DEMARCHE_HOME to the folder of the project"});
  catch_signals();
  Json all = Json::array();
  std::size_t holding = 0, failing = 0;
  const auto report = [&](const Judged& j) {
    // a reference scenario that nothing speaks about tests nothing
    const bool silent = j.comparisons.empty();
    if (!common.json) print(silent ? row(j.scenario, "", "", "", "", "FAILS: no closed form applies") : text_of(j));
    for (const Comparison& c : j.comparisons) {
      Json line{{"scenario", j.scenario}};
      line.update(json_of(c));
      all.push_back(line);
      ++(c.holds ? holding : failing);
    }
    failing += silent ? 1 : 0;
  };
  if (!common.json) print(heading);
  report(known_answers());
  for (const std::filesystem::path& file : files) {
    scenarios::Request request;
    request.seed = common.seed;
    const models::Scenario scenario = scenarios::read_scenario(file.string(), request);
    const std::string name = file.stem().string();
    const Judged j = name.starts_with("m3-") ? one_digest(common, scenario, name) : judged(common, scenario, name);
    if (!j.complete || stop_requested()) {
      say("stopped by a signal");
      return stop_status();
    }
    report(j);
  }
  if (common.json) {
    const Json document{{"passed", failing == 0}, {"holding", holding}, {"failing", failing}, {"results", all}};
    print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  } else {
    print(fmt::format("{} reference results hold, {} fail\n", holding, failing));
  }
  return failing == 0 ? 0 : 1;
}

}  // namespace demarche::cli
