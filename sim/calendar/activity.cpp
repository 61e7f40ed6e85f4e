#include "sim/calendar/activity.hpp"

#include <array>

#include "sim/base/error.hpp"
#include "sim/calendar/date.hpp"

namespace demarche::calendar {
namespace {

constexpr Ticks most_ticks = 1024;  // of a long bin: its activity is rounded by 2^-16 of a tick for each of them
constexpr std::int64_t weight_unit = std::int64_t{1} << 20;

using WeekWeights = std::array<std::int64_t, 168>;

/// Weights scaled to a mean of 1 in units of 2^-20.
WeekWeights scaled(const ActivityProfile& profile) {
  DEMARCHE_EXPECT(profile.weight.size() == 168, "a profile has a weight for each hour of the week");
  double sum = 0;
  for (double w : profile.weight) {
    DEMARCHE_EXPECT(w >= 0 && w < 1e300, "activity is never negative");
    sum += w;
  }
  DEMARCHE_EXPECT(sum > 0 && sum < 1e300, "a profile with no activity at all");
  WeekWeights result;
  std::int64_t rest = 168 * weight_unit;
  std::size_t largest = 0;
  for (std::size_t h = 0; h < 168; ++h) {
    result[h] = static_cast<std::int64_t>(profile.weight[h] / sum * 168 * static_cast<double>(weight_unit) + 0.5);
    rest -= result[h];
    if (result[h] > result[largest]) largest = h;
  }
  result[largest] += rest;  // the week is exact
  return result;
}

/// Sum of weight x seconds over [from, to), the hours taken from the wall clock of the zone.
std::int64_t integral(const Zone& zone, const WeekWeights& weights, std::int64_t from, std::int64_t to) {
  std::int64_t sum = 0;
  while (from < to) {
    const std::int64_t local = zone.local_s(from);
    const std::int32_t second = second_of_day(local);
    const std::int64_t next = std::min<std::int64_t>(to, from + 3600 - second % 3600);
    sum += weights[static_cast<std::size_t>(weekday(day_of(local)) * 24 + second / 3600)] * (next - from);
    from = next;
  }
  return sum;
}

/// The longest bin, of an hour at most, in which the zone's activity never changes, in ticks: activity changes with the
/// local hour, and no clock is set by less than 15 minutes. Small tables stay in a near cache. Where nothing fits (a
/// start at seven past), 15 minutes, whose activity is then the mean; one tick where 15 minutes are no whole number of
/// them.
Ticks bin_of_zone(const Zone& zone, const Clock& clock, Tick end) {
  for (const Ticks bin_s : {3600, 1800, 900}) {
    if (bin_s % clock.tick_s != 0) continue;
    const Ticks bin = bin_s / clock.tick_s;
    bool fits = bin <= most_ticks;
    for (Tick t = 0; t < end + bin && fits; t += bin) fits = zone.local_s(clock.utc_s(t)) % bin_s == 0;
    if (fits) return bin;
  }
  return 900 % clock.tick_s == 0 ? 900 / clock.tick_s : 1;
}

int bit_width(std::int64_t x) {
  int n = 0;
  for (; x > 0; x >>= 1) ++n;
  return n;
}

}  // namespace

ActivityClock::ActivityClock(const Zone& zone, const ActivityProfile& profile, const Clock& clock, Tick end)
    : end_(end) {
  DEMARCHE_EXPECT(end > 0 && end < (Tick{1} << 31), "operational time covers 1 to 2^31 - 1 ticks");
  const WeekWeights weights = scaled(profile);
  flat_ = std::all_of(weights.begin(), weights.end(), [&](std::int64_t w) { return w == weights[0]; });
  if (flat_) return;

  bin_ticks_ = bin_of_zone(zone, clock, end);
  // as many bits as keep t * bin_inverse_ below 2^64: enough for exact quotients while end < 2^31
  bin_shift_ = std::min(62, 62 - bit_width(end) + bit_width(bin_ticks_));
  bin_inverse_ = (std::uint64_t{1} << bin_shift_) / static_cast<std::uint64_t>(bin_ticks_) + 1;

  const std::size_t count = static_cast<std::size_t>((end + bin_ticks_ - 1) / bin_ticks_);
  bins_.reserve(count + 1);
  std::int64_t exact = 0, before = 0;  // `before` follows `exact` within a whole rate, so rounding never adds up
  for (std::size_t b = 0; b <= count; ++b) {
    const Tick start = static_cast<Tick>(b) * bin_ticks_;
    exact += integral(zone, weights, clock.utc_s(start), clock.utc_s(start + bin_ticks_));
    const std::int64_t rate = (exact / clock.tick_s / (weight_unit >> 16) - before) / bin_ticks_;
    bins_.push_back({before, rate});
    before += rate * bin_ticks_;
  }
  total_ = bins_.back().before;

  cell_bits_ = bit_width(bin_ticks_ << 16) - 1;
  const std::size_t cells = static_cast<std::size_t>(total_ >> cell_bits_) + 2;
  first_bin_.reserve(cells);
  std::uint32_t bin = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const std::int64_t start = static_cast<std::int64_t>(cell) << cell_bits_;
    while (bin + 1 < count && bins_[bin + 1].before < start) ++bin;
    first_bin_.push_back(bin);
  }
}

Tick ActivityClock::after_far(Tick t, Ticks d) const {
  if (t >= end_ || flat_ || d >= (Ticks{1} << 40) || activity_before(t) + (d << 16) > total_) return never;
  const std::int64_t wanted = activity_before(t) + (d << 16);
  Tick low = t + 1, high = end_;
  while (low < high) {
    const Tick middle = low + (high - low) / 2;
    if (activity_before(middle) >= wanted)
      high = middle;
    else
      low = middle + 1;
  }
  return low < end_ ? low : never;
}

}  // namespace demarche::calendar
