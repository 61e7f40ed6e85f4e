#include "models/measures.hpp"

#include <algorithm>

#include "models/curves.hpp"
#include "models/measure_definitions.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"

namespace demarche::models {

namespace {

using study::MeasureInfo;

const Definition& definition_of(const std::string& name) {
  const std::string base = name.substr(0, name.find('/'));
  std::vector<std::string> names;
  for (const Definition& d : definitions()) {
    if (d.info.name == base) return d;
    names.push_back(d.info.name);
  }
  const std::string near = nearest(base, names, 3);
  throw InputError({"there is no measure \"" + base + "\"", "",
                    near.empty() ? "`demarche list measures` names them" : "did you mean \"" + near + "\"?"});
}

bool can_fill(const Scenario& scenario, Needs needs) {
  bool clearance = false, desks = false;
  const auto look_at = [&](const std::vector<StageSpec>& stages) {
    for (const StageSpec& stage : stages) {
      clearance = true;
      desks = desks || stage.clerks > 0;
    }
  };
  for (const auto& [name, regime] : scenario.regimes) {
    look_at(regime.stages);
    for (const auto& [route, stages] : regime.routes) look_at(stages);
  }
  bool crisis = false, missions_write = false;
  for (const auto& [name, stimulus] : scenario.stimuli) {
    crisis = crisis || stimulus.kind == Stimulus::Kind::crisis;
    missions_write = missions_write || stimulus.kind != Stimulus::Kind::seed;
  }
  switch (needs) {
    case Needs::drafts:
      return missions_write;
    case Needs::clearance:
      return clearance;
    case Needs::desks:
      return desks;
    case Needs::channels:
      return !scenario.channels.empty();
    case Needs::errors:
      return scenario.errors.rate > 0;
    case Needs::corrections:
      return scenario.errors.rate > 0 && scenario.errors.corrections;
    case Needs::crisis:
      return crisis;
    case Needs::request:
      return false;
  }
  return false;
}

std::vector<std::string> regions_of(const Scenario& scenario) {
  std::vector<std::string> regions;
  for (const Country& c : scenario.inputs.countries)
    if (!c.region.empty() && std::find(regions.begin(), regions.end(), c.region) == regions.end())
      regions.push_back(c.region);
  return regions;
}

/// The qualified names under which a measure may be asked for, beside its own.
std::vector<std::string> parts_of(const Scenario& scenario, const Definition& d) {
  std::vector<std::string> parts;
  if (d.split == Split::stimulus)
    for (const auto& [name, stimulus] : scenario.stimuli)
      if (d.needs == Needs::crisis ? stimulus.kind == Stimulus::Kind::crisis : scenario.stimuli.size() > 1)
        parts.push_back(name);
  if (d.split == Split::region)
    if (const std::vector<std::string> regions = regions_of(scenario); regions.size() > 1) parts = regions;
  return parts;
}

MeasureInfo qualified(const Definition& d, const std::string& part) {
  MeasureInfo info = d.info;
  info.name += "/" + part;
  info.label += ": " + part;
  return info;
}

}  // namespace

std::vector<MeasureInfo> known_measures() {
  std::vector<MeasureInfo> infos;
  for (const Definition& d : definitions()) infos.push_back(d.info);
  return infos;
}

MeasurePlan measure_plan(const Scenario& scenario) {
  MeasurePlan plan;
  if (scenario.measures.empty()) {
    for (const Definition& d : definitions()) {
      if (!can_fill(scenario, d.needs)) continue;
      const std::vector<std::string> parts = parts_of(scenario, d);
      if (d.needs != Needs::crisis) plan.measures.push_back(d.info);
      for (const std::string& part : parts) plan.measures.push_back(qualified(d, part));
    }
  } else {
    for (const std::string& name : scenario.measures) {
      const Definition& d = definition_of(name);
      if (const std::size_t slash = name.find('/'); slash == std::string::npos) {
        plan.measures.push_back(d.info);
      } else {
        const std::string part = name.substr(slash + 1);
        const std::vector<std::string> parts = parts_of(scenario, d);
        if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
          const std::string near = nearest(part, parts, 3);
          throw InputError({"measure \"" + d.info.name + "\" has no part \"" + part + "\" in this scenario", "",
                            near.empty() ? "" : "did you mean \"" + near + "\"?"});
        }
        plan.measures.push_back(qualified(d, part));
      }
    }
  }
  add_curves(scenario, plan);
  return plan;
}

study::Outcome observe(const MeasurePlan& plan, const World& world, const run::Record& record) {
  const Tally tally = tally_of(world, record);
  const Scenario& scenario = world.scenario();
  study::Outcome outcome;
  CascadeShape shape;
  for (const MeasureInfo& info : plan.measures)
    if (info.name == "cascade-depth" || info.name == "structural-virality") {
      shape = shape_of(record);
      break;
    }
  for (const MeasureInfo& info : plan.measures) {
    const Definition& d = definition_of(info.name);
    Observed o{world, tally, tally.all, &shape, 0, ""};
    const std::size_t slash = info.name.find('/');
    if (slash == std::string::npos) {
      outcome.measures.push_back(d.value(o));
      continue;
    }
    const std::string part = info.name.substr(slash + 1);
    if (d.split == Split::region) {
      o.region = part;
      outcome.measures.push_back(d.value(o));
    } else {
      while (scenario.stimuli[o.stimulus].first != part) ++o.stimulus;
      outcome.measures.push_back(d.value({world, tally, tally.by_stimulus[o.stimulus], &shape, o.stimulus, ""}));
    }
  }
  append_curves(plan, world, record, tally, outcome.curves);
  return outcome;
}

}  // namespace demarche::models
