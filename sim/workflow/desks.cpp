#include <algorithm>
#include <tuple>

#include "sim/workflow/state.hpp"

namespace demarche::workflow {

std::uint32_t Clearance::State::new_task(std::uint32_t draft, std::uint32_t review, std::uint32_t desk) {
  std::uint32_t index = free_task;
  if (index == none) {
    index = static_cast<std::uint32_t>(tasks.size());
    tasks.emplace_back();
  } else {
    free_task = tasks[index].next;
  }
  Task& task = tasks[index];
  task.draft = draft;
  task.review = review;
  task.desk = desk;
  task.arrived = now;
  task.state = Task::State::waiting;
  return index;
}

void Clearance::State::free(std::uint32_t index) {
  ++tasks[index].ticket;
  tasks[index].next = free_task;
  free_task = index;
}

void Clearance::State::touch(std::uint32_t desk) {
  if (desks[desk].touched) return;
  desks[desk].touched = true;
  touched.push_back(desk);
}

std::uint64_t Clearance::State::rank(const Task& task) const {
  const Submission& what = drafts[task.draft].what;
  switch (desks[task.desk].desk->discipline) {
    case Discipline::first_come:
    case Discipline::last_in:
      return 0;
    case Discipline::priority:
    case Discipline::preemptive_priority:
      return what.priority;
    case Discipline::earliest_deadline:
      // deadlines before the scenario's start keep their order
      return static_cast<std::uint64_t>(what.deadline) ^ (std::uint64_t{1} << 63);
  }
  return 0;
}

void Clearance::State::queue_arrivals() {
  if (arrivals.size() > 1)
    std::sort(arrivals.begin(), arrivals.end(), [](const Arrival& a, const Arrival& b) {
      return std::tie(a.desk, a.key, a.sequence) < std::tie(b.desk, b.key, b.sequence);
    });
  for (const Arrival& arrival : arrivals) {
    Task& task = tasks[arrival.task];
    DeskState& desk = desks[arrival.desk];
    task.order = desk.arrivals++;
    ++desk.waiting;
    desk.queue.push({rank(task), task.order, arrival.task, task.ticket});
    tell(StoryStep::What::arrived, drafts[task.draft], task.review, DeskId{arrival.desk});
    touch(arrival.desk);
  }
  arrivals.clear();
}

void Clearance::State::wake(std::uint32_t index, Tick at) {
  DeskState& desk = desks[index];
  if (at == desk.wake_at || at >= end) return;
  desk.wake_at = at;
  schedule(at, EventKind::wake, index, nullptr, 0, index, 0);
}

bool Clearance::State::next_in_line(DeskState& desk, Ready& entry) {
  while (!desk.queue.empty()) {
    entry = desk.queue.top();
    if (tasks[entry.task].ticket == entry.ticket) return true;
    desk.queue.pop();
  }
  return false;
}

void Clearance::State::serve(std::uint32_t index) {
  DeskState& desk = desks[index];
  if (desk.waiting == 0) {
    desk.queue.clear();
    return;
  }
  if (!desk.desk->meeting.empty()) {
    hold_meeting(index);
  } else {
    const bool preemptive = desk.desk->discipline == Discipline::preemptive_priority;
    const auto idle = [&desk] { return desk.desk->clerks == 0 || desk.busy_clerks < desk.desk->clerks; };
    if (idle() || preemptive) {
      const Tick opening = desk.calendar->next_open(now);
      if (opening == now) {
        Ready entry;
        while (idle() && next_in_line(desk, entry)) {
          desk.queue.pop();
          start(entry.task);
        }
        if (preemptive) interrupt_for_urgent(index);
      } else {
        wake(index, opening);
      }
    }
  }
  desk.use.longest_queue = std::max(desk.use.longest_queue, desk.waiting);
}

namespace {

/// The first meeting at or after t. One that falls into closed time is held at the next opening; those that come to
/// the same opening are one.
Tick next_meeting(const Meeting& meeting, const calendar::WorkCalendar& calendar, Tick t) {
  if (t <= meeting.first) return calendar.next_open(meeting.first);
  const Ticks passed = (t - 1 - meeting.first) / meeting.every;  // the last one called before t
  const Tick postponed = calendar.next_open(meeting.first + passed * meeting.every);
  if (postponed >= t) return postponed;
  const Tick next = meeting.first + (passed + 1) * meeting.every;
  return next < calendar.end() ? calendar.next_open(next) : never;
}

}  // namespace

void Clearance::State::hold_meeting(std::uint32_t index) {
  DeskState& desk = desks[index];
  const Meeting& meeting = desk.desk->meeting.front();
  if (next_meeting(meeting, *desk.calendar, now) == now) {
    if (desk.met_at != now) desk.met = 0;
    desk.met_at = now;
    Ready entry;
    while ((meeting.capacity == 0 || desk.met < meeting.capacity) && next_in_line(desk, entry)) {
      desk.queue.pop();
      ++desk.met;
      start(entry.task);
    }
  }
  if (desk.waiting > 0) wake(index, next_meeting(meeting, *desk.calendar, now + 1));
}

void Clearance::State::start(std::uint32_t index) {
  Task& task = tasks[index];
  Draft& draft = drafts[task.draft];
  DeskState& desk = desks[task.desk];
  if (task.state == Task::State::waiting) {
    draft.waiting += now - task.arrived;
    draft.begun = true;
    const Judgement j = judge(plan.reviews[stage_plan(draft).first_review + task.review], question(draft, task.review),
                              luck, workflow.clock);
    task.outcome = j.outcome;
    task.left = j.work;
    tell(StoryStep::What::started, draft, task.review, DeskId{task.desk});
  } else {
    tell(StoryStep::What::resumed, draft, task.review, DeskId{task.desk});
  }
  task.state = Task::State::working;
  task.since = now;
  ++task.ticket;
  --desk.waiting;
  ++desk.busy_clerks;
  if (desk.desk->discipline == Discipline::preemptive_priority) desk.at_work.push_back(index);
  if (task.left < end - now)
    schedule(desk.calendar->finish(now, task.left), EventKind::finished, task.desk, &draft,
             draft.stage * 64 + task.review, index, task.ticket);
}

void Clearance::State::interrupt_for_urgent(std::uint32_t index) {
  DeskState& desk = desks[index];
  if (!desk.desk->meeting.empty()) return;
  Ready best;
  while (!desk.at_work.empty() && next_in_line(desk, best)) {
    // the least urgent gives way, the latest come among equals
    const std::uint32_t victim =
        *std::max_element(desk.at_work.begin(), desk.at_work.end(), [this](std::uint32_t a, std::uint32_t b) {
          return std::tuple(rank(tasks[a]), tasks[a].order) < std::tuple(rank(tasks[b]), tasks[b].order);
        });
    Task& task = tasks[victim];
    if (best.rank >= rank(task)) return;
    desk.queue.pop();
    const Ticks worked = desk.calendar->work_before(now) - desk.calendar->work_before(task.since);
    leave_work(task, worked);
    task.left -= worked;
    task.state = Task::State::interrupted;
    ++task.ticket;
    ++desk.waiting;
    desk.queue.push({rank(task), task.order, victim, task.ticket});
    tell(StoryStep::What::interrupted, drafts[task.draft], task.review, DeskId{index});
    start(best.task);
  }
}

void Clearance::State::leave_work(Task& task, Ticks worked) {
  DeskState& desk = desks[task.desk];
  desk.use.busy += worked;
  drafts[task.draft].work += worked;
  --desk.busy_clerks;
  if (desk.desk->discipline == Discipline::preemptive_priority)
    desk.at_work.erase(
        std::find(desk.at_work.begin(), desk.at_work.end(), static_cast<std::uint32_t>(&task - tasks.data())));
}

void Clearance::State::finish(std::uint32_t index) {
  Task& task = tasks[index];
  const std::uint32_t owner = task.draft;
  Draft& draft = drafts[owner];
  leave_work(task, task.left);
  touch(task.desk);
  ++desks[task.desk].use.served;
  ++draft.reviews;
  std::uint32_t* link = &draft.tasks;
  while (*link != index) link = &tasks[*link].next;
  *link = task.next;
  const Task done = task;
  free(index);
  answered(owner, done);
}

void Clearance::State::withdraw_all(std::uint32_t owner) {
  Draft& draft = drafts[owner];
  while (draft.tasks != none) {
    const std::uint32_t index = draft.tasks;
    Task& task = tasks[index];
    DeskState& desk = desks[task.desk];
    if (task.state == Task::State::working) {
      leave_work(task, desk.calendar->work_before(now) - desk.calendar->work_before(task.since));
      touch(task.desk);
    } else {
      --desk.waiting;
      if (task.state == Task::State::waiting) draft.waiting += now - task.arrived;
    }
    draft.tasks = task.next;
    free(index);
  }
}

}  // namespace demarche::workflow
