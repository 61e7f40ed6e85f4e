#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/random.hpp"

namespace demarche {

/// A law of a non-negative quantity, most often a duration in seconds; sampled from counter words only, so that results
/// are the same on every compiler. Parameters by kind:
///   fixed(value); uniform(low, high); exponential(mean); lognormal(median, sigma); gamma(mean, shape);
///   erlang is gamma with whole shape; weibull is not offered;
///   seismic(break, theta): flat to `break`, then a power-law tail (FACTS.md section 2);
///   quantiles: piecewise linear between (probability, value) pairs.
struct Law {
  enum class Kind : std::uint8_t { fixed, uniform, exponential, lognormal, gamma, seismic, quantiles };
  Kind kind = Kind::fixed;
  double a = 0;  ///< value | low | mean | median | mean | break
  double b = 0;  ///< - | high | - | sigma | shape | theta
  std::vector<std::pair<double, double>>
      points;  ///< quantiles only, both coordinates increasing, first p = 0, last p = 1

  static Law fixed(double value) { return {Kind::fixed, value, 0, {}}; }
  static Law exponential(double mean) { return {Kind::exponential, mean, 0, {}}; }
  static Law uniform(double low, double high) { return {Kind::uniform, low, high, {}}; }
  static Law lognormal(double median, double sigma) { return {Kind::lognormal, median, sigma, {}}; }
  static Law gamma(double mean, double shape) { return {Kind::gamma, mean, shape, {}}; }
  static Law seismic(double break_s, double theta) { return {Kind::seismic, break_s, theta, {}}; }
  static Law quantiles(std::vector<std::pair<double, double>> p) { return {Kind::quantiles, 0, 0, std::move(p)}; }

  double mean() const;           ///< infinity where it does not exist (seismic)
  double second_moment() const;  ///< E[X^2]; infinity where it does not exist
  /// Inverse of the distribution function, 0 <= p <= 1; infinity at 1 for a law without an upper end.
  double quantile(double p) const;
  /// One draw; reads as many words as it needs. Equals quantile(u) with u of 53 bits for every kind but gamma.
  double sample(Stream& stream) const;
  /// As a scenario writes it, e.g. "lognormal(median 2 h, sigma 1.2)"; values are taken as seconds.
  std::string text() const;

  friend bool operator==(const Law&, const Law&) = default;
};

}  // namespace demarche
