#pragma once
#include <cstdint>
#include <vector>

#include "models/world.hpp"
#include "sim/run/record.hpp"

namespace demarche::models {

/// Counts over a group of measured messages (not corrections). Durations in hours.
struct MessageTally {
  std::uint64_t drafts = 0, published = 0, rejected = 0, expired = 0, unanswered = 0, pending = 0, by_silence = 0;
  std::uint64_t decided = 0;                     ///< went through clearance to a decision
  std::uint64_t sound = 0, sound_published = 0;  ///< drafts whose author made no error
  std::uint64_t faulty = 0,
                faulty_published = 0;  ///< drafts with an author's error, and those published with it still in
  double waiting = 0;                  ///< sum over decided drafts
  double work = 0;  ///< of clerks, on every draft, also one never answered; of all messages: on corrections too
  std::uint64_t rounds = 0;
  std::vector<double> delays;  ///< opportunity to publication, ascending
};

/// What one replicate under one regime came to, added up once; measures read from it.
struct Tally {
  MessageTally all;
  std::vector<MessageTally> by_stimulus;
  std::vector<double> first_post;  ///< by stimulus: its start to its first publication, hours; NaN: none
  std::uint64_t views = 0, shares = 0, largest = 0;  ///< of published measured messages
  std::uint64_t cascades = 0;                        ///< published messages that could be seen
  double relevant_views = 0;                         ///< sound views weighted by relevance
  std::uint64_t sound_views = 0, error_views = 0, corrected_views = 0;
  std::uint64_t errors_noticed = 0, errors_corrected = 0;
  double correction_delay = 0;  ///< sum over corrected errors: publication of the error to that of its correction
  std::uint64_t reached = 0, misled = 0;  ///< distinct actors: saw a sound message; saw an error
  std::vector<std::uint64_t> reached_by_country;
  std::vector<Tick> arrivals;  ///< first sight of a sound message by each reached actor, ascending
  std::uint64_t deliveries = 0;
  double busiest = 0;  ///< highest utilization of a desk with a fixed number of clerks; NaN: no such desk
  std::uint32_t longest_queue = 0;
  double staff_hours = 0;  ///< work of all desks
};

Tally tally_of(const World& world, const run::Record& record);

/// Shape of the cascades of the measured messages, from who heard it from whom.
struct CascadeShape {
  double depth = 0;                ///< mean over cascades of the longest chain of sharing
  double structural_virality = 0;  ///< mean over cascades with two or more members of the mean distance between members
                                   ///< (Goel et al. 2015, doi 10.1287/mnsc.2015.2158); NaN: none
};
CascadeShape shape_of(const run::Record& record);

}  // namespace demarche::models
