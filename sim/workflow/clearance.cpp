#include "sim/workflow/clearance.hpp"

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/workflow/state.hpp"

namespace demarche::workflow {

Clearance::State::State(const Workflow& w, const Luck& l, Tick e, std::vector<StoryStep>* s)
    : workflow(w), plan(w), luck(l), end(e), story(s) {
  desks.reserve(w.desks.size());
  for (const Desk& desk : w.desks) {
    const auto& calendar = w.calendars[desk.calendar.value()];
    DEMARCHE_EXPECT(calendar.end() >= end, "a desk's calendar must cover the whole run");
    desks.emplace_back(desk, calendar);
  }
}

void Clearance::State::reset() {
  now = 0;
  events.clear();
  drafts.clear();
  free_drafts.clear();
  tasks.clear();
  free_task = none;
  touched.clear();
  arrivals.clear();
  for (DeskState& desk : desks) {
    desk.queue.clear();
    desk.at_work.clear();
    desk.busy_clerks = desk.waiting = desk.arrivals = desk.met = 0;
    desk.wake_at = desk.met_at = never;
    desk.touched = false;
    desk.use = {};
  }
}

std::uint32_t Clearance::State::new_draft() {
  if (free_drafts.empty()) {
    drafts.emplace_back();
    return static_cast<std::uint32_t>(drafts.size() - 1);
  }
  const std::uint32_t index = free_drafts.back();
  free_drafts.pop_back();
  return index;
}

void Clearance::State::schedule(Tick at, EventKind kind, std::uint32_t desk, const Draft* draft, std::uint32_t sequence,
                                std::uint32_t target, std::uint32_t ticket) {
  if (at >= end) return;
  events.push({at, draft == nullptr ? 0 : draft->what.key, Event::place_of(kind, desk), sequence, target, ticket});
}

bool Clearance::State::stale(const Event& event) const {
  switch (event.kind()) {
    case EventKind::finished:
      return tasks[event.target].ticket != event.ticket;
    case EventKind::wake:
      return desks[event.target].wake_at != event.at;
    case EventKind::expired:
    case EventKind::returned:
    case EventKind::submitted:
      return drafts[event.target].ticket != event.ticket;
  }
  return true;
}

void Clearance::State::drop_stale() {
  while (!events.empty() && stale(events.top())) events.pop();
}

void Clearance::State::take(const Event& event) {
  if (stale(event)) return;
  switch (event.kind()) {
    case EventKind::finished:
      finish(event.target);
      return;
    case EventKind::expired:
      expire(event.target);
      return;
    case EventKind::returned:
      enter(event.target, stage_plan(drafts[event.target]).send_back_to);
      return;
    case EventKind::submitted:
      tell(StoryStep::What::submitted, drafts[event.target]);
      enter(event.target, 0);
      return;
    case EventKind::wake:
      desks[event.target].wake_at = never;
      touch(event.target);
      return;
  }
}

Clearance::Clearance(const Workflow& workflow, const Luck& luck, Tick end, std::vector<StoryStep>* story)
    : state_(std::make_unique<State>(workflow, luck, end, story)) {}
Clearance::~Clearance() = default;
Clearance::Clearance(Clearance&&) noexcept = default;

void Clearance::reset(const Luck& luck) {
  state_->luck = luck;
  state_->reset();
}

void Clearance::submit(const Submission& what, Tick at) {
  State& s = *state_;
  DEMARCHE_EXPECT(at >= s.now, "a draft cannot be submitted in the past");
  DEMARCHE_EXPECT(what.route.valid() && what.route.value() < s.plan.routes.size(), "a draft needs a route");
  DEMARCHE_EXPECT(what.origin < s.plan.routes[what.route.value()].origins, "no desk serves this origin");
  const std::uint32_t index = s.new_draft();
  Draft& draft = s.drafts[index];
  const std::uint32_t ticket = draft.ticket + 1;
  draft = {};
  draft.what = what;
  draft.ticket = ticket;
  draft.stage = none;
  draft.live = true;
  s.schedule(at, EventKind::submitted, 0, &draft, 0, index, ticket);
}

Tick Clearance::next() const {
  return state_->events.empty() ? never : state_->events.top().at;
}

// One tick, in this order:
//   1. events that were due, by (kind, desk, message key, sequence): finished reviews leave their desks, expired stages
//      end, drafts come back from their authors, new drafts come in. Where a draft goes next is known at once: to the
//      desks of a later stage, in this same tick, or out.
//   2. Everybody who arrives somewhere in this tick joins the queues, by (desk, message key, stage and review).
//   3. Each desk at which something changed takes up work, by its discipline, among all who wait there.
// So departures come before arrivals at every desk, and a desk chooses among all who have come by the end of the tick.
// Phase 1 never meets an event made by phases 2 and 3: a review takes at least one tick. Hence every event of a tick
// is in the heap before the first is taken, and their order is that of the key, whoever called first.
void Clearance::step(std::vector<Decision>& decisions) {
  State& s = *state_;
  if (s.events.empty()) return;
  s.now = s.events.top().at;
  s.decisions = &decisions;
  while (!s.events.empty() && s.events.top().at == s.now) s.take(s.events.pop());
  s.queue_arrivals();
  for (const std::uint32_t desk : s.touched) {
    s.desks[desk].touched = false;
    s.serve(desk);
  }
  s.touched.clear();
  s.drop_stale();
}

void Clearance::close(std::vector<Decision>& decisions) {
  State& s = *state_;
  const std::size_t first = decisions.size();
  for (const Draft& draft : s.drafts) {
    if (!draft.live) continue;
    Decision d = s.decision_of(draft);
    for (std::uint32_t t = draft.tasks; t != none; t = s.tasks[t].next) {
      const Task& task = s.tasks[t];
      if (task.state == Task::State::waiting) d.waiting += s.end - task.arrived;
      if (task.state == Task::State::working) {
        const auto& calendar = *s.desks[task.desk].calendar;
        d.work += std::min(task.left, calendar.work_before(s.end) - calendar.work_before(task.since));
      }
    }
    const bool at_a_desk = draft.tasks != none || draft.with_author || draft.stage == none;
    d.fate = at_a_desk ? Fate::pending : Fate::unanswered;
    decisions.push_back(d);
  }
  std::sort(decisions.begin() + static_cast<std::ptrdiff_t>(first), decisions.end(),
            [](const Decision& a, const Decision& b) { return a.slot < b.slot; });
}

void Clearance::desk_use(std::vector<DeskUse>& result) const {
  const State& s = *state_;
  result.clear();
  for (const DeskState& desk : s.desks) {
    result.push_back(desk.use);
    if (desk.desk->meeting.empty()) result.back().open = desk.desk->clerks * desk.calendar->work_before(s.end);
  }
  for (const Draft& draft : s.drafts) {
    if (!draft.live) continue;
    for (std::uint32_t t = draft.tasks; t != none; t = s.tasks[t].next) {
      const Task& task = s.tasks[t];
      if (task.state != Task::State::working) continue;
      const auto& calendar = *s.desks[task.desk].calendar;
      result[task.desk].busy += std::min(task.left, calendar.work_before(s.end) - calendar.work_before(task.since));
    }
  }
}

}  // namespace demarche::workflow
