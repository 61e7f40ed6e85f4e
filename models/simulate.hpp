#pragma once
#include <cstddef>
#include <functional>

#include "models/measures.hpp"
#include "models/world.hpp"
#include "sim/study/results.hpp"

namespace demarche::models {

struct SimulateOptions {
  unsigned threads = 1;
  /// Called with (work items done, of); false stops the run.
  std::function<bool(std::size_t done, std::size_t of)> progress;
  /// Asked inside replicates now and then; true gives them up.
  std::function<bool()> stop;
};

struct Simulated {
  study::Results results;  ///< of the first `replicates` whole replicates, in order
  bool complete = true;    ///< false: stopped; results hold the contiguous prefix that was finished
};

/// Runs every replicate of every regime. The results depend on the scenario alone: not on the number of threads, not on
/// which other regimes run beside, not on how many replicates follow.
Simulated simulate(const Scenario& scenario, const SimulateOptions& options);

/// One replicate under one regime, kept whole: for trace and theory. `arm` is an index into the world's arms.
run::Record simulate_one(const World& world, std::size_t arm, std::uint64_t replicate,
                         std::vector<workflow::StoryStep>* story = nullptr);

}  // namespace demarche::models
