#include <fmt/format.h>

#include "output/cli/describe.hpp"
#include "output/cli/words.hpp"
#include "sim/base/text.hpp"

namespace demarche::cli {
namespace {

using models::StageSpec;

const Law no_time = Law::fixed(0);

std::string placed(models::Placement placement) {
  switch (placement) {
    case models::Placement::capital:
      return "in the capital";
    case models::Placement::hub:
      return "at a regional hub";
    case models::Placement::mission:
      break;
  }
  return "at the mission";
}

std::string on_fault(workflow::OnFault what) {
  switch (what) {
    case workflow::OnFault::reject:
      return "rejects";
    case workflow::OnFault::correct:
      return "mends";
    case workflow::OnFault::send_back:
      break;
  }
  return "sends back";
}

std::string on_expiry(workflow::OnExpiry what) {
  switch (what) {
    case workflow::OnExpiry::drop:
      return "dropped";
    case workflow::OnExpiry::escalate:
      return "passed up";
    case workflow::OnExpiry::release:
      break;
  }
  return "published by silence";
}

std::string stage_text(const StageSpec& s) {
  std::string text = s.repeat > 1 ? fmt::format("{} x ", s.repeat) : std::string();
  text += s.name + " (" + placed(s.placement);
  if (s.reviewers > 1)
    text += fmt::format(", {} of {} reviewers", s.required == 0 ? s.reviewers : s.required, s.reviewers);
  text +=
      s.clerks == 0 ? ", as many clerks as needed" : fmt::format(", {} clerk{}", s.clerks, s.clerks == 1 ? "" : "s");
  if (s.service != no_time) text += ", " + s.service.text() + " of working time";
  if (s.pass_bad < 1) text += fmt::format(", {} {} of errors", on_fault(s.on_fault), percent(1 - s.pass_bad));
  if (s.pass_good < 1) text += fmt::format(", takes {} of sound drafts for faulty ones", percent(1 - s.pass_good));
  if (s.never_answer > 0) text += fmt::format(", never answers {}", percent(s.never_answer));
  if (s.reject > 0) text += fmt::format(", rejects {} at will", percent(s.reject));
  if (s.send_back > 0) text += fmt::format(", sends back {} at will", percent(s.send_back));
  if (s.edit > 0) text += fmt::format(", edits {}", percent(s.edit));
  if (s.patience || s.expiry_s > 0)
    text += fmt::format(", {} after {}{}", on_expiry(s.on_expiry),
                        s.patience ? s.patience->text() : duration_text(s.expiry_s),
                        s.expiry_working_time ? " of working time" : "");
  if (s.meeting_every_s > 0) text += ", meets every " + duration_text(s.meeting_every_s);
  if (s.translation) text += ", translations only";
  return text + ")";
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& w : words) text += (text.empty() ? "" : ", ") + w;
  return text;
}

std::string rule_text(const models::RouteRule& rule) {
  std::string when;
  const auto also = [&](const std::string& condition) { when += (when.empty() ? "" : " and ") + condition; };
  if (!rule.tiers.empty()) also("of tier " + listed(rule.tiers));
  if (!rule.stimuli.empty()) also("from " + listed(rule.stimuli));
  if (!rule.channels.empty()) also("for " + listed(rule.channels));
  if (rule.urgent) also(*rule.urgent ? "urgent" : "not urgent");
  if (rule.exempt) also(*rule.exempt ? "of exempt missions" : "of missions that are not exempt");
  return "messages " + (when.empty() ? "of any kind" : when) +
         (rule.route == "none" ? " are published at once" : " take the route " + rule.route);
}

}  // namespace

std::string regime_sentence(const models::Scenario& scenario, const models::Regime& regime) {
  std::string text;
  const auto also = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  if (regime.self_check != no_time || regime.self_check_catch > 0)
    also(fmt::format("the author's own check ({}, finds {} of errors)", regime.self_check.text(),
                     percent(regime.self_check_catch)));
  const auto route = [&](const std::string& before, const std::vector<StageSpec>& stages) {
    std::string line = before;
    for (std::size_t k = 0; k < stages.size(); ++k) line += (k == 0 ? "" : ", then ") + stage_text(stages[k]);
    also(line);
  };
  if (!regime.stages.empty()) route(regime.routes.empty() ? "" : "route main: ", regime.stages);
  for (const auto& [name, stages] : regime.routes) route("route " + name + ": ", stages);
  for (const models::RouteRule& rule : regime.rules) also(rule_text(rule));
  if (regime.stages.empty() && regime.routes.empty())
    also("nobody approves: drafts are published when they are written");
  if (regime.perfect) also("no draft has an error");
  if (regime.audit.share > 0)
    also(fmt::format("{} of what is published is examined afterwards and {} of errors found",
                     percent(regime.audit.share), percent(regime.audit.detection)));
  if (!regime.corrections && scenario.errors.corrections) also("errors are not corrected");
  if (!regime.exempt_missions.empty()) also(fmt::format("{} missions are exempt", regime.exempt_missions.size()));
  if (regime.switch_at_s) also("from " + duration_text(*regime.switch_at_s) + " on as " + regime.switch_to);
  const std::size_t missions = scenario.inputs.missions.size();
  also(fmt::format("{} of {} missions hold accounts", accounts_of(scenario, regime), missions));
  return text;
}

}  // namespace demarche::cli
