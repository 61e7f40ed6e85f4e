#pragma once
#include <string>
#include <vector>

#include "models/scenario.hpp"
#include "sim/study/results.hpp"

namespace demarche::models {

/// What a closed form says about a measure of one regime.
struct Prediction {
  std::string regime;
  std::string measure;
  double value = 0;
  std::string formula;   ///< in words, e.g. "Erlang C, 3 clerks"
  std::string source;    ///< paper
  double allowance = 0;  ///< what the closed form itself neglects (finite size), in units of the measure
  double trials = 0;     ///< of a share: independent trials behind it in all replicates; 0: not counted so
  bool exact = false;    ///< no sampling error: must be equal
};

/// Every closed form whose conditions the scenario fulfils; empty when none does. The conditions are read off the
/// scenario, so a file goes on being predicted when its numbers are changed.
std::vector<Prediction> predictions(const Scenario& scenario);

/// A prediction beside what was simulated.
struct Comparison {
  Prediction prediction;
  double simulated = 0;
  double standard_error = 0;  ///< of the mean over replicates
  double distance = 0;        ///< |simulated - predicted| beyond the allowance, in standard errors
  bool holds = false;         ///< distance <= 4, or equal where exact
};
std::vector<Comparison> compare_with_theory(const std::vector<Prediction>& predictions, const study::Results& results);

/// Statements that need no sampling: arrival times equal to breadth-first distances where every tie passes the message
/// after a fixed delay; regimes that are the same under two names have the same outcomes.
std::vector<Comparison> exact_checks(const Scenario& scenario, const study::Results& results);

}  // namespace demarche::models
