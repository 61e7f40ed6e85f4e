#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/tick.hpp"

namespace demarche::calendar {

/// Offsets from UTC of one time zone: (from this UTC second on, seconds east of UTC), sorted by time.
struct Zone {
  std::string name;  ///< IANA name, e.g. "America/Toronto"
  std::vector<std::pair<std::int64_t, std::int32_t>> offsets;

  std::int32_t offset_at(std::int64_t utc_s) const;
  std::int64_t local_s(std::int64_t utc_s) const { return utc_s + offset_at(utc_s); }
  /// The UTC second of a local wall-clock moment; in a gap the first moment after it, in an overlap the earlier one.
  std::int64_t utc_of_local(std::int64_t local_s) const;
};

/// A zone of the committed table (data from the IANA time zone database, see zone_table_version()); throws InputError with
/// the nearest known name. "UTC" is always known.
const Zone& zone(std::string_view name);
bool zone_known(std::string_view name);
std::string_view zone_table_version();

/// Days since 1970-01-01 of a proleptic Gregorian date, and back (Hinnant, "chrono-compatible low-level date algorithms").
std::int64_t days_from_civil(int year, int month, int day);
struct CivilDate { int year, month, day; };
CivilDate civil_from_days(std::int64_t days);
/// 0 = Monday ... 6 = Sunday.
int weekday(std::int64_t days);

/// When an office works: weekly opening intervals in local time, and closed dates.
struct OfficeHours {
  struct Interval {
    int weekday;         ///< 0 = Monday
    int open_min, close_min;  ///< minutes of the local day, 0 <= open < close <= 1440
  };
  std::vector<Interval> week;
  std::vector<std::int64_t> holidays;  ///< local dates as days since 1970-01-01, sorted

  static OfficeHours always();
  bool always_open() const;
};

/// Office hours of one zone over one scenario, as opening intervals in ticks: work time <-> wall time in O(log n).
/// Work stops at closing time and resumes at the next opening. Valid for ticks in [0, end).
class WorkCalendar {
 public:
  /// Covers [0, end) of the clock; `end` > 0.
  WorkCalendar(const Zone& zone, const OfficeHours& hours, const Clock& clock, Tick end);

  /// The first tick at or after t at which the office is open; `never` when there is none before the end.
  Tick next_open(Tick t) const;
  bool open(Tick t) const { return next_open(t) == t; }
  /// Opening ticks in [0, t).
  Ticks work_before(Tick t) const;
  /// The moment at which `work` ticks of work begun at t are finished; `never` when that is not before the end.
  /// work 0 begun at t ends at next_open(t).
  Tick finish(Tick t, Ticks work) const;
  Tick end() const { return end_; }

 private:
  struct Span { Tick open, close; Ticks before; };  // before: open ticks of earlier spans
  std::vector<Span> spans_;
  Tick end_;
  bool always_ = false;
};

/// Relative activity by hour of the local week (168 values, Monday 00:00 first), any non-negative numbers, not all zero.
struct ActivityProfile {
  std::vector<double> weight;
  static ActivityProfile flat();
};

/// Operational time of one zone and profile over one scenario: A(t) is the cumulative activity, scaled so that a week of
/// it equals a week. An event that would come after `d` ticks of constant attention comes at A^-1(A(t) + d).
/// All arithmetic is in integers (activity in units of 2^-16 tick).
class ActivityClock {
 public:
  ActivityClock(const Zone& zone, const ActivityProfile& profile, const Clock& clock, Tick end);
  /// The least tick u > t with A(u) >= A(t) + d, for d >= 0; `never` when that is not before the end. Flat profile: t + max(d, 1).
  Tick after(Tick t, Ticks d) const;
  /// Relative activity at t; 1 on average over a week.
  double rate(Tick t) const;
  /// A(t) in ticks.
  double cumulative(Tick t) const;
  bool flat() const { return flat_; }

 private:
  Tick end_;
  bool flat_ = false;
  Ticks bin_ = 1;                       // ticks in a bin; activity is constant within one
  std::vector<std::int64_t> cumulative_;  // at bin starts, units of 2^-16 tick
};

}  // namespace demarche::calendar
