#pragma once
#include <cstdint>
#include <vector>

#include "sim/run/plan.hpp"
#include "sim/workflow/workflow.hpp"

namespace demarche::run {

inline constexpr std::uint32_t no_message = 0xffffffffU;

/// What became of one message under one regime.
struct MessageRecord {
  Draft draft;
  std::uint32_t corrects = no_message;  ///< slot of the message that it corrects
  std::uint32_t corrected_by = no_message;
  Tick submitted = never;  ///< left its author
  workflow::Decision decision;
  Tick published = never;       ///< released to at least one outlet; posts follow after the lags of their channels
  bool faulty = false;          ///< as it stands: after self-check, edits and corrections by desks
  std::uint32_t posts = 0;      ///< channels on which it appeared
  Tick noticed = never;         ///< its error came to light
  std::uint64_t views = 0;      ///< first sights
  std::uint64_t relevance = 0;  ///< sum over them of relevance at the time of seeing, units of 2^-20
  std::uint64_t shares = 0;
  std::uint64_t corrected = 0;  ///< of a correction: views by actors who had seen the error
};

/// One first sight; for growth, depth and trees.
struct View {
  Tick at;
  std::uint32_t slot;
  network::Vertex who, from;
  std::uint32_t relevance;  ///< at that moment, units of 2^-20
  std::uint8_t channel;
  bool shares;
};

/// Everything observed in one replicate under one regime. Counts are integers, so that no order of summation shows.
struct Record {
  std::vector<MessageRecord> messages;  ///< drafts in the order of the plan, then corrections
  std::vector<View> views;  ///< of measured messages and their corrections; those of one message in the order of ticks
  std::vector<Tick> first_view;   ///< by audience actor: first sight of any sound measured message, or `never`
  std::vector<Tick> first_error;  ///< by audience actor: first sight of any erroneous measured message
  std::vector<workflow::DeskUse> desks;
  std::uint64_t deliveries = 0;

  void clear();
};

/// Units of MessageRecord::relevance in one view of full relevance.
inline constexpr double relevance_unit = 1.0 / (1 << 20);

}  // namespace demarche::run
