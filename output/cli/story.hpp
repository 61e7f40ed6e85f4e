#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/workflow/workflow.hpp"

namespace demarche::cli {

/// One step of a message's story.
struct StoryMoment {
  Tick at = 0;
  std::string what;
};

/// What became of one draft under one regime.
struct MessageStory {
  std::string regime;
  std::vector<StoryMoment> moments;  ///< in the order of time
  Tick published = never;
  bool faulty = false;  ///< as it was published
  std::string end;      ///< "published", "rejected", "expired", "never answered", "still in clearance"
  std::uint64_t views = 0, shares = 0;
  double relevance_seen = 0;  ///< mean over first sights of the relevance at that moment
};

/// The story of draft `message` (an index into the world's drafts of that replicate) under arm `arm`.
MessageStory story_of(const models::World& world, std::size_t arm, std::uint64_t replicate, std::size_t message);

/// Which draft is meant: a number, `first-error`, or `slowest` and `median` by the time to publication under arm `arm`
/// (ties and never published ones: by the order of drafts). Throws InputError.
std::size_t chosen_message(const models::World& world, std::size_t arm, std::uint64_t replicate,
                           const std::string& choice);

/// Relevance of a draft at a moment, in [0, 1].
double relevance_at(const run::Draft& draft, Tick at);

}  // namespace demarche::cli
