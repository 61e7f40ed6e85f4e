#pragma once
#include "models/scenario.hpp"
#include "scenarios/reader/table.hpp"

/// The keys of a scenario: which member each fills, what it means, its range and where its default comes from. The
/// reader, the JSON Schema, the reference page and the listings are all made from these tables.
namespace demarche::scenarios {

Rule<models::OfficePlan> office_rule();
Rule<models::Regime> regime_rule();
Rule<models::Channel> channel_rule();
Rule<network::Generator> ties_rule();
Rule<models::Stimulus> stimulus_rule();
Rule<models::Scenario> scenario_rule();

/// An activity profile of the local week.
Scalar<std::string> rhythm();
/// Seconds after the scenario's start, written as a moment, a date (midnight UTC) or a duration; its section must stand
/// behind `time`.
Scalar<double> since_start();
/// UTC seconds, written as a moment, or as a date: midnight UTC.
Scalar<std::int64_t> start_moment();

}  // namespace demarche::scenarios
