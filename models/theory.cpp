#include "models/theory.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/simulate.hpp"
#include "models/theory_parts.hpp"
#include "sim/network/measures.hpp"
#include "sim/study/statistics.hpp"

namespace demarche::models {

namespace {

Comparison exact_check(std::string regime, std::string measure, std::string formula, std::string source, double wanted,
                       double found) {
  Comparison c;
  c.prediction = {std::move(regime), std::move(measure), wanted, std::move(formula), std::move(source), 0, 0, true};
  c.simulated = found;
  c.holds = wanted == found;
  return c;
}

/// Every tie of the only channel passes the message after the same number of ticks: first sights are distances.
bool passes_everything(const Scenario& scenario) {
  if (scenario.channels.size() != 1 || scenario.stimuli.size() != 1 || scenario.regimes.empty()) return false;
  const Channel& c = scenario.channels[0].second;
  const Stimulus& s = scenario.stimuli[0].second;
  return c.mode == Mode::network && c.visibility == 1 && c.share == 1 && !c.share_decays && c.access == 1 &&
         c.pickup == 1 && c.lag == Law::fixed(0) && scenario.errors.rate == 0 && s.at_s >= scenario.time.warm_up_s &&
         s.at_s < scenario.time.horizon_s - scenario.time.cool_down_s && c.delay.kind == Law::Kind::fixed &&
         (!c.rhythm || scenario.audience.rhythm == "flat") && s.kind == Stimulus::Kind::seed && s.count == 1 &&
         scenario.audience.online == 1 && scenario.audience.online_by_region.empty();
}

/// Actors whose first sight comes exactly at distance x delay, against those within reach before the end.
/// Nothing to say when the regime never published the message.
void check_distances(const Scenario& scenario, std::vector<Comparison>& out) {
  const World world(scenario, scenario.worlds == Worlds::one ? World::shared_world : 0);
  const run::Record record = simulate_one(world, 0, 0);
  if (record.messages.at(0).published == never) return;
  const network::Vertex seed = world.drafts(Luck(scenario.seed, 0)).at(0).author;
  const std::vector<std::uint32_t> distance = network::distances(world.network().layer(LayerId(0)), seed);
  const Ticks step = std::max<Ticks>(1, world.plan().clock.ticks(scenario.channels[0].second.delay.a));
  const Tick posted = record.messages.at(0).published;
  double reachable = 0, equal = 0;
  for (network::Vertex a = 0; a < world.audience(); ++a) {
    const network::Vertex v = world.plan().audience_first + a;
    const std::uint32_t hops = distance[v];
    const bool within =
        v != seed && hops != std::numeric_limits<std::uint32_t>::max() && posted + hops * step < world.plan().end;
    const Tick wanted = within ? posted + hops * step : never;
    reachable += within;
    equal += within && record.first_view[a] == wanted;
    if (!within && record.first_view[a] != never) equal -= 1;  // seen by somebody whom no path reaches
  }
  out.push_back(exact_check(scenario.regimes[0].first, "arrivals at breadth-first distance",
                            "first sight = distance x delay", "breadth-first search", reachable, equal));
}

bool same_rules(Regime a, Regime b) {
  a.preset = b.preset;
  a.summary = b.summary;
  return a == b;
}

void check_doubles(const Scenario& scenario, const study::Results& results, std::vector<Comparison>& out) {
  for (std::size_t i = 0; i < scenario.regimes.size(); ++i)
    for (std::size_t j = i + 1; j < scenario.regimes.size(); ++j) {
      if (!same_rules(scenario.regimes[i].second, scenario.regimes[j].second)) continue;
      double different = 0;
      for (std::size_t r = 0; r < results.replicates; ++r)
        for (std::size_t m = 0; m < results.measures.size(); ++m) {
          const double a = results.at(i, r).measures[m], b = results.at(j, r).measures[m];
          different += !(a == b || (std::isnan(a) && std::isnan(b)));
        }
      out.push_back(exact_check(scenario.regimes[i].first + " = " + scenario.regimes[j].first, "values that differ",
                                "common random numbers: the same rules have the same luck", "by construction", 0,
                                different));
    }
}

}  // namespace

std::vector<Prediction> predictions(const Scenario& scenario) {
  std::vector<Prediction> out;
  for (const auto& [name, regime] : scenario.regimes) {
    predict_queues(scenario, name, regime, out);
    predict_screening(scenario, name, regime, out);
    if (regime.stages.empty() && regime.rules.empty() && !regime.switch_at_s)
      predict_spread(scenario, name, regime, out);
  }
  return out;
}

std::vector<Comparison> compare_with_theory(const std::vector<Prediction>& predicted, const study::Results& results) {
  std::vector<Comparison> out;
  for (const Prediction& p : predicted) {
    const auto regime = std::find(results.regimes.begin(), results.regimes.end(), p.regime);
    const auto measure = std::find_if(results.measures.begin(), results.measures.end(),
                                      [&](const auto& m) { return m.name == p.measure; });
    if (regime == results.regimes.end() || measure == results.measures.end()) continue;
    const study::Summary s =
        study::summarize(results.values(static_cast<std::size_t>(regime - results.regimes.begin()),
                                        static_cast<std::size_t>(measure - results.measures.begin())));
    Comparison c;
    c.prediction = p;
    c.simulated = s.mean;
    c.standard_error = s.n > 0 ? s.sd / std::sqrt(static_cast<double>(s.n)) : 0;
    // where an event is too rare to have happened, its own law says how far off that may be, give or take one event
    if (p.trials > 0)
      c.standard_error = std::max(c.standard_error, std::sqrt((p.value * (1 - p.value) + 1 / p.trials) / p.trials));
    const double beyond = std::max(0.0, std::abs(s.mean - p.value) - p.allowance);
    c.distance = beyond == 0 ? 0 : beyond / c.standard_error;
    c.holds = s.n > 1 && c.distance <= 4;
    out.push_back(c);
  }
  return out;
}

std::vector<Comparison> exact_checks(const Scenario& scenario, const study::Results& results) {
  std::vector<Comparison> out;
  if (passes_everything(scenario)) check_distances(scenario, out);
  check_doubles(scenario, results, out);
  return out;
}

}  // namespace demarche::models
