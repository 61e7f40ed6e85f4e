#pragma once
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "sim/workflow/clearance.hpp"

namespace demarche::workflow::test {

/// A small ministry for tests: one tick is one second, so laws in seconds are laws in ticks.
struct Office {
  Workflow workflow;
  Tick end;
  Luck luck{7, 0};
  std::vector<StoryStep> story;
  std::vector<DeskUse> use;
  std::vector<Decision> order;  // decisions as they came
  std::vector<std::pair<Submission, Tick>> drafts;

  explicit Office(Tick end_tick = 100000, std::int64_t tick_s = 1) : end(end_tick) {
    workflow.clock.tick_s = tick_s;
    add_hours(calendar::OfficeHours::always());
    workflow.routes.emplace_back();
  }

  CalendarId add_hours(const calendar::OfficeHours& hours) {
    workflow.calendars.emplace_back(calendar::zone("UTC"), hours, workflow.clock, end);
    return CalendarId{static_cast<std::uint32_t>(workflow.calendars.size() - 1)};
  }
  /// Open every day from one minute of the day to another; the scenario starts on a Thursday, 1970-01-01, midnight.
  CalendarId daily(int open_min, int close_min) {
    calendar::OfficeHours hours;
    for (int d = 0; d < 7; ++d) hours.week.push_back({d, open_min, close_min});
    return add_hours(hours);
  }
  DeskId desk(std::uint32_t clerks = 1, Discipline discipline = Discipline::first_come,
              CalendarId hours = CalendarId{0}) {
    workflow.desks.push_back({"desk", clerks, hours, discipline, {}});
    return DeskId{static_cast<std::uint32_t>(workflow.desks.size() - 1)};
  }
  Stage& stage(DeskId at, Law service) { return stage({{at, service}}); }
  Stage& stage(const std::vector<std::pair<DeskId, Law>>& reviews) {
    Stage& s = workflow.routes[0].stages.emplace_back();
    for (const auto& [at, service] : reviews) {
      Review r;
      r.desks = {at};
      r.service = service;
      s.reviews.push_back(r);
    }
    s.required = static_cast<std::uint32_t>(reviews.size());
    return s;
  }
  Submission& submit(Tick at, std::uint8_t priority = 1) {
    Submission s;
    s.slot = static_cast<std::uint32_t>(drafts.size());
    s.key = s.slot + 1;
    s.route = RouteId{0};
    s.priority = priority;
    drafts.emplace_back(s, at);
    return drafts.back().first;
  }
  /// Decisions by slot.
  std::vector<Decision> run() {
    validate(workflow);
    story.clear();
    order.clear();
    Clearance clearance(workflow, luck, end, &story);
    for (const auto& [what, at] : drafts) clearance.submit(what, at);
    while (clearance.next() != never) clearance.step(order);
    clearance.close(order);
    clearance.desk_use(use);
    std::vector<Decision> by_slot = order;
    std::sort(by_slot.begin(), by_slot.end(), [](const Decision& a, const Decision& b) { return a.slot < b.slot; });
    return by_slot;
  }
  std::vector<Tick> moments() {
    std::vector<Tick> result;
    for (const Decision& d : run()) result.push_back(d.at);
    return result;
  }
};

}  // namespace demarche::workflow::test
