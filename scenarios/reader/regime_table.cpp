#include <algorithm>

#include "models/presets.hpp"
#include "scenarios/reader/tables.hpp"

namespace demarche::scenarios {

namespace {

using models::Audit;
using models::EachStage;
using models::Placement;
using models::Regime;
using models::RouteRule;
using models::StageSpec;
using workflow::Discipline;
using workflow::OnExpiry;
using workflow::OnFault;

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
      .field("office", &StageSpec::office, office_rule(), "opening hours; the ministry's where left out")
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
      .field("topics", &RouteRule::topics, list(name()), "topics of stimuli; none means any")
      .field("kinds", &RouteRule::kinds, list(name()),
             "kinds of mission (embassy, consulate, ...) or `capital`; none means any")
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
      .field("office", &EachStage::office, office_rule(), "opening hours")
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

/// What each-stage makes of the stages must be as sound as what is written for a single one.
void check_each(const Regime& r, Check& c) {
  if (r.each == EachStage{}) return;
  if (r.stages.empty())
    return c.problem("each-stage",
                     {"the regime has no stages that could be changed", "", "leave it out, or write stages"});
  Regime settled = r;
  settle(settled);
  for (const StageSpec& s : settled.stages) {
    if (s.never_answer + s.reject + s.send_back + s.edit > 1)
      return c.problem("each-stage", {"never-answer, reject, send-back and edit add up to more than 100 %",
                                      "at stage \"" + s.name + "\"", ""});
    if (s.expiry_s > 0 && s.patience)
      return c.problem("each-stage.expiry", {"stage \"" + s.name + "\" has a patience already",
                                             "the time is fixed or drawn, not both", "leave one out"});
  }
}

}  // namespace

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
      .check(check_each)
      .check([](const Regime& r, Check& c) {
        for (const auto& [route, stages] : r.routes)
          if (route == "main" || route == "none")
            c.problem("routes." + route,
                      {"no route can be called " + route,
                       "`main` are the regime's stages, `none` is publication at once", "call it otherwise"});
        if (r.switch_at_s && r.switch_to.empty())
          c.problem("switch-at", {"a regime switches to nothing", "switch-to is not given", "name another regime"});
        if (!r.switch_to.empty() && !r.switch_at_s)
          c.problem("switch-to", {"a regime switches at no moment", "switch-at is not given",
                                  "write switch-at: 2014-02-10 00:00 UTC, or a duration after the start"});
      });
  return rule_of(t);
}

}  // namespace demarche::scenarios
