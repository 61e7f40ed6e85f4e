#pragma once
#include <cstdint>
#include <limits>

namespace demarche {

/// A moment: whole ticks since the scenario's start (may be negative before it). The length of a tick is the scenario's
/// resolution; nothing that crosses from one actor to another takes less than one tick.
using Tick = std::int64_t;
/// A duration in whole ticks.
using Ticks = std::int64_t;

inline constexpr Tick never = std::numeric_limits<Tick>::max();

/// The scenario's clock: what tick 0 is and how long a tick lasts.
struct Clock {
  std::int64_t start_utc_s = 0;  ///< seconds since 1970-01-01 00:00 UTC at tick 0
  std::int64_t tick_s = 60;      ///< length of a tick, seconds, >= 1

  std::int64_t utc_s(Tick t) const { return start_utc_s + t * tick_s; }
  /// The first tick at or after a moment.
  Tick at_or_after(std::int64_t utc) const {
    const std::int64_t d = utc - start_utc_s;
    return d >= 0 ? (d + tick_s - 1) / tick_s : -((-d) / tick_s);
  }
  /// A duration in ticks, rounded half up, never below `least`.
  Ticks ticks(double seconds, Ticks least = 0) const;
  double hours(double ticks_) const { return ticks_ * static_cast<double>(tick_s) / 3600.0; }
};

}  // namespace demarche
