#pragma once
#include "models/theory.hpp"

/// The three families of closed forms; for the .cpp files of theory only.
namespace demarche::models {

void predict_queues(const Scenario& scenario, const std::string& name, const Regime& regime,
                    std::vector<Prediction>& out);
void predict_screening(const Scenario& scenario, const std::string& name, const Regime& regime,
                       std::vector<Prediction>& out);
void predict_spread(const Scenario& scenario, const std::string& name, const Regime& regime,
                    std::vector<Prediction>& out);

/// The stages of the only route, repeats written out; empty when rules, a switch or other routes make it several.
std::vector<StageSpec> only_chain(const Regime& regime);

/// False when drafts of the measured time might still be in clearance at the end: their fates would be cut off.
/// Takes the chain's working time at its mean and eight standard deviations, in each desk's own calendar, and desks
/// that could not keep up with three times the stated rates as ones that do not.
bool surely_decided(const Scenario& scenario, const std::vector<StageSpec>& chain);

/// Probability of at least k successes in n trials.
double binomial_tail(std::uint32_t n, std::uint32_t k, double p);

}  // namespace demarche::models
