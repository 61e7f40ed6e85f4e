#pragma once
#include <memory>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/workflow/workflow.hpp"

namespace demarche::workflow {

/// State of one replicate under one workflow: drafts in, decisions out. Events of a tick are taken in the order of
/// their total key (tick, kind, desk, message key, sequence), those who leave a desk before those who arrive, so the
/// outcome does not depend on the order of calls within a tick. Draws are keyed by (stage and review, message, purpose,
/// visit): the same draft has the same luck wherever it waits. Keys of drafts must differ.
class Clearance {
 public:
  /// Keeps a reference to the workflow (validated before) and a copy of the luck; `end`: nothing happens at or after
  /// it. When `story` is given, every step is appended.
  Clearance(const Workflow& workflow, const Luck& luck, Tick end, std::vector<StoryStep>* story = nullptr);
  ~Clearance();
  Clearance(Clearance&&) noexcept;

  /// Ready for another replicate; keeps its memory.
  void reset(const Luck& luck);
  /// The draft leaves its author at `at` >= every tick stepped so far.
  void submit(const Submission& draft, Tick at);
  /// Tick of the earliest event; `never` when there is none.
  Tick next() const;
  /// Takes every event of tick next() and appends the decisions that fall in it.
  void step(std::vector<Decision>& decisions);
  /// Decisions `unanswered` or `pending` for every draft still inside, in order of slot.
  void close(std::vector<Decision>& decisions);
  /// By desk, up to the end; in the place of what `result` held.
  void desk_use(std::vector<DeskUse>& result) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace demarche::workflow
