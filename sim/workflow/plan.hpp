#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/workflow/workflow.hpp"

namespace demarche::workflow {

/// A law of durations in ticks; a fixed one costs no draw.
struct Duration {
  const Law* law = nullptr;
  Ticks fixed = 0;
  Ticks least = 0;

  Duration() = default;
  Duration(const Law& source, const Clock& clock, Ticks at_least);
  Ticks draw(const Clock& clock, Stream stream) const {
    return law == nullptr ? fixed : clock.ticks(law->sample(stream), least);
  }
};

struct ReviewPlan {
  const std::vector<DeskId>* desks = nullptr;
  Coin pass_good, pass_bad;
  Coin never_answer, reject, send_back, edit;  // cumulative: one word decides among them
  bool screens = false, varies = false;        // false: passes without a draw
  OnFault on_fault = OnFault::reject;
  Duration service, edit_service;

  DeskId desk(std::uint32_t origin) const { return desks->size() == 1 ? desks->front() : (*desks)[origin]; }
};

struct StagePlan {
  std::uint32_t first_review = 0, reviews = 0, required = 0, send_back_to = 0, only_flags = 0;
  Duration rework, patience;
  bool expires = false;
  const Expiry* expiry = nullptr;
};

struct RoutePlan {
  std::uint32_t first_stage = 0, stages = 0, max_rounds = 0;
  std::uint32_t origins = 0;  // every origin below it has a desk everywhere
};

/// A workflow in the shape in which it is executed: flat tables, coins, ticks. Refers to the workflow.
struct Plan {
  std::vector<RoutePlan> routes;
  std::vector<StagePlan> stages;
  std::vector<ReviewPlan> reviews;

  explicit Plan(const Workflow& workflow);
};

/// How one review of a draft will end.
enum class Outcome : std::uint8_t { pass, edit, correct, reject, send_back, send_back_fault, never_answer };

/// The draws of one review (stage and review within the route) on one visit; the same whenever they are asked for.
/// Documented in workflow.hpp at Review.
struct Judgement {
  Outcome outcome = Outcome::pass;
  Ticks work = 1;
};
struct Question {
  MessageKey key = 0;
  std::uint32_t stage = 0, review = 0, visit = 0;
  bool faulty = false;

  std::uint32_t entity() const { return stage * 64 + review; }
};
Judgement judge(const ReviewPlan& plan, const Question& question, const Luck& luck, const Clock& clock);
Ticks patience(const StagePlan& plan, const Question& question, const Luck& luck, const Clock& clock);
Ticks rework(const StagePlan& plan, const Question& question, const Luck& luck, const Clock& clock);

}  // namespace demarche::workflow
