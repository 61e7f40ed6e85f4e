#include <cmath>
#include <nlohmann/json.hpp>

#include "output/tables/tables.hpp"
#include "output/tables/words.hpp"

namespace demarche::output {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json summary(const study::Summary& s) {
  return {{"n", s.n},           {"missing", s.missing}, {"mean", number(s.mean)},    {"lo", number(s.lo)},
          {"hi", number(s.hi)}, {"sd", number(s.sd)},   {"median", number(s.median)}};
}

Json difference(const study::Results& results, const study::RegimeDifference& d) {
  return {{"a", results.regimes[d.a]}, {"b", results.regimes[d.b]},  {"mean", number(d.paired.mean)},
          {"lo", number(d.paired.lo)}, {"hi", number(d.paired.hi)},  {"correlation", number(d.paired.correlation)},
          {"n", d.paired.n},           {"p_holm", number(d.p_holm)}, {"told_apart", d.paired.told_apart()},
          {"verdict", word(d.verdict)}};
}

Json measure(const study::Results& results, const study::MeasureInfo& info, const study::MeasureComparison& of) {
  Json regimes = Json::object();
  for (std::size_t k = 0; k < results.regimes.size(); ++k) regimes[results.regimes[k]] = summary(of.regimes[k]);
  Json differences = Json::array();
  for (const study::RegimeDifference& d : of.differences) differences.push_back(difference(results, d));
  return {{"label", info.label},
          {"unit", info.unit},
          {"better", word(info.better)},
          {"regimes", std::move(regimes)},
          {"differences", std::move(differences)}};
}

}  // namespace

std::string comparison_json(const study::Results& results, const study::Comparison& comparison, std::string_view digest,
                            const std::vector<std::string>& regime_digests) {
  Json digests = Json::object(), measures = Json::object();
  for (std::size_t k = 0; k < results.regimes.size() && k < regime_digests.size(); ++k)
    digests[results.regimes[k]] = regime_digests[k];
  for (std::size_t m = 0; m < results.measures.size(); ++m)
    measures[results.measures[m].name] = measure(results, results.measures[m], comparison.measures[m]);
  const Json document{{"scenario", results.scenario},
                      {"seed", results.seed},
                      {"replicates", results.replicates},
                      {"digest", digest},
                      {"regimes", results.regimes},
                      {"regime_digests", std::move(digests)},
                      {"baseline", results.regimes[comparison.baseline]},
                      {"measures", std::move(measures)},
                      {"assumptions", results.assumptions},
                      {"warnings", comparison.warnings}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace demarche::output
