#include "models/compile_regime.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "models/presets.hpp"
#include "models/world.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"

namespace demarche::models {

namespace {

/// Builds one workflow; routes of several regimes may be added (a regime that switches has both).
class WorkflowBuilder {
 public:
  explicit WorkflowBuilder(const Scenario& scenario) : scenario_(scenario) {
    workflow_.clock = clock_of(scenario);
    for (const Mission& m : scenario.inputs.missions) origins_.push_back(m);
    // the capital is the last origin; it belongs to the region of its country where the table knows it
    Mission capital{"capital", scenario.ministry.country, scenario.ministry.capital_zone, "capital"};
    for (const Country& c : scenario.inputs.countries)
      if (c.code == capital.host && !capital.host.empty()) capital.region = c.region;
    origins_.push_back(capital);
  }

  RouteId add(const std::string& name, const std::vector<StageSpec>& stages) {
    workflow::Route route;
    route.name = name;
    for (const StageSpec& spec : stages)
      for (std::uint32_t i = 0; i < spec.repeat; ++i) {
        std::string stage_name = spec.name;
        if (spec.repeat > 1) stage_name.append(" ").append(std::to_string(i + 1));
        route.stages.push_back(stage(spec, stage_name));
      }
    workflow_.routes.push_back(std::move(route));
    return RouteId(static_cast<std::uint32_t>(workflow_.routes.size() - 1));
  }

  workflow::Workflow take() {
    workflow::validate(workflow_);
    return std::move(workflow_);
  }

 private:
  workflow::Stage stage(const StageSpec& spec, const std::string& name) {
    workflow::Stage s;
    s.name = name;
    for (std::uint32_t r = 0; r < spec.reviewers; ++r) {
      workflow::Review review;
      const std::string desk = spec.reviewers > 1 ? name + " (" + std::to_string(r + 1) + ")" : name;
      review.desks = desks(spec, desk);
      review.service = spec.service;
      review.pass_good = spec.pass_good;
      review.pass_bad = spec.pass_bad;
      review.on_fault = spec.on_fault;
      review.never_answer = spec.never_answer;
      review.reject = spec.reject;
      review.send_back = spec.send_back;
      review.edit = spec.edit;
      review.edit_service = spec.edit_service;
      s.reviews.push_back(std::move(review));
    }
    s.required = spec.required == 0 ? spec.reviewers : spec.required;
    s.send_back_to = spec.send_back_to;
    s.rework = spec.rework;
    s.expiry.after = workflow_.clock.ticks(spec.expiry_s, spec.expiry_s > 0 ? 1 : 0);
    s.expiry.working_time = spec.expiry_working_time;
    s.expiry.waiting_only = spec.expiry_waiting_only;
    s.expiry.action = spec.on_expiry;
    if (spec.patience) {
      s.expiry.patience = *spec.patience;
      s.expiry.patience_drawn = true;
    }
    if (spec.translation) s.only_flags = run::flag_translate;
    return s;
  }

  std::vector<DeskId> desks(const StageSpec& spec, const std::string& name) {
    if (spec.placement == Placement::capital) return {desk(spec, name, scenario_.ministry.capital_zone)};
    std::vector<DeskId> by_origin;
    std::map<std::string, DeskId> hubs;
    for (const Mission& o : origins_) {
      if (spec.placement == Placement::mission) {
        by_origin.push_back(desk(spec, name + ", " + o.name, o.zone));
      } else {
        // a hub stands where the first mission of its region stands
        auto [hub, fresh] = hubs.try_emplace(o.region);
        if (fresh) hub->second = desk(spec, name + ", hub " + o.region, o.zone);
        by_origin.push_back(hub->second);
      }
    }
    return by_origin;
  }

  DeskId desk(const StageSpec& spec, const std::string& name, const std::string& zone) {
    workflow::Desk d;
    d.name = name;
    d.clerks = spec.clerks;
    d.discipline = spec.discipline;
    d.calendar = calendar_of(zone, spec.office ? *spec.office : scenario_.ministry.office);
    if (spec.meeting_every_s > 0)
      d.meeting.push_back({workflow_.clock.ticks(spec.meeting_first_s), workflow_.clock.ticks(spec.meeting_every_s, 1),
                           spec.meeting_capacity});
    workflow_.desks.push_back(std::move(d));
    return DeskId(static_cast<std::uint32_t>(workflow_.desks.size() - 1));
  }

  CalendarId calendar_of(const std::string& zone, const OfficePlan& plan) {
    const auto key = std::make_tuple(zone, plan.hours, plan.days, plan.holidays);
    auto [known, fresh] = calendars_.try_emplace(key);
    if (fresh) {
      workflow_.calendars.emplace_back(calendar::zone(zone), office_hours(plan), workflow_.clock, end_of(scenario_));
      known->second = CalendarId(static_cast<std::uint32_t>(workflow_.calendars.size() - 1));
    }
    return known->second;
  }

  const Scenario& scenario_;
  std::vector<Mission> origins_;
  workflow::Workflow workflow_;
  std::map<std::tuple<std::string, std::vector<std::pair<int, int>>, std::vector<int>, std::vector<std::int64_t>>,
           CalendarId>
      calendars_;
};

std::size_t index_of(const std::vector<std::string>& known, const std::string& name, const char* what) {
  const auto found = std::find(known.begin(), known.end(), name);
  if (found == known.end()) {
    const std::string near = nearest(name, known);
    throw InputError({std::string("a rule names the ") + what + " \"" + name + "\", which the scenario does not have",
                      "", near.empty() ? "" : "did you mean \"" + near + "\"?"});
  }
  return static_cast<std::size_t>(found - known.begin());
}

template <class Named>
std::vector<std::string> names_of(const Named& list) {
  std::vector<std::string> names;
  for (const auto& [name, value] : list) names.push_back(name);
  return names;
}

/// Adds a regime's routes and rules, in force for drafts submitted in [from, until).
void add_rules(const Scenario& scenario, const Regime& regime, Tick from, Tick until, WorkflowBuilder& builder,
               run::Arm& arm) {
  std::map<std::string, RouteId> routes;
  routes.emplace("main", builder.add("main", regime.stages));
  for (const auto& [name, stages] : regime.routes) routes.emplace(name, builder.add(name, stages));
  if (!routes.contains("none")) routes.emplace("none", builder.add("none", {}));
  const std::vector<std::string> tiers = tier_names(scenario);
  const std::vector<std::string> stimuli = names_of(scenario.stimuli), channels = names_of(scenario.channels);
  std::vector<std::string> route_names = names_of(routes);
  for (const RouteRule& rule : regime.rules) {
    run::RoutingRule r;
    for (const std::string& t : rule.tiers) {
      // a preset may speak of tiers that this scenario does not use
      const auto found = std::find(tiers.begin(), tiers.end(), t);
      r.tiers |= found == tiers.end() ? std::uint64_t{1} << 63 : std::uint64_t{1} << (found - tiers.begin());
    }
    for (const std::string& s : rule.stimuli) r.stimuli |= std::uint64_t{1} << index_of(stimuli, s, "stimulus");
    if (!rule.topics.empty()) {
      std::uint64_t about = 0;
      for (std::size_t i = 0; i < scenario.stimuli.size(); ++i)
        if (std::find(rule.topics.begin(), rule.topics.end(), scenario.stimuli[i].second.topic) != rule.topics.end())
          about |= std::uint64_t{1} << i;
      const std::uint64_t both = r.stimuli == 0 ? about : r.stimuli & about;
      r.stimuli = both == 0 ? std::uint64_t{1} << 63 : both;  // no stimulus has that number: the rule holds for none
    }
    if (!rule.kinds.empty()) {
      for (const Mission& m : scenario.inputs.missions)
        r.origins.push_back(std::find(rule.kinds.begin(), rule.kinds.end(), m.kind) != rule.kinds.end());
      r.origins.push_back(std::find(rule.kinds.begin(), rule.kinds.end(), "capital") != rule.kinds.end());
    }
    for (const std::string& c : rule.channels) r.channels |= 1U << index_of(channels, c, "channel");
    if (rule.urgent) r.urgent = *rule.urgent ? 1 : 0;
    if (rule.exempt) r.exempt = *rule.exempt ? 1 : 0;
    r.from = from;
    r.until = until;
    index_of(route_names, rule.route, "route");
    r.route = routes.at(rule.route);
    arm.rules.push_back(r);
  }
  run::RoutingRule otherwise;
  otherwise.from = from;
  otherwise.until = until;
  otherwise.route = routes.at("main");
  arm.rules.push_back(otherwise);
  arm.habits.push_back({.from = from,
                        .self_check = regime.self_check,
                        .catches = Coin(regime.self_check_catch),
                        .perfect = regime.perfect,
                        .corrections = regime.corrections,
                        .accounts = regime.accounts.value_or(scenario.ministry.accounts) + 1,  // and the capital
                        .audit = Coin(regime.audit.share),
                        .audit_detects = Coin(regime.audit.detection),
                        .audit_delay = regime.audit.delay});
}

Regime regime_or_preset(const Scenario& scenario, const std::string& name) {
  for (const auto& [known, regime] : scenario.regimes)
    if (known == name) return regime;
  return regime_preset(name);
}

}  // namespace

calendar::OfficeHours office_hours(const OfficePlan& plan) {
  calendar::OfficeHours hours;
  for (int day = 0; day < 7; ++day) {
    if (!plan.days.empty() && std::find(plan.days.begin(), plan.days.end(), day) == plan.days.end()) continue;
    if (plan.hours.empty()) hours.week.push_back({day, 0, 1440});
    for (const auto& [open, close] : plan.hours) hours.week.push_back({day, open, close});
  }
  hours.holidays = plan.holidays;
  return hours;
}

std::vector<std::string> tier_names(const Scenario& scenario) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& tier) {
    if (std::find(names.begin(), names.end(), tier) == names.end()) names.push_back(tier);
  };
  for (const auto& [name, stimulus] : scenario.stimuli) {
    if (stimulus.tiers.empty()) add("low");
    for (const auto& [tier, share] : stimulus.tiers) add(tier);
  }
  return names;
}

run::Arm compile_regime(const Scenario& scenario, const std::string& name, const Regime& regime) {
  run::Arm arm;
  arm.name = name;
  WorkflowBuilder builder(scenario);
  const Clock clock = clock_of(scenario);
  const Tick change = regime.switch_at_s ? clock.ticks(*regime.switch_at_s) : never;
  add_rules(scenario, regime, 0, change, builder, arm);
  if (regime.switch_at_s)
    add_rules(scenario, regime_or_preset(scenario, regime.switch_to), change, never, builder, arm);
  arm.workflow = builder.take();
  if (!regime.exempt_missions.empty()) {
    arm.exempt.assign(scenario.inputs.missions.size() + 1, false);
    for (const std::uint32_t m : regime.exempt_missions) {
      if (m >= scenario.inputs.missions.size())
        throw InputError({"exempt mission " + std::to_string(m) + " does not exist",
                          "there are " + std::to_string(scenario.inputs.missions.size()) + " missions, counted from 0",
                          ""});
      arm.exempt[m] = true;
    }
  }
  return arm;
}

}  // namespace demarche::models
