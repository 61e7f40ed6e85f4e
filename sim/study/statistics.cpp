#include "sim/study/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/base/error.hpp"

namespace demarche::study {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Neumaier 1974, doi 10.1002/zamm.19740540106
class Sum {
 public:
  void add(double x) {
    const double t = sum_ + x;
    rest_ += std::fabs(sum_) >= std::fabs(x) ? (sum_ - t) + x : (x - t) + sum_;
    sum_ = t;
  }
  double value() const { return sum_ + rest_; }

 private:
  double sum_ = 0, rest_ = 0;
};

template <class F>
double sum_over(std::span<const double> values, F&& term) {
  Sum sum;
  for (const double x : values) sum.add(term(x));
  return sum.value();
}

double mean_of(std::span<const double> v) {
  const auto [low, high] = std::minmax_element(v.begin(), v.end());
  // a sum divided by n need not give a common value back, and the interval would have a width
  if (*low == *high) return *low;
  return sum_over(v, [](double x) { return x; }) / static_cast<double>(v.size());
}

double median_of(std::vector<double> v) {
  std::sort(v.begin(), v.end());
  const std::size_t half = v.size() / 2;
  return v.size() % 2 == 1 ? v[half] : v[half - 1] + (v[half] - v[half - 1]) / 2;
}

double skew_of(std::span<const double> v, double mean) {
  const auto n = static_cast<double>(v.size());
  if (v.size() < 3) return nan;
  const double m2 = sum_over(v, [&](double x) { return (x - mean) * (x - mean); }) / n;
  const double m3 = sum_over(v, [&](double x) { return (x - mean) * (x - mean) * (x - mean); }) / n;
  if (!(m2 > 0)) return nan;
  return m3 / (m2 * std::sqrt(m2)) * std::sqrt(n * (n - 1)) / (n - 2);
}

boost::math::students_t student(std::size_t n) {
  return boost::math::students_t(static_cast<double>(n - 1));
}

double correlation_of(std::span<const double> a, std::span<const double> b) {
  const double ma = mean_of(a), mb = mean_of(b);
  Sum ab, aa, bb;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab.add((a[i] - ma) * (b[i] - mb));
    aa.add((a[i] - ma) * (a[i] - ma));
    bb.add((b[i] - mb) * (b[i] - mb));
  }
  if (!(aa.value() > 0 && bb.value() > 0)) return nan;
  return std::clamp(ab.value() / (std::sqrt(aa.value()) * std::sqrt(bb.value())), -1.0, 1.0);
}

}  // namespace

Summary summarize(std::span<const double> values, double level) {
  DEMARCHE_EXPECT(level > 0 && level < 1, "level of confidence");
  std::vector<double> v;
  v.reserve(values.size());
  std::copy_if(values.begin(), values.end(), std::back_inserter(v), [](double x) { return std::isfinite(x); });
  Summary s{v.size(), values.size() - v.size(), nan, nan, nan, nan, nan, nan};
  if (v.empty()) return s;
  s.mean = mean_of(v);
  s.median = median_of(v);
  if (v.size() < 2) return s;
  const auto n = static_cast<double>(v.size());
  s.sd = std::sqrt(sum_over(v, [&](double x) { return (x - s.mean) * (x - s.mean); }) / (n - 1));
  const double half = s.sd > 0 ? quantile(complement(student(v.size()), (1 - level) / 2)) * s.sd / std::sqrt(n) : 0;
  s.lo = s.mean - half;
  s.hi = s.mean + half;
  s.skew = skew_of(v, s.mean);
  return s;
}

Interval proportion_interval(std::uint64_t events, std::uint64_t n) {
  DEMARCHE_EXPECT(n >= 1 && events <= n, "events among trials");
  const auto trials = static_cast<double>(n);
  if (events == 0) return {0, std::min(1.0, 3 / trials)};
  if (events == n) return {std::max(0.0, 1 - 3 / trials), 1};
  constexpr double z = 1.959963984540054;
  const double p = static_cast<double>(events) / trials;
  const double centre = (p + z * z / (2 * trials)) / (1 + z * z / trials);
  const double half = z / (1 + z * z / trials) * std::sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials));
  return {centre - half, centre + half};
}

PairedDifference paired_difference(std::span<const double> a, std::span<const double> b, double level) {
  DEMARCHE_EXPECT(a.size() == b.size(), "pairs of replicates");
  std::vector<double> first, second, difference;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!std::isfinite(a[i]) || !std::isfinite(b[i])) continue;
    first.push_back(a[i]);
    second.push_back(b[i]);
    difference.push_back(a[i] - b[i]);
  }
  const Summary s = summarize(difference, level);
  PairedDifference d{s.n, s.mean, s.lo, s.hi, s.sd, s.skew, nan, nan};
  if (s.n < 2) return d;
  d.correlation = correlation_of(first, second);
  if (s.sd > 0) {
    const double t = s.mean / (s.sd / std::sqrt(static_cast<double>(s.n)));
    d.p = 2 * cdf(complement(student(s.n), std::fabs(t)));
  } else {
    d.p = s.mean == 0 ? 1 : 0;
  }
  return d;
}

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i)
    if (!std::isnan(p[i])) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return p[x] < p[y]; });
  std::vector<double> adjusted(p.size(), nan);
  double greatest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    greatest = std::max(greatest, std::min(1.0, p[order[rank]] * static_cast<double>(order.size() - rank)));
    adjusted[order[rank]] = greatest;
  }
  return adjusted;
}

}  // namespace demarche::study
