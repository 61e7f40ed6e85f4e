#include "output/tables/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace demarche::output {
namespace {

struct TimeUnit {
  const char* name;
  double hours;
  double up_to;  // used while the middle of the row's values, in hours, is below
};
constexpr std::array<TimeUnit, 4> time_units{{{"seconds", 1 / 3600.0, 0.025},
                                              {"minutes", 1 / 60.0, 1.5},
                                              {"hours", 1, 48},
                                              {"days", 24, std::numeric_limits<double>::infinity()}}};

// The geometric middle of the smallest and the largest: both ends stay readable. With nothing but zeros: hours.
double middle(std::span<const double> values) {
  double low = std::numeric_limits<double>::infinity(), high = 0;
  for (const double v : values) {
    const double size = std::fabs(v);
    if (!std::isfinite(size) || size == 0) continue;
    low = std::min(low, size);
    high = std::max(high, size);
  }
  return high > 0 ? std::sqrt(low) * std::sqrt(high) : 2;
}

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

}  // namespace

Quantity::Quantity(const std::string& unit, std::span<const double> values) : unit_(unit), difference_unit_(unit) {
  if (unit == "h") {
    const double typical = middle(values);
    const auto chosen =
        std::find_if(time_units.begin(), time_units.end(), [&](const TimeUnit& u) { return typical < u.up_to; });
    factor_ = 1 / chosen->hours;
    unit_ = difference_unit_ = std::string(chosen->name);
  } else if (unit == "share" || unit == "probability") {
    factor_ = 100;
    unit_ = std::string("%");
    difference_unit_ = std::string("percentage points");
  } else if (unit == "1") {
    unit_.clear();
    difference_unit_.clear();
  }
}

std::string Quantity::text(double value, double half) const {
  return std::isfinite(value) ? grouped(value * factor_, decimals(value * factor_, half * factor_)) : "\u2013";
}

std::string Quantity::interval(double lo, double hi, double value, double half) const {
  if (!std::isfinite(lo) || !std::isfinite(hi)) return "";
  const int places = decimals(value * factor_, half * factor_);
  return grouped(lo * factor_, places).append(" to ").append(grouped(hi * factor_, places));
}

std::string Quantity::signed_text(double value, double half) const {
  return std::isfinite(value) ? with_sign(value * factor_, decimals(value * factor_, half * factor_)) : "\u2013";
}

std::string Quantity::signed_interval(double lo, double hi, double value, double half) const {
  if (!std::isfinite(lo) || !std::isfinite(hi)) return "";
  const int places = decimals(value * factor_, half * factor_);
  return with_sign(lo * factor_, places).append(" to ").append(with_sign(hi * factor_, places));
}

}  // namespace demarche::output
