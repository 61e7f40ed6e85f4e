#pragma once
#include <string>

namespace demarche::output {

/// How the numbers of a measure are written for people. Spans of time (unit "h") are written in seconds, minutes, hours
/// or days, whichever suits the number, so "48.3 min" stands beside "8.95 d"; shares are per cent and their differences
/// percentage points ("pp"); any other unit is left to the row's name. "-" where there is no value.
class Quantity {
 public:
  explicit Quantity(const std::string& unit);

  /// What the row's name has to add: "actors", "views"; "" where the numbers bring their unit or have none.
  const std::string& unit() const { return unit_; }

  /// Three significant digits, thousands set apart.
  std::string text(double value) const;
  /// "12.30 ± 0.04": the mean and the wider half of its interval, to the first digit of that half; the mean alone where
  /// there is no interval or it has no width.
  std::string estimate(double mean, double lo, double hi) const;
  /// With its sign, "+" or a true minus, and the digits that the interval lo to hi allows.
  std::string difference(double mean, double lo, double hi) const;
  /// "low to high" with the unit and the digits of difference().
  std::string difference_interval(double mean, double lo, double hi) const;

 private:
  struct Scale {
    double factor;
    const char* suffix;
  };
  Scale scale(double largest) const;
  Scale difference_scale(double mean, double lo, double hi) const;

  enum class Kind : unsigned char { plain, time, share } kind_ = Kind::plain;
  std::string unit_;
};

}  // namespace demarche::output
