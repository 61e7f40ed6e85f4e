#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/base/math.hpp"

/// Are runs that should have nothing in common independent? Statistics of sets of actors, each against its own critical
/// value, so that the engine and the schemes that are known to be wrong meet the very same test.
namespace demarche::run::test {

using Bits = std::vector<std::uint8_t>;  ///< by actor: 1 = reached

/// Some 60 statistics at 1e-5 each stay below the suite's 1e-3.
constexpr double alpha = 1e-5;
inline double normal_critical() {
  return std::sqrt(2 * math::gamma_quantile(0.5, 1 - alpha));  // two-sided: the square is chi-square with 1 degree
}
inline double chi_square_critical(double degrees) {
  return 2 * math::gamma_quantile(degrees / 2, 1 - alpha);
}

inline double count(const Bits& a) {
  return static_cast<double>(std::count(a.begin(), a.end(), 1));
}
/// Actors i of `a` that are reached where i + lag is in `b`.
inline double overlap(const Bits& a, const Bits& b, std::size_t lag = 0) {
  std::size_t both = 0;
  for (std::size_t i = 0; i + lag < a.size(); ++i) both += a[i] & b[i + lag];
  return static_cast<double>(both);
}

/// Reach of every replicate.
inline std::vector<double> reaches(const std::vector<Bits>& runs) {
  std::vector<double> list;
  for (const Bits& run : runs) list.push_back(count(run));
  return list;
}
/// Overlap of replicates 0 and 1, 2 and 3, ...: no replicate twice, so that the overlaps are independent where the
/// replicates are.
inline std::vector<double> overlaps(const std::vector<Bits>& runs) {
  std::vector<double> list;
  for (std::size_t i = 0; i + 1 < runs.size(); i += 2) list.push_back(overlap(runs[i], runs[i + 1]));
  return list;
}

/// A statistic over its critical value: above 1 is a rejection.
/// Chi-square of two samples in 12 cells of equal shares of the reference.
inline double other_law(const std::vector<double>& sample, std::vector<double> reference) {
  std::sort(reference.begin(), reference.end());
  std::vector<double> limits;
  for (std::size_t k = 1; k < 12; ++k) limits.push_back(reference[reference.size() * k / 12]);
  limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
  const auto histogram = [&](const std::vector<double>& list) {
    std::vector<double> cells(limits.size() + 1, 0);
    for (const double x : list)
      ++cells[static_cast<std::size_t>(std::upper_bound(limits.begin(), limits.end(), x) - limits.begin())];
    return cells;
  };
  const std::vector<double> a = histogram(sample), b = histogram(reference);
  const double ratio = std::sqrt(static_cast<double>(reference.size()) / static_cast<double>(sample.size()));
  double statistic = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] + b[i] > 0) statistic += (ratio * a[i] - b[i] / ratio) * (ratio * a[i] - b[i] / ratio) / (a[i] + b[i]);
  return statistic / chi_square_critical(static_cast<double>(a.size() - 1));
}

struct Moments {
  double mean = 0, variance = 0, variance_error = 0;  ///< the last: standard error of the variance
};
inline Moments moments(const std::vector<double>& x) {
  Moments m;
  const double n = static_cast<double>(x.size());
  for (const double v : x) m.mean += v / n;
  double fourth = 0;
  for (const double v : x) {
    const double square = (v - m.mean) * (v - m.mean);
    m.variance += square / n;
    fourth += square * square / n;
  }
  m.variance_error = std::sqrt((fourth - m.variance * m.variance) / n);
  return m;
}
/// z of the difference of two samples' variances.
inline double other_variance(const std::vector<double>& sample, const std::vector<double>& reference) {
  const Moments a = moments(sample), b = moments(reference);
  return std::abs(a.variance - b.variance) / std::hypot(a.variance_error, b.variance_error) / normal_critical();
}

/// Pairs of runs in which every one of `ties` ties passes with p, alone: do they pass together as often as independent
/// coins, p^2, in all pairs taken together (z) and pair by pair (chi-square)?
class Together {
 public:
  Together(double p, std::size_t lag) : p_(p), lag_(lag) {}
  void add(const Bits& a, const Bits& b) {
    const double n = static_cast<double>(a.size() - lag_);
    const double excess = overlap(a, b, lag_) - n * p_ * p_;
    sum_ += excess;
    variance_ += n * variance_of_one();
    squares_ += excess * excess / (n * variance_of_one());
    ++pairs_;
  }
  double in_all() const { return std::abs(sum_) / std::sqrt(variance_) / normal_critical(); }
  double pair_by_pair() const { return squares_ / chi_square_critical(pairs_); }
  double worst() const { return std::max(in_all(), pair_by_pair()); }

 private:
  double variance_of_one() const { return p_ * p_ * (1 - p_ * p_); }
  double p_;
  std::size_t lag_;
  double sum_ = 0, variance_ = 0, squares_ = 0, pairs_ = 0;
};

}  // namespace demarche::run::test
