#include "sim/workflow/state.hpp"

namespace demarche::workflow {

const StagePlan& Clearance::State::stage_plan(const Draft& draft) const {
  return plan.stages[plan.routes[draft.what.route.value()].first_stage + draft.stage];
}

Question Clearance::State::question(const Draft& draft, std::uint32_t review) const {
  return {draft.what.key, draft.stage, review, draft.rounds, draft.version_faulty};
}

void Clearance::State::tell(StoryStep::What what, const Draft& draft, std::uint32_t review, DeskId desk) {
  if (story != nullptr)
    story->push_back({now, draft.what.slot, what, draft.stage == none ? 0 : draft.stage, review, desk});
}

void Clearance::State::enter(std::uint32_t index, std::uint32_t stage) {
  Draft& draft = drafts[index];
  const RoutePlan& route = plan.routes[draft.what.route.value()];
  while (stage < route.stages) {
    const std::uint32_t only = plan.stages[route.first_stage + stage].only_flags;
    if (only == 0 || (only & draft.what.flags) != 0) break;
    ++stage;
  }
  if (stage >= route.stages) {
    decide(index, Fate::released, false);
    return;
  }
  draft.stage = stage;
  ++draft.ticket;
  draft.passed = draft.failed = 0;
  draft.version_faulty = draft.what.faulty;
  draft.asked_back = draft.fault_found = draft.begun = draft.with_author = false;
  const StagePlan& s = stage_plan(draft);
  for (std::uint32_t review = s.reviews; review-- > 0;) {
    const std::uint32_t desk = plan.reviews[s.first_review + review].desk(draft.what.origin).value();
    const std::uint32_t task = new_task(index, review, desk);
    tasks[task].next = draft.tasks;
    draft.tasks = task;
    arrivals.push_back({desk, draft.stage * 64 + review, task, draft.what.key});
  }
  if (!s.expires) return;
  const Ticks after = patience(s, question(draft, 0), luck, workflow.clock);
  if (after >= end - now) return;
  const Tick at = s.expiry->working_time ? desks[tasks[draft.tasks].desk].calendar->finish(now, after) : now + after;
  schedule(at, EventKind::expired, 0, &draft, stage, index, draft.ticket);
}

void Clearance::State::answered(std::uint32_t index, const Task& task) {
  using What = StoryStep::What;
  Draft& draft = drafts[index];
  const StagePlan& s = stage_plan(draft);
  const DeskId desk{task.desk};
  switch (task.outcome) {
    case Outcome::pass:
      tell(What::passed, draft, task.review, desk);
      ++draft.passed;
      break;
    case Outcome::edit:
      tell(What::edited, draft, task.review, desk);
      draft.edited = true;
      ++draft.passed;
      break;
    case Outcome::correct:
      tell(What::corrected, draft, task.review, desk);
      draft.what.faulty = false;
      ++draft.passed;
      break;
    case Outcome::reject:
      tell(What::failed, draft, task.review, desk);
      ++draft.failed;
      break;
    case Outcome::send_back_fault:
      draft.fault_found = true;
      [[fallthrough]];
    case Outcome::send_back:
      tell(What::sent_back, draft, task.review, desk);
      draft.asked_back = true;
      ++draft.failed;
      break;
    case Outcome::never_answer:
      // nobody knows yet that no answer will come: the review still counts as one that may pass
      tell(What::unanswered, draft, task.review, desk);
      return;
  }
  if (draft.passed >= s.required) {
    withdraw_all(index);
    enter(index, draft.stage + 1);
  } else if (s.reviews - draft.failed < s.required) {
    withdraw_all(index);
    if (draft.asked_back)
      send_back(index);
    else
      decide(index, Fate::rejected, false);
  }
}

void Clearance::State::send_back(std::uint32_t index) {
  Draft& draft = drafts[index];
  const StagePlan& s = stage_plan(draft);
  const Ticks time = rework(s, question(draft, 0), luck, workflow.clock);
  if (++draft.rounds > plan.routes[draft.what.route.value()].max_rounds) {
    decide(index, Fate::rejected, false);
    return;
  }
  if (draft.fault_found) draft.what.faulty = false;
  ++draft.ticket;
  draft.with_author = true;
  if (time == 0)
    enter(index, s.send_back_to);
  else if (time < end - now)
    schedule(now + time, EventKind::returned, 0, &draft, draft.stage, index, draft.ticket);
}

void Clearance::State::expire(std::uint32_t index) {
  Draft& draft = drafts[index];
  const StagePlan& s = stage_plan(draft);
  if (s.expiry->waiting_only && draft.begun) return;
  tell(StoryStep::What::expired, draft);
  withdraw_all(index);
  switch (s.expiry->action) {
    case OnExpiry::release:
      decide(index, Fate::released, true);
      return;
    case OnExpiry::escalate: {
      const RoutePlan& route = plan.routes[draft.what.route.value()];
      for (std::uint32_t stage = draft.stage + 1; stage < route.stages; ++stage) {
        const std::uint32_t only = plan.stages[route.first_stage + stage].only_flags;
        if (only == 0 || (only & draft.what.flags) != 0) {
          enter(index, stage);
          return;
        }
      }
      decide(index, Fate::expired, false);
      return;
    }
    case OnExpiry::drop:
      decide(index, Fate::expired, false);
      return;
  }
}

Decision Clearance::State::decision_of(const Draft& draft) const {
  Decision d;
  d.slot = draft.what.slot;
  d.faulty = draft.what.faulty;
  d.edited = draft.edited;
  d.rounds = draft.rounds;
  d.reviews = draft.reviews;
  d.waiting = draft.waiting;
  d.work = draft.work;
  return d;
}

void Clearance::State::decide(std::uint32_t index, Fate fate, bool by_silence) {
  Draft& draft = drafts[index];
  Decision d = decision_of(draft);
  d.at = now;
  d.fate = fate;
  d.by_silence = by_silence;
  decisions->push_back(d);
  if (fate == Fate::released) tell(StoryStep::What::released, draft);
  if (fate == Fate::rejected) tell(StoryStep::What::rejected, draft);
  ++draft.ticket;
  draft.live = false;
  free_drafts.push_back(index);
}

}  // namespace demarche::workflow
