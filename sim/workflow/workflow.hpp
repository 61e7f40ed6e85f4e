#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/id.hpp"
#include "sim/base/law.hpp"
#include "sim/base/tick.hpp"
#include "sim/calendar/calendar.hpp"

namespace demarche::workflow {

/// Who is served next at a desk. `priority`: lowest number first, then order of arrival; preemptive: interrupts the
/// work of a less urgent item, which keeps what was done (preemptive resume).
enum class Discipline : std::uint8_t { first_come, last_in, priority, preemptive_priority, earliest_deadline };

/// A committee that takes up work only when it meets: at `first`, `first + every`, ...; at most `capacity` items a
/// meeting (0: all), chosen by the desk's discipline; each is answered after its own service time, and clerks do not
/// limit it. A meeting that falls into closed hours is held at the next opening; those that come to the same opening
/// are one meeting.
struct Meeting {
  Tick first = 0;   ///< >= 0
  Ticks every = 0;  ///< >= 1
  std::uint32_t capacity = 0;
};

/// People who take items one at a time. Clerks share one queue and one calendar. clerks == 0: as many as are needed.
struct Desk {
  std::string name;
  std::uint32_t clerks = 1;
  CalendarId calendar;
  Discipline discipline = Discipline::first_come;
  std::vector<Meeting> meeting;  ///< empty, or one
};

/// What a reviewer does with a draft it believes faulty.
enum class OnFault : std::uint8_t { reject, correct, send_back };

/// One desk's examination of a draft, as the draft was when it arrived at the stage. Screening comes first: a sound
/// draft is believed sound with `pass_good`, a faulty one with `pass_bad`; the rest is treated as `on_fault` says: a
/// rejection, a correction (passes; a fault is mended), or sent back (the author mends the fault). What was believed
/// sound meets one of the exclusive outcomes never answered, rejected at will, sent back at will (a fault stays),
/// edited, with these probabilities (their sum <= 1); otherwise it passes. The examination takes its service time
/// whatever the outcome, and `edit_service` more for an edit or a correction; that of a draft which is never answered
/// is made and then left lying. Draws: entity = stage of the route * 64 + review, draw = 8 * rounds (visits: times sent
/// back so far).
struct Review {
  std::vector<DeskId> desks;  ///< by origin, or a single one for all
  Law service;                ///< working time, seconds; at least one tick
  double pass_good = 1, pass_bad = 1;
  OnFault on_fault = OnFault::reject;
  double never_answer = 0, reject = 0, send_back = 0, edit = 0;
  Law edit_service;  ///< working time added by an edit or a correction, seconds
};

/// What happens when a stage has not decided in time.
enum class OnExpiry : std::uint8_t { drop, escalate, release };
struct Expiry {
  Ticks after = 0;                   ///< since arrival at the stage; 0: never expires
  bool working_time = false;         ///< counted in open time of the first review's desk instead of wall-clock time
  bool waiting_only = false;         ///< once a review of it has begun, the stage no longer expires (Erlang A)
  OnExpiry action = OnExpiry::drop;  ///< escalate: to the next stage, dropped when there is none; release: published
                                     ///< by silence
  Law patience;                      ///< when patience_drawn: the time is drawn from this law instead of `after`
  bool patience_drawn = false;
};

/// Reviews of one stage go on at the same time; the stage passes when `required` of them do, and fails when that has
/// become impossible: the draft is sent back when a review asked for that, and rejected otherwise. A review that never
/// answers still counts as one that may pass. Reviews still under way are withdrawn when the stage is decided.
struct Stage {
  std::string name;
  std::vector<Review> reviews;     ///< 1 to 64
  std::uint32_t required = 1;      ///< 1 = any, reviews.size() = all
  std::uint32_t send_back_to = 0;  ///< this stage or an earlier one: where a returned draft goes after rework
  Law rework;                      ///< the author's wall-clock time for a returned draft, seconds; may be 0
  Expiry expiry;
  std::uint32_t only_flags = 0;  ///< the stage applies to drafts with one of these flags; 0: to all
};

struct Route {
  std::string name;
  std::vector<Stage> stages;       ///< none: the draft is released at once
  std::uint32_t max_rounds = 100;  ///< returned more often than this: dropped as rejected; < 2^21
};

/// Config: fixed for a regime, shared by all replicates.
struct Workflow {
  std::vector<Desk> desks;
  std::vector<Route> routes;
  std::vector<calendar::WorkCalendar> calendars;
  Clock clock;
};

/// Checks counts and ranges; throws InputError.
void validate(const Workflow& workflow);

struct Submission {
  MessageKey key = 0;
  std::uint32_t slot = 0;  ///< the caller's index, handed back in the decision
  RouteId route;
  std::uint32_t origin = 0;   ///< which of a review's desks
  std::uint8_t priority = 1;  ///< 0 is the most urgent
  Tick deadline = never;
  bool faulty = false;
  std::uint32_t flags = 0;
};

enum class Fate : std::uint8_t { released, rejected, expired, unanswered, pending };

struct Decision {
  std::uint32_t slot = 0;
  Tick at = never;  ///< when; `never` for unanswered and pending
  Fate fate = Fate::pending;
  bool by_silence = false;  ///< released because nobody answered in time
  bool faulty = false;      ///< after edits and corrections
  bool edited = false;
  std::uint32_t rounds = 0;   ///< times it was sent back
  std::uint32_t reviews = 0;  ///< examinations finished
  Ticks waiting = 0;          ///< sum over reviews of the time between arrival at a desk and the start of work, or the
                              ///< withdrawal or end before it (wall-clock; office closed counts)
  Ticks work = 0;             ///< working ticks that clerks spent on it
};

/// One step in a draft's story, for trace.
struct StoryStep {
  enum class What : std::uint8_t {
    submitted,
    arrived,
    started,
    interrupted,
    resumed,
    passed,
    failed,
    corrected,
    edited,
    sent_back,
    unanswered,
    expired,
    released,
    rejected
  };
  Tick at = 0;
  std::uint32_t slot = 0;
  What what = What::submitted;
  std::uint32_t stage = 0, review = 0;
  DeskId desk;
};

struct DeskUse {
  Ticks busy = 0;  ///< clerk-ticks of work done
  Ticks open = 0;  ///< clerk-ticks available up to the end (0 when clerks are unlimited or it meets)
  std::uint64_t served = 0;
  std::uint32_t longest_queue = 0;  ///< left waiting at the end of a tick
};

}  // namespace demarche::workflow
