#pragma once
#include "models/theory.hpp"

/// The three families of closed forms; for the .cpp files of theory only.
namespace demarche::models {

void predict_queues(const Scenario& scenario, const std::string& name, const Regime& regime,
                    std::vector<Prediction>& out);
void predict_screening(const Scenario& scenario, const std::string& name, const Regime& regime,
                       std::vector<Prediction>& out);
void predict_spread(const Scenario& scenario, const std::string& name, std::vector<Prediction>& out);

/// The stages of the only route, repeats written out; empty when rules, a switch or other routes make it several.
std::vector<StageSpec> only_chain(const Regime& regime);

/// Probability of at least k successes in n trials.
double binomial_tail(std::uint32_t n, std::uint32_t k, double p);

}  // namespace demarche::models
