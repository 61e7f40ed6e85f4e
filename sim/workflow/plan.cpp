#include "sim/workflow/plan.hpp"

#include <algorithm>
#include <limits>

namespace demarche::workflow {

Duration::Duration(const Law& source, const Clock& clock, Ticks at_least) : least(at_least) {
  if (source.kind == Law::Kind::fixed)
    fixed = clock.ticks(source.a, at_least);
  else
    law = &source;
}

namespace {

ReviewPlan plan_review(const Review& review, const Clock& clock) {
  ReviewPlan plan;
  plan.desks = &review.desks;
  plan.pass_good = Coin(review.pass_good);
  plan.pass_bad = Coin(review.pass_bad);
  double sum = 0;
  const auto add = [&sum](double p) { return Coin(std::min(1.0, sum += p)); };
  plan.never_answer = add(review.never_answer);
  plan.reject = add(review.reject);
  plan.send_back = add(review.send_back);
  plan.edit = add(review.edit);
  plan.screens = review.pass_good < 1 || review.pass_bad < 1;
  plan.varies = sum > 0;
  plan.on_fault = review.on_fault;
  plan.service = Duration(review.service, clock, 1);
  plan.edit_service = Duration(review.edit_service, clock, 0);
  return plan;
}

}  // namespace

Plan::Plan(const Workflow& workflow) {
  for (const Route& route : workflow.routes) {
    RoutePlan& r = routes.emplace_back();
    r.first_stage = static_cast<std::uint32_t>(stages.size());
    r.stages = static_cast<std::uint32_t>(route.stages.size());
    r.max_rounds = route.max_rounds;
    r.origins = std::numeric_limits<std::uint32_t>::max();
    for (const Stage& stage : route.stages) {
      StagePlan& s = stages.emplace_back();
      s.first_review = static_cast<std::uint32_t>(reviews.size());
      s.reviews = static_cast<std::uint32_t>(stage.reviews.size());
      s.required = stage.required;
      s.send_back_to = stage.send_back_to;
      s.only_flags = stage.only_flags;
      s.rework = Duration(stage.rework, workflow.clock, 0);
      s.patience = Duration(stage.expiry.patience, workflow.clock, 1);
      s.expires = stage.expiry.patience_drawn || stage.expiry.after > 0;
      s.expiry = &stage.expiry;
      for (const Review& review : stage.reviews) {
        if (review.desks.size() > 1) r.origins = std::min(r.origins, static_cast<std::uint32_t>(review.desks.size()));
        reviews.push_back(plan_review(review, workflow.clock));
      }
    }
  }
}

namespace {

/// A desk that mends or edits works on the draft for longer.
void add_edit(Judgement& result, const ReviewPlan& plan, const Question& q, const Luck& luck, const Clock& clock) {
  const Ticks added = plan.edit_service.draw(clock, Stream(luck, Purpose::desk, q.entity(), q.key, q.visit * 8 + 4));
  result.work = added < never - result.work ? result.work + added : never;
}

}  // namespace

Judgement judge(const ReviewPlan& plan, const Question& q, const Luck& luck, const Clock& clock) {
  const std::uint32_t draw = q.visit * 8;
  Judgement result;
  result.work = plan.service.draw(clock, Stream(luck, Purpose::service, q.entity(), q.key, draw));
  if (plan.screens) {
    const Coin& believed_sound = q.faulty ? plan.pass_bad : plan.pass_good;
    if (!believed_sound(luck.block(Purpose::screening, q.entity(), q.key, draw)[0])) {
      switch (plan.on_fault) {
        case OnFault::reject:
          result.outcome = Outcome::reject;
          break;
        case OnFault::correct:
          result.outcome = Outcome::correct;
          add_edit(result, plan, q, luck, clock);
          break;
        case OnFault::send_back:
          result.outcome = Outcome::send_back_fault;
          break;
      }
      return result;
    }
  }
  if (!plan.varies) return result;
  const std::uint32_t word = luck.block(Purpose::outcome, q.entity(), q.key, draw)[0];
  if (plan.never_answer(word))
    result.outcome = Outcome::never_answer;
  else if (plan.reject(word))
    result.outcome = Outcome::reject;
  else if (plan.send_back(word))
    result.outcome = Outcome::send_back;
  else if (plan.edit(word)) {
    result.outcome = Outcome::edit;
    add_edit(result, plan, q, luck, clock);
  }
  return result;
}

Ticks patience(const StagePlan& plan, const Question& q, const Luck& luck, const Clock& clock) {
  if (!plan.expiry->patience_drawn) return plan.expiry->after;
  return plan.patience.draw(clock, Stream(luck, Purpose::objection, q.entity(), q.key, q.visit * 8));
}

Ticks rework(const StagePlan& plan, const Question& q, const Luck& luck, const Clock& clock) {
  return plan.rework.draw(clock, Stream(luck, Purpose::desk, q.entity(), q.key, q.visit * 8));
}

}  // namespace demarche::workflow
