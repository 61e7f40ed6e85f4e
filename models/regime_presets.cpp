#include <functional>

#include "models/presets.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"

namespace demarche::models {

namespace {

constexpr double minute = 60, hour = 3600, day = 86400;

/// One step of the capital's chain: FACTS.md section 1, "Defaults": lognormal steps of median 2 h and sigma 1.2 in
/// office hours. A desk finds 40 % of errors (range 30-60 %) and mends them within its service time; it believes 2 % of
/// what is sound faulty, which does no harm where a desk mends; 1 % of drafts are never answered at a step (over twelve
/// steps 11 %, range 5-50 %). Edits at will cost an hour, where a scenario asks for them.
StageSpec capital_step(const std::string& name) {
  StageSpec s;
  s.name = name;
  s.service = Law::lognormal(2 * hour, 1.2);
  s.pass_good = 0.98;
  s.pass_bad = 0.6;
  s.on_fault = workflow::OnFault::correct;
  s.edit_service = Law::fixed(1 * hour);
  s.never_answer = 0.01;
  return s;
}

Regime centralized() {
  StageSpec step = capital_step("approval in the capital");
  step.repeat = 12;
  Regime r;
  r.stages = {step};
  return r;
}

Regime message_event_proposal() {
  StageSpec department = capital_step("department");
  department.repeat = 3;
  StageSpec centre = capital_step("centre of government");
  centre.repeat = 2;
  centre.service = Law::lognormal(8 * hour, 1.2);
  centre.never_answer = 0.2;
  Regime r;
  r.stages = {department, centre};
  return r;
}

Regime presumed_competence() {
  Regime r;
  r.self_check = {Law::Kind::uniform, 5 * minute, 30 * minute, {}};
  r.self_check_catch = 0.4;
  return r;
}

Regime tiered() {
  StageSpec supervisor;
  supervisor.name = "supervisor at the mission";
  supervisor.placement = Placement::mission;
  supervisor.service = Law::lognormal(30 * minute, 1);
  supervisor.pass_good = 0.98;
  supervisor.pass_bad = 0.6;
  supervisor.on_fault = workflow::OnFault::correct;
  supervisor.edit_service = Law::fixed(15 * minute);
  StageSpec capital = capital_step("approval in the capital");
  capital.repeat = 4;
  Regime r = presumed_competence();
  r.stages = {supervisor};
  r.routes = {{"high-risk", {supervisor, capital}}};
  RouteRule low, high;
  low.tiers = {"low"};
  low.route = "none";
  high.tiers = {"high"};
  high.route = "high-risk";
  r.rules = {low, high};
  return r;
}

Regime regional_hubs() {
  StageSpec hub = capital_step("regional hub");
  hub.placement = Placement::hub;
  hub.repeat = 2;
  Regime r;
  r.stages = {hub};
  return r;
}

Regime silence_of(double window) {
  StageSpec circulation;
  circulation.name = "circulation under silence";
  circulation.service = Law::lognormal(8 * hour, 1.2);
  // screening comes before the silence, so only the three in ten who look at it find their 40 % of errors
  circulation.pass_good = 1 - 0.3 * 0.02;
  circulation.pass_bad = 1 - 0.3 * 0.4;
  circulation.on_fault = workflow::OnFault::reject;
  circulation.never_answer = 0.7;
  circulation.expiry_s = window;
  circulation.on_expiry = workflow::OnExpiry::release;
  Regime r;
  r.stages = {circulation};
  return r;
}

Regime post_hoc_audit() {
  Regime r = presumed_competence();
  r.audit = {0.2, Law::lognormal(1 * day, 1), 0.5};
  return r;
}

Regime crisis_bypass() {
  Regime r = centralized();
  StageSpec duty = capital_step("duty officer");
  duty.service = Law::lognormal(30 * minute, 1);
  duty.edit_service = Law::fixed(15 * minute);
  duty.office = OfficePlan{};
  r.routes.push_back({"urgent", {duty}});
  RouteRule urgent;
  urgent.urgent = true;
  urgent.route = "urgent";
  r.rules = {urgent};
  return r;
}

Regime peer_review() {
  StageSpec peer;
  peer.name = "second pair of eyes";
  peer.placement = Placement::mission;
  peer.service = Law::lognormal(30 * minute, 1);
  peer.pass_good = 0.98;
  peer.pass_bad = 0.6;
  peer.on_fault = workflow::OnFault::send_back;
  peer.rework = Law::lognormal(30 * minute, 1);
  Regime r;
  r.stages = {peer};
  return r;
}

Regime committee() {
  StageSpec vote = capital_step("committee");
  vote.reviewers = 3;
  vote.required = 2;
  vote.on_fault = workflow::OnFault::reject;
  vote.never_answer = 0;
  vote.meeting_every_s = 1 * day;
  vote.meeting_first_s = 14 * hour;
  vote.service = Law::fixed(1 * hour);
  Regime r;
  r.stages = {vote};
  return r;
}

Regime hybrid_switch() {
  Regime r = centralized();
  r.switch_to = "presumed-competence";
  return r;
}

Regime none() {
  Regime r;
  r.corrections = false;
  return r;
}

Regime instant() {
  Regime r;
  r.perfect = true;
  return r;
}

struct Entry {
  PresetInfo info;
  std::function<Regime()> make;
};

const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = {
      {{"centralized", "twelve approvals in the capital, one after the other, in office hours",
        "12 steps: Industry Canada's protocol of 2013 [S: nationalpost]; step times and screening assumed (FACTS 1, "
        "Defaults)"},
       centralized},
      {{"message-event-proposal",
        "three desks of the department, then two at the centre of government that often do not answer",
        "form and vetting by PMO/PCO [S: cbc]; numbers assumed (discard without reply 0.05-0.5)"},
       message_event_proposal},
      {{"presumed-competence", "the people on the spot publish after a check of their own of 5 to 30 minutes",
        "Paris 2013; self-check assumed (FACTS 1, regime table)"},
       presumed_competence},
      {{"tiered",
        "low risk at once, medium past a supervisor at the mission, high also through four approvals in the capital",
        "FCO staff guide: three tiers [S: bidd copy]; numbers assumed"},
       tiered},
      {{"regional-hubs", "two approvals at a hub of the region, in its own office hours",
        "FCO's overseas digital hubs [S: parallelparliament]; numbers assumed"},
       regional_hubs},
      {{"silence", "circulated to the capital; published after two days unless somebody objects",
        "US 3 FAM 4170: default release, 2 d for social media [M~]; answer rate assumed"},
       [] { return silence_of(2 * day); }},
      {{"silence-5d", "circulated to the capital; published after five days unless somebody objects",
        "US 3 FAM 4170: blogs 5 working days [S: diplopundit], here five days of the wall clock; answer rate assumed"},
       [] { return silence_of(5 * day); }},
      {{"silence-30d", "circulated to the capital; published after thirty days unless somebody objects",
        "US 3 FAM 4170: older cap of 30 days for articles [S: afsa 2014]; answer rate assumed"},
       [] { return silence_of(30 * day); }},
      {{"silence-72h", "circulated to the partners of a coalition; published after 72 hours unless somebody objects",
        "UNGA silence procedure of 72 h and more [S: press.un.org], typical 24-72 h [M~]; answer rate assumed"},
       [] { return silence_of(3 * day); }},
      {{"post-hoc-audit",
        "published after the author's own check; a fifth is audited afterwards and errors are corrected", "assumed"},
       post_hoc_audit},
      {{"crisis-bypass", "as centralized, but urgent messages need only the duty officer, at any hour", "assumed"},
       crisis_bypass},
      {{"peer-review", "a second pair of eyes at the mission",
        "detection per reviewer 0.3-0.6 (FACTS 1); times assumed"},
       peer_review},
      {{"committee", "two of three members must agree; they meet once a day",
        "Sah & Stiglitz 1986 for the rule; numbers assumed"},
       committee},
      {{"hybrid-switch", "centralized until a date, presumed competence from then on",
        "Feb 2014 and Nov 2015 (FACTS 0.3)"},
       hybrid_switch},
      {{"none", "no institution at all: everything appears at once, nothing is checked or corrected", "null model"},
       none},
      {{"instant", "everything appears at once and without error: the bound that no institution can pass",
        "null model"},
       instant},
  };
  return all;
}

template <class Member, class Value>
void apply(std::optional<Value>& change, Member& member) {
  if (change) member = *change;
}

}  // namespace

void settle(Regime& regime) {
  EachStage& each = regime.each;
  if (each.steps && !regime.stages.empty()) regime.stages.front().repeat = *each.steps;
  for (StageSpec& s : regime.stages) {
    if (s.translation) continue;
    apply(each.clerks, s.clerks);
    apply(each.service, s.service);
    apply(each.office, s.office);
    apply(each.discipline, s.discipline);
    apply(each.pass_good, s.pass_good);
    apply(each.pass_bad, s.pass_bad);
    apply(each.never_answer, s.never_answer);
    apply(each.reject, s.reject);
    apply(each.send_back, s.send_back);
    apply(each.edit, s.edit);
    apply(each.on_fault, s.on_fault);
    apply(each.expiry_s, s.expiry_s);
    apply(each.on_expiry, s.on_expiry);
  }
  each = {};
}

const std::vector<PresetInfo>& regime_presets() {
  static const std::vector<PresetInfo> infos = [] {
    std::vector<PresetInfo> list;
    for (const Entry& e : entries()) list.push_back(e.info);
    return list;
  }();
  return infos;
}

Regime regime_preset(const std::string& name) {
  std::vector<std::string> names;
  for (const Entry& e : entries()) {
    if (e.info.name == name) {
      Regime r = e.make();
      r.preset = name;
      r.summary = e.info.summary;
      return r;
    }
    names.push_back(e.info.name);
  }
  const std::string near = nearest(name, names, 3);
  throw InputError({"there is no regime preset \"" + name + "\"", "",
                    near.empty() ? "`demarche list regimes` names them" : "did you mean \"" + near + "\"?"});
}

}  // namespace demarche::models
