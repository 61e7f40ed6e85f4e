#include <algorithm>
#include <array>

#include "models/presets.hpp"
#include "scenarios/reader/moments.hpp"
#include "scenarios/reader/tables.hpp"

namespace demarche::scenarios {

namespace {

using models::Audit;
using models::EachStage;
using models::OfficePlan;
using models::Placement;
using models::Regime;
using models::RouteRule;
using models::StageSpec;
using workflow::Discipline;
using workflow::OnExpiry;
using workflow::OnFault;

using Hours = std::vector<std::pair<int, int>>;

std::string trimmed(std::string_view s) {
  const std::size_t from = s.find_first_not_of(' ');
  return from == std::string_view::npos ? "" : std::string(s.substr(from, s.find_last_not_of(' ') - from + 1));
}

std::vector<std::string> comma_parts(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (;;) {
    const std::size_t comma = text.find(',', from);
    parts.push_back(trimmed(std::string_view(text).substr(from, comma == std::string::npos ? comma : comma - from)));
    if (comma == std::string::npos) return parts;
    from = comma + 1;
  }
}

Parsed<Hours> read_hours(const Node& node, const Reading&) {
  Hours hours;
  if (node.text == "always") return hours;
  for (const std::string& part : comma_parts(node.text)) {
    const std::size_t dash = part.find('-');
    const auto open = read_clock_time(trimmed(std::string_view(part).substr(0, dash)));
    if (!open || dash == std::string::npos)
      return Problem{"\"" + node.text + "\" are no opening hours", "",
                     "write for example 09:00-17:00, or 09:00-12:00, 13:00-17:00, or always"};
    const auto close = read_clock_time(trimmed(std::string_view(part).substr(dash + 1)));
    if (!close) return close.problem;
    if (*close <= *open)
      return Problem{"the office closes before it opens", part,
                     "write the opening time first; hours past midnight are two intervals"};
    if (!hours.empty() && *open < hours.back().second)
      return Problem{"opening hours overlap or are out of order", part, "write them in the order of the day"};
    hours.emplace_back(*open, *close);
  }
  return hours;
}

std::string clock_text(int minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}

Node write_hours(const Hours& hours) {
  if (hours.empty()) return Node::string("always");
  std::string text;
  for (const auto& [open, close] : hours)
    text += (text.empty() ? "" : ", ") + clock_text(open) + "-" + clock_text(close);
  return Node::string(text);
}

constexpr std::array<const char*, 7> day_names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

int day_number(const std::string& word) {
  for (int d = 0; d < 7; ++d)
    if (word == day_names[static_cast<std::size_t>(d)]) return d;
  return -1;
}

Parsed<std::vector<int>> read_days(const Node& node, const Reading&) {
  std::vector<int> days;
  if (node.text == "every-day") return days;
  for (const std::string& part : comma_parts(node.text)) {
    const std::size_t dash = part.find('-');
    const int first = day_number(part.substr(0, dash));
    const int last = dash == std::string::npos ? first : day_number(part.substr(dash + 1));
    if (first < 0 || last < first)
      return Problem{"\"" + node.text + "\" are no days of the week", "",
                     "write for example mon-fri, or sun-thu as \"sun, mon-thu\", or every-day"};
    for (int d = first; d <= last; ++d) days.push_back(d);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

Node write_days(const std::vector<int>& days) {
  if (days.empty()) return Node::string("every-day");
  std::string text;
  for (const int d : days) text += std::string(text.empty() ? "" : ", ") + day_names[static_cast<std::size_t>(d)];
  return Node::string(text);
}

Scalar<Hours> hours() {
  const std::string interval = "[0-2]?[0-9]:[0-5][0-9] *- *[0-2]?[0-9]:[0-5][0-9]";
  return {"opening hours", "09:00-17:00", text_schema("always|" + interval + "( *, *" + interval + ")*"), read_hours,
          write_hours};
}

Scalar<std::vector<int>> days() {
  const std::string day = "(mon|tue|wed|thu|fri|sat|sun)", span = day + "(-" + day + ")?";
  return {"days of the week", "mon-fri", text_schema("every-day|" + span + "( *, *" + span + ")*"), read_days,
          write_days};
}

Table<OfficePlan> office_table() {
  Table<OfficePlan> t(
      "office",
      "When an office works, in the local time of the place where it stands. Work stops at closing time and resumes.");
  t.field("hours", &OfficePlan::hours, hours(), "opening hours of a day")
      .field("days", &OfficePlan::days, days(), "days on which it opens")
      .field("holidays", &OfficePlan::holidays_file, file(),
             "table with a column `date`: days on which it stays closed");
  return t;
}

Scalar<Discipline> discipline() {
  return choice<Discipline>(
      "discipline", {{"first-come", Discipline::first_come, "in order of arrival"},
                     {"last-in", Discipline::last_in, "the newest first"},
                     {"priority", Discipline::priority, "urgent drafts first, work under way is finished"},
                     {"preemptive-priority", Discipline::preemptive_priority, "urgent drafts interrupt work under way"},
                     {"earliest-deadline", Discipline::earliest_deadline, "the one whose relevance halves first"}});
}
Scalar<OnFault> on_fault() {
  return choice<OnFault>("what is done", {{"reject", OnFault::reject, "the draft is dropped"},
                                          {"correct", OnFault::correct, "the desk mends it, as long as an edit takes"},
                                          {"send-back", OnFault::send_back, "the author mends it and it comes again"}});
}
Scalar<OnExpiry> on_expiry() {
  return choice<OnExpiry>("what happens", {{"drop", OnExpiry::drop, "the draft is dropped"},
                                           {"escalate", OnExpiry::escalate, "it goes on to the next stage"},
                                           {"release", OnExpiry::release, "it is published by silence"}});
}
Scalar<Placement> placement() {
  return choice<Placement>("place", {{"capital", Placement::capital, "one desk for the whole ministry"},
                                     {"hub", Placement::hub, "one for each region, in the zone of its first mission"},
                                     {"mission", Placement::mission, "one at each mission"}});
}

Table<StageSpec> stage_table() {
  Table<StageSpec> t("stage", "One stage of clearance.");
  t.field("name", &StageSpec::name, text(80), "what it is called in tables and stories")
      .field("repeat", &StageSpec::repeat, integer().at_least(1).at_most(100), "how many alike stages stand in series")
      .field("reviewers", &StageSpec::reviewers, integer().at_least(1).at_most(64),
             "desks that examine at the same time")
      .field("required", &StageSpec::required, integer().at_least(0).at_most(64),
             "how many of them must pass it; 0 means all, 1 any")
      .field("desk", &StageSpec::placement, placement(), "where the desks stand")
      .field("clerks", &StageSpec::clerks, integer().at_least(0).at_most(1000000),
             "people at each desk; 0 means as many as needed")
      .field("discipline", &StageSpec::discipline, discipline(), "who is served next")
      .field("office", &StageSpec::office, office_table(), "opening hours; the ministry's where left out")
      .field("service", &StageSpec::service, law(), "working time for one draft")
      .field("pass-good", &StageSpec::pass_good, share(), "probability to believe a sound draft sound")
      .field("pass-bad", &StageSpec::pass_bad, share(), "probability to believe an erroneous draft sound")
      .source("detection per reviewer 0.3-0.6, FACTS.md section 1, Sweeps")
      .field("on-fault", &StageSpec::on_fault, on_fault(), "what is done with a draft believed erroneous")
      .field("never-answer", &StageSpec::never_answer, share(), "share of drafts that never get an answer")
      .source("discard without reply 0.05-0.5, FACTS.md section 1, Sweeps")
      .field("reject", &StageSpec::reject, share(), "share rejected at will")
      .field("send-back", &StageSpec::send_back, share(), "share sent back at will")
      .field("edit", &StageSpec::edit, share(), "share edited before it passes")
      .field("edit-service", &StageSpec::edit_service, law(), "working time of an edit or correction")
      .field("send-back-to", &StageSpec::send_back_to, integer().at_least(0),
             "stage to which a returned draft goes, counted from 0")
      .field("rework", &StageSpec::rework, law(), "the author's time for a returned draft")
      .field("expiry", &StageSpec::expiry_s, duration().at_least(0),
             "time at the stage after which it expires; 0 means never")
      .field("patience", &StageSpec::patience, law(), "drawn time to expiry, instead of `expiry`")
      .field("expiry-in-working-time", &StageSpec::expiry_working_time, truth(), "expiry counts opening hours only")
      .field("expiry-while-waiting", &StageSpec::expiry_waiting_only, truth(),
             "a draft being worked on no longer expires")
      .field("on-expiry", &StageSpec::on_expiry, on_expiry(), "what happens to an expired draft")
      .field("meeting-every", &StageSpec::meeting_every_s, duration().at_least(0),
             "a committee decides only when it meets; 0 means no meetings")
      .field("meeting-first", &StageSpec::meeting_first_s, duration().at_least(0), "the first meeting, after the start")
      .field("meeting-capacity", &StageSpec::meeting_capacity, integer().at_least(0),
             "most drafts a meeting; 0 means all")
      .field("translation", &StageSpec::translation, truth(), "only for messages that must be translated")
      .check([](const StageSpec& s, Check& c) {
        if (s.required > s.reviewers)
          c.problem("required", {"more approvals are required than there are reviewers",
                                 std::to_string(s.reviewers) + " reviewers", "0 means all of them"});
        if (s.never_answer + s.reject + s.send_back + s.edit > 1)
          c.problem("never-answer", {"never-answer, reject, send-back and edit add up to more than 100 %",
                                     "they exclude each other", ""});
        if (s.expiry_s > 0 && s.patience)
          c.problem("patience",
                    {"a stage has an expiry and a patience", "the time is fixed or drawn, not both", "leave one out"});
      });
  return t;
}

Table<RouteRule> rule_table() {
  Table<RouteRule> t(
      "rule",
      "Which route a message takes: the first rule whose conditions all hold; without one, the stages of the regime.");
  t.field("tiers", &RouteRule::tiers, list(name()), "risk tiers; none means any")
      .field("stimuli", &RouteRule::stimuli, list(name()), "stimuli; none means any")
      .field("channels", &RouteRule::channels, list(name()), "meant for one of these channels; none means any")
      .field("urgent", &RouteRule::urgent, truth(), "urgent messages only, or only the others")
      .field("exempt", &RouteRule::exempt, truth(), "exempt missions only, or only the others")
      .field("route", &RouteRule::route, name(), "name of a route, `main`, or `none`: published at once")
      .required();
  return t;
}

Table<Audit> audit_table() {
  Table<Audit> t("audit", "A sample of what was published is examined; errors found are corrected.");
  t.field("share", &Audit::share, share(), "of the published messages")
      .field("delay", &Audit::delay, law(), "from publication to the finding")
      .field("detection", &Audit::detection, share(), "probability to find an error that is there");
  return t;
}

std::vector<Preset<Regime>> presets() {
  std::vector<Preset<Regime>> list;
  for (const auto& info : models::regime_presets())
    list.push_back({info.name, models::regime_preset(info.name), info.summary});
  return list;
}

Table<EachStage> each_table() {
  Table<EachStage> t(
      "each-stage", "Changes all stages of a regime at once, translation apart; for regimes that start from a preset.");
  t.field("steps", &EachStage::steps, integer().at_least(1).at_most(100),
          "how many stages like the first stand in series")
      .field("clerks", &EachStage::clerks, integer().at_least(0).at_most(1000000),
             "people at each desk; 0 means as many as needed")
      .field("service", &EachStage::service, law(), "working time for one draft")
      .field("office", &EachStage::office, office_table(), "opening hours")
      .field("discipline", &EachStage::discipline, discipline(), "who is served next")
      .field("pass-good", &EachStage::pass_good, share(), "probability to believe a sound draft sound")
      .field("pass-bad", &EachStage::pass_bad, share(), "probability to believe an erroneous draft sound")
      .field("on-fault", &EachStage::on_fault, on_fault(), "what is done with a draft believed erroneous")
      .field("never-answer", &EachStage::never_answer, share(), "share of drafts that never get an answer")
      .field("reject", &EachStage::reject, share(), "share rejected at will")
      .field("send-back", &EachStage::send_back, share(), "share sent back at will")
      .field("edit", &EachStage::edit, share(), "share edited before it passes")
      .field("expiry", &EachStage::expiry_s, duration().at_least(0),
             "time at a stage after which a draft expires; 0 means never")
      .field("on-expiry", &EachStage::on_expiry, on_expiry(), "what happens to an expired draft");
  return t;
}

}  // namespace

Rule<OfficePlan> office_rule() {
  return rule_of(office_table());
}

Rule<Regime> regime_rule() {
  Table<Regime> t(
      "regime",
      "A named workflow and its rules: an arm of the comparison. Without stages everything is published at once.");
  t.presets(presets(), &Regime::preset)
      .field("summary", &Regime::summary, text(300), "the regime in words, for tables")
      .field("stages", &Regime::stages, list(stage_table()), "the chain of clearance, first stage first")
      .field("each-stage", &Regime::each, each_table(), "changes all stages of the chain at once")
      .field("routes", &Regime::routes, names(list(stage_table())), "other chains, for rules to choose")
      .field("rules", &Regime::rules, list(rule_table()), "which messages take which route")
      .field("self-check", &Regime::self_check, law(), "the author's own check before anything else")
      .field("self-check-catch", &Regime::self_check_catch, share(), "probability that it mends an error")
      .field("perfect", &Regime::perfect, truth(), "no draft has an error: a bound, not an institution")
      .field("corrections", &Regime::corrections, truth(), "errors that are noticed are corrected through this regime")
      .field("audit", &Regime::audit, audit_table(), "post-hoc audit")
      .field("accounts", &Regime::accounts, integer().at_least(0).at_most(100000),
             "presence under this regime, instead of the ministry's")
      .field("exempt-missions", &Regime::exempt_missions, list_of<std::uint32_t>(integer().at_least(0)),
             "missions exempt from the rules, by row from 0")
      .field("switch-at", &Regime::switch_at_s, since_start(), "from this moment drafts follow another regime")
      .field("switch-to", &Regime::switch_to, text(40), "that regime: one of the scenario's, or a preset")
      .check([](const Regime& r, Check& c) {
        if (r.switch_at_s && r.switch_to.empty())
          c.problem("switch-at", {"a regime switches to nothing", "switch-to is not given", "name another regime"});
        if (!r.switch_to.empty() && !r.switch_at_s)
          c.problem("switch-to", {"a regime switches at no moment", "switch-at is not given",
                                  "write switch-at: 2014-02-10 00:00 UTC, or a duration after the start"});
      });
  return rule_of(t);
}

}  // namespace demarche::scenarios
