#pragma once
#include <functional>
#include <string>
#include <vector>

#include "models/tally.hpp"
#include "models/world.hpp"
#include "sim/study/results.hpp"

/// The table of all measures; for the .cpp files of measures only.
namespace demarche::models {

/// What a measure may read.
struct Observed {
  const World& world;
  const Tally& tally;
  const MessageTally& messages;  ///< of the stimulus asked for, or all
  const CascadeShape* shape;     ///< only when a measure asks for it
  std::size_t stimulus;          ///< index, when one is asked for
  std::string region;            ///< when one is asked for
};

/// The mechanism without which a measure says nothing; `request`: only scenarios that name it get it.
enum class Needs { drafts, clearance, desks, channels, errors, corrections, crisis, request };
/// The parts by which a measure may be asked for.
enum class Split { none, stimulus, region };

struct Definition {
  study::MeasureInfo info;
  Needs needs;
  Split split;
  std::function<double(const Observed&)> value;
};

const std::vector<Definition>& definitions();

}  // namespace demarche::models
