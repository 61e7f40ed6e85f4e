#pragma once
#include <span>
#include <string>

namespace demarche::output {

/// How the numbers of one row are written for people: one unit for all of them.
class Quantity {
 public:
  /// Chosen for values of a measure of that unit: hours become seconds, minutes, hours or days, shares become per cent;
  /// anything else keeps its unit.
  Quantity(const std::string& unit, std::span<const double> values);

  /// In words: "minutes", "%", "actors"; "" for pure numbers.
  const std::string& unit() const { return unit_; }
  /// Of a difference: per cent become "percentage points".
  const std::string& difference_unit() const { return difference_unit_; }

  /// Three significant digits, more where the interval (of half-width `half`, same unit as the measure) is narrower
  /// than the third digit; thousands set apart. "-" where there is no value.
  std::string text(double value, double half) const;
  /// "low to high" with the digits of text().
  std::string interval(double lo, double hi, double value, double half) const;
  /// With its sign, "+" or a true minus.
  std::string signed_text(double value, double half) const;
  std::string signed_interval(double lo, double hi, double value, double half) const;

 private:
  double factor_ = 1;
  std::string unit_, difference_unit_;
};

}  // namespace demarche::output
