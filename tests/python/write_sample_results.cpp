#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iterator>

#include "output/store/results_file.hpp"
#include "sim/base/distribution.hpp"

// write_sample_results FILE [regimes [replicates [bare]]]: results with the curves and names of a real run, of invented
// values; "bare": without curves.
namespace {

using namespace demarche;

constexpr const char* names[] = {
    "centralized", "presumed-competence", "tiered by risk, with a very long name <b>&", "silence", "instant", "none",
    "peer-review", "instant-again"};

study::Results made(std::size_t regimes, std::uint32_t replicates) {
  study::Results r;
  r.scenario = "Canada and the United Kingdom, spring 2013 <script>alert(1)</script>";
  r.seed = 18446744073709551557ULL;
  r.replicates = replicates;
  r.start = "2013-04-08T00:00:00Z";
  r.assumptions =
      "Reading habits, share probabilities and desk capacities are assumed where no source of 2013 states them.";
  r.measures = {
      {"publication-delay", "time from opportunity to publication", "h", study::Better::lower, "Mean over posts."},
      {"unique-reach", "actors reached at least once", "actors", study::Better::higher, "By the horizon."},
      {"never-published", "share of opportunities never published", "share", study::Better::lower, ""}};
  study::Axis time{"time", "h", {}}, delay{"delay", "h", {}};
  for (int i = 0; i <= 336; i += 2) time.points.push_back(i);
  for (int i = 0; i <= 60; ++i) delay.points.push_back(std::pow(10, -2 + i * 4.6 / 60));
  r.axes = {time, delay};
  r.curves = {{"unique-reach-over-time", "actors reached at least once", "actors", 0},
              {"relevant-reach-over-time", "reach weighted by relevance", "actors", 0},
              {"publication-delay-distribution", "share of opportunities published within a delay", "share", 1}};
  const Luck luck(11, 0);
  for (std::size_t k = 0; k < regimes; ++k) {
    r.regimes.emplace_back(names[k]);
    r.regime_summaries.emplace_back("An approval regime made up for a test.");
    const bool silent = std::strcmp(names[k], "none") == 0;
    const double usual = names[k][0] == 'i' ? 0.05 : std::pow(6.0, 3.0 - static_cast<double>(k)) * 0.5;
    for (std::uint32_t i = 0; i < replicates; ++i) {
      Stream stream(luck, Purpose::test, i, 0);
      const double size = draw_lognormal(stream, 1, 0.25);
      const double final = 60000 * size / (1 + std::pow(usual / 20, 0.5));
      const double shift = draw_lognormal(stream, 1, 0.3), lost = silent ? 1 : 0.03 * static_cast<double>(k + 1);
      study::Outcome o;
      o.measures = {silent ? std::nan("") : usual * shift, silent ? 0 : final, lost};
      for (const double weight : {1.0, 0.4})
        for (const double t : time.points) o.curves.push_back(silent ? 0 : weight * final * (1 - std::exp(-t / 90)));
      for (const double d : delay.points)
        o.curves.push_back(silent ? 0 : (1 - lost) / (1 + std::pow(usual * shift / d, 1.6)));
      r.outcomes.push_back(std::move(o));
    }
  }
  return r;
}

}  // namespace

int main(int count, char** arguments) try {
  if (count < 2) return 2;
  const std::size_t regimes = count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 6;
  const auto replicates = static_cast<std::uint32_t>(count > 3 ? std::strtoul(arguments[3], nullptr, 10) : 40);
  if (regimes < 1 || regimes > std::size(names) || replicates < 1) return 2;
  demarche::study::Results results = made(regimes, replicates);
  if (count > 4) {
    results.axes.clear();
    results.curves.clear();
    for (auto& outcome : results.outcomes) outcome.curves.clear();
  }
  demarche::output::write_results(arguments[1], results,
                                  {"demarche: 1\nname: made up\n",
                                   "00ff",
                                   "Who reaches more people in time?",
                                   {{"demarche", "0.1.0"}, {"HDF5", "1.10.8"}}},
                                  demarche::output::Overwrite::yes);
  return 0;
} catch (const std::exception& e) {
  std::fputs(e.what(), stderr);
  return 1;
}
