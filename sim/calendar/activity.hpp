#pragma once
#include <algorithm>
#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/tick.hpp"
#include "sim/calendar/zone.hpp"

namespace demarche::calendar {

/// Relative activity by hour of the local week (168 values, Monday 00:00 first), any non-negative numbers, not all
/// zero.
struct ActivityProfile {
  std::vector<double> weight;
  static ActivityProfile flat();
};

/// A named profile: flat, office, evening, email-eu; throws InputError with the nearest name.
ActivityProfile profile(std::string_view name);
const std::vector<std::string>& profile_names();

/// Operational time of one zone and profile over one scenario: A(t) is the cumulative activity, scaled so that a week
/// of it equals a week. An event that would come after `d` ticks of constant attention comes at A^-1(A(t) + d). All
/// arithmetic is in integers (activity in units of 2^-16 tick). Activity is constant within bins of an hour, or of
/// less where hours do not fit the zone and the clock; a bin that straddles hours has their mean. Valid for ticks in
/// [0, end), end < 2^31.
class ActivityClock {
 public:
  ActivityClock(const Zone& zone, const ActivityProfile& profile, const Clock& clock, Tick end);

  /// The least tick u > t with A(u) >= A(t) + d, for d >= 0; `never` when that is not before the end. Flat profile: t +
  /// max(d, 1). Two table look-ups and a search among the few bins of one unit of activity.
  Tick after(Tick t, Ticks d) const {
    assert(t >= 0 && d >= 0);
    if (d >= end_ || t >= end_) return after_far(t, d);
    if (flat_) {
      const Tick u = t + (d > 1 ? d : 1);
      return u < end_ ? u : never;
    }
    const std::int64_t wanted = activity_before(t) + (d << 16);
    if (wanted > total_) return never;
    const std::size_t cell = static_cast<std::size_t>(wanted >> cell_bits_);
    std::size_t low = first_bin_[cell], high = first_bin_[cell + 1];
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (bins_[middle + 1].before >= wanted)
        high = middle;
      else
        low = middle + 1;
    }
    const Bin& bin = bins_[low];
    const std::int64_t missing = wanted - bin.before;
    Tick u = static_cast<Tick>(low) * bin_ticks_;
    // both operands are below 2^53 and their quotient is small, so this floating division is exact after rounding down
    if (missing > 0) u += static_cast<Tick>(static_cast<double>(missing - 1) / static_cast<double>(bin.rate)) + 1;
    u = std::max(u, t + 1);
    return u < end_ ? u : never;
  }
  /// Relative activity at t; 1 on average over a week.
  double rate(Tick t) const { return flat_ ? 1.0 : static_cast<double>(bins_[bin_of(t)].rate) * 0x1p-16; }
  /// A(t) in ticks.
  double cumulative(Tick t) const {
    return flat_ ? static_cast<double>(t) : static_cast<double>(activity_before(t)) * 0x1p-16;
  }
  bool flat() const { return flat_; }

 private:
  struct Bin {
    std::int64_t before;  // activity before the bin, units of 2^-16 tick
    std::int64_t rate;    // activity per tick, same units
  };
  std::size_t bin_of(Tick t) const {
    return static_cast<std::size_t>((static_cast<std::uint64_t>(t) * bin_inverse_) >> bin_shift_);
  }
  std::int64_t activity_before(Tick t) const {
    const std::size_t b = bin_of(t);
    return bins_[b].before + bins_[b].rate * (t - static_cast<Tick>(b) * bin_ticks_);
  }
  /// A delay beyond the horizon in constant attention may still lie within it where attention is above average.
  Tick after_far(Tick t, Ticks d) const;

  Tick end_;
  bool flat_ = false;
  Ticks bin_ticks_ = 1;
  std::uint64_t bin_inverse_ = 0;  // t / bin_ticks_ = t * bin_inverse_ >> bin_shift_, for every t below 2^31
  int bin_shift_ = 0;
  std::int64_t total_ = 0;
  int cell_bits_ = 16;
  std::vector<Bin> bins_;                 // and one beyond the end
  std::vector<std::uint32_t> first_bin_;  // by cell of activity: the first bin that ends at or above the cell's start
};

}  // namespace demarche::calendar
