#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/tick.hpp"
#include "sim/calendar/zone.hpp"

namespace demarche::calendar {

/// When an office works: weekly opening intervals in local time, and closed dates.
struct OfficeHours {
  struct Interval {
    int weekday;              ///< 0 = Monday
    int open_min, close_min;  ///< minutes of the local day, 0 <= open < close <= 1440
  };
  std::vector<Interval> week;
  std::vector<std::int64_t> holidays;  ///< local dates as days since 1970-01-01, sorted

  static OfficeHours always();
  bool always_open() const;
};

/// Office hours of one zone over one scenario, as opening intervals in ticks: work time <-> wall time in O(log n).
/// Work stops at closing time and resumes at the next opening. Valid for ticks in [0, end). A tick is open when it
/// begins within opening hours.
class WorkCalendar {
 public:
  /// Covers [0, end) of the clock; `end` > 0. Intervals outside their range are a ContractError.
  WorkCalendar(const Zone& zone, const OfficeHours& hours, const Clock& clock, Tick end);

  /// The first tick at or after t at which the office is open; `never` when there is none before the end.
  Tick next_open(Tick t) const;
  bool open(Tick t) const { return next_open(t) == t; }
  /// Opening ticks in [0, t).
  Ticks work_before(Tick t) const;
  /// The moment at which `work` ticks of work begun at t are finished: the earliest u with work_before(u) >=
  /// work_before(t) + work, so closing time itself for what is done just in time; `never` when that is not before the
  /// end. work 0 begun at t ends at next_open(t).
  Tick finish(Tick t, Ticks work) const;
  Tick end() const { return end_; }

 private:
  struct Span {
    Tick open, close;
    Ticks before;  // open ticks of earlier spans
  };
  /// The first span that closes after t.
  std::vector<Span>::const_iterator span_at(Tick t) const;

  std::vector<Span> spans_;  // disjoint, never adjacent, by time
  Tick end_;
  bool always_ = false;
};

}  // namespace demarche::calendar
