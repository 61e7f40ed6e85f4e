#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/law.hpp"
#include "sim/workflow/workflow.hpp"

namespace demarche::models {

/// Opening times as a scenario writes them: "09:00-17:00", days Monday to Friday, a named list of holidays.
struct OfficePlan {
  std::vector<std::pair<int, int>> hours;  ///< minutes of the day, each open < close; empty: around the clock
  std::vector<int> days;                   ///< 0 = Monday; empty: every day
  std::string holidays_file;               ///< table of dates, read into `holidays`
  std::vector<std::int64_t> holidays;      ///< local dates, days since 1970-01-01

  friend bool operator==(const OfficePlan&, const OfficePlan&) = default;
};

/// Where a stage's desks stand: one for the whole ministry, one for each region, one at each mission.
enum class Placement : std::uint8_t { capital, hub, mission };

/// One stage of clearance as a scenario writes it. `repeat` alike stages in series, each with desks of its own.
struct StageSpec {
  std::string name = "review";
  std::uint32_t repeat = 1;
  std::uint32_t reviewers = 1;  ///< desks that examine at the same time
  std::uint32_t required = 0;   ///< how many of them must pass it; 0: all
  Placement placement = Placement::capital;
  std::uint32_t clerks = 0;  ///< at each desk; 0: as many as needed
  workflow::Discipline discipline = workflow::Discipline::first_come;
  std::optional<OfficePlan> office;  ///< default: the ministry's
  Law service = Law::fixed(0);       ///< working time
  double pass_good = 1, pass_bad = 1;
  workflow::OnFault on_fault = workflow::OnFault::reject;
  double never_answer = 0, reject = 0, send_back = 0, edit = 0;
  Law edit_service = Law::fixed(0);
  std::uint32_t send_back_to = 0;  ///< stages before this one, counted as written after repeats; 0: the first
  Law rework = Law::fixed(0);
  double expiry_s = 0;          ///< 0: never
  std::optional<Law> patience;  ///< drawn time to expiry instead of expiry_s
  bool expiry_working_time = false;
  bool expiry_waiting_only = false;
  workflow::OnExpiry on_expiry = workflow::OnExpiry::drop;
  double meeting_every_s = 0;  ///< 0: no meetings; the first is at the start of the scenario plus meeting_first_s
  double meeting_first_s = 0;
  std::uint32_t meeting_capacity = 0;
  bool translation = false;  ///< only for messages that must be translated

  friend bool operator==(const StageSpec&, const StageSpec&) = default;
};

/// Which route a message takes: the first rule whose conditions all hold; without one, the route "main".
struct RouteRule {
  std::vector<std::string> tiers, stimuli, topics, channels;  ///< empty: any
  std::vector<std::string> kinds;                             ///< of the mission that writes, or "capital"; empty: any
  std::optional<bool> urgent;
  std::optional<bool> exempt;
  std::string route;  ///< name of a route, or "none": published at once

  friend bool operator==(const RouteRule&, const RouteRule&) = default;
};

/// Post-hoc audit: a sample of what was published is examined and errors are taken to correction.
struct Audit {
  double share = 0;           ///< of the published messages
  Law delay = Law::fixed(0);  ///< from publication to the finding, wall-clock
  double detection = 0;       ///< probability to find an error that is there

  friend bool operator==(const Audit&, const Audit&) = default;
};

/// What a regime that starts from a preset may change in all its stages at once (translation apart).
struct EachStage {
  std::optional<std::uint32_t> steps;  ///< how many stages like the first stand in series
  std::optional<std::uint32_t> clerks;
  std::optional<Law> service;
  std::optional<OfficePlan> office;
  std::optional<workflow::Discipline> discipline;
  std::optional<double> pass_good, pass_bad, never_answer, reject, send_back, edit;
  std::optional<workflow::OnFault> on_fault;
  std::optional<double> expiry_s;
  std::optional<workflow::OnExpiry> on_expiry;

  friend bool operator==(const EachStage&, const EachStage&) = default;
};

/// A named workflow and its rules. An arm of the comparison.
struct Regime {
  std::string preset;
  std::string summary;                                                 ///< in words, for tables and `show`
  std::vector<StageSpec> stages;                                       ///< the route "main"; none: published at once
  std::vector<std::pair<std::string, std::vector<StageSpec>>> routes;  ///< others, for rules to choose
  EachStage each;  ///< changes every stage of `stages`; empty once settled
  std::vector<RouteRule> rules;
  Law self_check = Law::fixed(0);  ///< the author's own check before anything else, wall-clock
  double self_check_catch = 0;     ///< probability that it mends an error
  bool perfect = false;            ///< no draft has an error: the bound
  bool corrections = true;         ///< errors that are noticed are corrected (when the scenario has corrections)
  Audit audit;
  std::optional<std::uint32_t> accounts;       ///< presence of this arm, instead of the ministry's
  std::vector<std::uint32_t> exempt_missions;  ///< their messages count as exempt
  std::optional<double> switch_at_s;  ///< hybrid: from this moment (seconds after the start) drafts follow `switch_to`
  std::string switch_to;              ///< name of another regime of the scenario, or of a preset

  friend bool operator==(const Regime&, const Regime&) = default;
};

/// Applies `each` to the stages and empties it.
void settle(Regime& regime);

}  // namespace demarche::models
