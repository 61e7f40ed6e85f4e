#pragma once
#include <string>

#include "models/scenario.hpp"
#include "output/cli/estimate.hpp"

/// Scenarios in words, for `check` and `run --dry-run`.
namespace demarche::cli {

/// What was understood: who, where, which channels and causes, which regimes. Lines end with '\n'.
std::string described(const models::Scenario& scenario, const Workload& work);
/// One sentence: "12 stages: approval in the capital (...), then ...".
std::string regime_sentence(const models::Scenario& scenario, const models::Regime& regime);
std::string channel_sentence(const models::Scenario& scenario, const models::Channel& channel);
/// What it will cost, and whether that fits.
std::string estimate_text(const Estimate& estimate, const Limit& memory);

}  // namespace demarche::cli
