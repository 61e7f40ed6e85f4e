#pragma once
#include <cstdint>
#include <limits>
#include <vector>

#include "sim/workflow/clearance.hpp"
#include "sim/workflow/event_heap.hpp"
#include "sim/workflow/plan.hpp"
#include "sim/workflow/ready_queue.hpp"

namespace demarche::workflow {

inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// A draft between submission and decision. Its ticket grows whenever it enters or leaves a stage, and never starts
/// again when the place is reused: an older expiry does not find it.
struct Draft {
  Submission what;
  Ticks waiting = 0, work = 0;
  std::uint32_t stage = 0, rounds = 0, reviews = 0;
  std::uint32_t ticket = 0;
  std::uint32_t tasks = none;            // first of the reviews of this stage without an answer
  std::uint32_t passed = 0, failed = 0;  // answers of this stage
  bool version_faulty = false;           // as it arrived at the stage: what its reviewers examine
  bool edited = false;
  bool asked_back = false, fault_found = false, begun = false;  // of this stage
  bool with_author = false, live = false;
};

/// One review of one visit, at its desk.
struct Task {
  enum class State : std::uint8_t { waiting, working, interrupted };
  std::uint32_t draft = none;
  std::uint32_t next = none;  // of the same draft; or of the free list
  std::uint32_t desk = 0, review = 0;
  std::uint32_t ticket = 0;  // grows with every change of state
  std::uint32_t order = 0;
  Tick arrived = 0, since = 0;  // since: start of this spell of work
  Ticks left = 0;               // working time still needed at `since`
  Outcome outcome = Outcome::pass;
  State state = State::waiting;
};

struct DeskState {
  DeskState(const Desk& d, const calendar::WorkCalendar& c) : desk(&d), calendar(&c), queue(d.discipline) {}

  const Desk* desk;
  const calendar::WorkCalendar* calendar;
  ReadyQueue queue;
  std::vector<std::uint32_t> at_work;  // tasks; only of a desk whose work can be interrupted
  std::uint32_t busy_clerks = 0, waiting = 0, arrivals = 0;
  Tick wake_at = never;
  Tick met_at = never;
  std::uint32_t met = 0;  // items taken at met_at
  bool touched = false;
  DeskUse use;
};

struct Arrival {
  std::uint32_t desk = 0, sequence = 0, task = 0;
  MessageKey key = 0;
};

struct Clearance::State {
  State(const Workflow& w, const Luck& l, Tick e, std::vector<StoryStep>* s);

  const Workflow& workflow;
  Plan plan;
  Luck luck;  // by value: a caller may pass a temporary
  Tick end;
  std::vector<StoryStep>* story;

  Tick now = 0;
  EventHeap events;
  std::vector<Draft> drafts;
  std::vector<std::uint32_t> free_drafts;
  std::vector<Task> tasks;
  std::uint32_t free_task = none;
  std::vector<DeskState> desks;
  std::vector<std::uint32_t> touched;
  std::vector<Arrival> arrivals;
  std::vector<Decision>* decisions = nullptr;

  // clearance.cpp
  void reset();
  std::uint32_t new_draft();
  void take(const Event& event);
  bool stale(const Event& event) const;
  void drop_stale();
  void schedule(Tick at, EventKind kind, std::uint32_t desk, const Draft* draft, std::uint32_t sequence,
                std::uint32_t target, std::uint32_t ticket);

  // stages.cpp: what becomes of drafts
  const StagePlan& stage_plan(const Draft& draft) const;
  Question question(const Draft& draft, std::uint32_t review) const;
  void enter(std::uint32_t draft, std::uint32_t stage);
  void answered(std::uint32_t draft, const Task& task);
  void send_back(std::uint32_t draft);
  void expire(std::uint32_t draft);
  void decide(std::uint32_t draft, Fate fate, bool by_silence);
  Decision decision_of(const Draft& draft) const;
  void tell(StoryStep::What what, const Draft& draft, std::uint32_t review = 0, DeskId desk = {});

  // desks.cpp: what happens at desks
  std::uint32_t new_task(std::uint32_t draft, std::uint32_t review, std::uint32_t desk);
  void free(std::uint32_t task);
  void touch(std::uint32_t desk);
  void queue_arrivals();
  void serve(std::uint32_t desk);
  void hold_meeting(std::uint32_t desk);
  void wake(std::uint32_t desk, Tick at);
  bool next_in_line(DeskState& desk, Ready& entry);
  void start(std::uint32_t task);
  void interrupt_for_urgent(std::uint32_t desk);
  void finish(std::uint32_t task);
  void withdraw_all(std::uint32_t draft);
  void leave_work(Task& task, Ticks worked);
  std::uint64_t rank(const Task& task) const;
};

}  // namespace demarche::workflow
