#include "sim/calendar/office.hpp"

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/calendar/date.hpp"

namespace demarche::calendar {
namespace {

constexpr int day_min = 1440;

/// Is every minute of the weekday within some interval?
bool open_all_day(const OfficeHours& hours, int weekday) {
  int covered = 0;
  for (bool grown = true; grown && covered < day_min;) {
    grown = false;
    for (const auto& i : hours.week)
      if (i.weekday == weekday && i.open_min <= covered && i.close_min > covered) {
        covered = i.close_min;
        grown = true;
      }
  }
  return covered >= day_min;
}

void check(const OfficeHours& hours) {
  for (const auto& i : hours.week)
    DEMARCHE_EXPECT(
        i.weekday >= 0 && i.weekday < 7 && i.open_min >= 0 && i.open_min < i.close_min && i.close_min <= day_min,
        "opening hours lie within one day of the week");
}

}  // namespace

OfficeHours OfficeHours::always() {
  OfficeHours hours;
  for (int d = 0; d < 7; ++d) hours.week.push_back({d, 0, day_min});
  return hours;
}

bool OfficeHours::always_open() const {
  if (!holidays.empty()) return false;
  for (int d = 0; d < 7; ++d)
    if (!open_all_day(*this, d)) return false;
  return true;
}

WorkCalendar::WorkCalendar(const Zone& zone, const OfficeHours& hours, const Clock& clock, Tick end)
    : end_(end), always_(hours.always_open()) {
  DEMARCHE_EXPECT(end > 0, "a calendar covers some time");
  check(hours);
  if (always_) return;

  const std::int64_t first_day = day_of(zone.local_s(clock.utc_s(0))) - 1;
  const std::int64_t last_day = day_of(zone.local_s(clock.utc_s(end))) + 1;
  const auto tick_of = [&](std::int64_t day, int minute) {
    const Tick t = clock.at_or_after(zone.utc_of_local(day * 86400 + minute * 60));
    return std::clamp<Tick>(t, 0, end);
  };
  for (std::int64_t day = first_day; day <= last_day; ++day) {
    if (std::binary_search(hours.holidays.begin(), hours.holidays.end(), day)) continue;
    for (const auto& i : hours.week) {
      if (i.weekday != weekday(day)) continue;
      const Tick open = tick_of(day, i.open_min), close = tick_of(day, i.close_min);
      if (open < close) spans_.push_back({open, close, 0});
    }
  }
  std::sort(spans_.begin(), spans_.end(), [](const Span& a, const Span& b) { return a.open < b.open; });

  std::size_t kept = 0;
  for (const Span& s : spans_) {
    if (kept > 0 && s.open <= spans_[kept - 1].close)
      spans_[kept - 1].close = std::max(spans_[kept - 1].close, s.close);
    else
      spans_[kept++] = s;
  }
  spans_.resize(kept);
  Ticks before = 0;
  for (Span& s : spans_) {
    s.before = before;
    before += s.close - s.open;
  }
}

std::vector<WorkCalendar::Span>::const_iterator WorkCalendar::span_at(Tick t) const {
  return std::upper_bound(spans_.begin(), spans_.end(), t, [](Tick x, const Span& s) { return x < s.close; });
}

Tick WorkCalendar::next_open(Tick t) const {
  if (t >= end_) return never;
  if (always_) return t;
  const auto s = span_at(t);
  return s == spans_.end() ? never : std::max(t, s->open);
}

Ticks WorkCalendar::work_before(Tick t) const {
  if (always_) return t;
  const auto s = span_at(t);
  if (s == spans_.end()) return spans_.empty() ? 0 : spans_.back().before + (spans_.back().close - spans_.back().open);
  return s->before + std::max<Ticks>(0, t - s->open);
}

Tick WorkCalendar::finish(Tick t, Ticks work) const {
  const Tick start = next_open(t);
  if (work <= 0 || start == never) return start;
  if (always_) return work < end_ - start ? start + work : never;

  auto s = span_at(start);
  if (work > s->close - start) {
    const Ticks done = s->before + (start - s->open);
    const Ticks all = spans_.back().before + (spans_.back().close - spans_.back().open);
    if (work > all - done) return never;
    const Ticks wanted = done + work;
    // the last span with fewer open ticks before it than wanted
    s = std::partition_point(s, spans_.cend(), [&](const Span& x) { return x.before < wanted; }) - 1;
    const Tick u = s->open + (wanted - s->before);
    return u < end_ ? u : never;
  }
  return start + work < end_ ? start + work : never;
}

}  // namespace demarche::calendar
