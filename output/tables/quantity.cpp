#include "output/tables/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace demarche::output {
namespace {

struct TimeUnit {
  const char* suffix;
  double hours;
  double up_to;  // hours
};
constexpr std::array<TimeUnit, 4> time_units{{{" s", 1 / 3600.0, 0.025},
                                              {" min", 1 / 60.0, 1.5},
                                              {" h", 1, 48},
                                              {" d", 24, std::numeric_limits<double>::infinity()}}};

int place(double x) {
  return static_cast<int>(std::floor(std::log10(x)));
}

// Decimal places (negative: zeros before the point) that show three significant digits of the value and the first of
// its half-width, yet never more than six digits of the larger.
int decimals(double value, double half) {
  const double size = std::fabs(value);
  const double largest = std::max(size, std::isfinite(half) ? half : 0);
  if (!(largest > 0)) return 0;
  int last = std::numeric_limits<int>::max();
  if (size > 0 && (!(half > size) || !std::isfinite(half))) last = place(size) - 2;
  if (std::isfinite(half) && half > 0) last = std::min(last, half > size ? place(half) - 1 : place(half));
  return -std::max(last, place(largest) - 5);
}

std::string grouped(double value, int places) {
  const double size = std::fabs(value);
  if (size >= 1e15) return fmt::format("{:.2e}", value);
  const double step = std::pow(10.0, -places);
  const double rounded = places >= 0 ? size : std::round(size / step) * step;
  const std::string digits = fmt::format("{:.{}f}", rounded, std::max(places, 0));
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::string text;
  if (value < 0 && digits.find_first_not_of("0.") != std::string::npos) text.append("\u2212");
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < point && (point - i) % 3 == 0) text.push_back(',');
    text.push_back(digits[i]);
  }
  return text;
}

std::string with_sign(double value, int places) {
  const std::string digits = grouped(value, places);
  std::string text(value > 0 && digits.find_first_not_of("0.,") != std::string::npos ? "+" : "");
  return text.append(digits);
}

double widest_half(double mean, double lo, double hi) {
  return std::max(mean - lo, hi - mean);
}

const std::string none = "\u2013";

}  // namespace

Quantity::Quantity(const std::string& unit) {
  if (unit == "h")
    kind_ = Kind::time;
  else if (unit == "share" || unit == "probability")
    kind_ = Kind::share;
  else if (unit != "1")
    unit_ = unit;
}

Quantity::Scale Quantity::scale(double largest) const {
  if (kind_ == Kind::share) return {100, " %"};
  if (kind_ == Kind::plain) return {1, ""};
  if (largest == 0) return {1, " h"};
  const auto* unit = std::find_if(time_units.begin(), time_units.end() - 1,
                                  [&](const TimeUnit& u) { return std::fabs(largest) < u.up_to; });
  return {1 / unit->hours, unit->suffix};
}

Quantity::Scale Quantity::difference_scale(double mean, double lo, double hi) const {
  if (kind_ == Kind::share) return {100, " pp"};
  double largest = std::fabs(mean);
  for (const double end : {lo, hi})
    if (std::isfinite(end)) largest = std::max(largest, std::fabs(end));
  return scale(largest);
}

std::string Quantity::text(double value) const {
  if (!std::isfinite(value)) return none;
  const auto [factor, suffix] = scale(value);
  return grouped(value * factor, decimals(value * factor, std::numeric_limits<double>::quiet_NaN())) + suffix;
}

std::string Quantity::estimate(double mean, double lo, double hi) const {
  const double half = widest_half(mean, lo, hi);
  if (!std::isfinite(half) || !(half > 0)) return text(mean);
  const auto [factor, suffix] = scale(mean == 0 ? half : mean);
  const int places = decimals(mean * factor, half * factor);
  return grouped(mean * factor, places).append(" \u00b1 ").append(grouped(half * factor, places)) + suffix;
}

std::string Quantity::difference(double mean, double lo, double hi) const {
  if (!std::isfinite(mean)) return none;
  const auto [factor, suffix] = difference_scale(mean, lo, hi);
  return with_sign(mean * factor, decimals(mean * factor, (hi - lo) / 2 * factor)) + suffix;
}

std::string Quantity::difference_interval(double mean, double lo, double hi) const {
  if (!std::isfinite(lo) || !std::isfinite(hi)) return "";
  const auto [factor, suffix] = difference_scale(mean, lo, hi);
  const int places = decimals(mean * factor, (hi - lo) / 2 * factor);
  return with_sign(lo * factor, places).append(" to ").append(with_sign(hi * factor, places)) + suffix;
}

}  // namespace demarche::output
