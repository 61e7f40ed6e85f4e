#pragma once
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "sim/run/plan.hpp"
#include "sim/run/record.hpp"

namespace demarche::run {

/// Runs replicates under one arm, one after another; scratch belongs to the worker that owns it and is reset in time
/// proportional to what was touched. A replicate is a pure function of (plan, arm, drafts, luck).
class Replicate {
 public:
  /// Keeps references to both. When `story` is given, every step of clearance is appended to it.
  Replicate(const Plan& plan, const Arm& arm, std::vector<workflow::StoryStep>* story = nullptr);
  ~Replicate();
  Replicate(Replicate&&) noexcept;

  /// `drafts` in any order, each with a key of its own. `stop` is asked now and then; when it says true the run is
  /// given up and false is returned.
  bool run(const Luck& luck, std::span<const Draft> drafts, Record& record, const std::function<bool()>& stop = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace demarche::run
