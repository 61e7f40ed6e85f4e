#pragma once
#include <algorithm>
#include <set>
#include <vector>

#include "sim/base/distribution.hpp"
#include "tests/unit/workflow/office.hpp"

/// What the naive twin of clearance keeps, and its draws as workflow.hpp documents them.
namespace demarche::workflow::test {

struct Exam {
  enum class State { coming, waiting, working, interrupted, answered, unanswered } state = State::coming;
  std::uint32_t review, desk, order = 0;
  Tick arrived;
  Ticks left = 0;
  char outcome = 'p';
};
struct Paper {
  enum class Where { outside, desk, author, out };
  Submission what;
  Tick submitted = 0, entered = 0, back = 0;
  Ticks counted = 0, patience = 0;
  Where where = Where::outside;
  std::uint32_t stage = 0;
  bool version_faulty = false, begun = false;
  std::vector<Exam> exams;
  Decision decision;
};
struct Place {
  std::vector<bool> open;
  std::set<Tick> meetings;
  std::uint32_t arrivals = 0;
  DeskUse use;
};

struct TwinLuck {
  Luck luck;
  Clock clock;

  Ticks draw(const Law& law, Purpose purpose, std::uint32_t entity, const Paper& p, std::uint32_t k,
             Ticks least) const {
    Stream stream(luck, purpose, entity, p.what.key, p.decision.rounds * 8 + k);
    return clock.ticks(law.sample(stream), least);
  }
  std::uint32_t word(Purpose purpose, std::uint32_t entity, const Paper& p) const {
    return luck.block(purpose, entity, p.what.key, p.decision.rounds * 8)[0];
  }
  void examine(const Paper& p, Exam& e, const Review& r) const {
    const std::uint32_t entity = p.stage * 64 + e.review;
    e.left = draw(r.service, Purpose::service, entity, p, 0, 1);
    if (!Coin(p.version_faulty ? r.pass_bad : r.pass_good)(word(Purpose::screening, entity, p))) {
      e.outcome = r.on_fault == OnFault::reject ? 'r' : r.on_fault == OnFault::correct ? 'c' : 'f';
      if (e.outcome == 'c') e.left += draw(r.edit_service, Purpose::desk, entity, p, 4, 0);
      return;
    }
    const std::uint32_t w = word(Purpose::outcome, entity, p);
    double sum = r.never_answer;
    if (Coin(sum)(w))
      e.outcome = 'n';
    else if (Coin(sum += r.reject)(w))
      e.outcome = 'r';
    else if (Coin(sum += r.send_back)(w))
      e.outcome = 'b';
    else if (Coin(std::min(1.0, sum + r.edit))(w)) {
      e.outcome = 'e';
      e.left += draw(r.edit_service, Purpose::desk, entity, p, 4, 0);
    }
  }
};

}  // namespace demarche::workflow::test
