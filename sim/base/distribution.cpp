#include "sim/base/distribution.hpp"

#include <cmath>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"

namespace demarche {
namespace {

__extension__ using Wide = unsigned __int128;

void expect_share(double p) {
  DEMARCHE_EXPECT(p >= 0 && p <= 1, "a probability lies between 0 and 1");
}

/// Hoermann's transformed rejection needs the same table-free proposal for both laws.
struct Proposal {
  double a, b, centre;
  double at(double u, double us) const { return std::floor((2 * a / us + b) * u + centre); }
};

std::uint64_t poisson_by_inversion(Stream& stream, double mean) {
  double u = draw_uniform(stream);
  double p = math::exp(-mean);
  std::uint64_t k = 0;
  // below a mean of 10 everything beyond 100 is under 2^-53, where the search could run on rounding errors
  while (u >= p && k < 100) {
    u -= p;
    p *= mean / static_cast<double>(++k);
  }
  return k;
}

std::uint64_t poisson_by_rejection(Stream& stream, double mean) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const Proposal propose{-0.059 + 0.02483 * b, b, mean + 0.43};
  const double squeeze = 0.9277 - 3.6224 / (b - 2);
  const double log_inverse_alpha = math::log(1.1239 + 1.1328 / (b - 3.4));
  const double log_mean = math::log(mean);
  for (;;) {
    const double u = draw_open(stream) - 0.5;
    const double v = draw_open(stream);
    const double us = 0.5 - std::fabs(u);
    const double k = propose.at(u, us);
    if (us >= 0.07 && v <= squeeze) return static_cast<std::uint64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (math::log(v) + log_inverse_alpha - math::log(propose.a / (us * us) + b) <=
        k * log_mean - mean - math::log_factorial(static_cast<std::uint64_t>(k)))
      return static_cast<std::uint64_t>(k);
  }
}

std::uint64_t binomial_by_inversion(Stream& stream, std::uint64_t n, double p) {
  double u = draw_uniform(stream);
  const double trials = static_cast<double>(n);
  double mass = math::exp(trials * math::log1p(-p));
  const double odds = p / (1 - p);
  std::uint64_t k = 0;
  while (u >= mass && k < n && k < 100) {
    u -= mass;
    mass *= odds * (trials - static_cast<double>(k)) / static_cast<double>(k + 1);
    ++k;
  }
  return k;
}

std::uint64_t binomial_by_rejection(Stream& stream, std::uint64_t n, double p) {
  const double trials = static_cast<double>(n), q = 1 - p;
  const double spread = std::sqrt(trials * p * q);
  const double b = 1.15 + 2.53 * spread;
  const Proposal propose{-0.0873 + 0.0248 * b + 0.01 * p, b, trials * p + 0.5};
  const double squeeze = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * spread;
  const double log_odds = math::log(p / q);
  const double mode = std::floor((trials + 1) * p);
  const double at_mode = math::log_gamma(mode + 1) + math::log_gamma(trials - mode + 1);
  for (;;) {
    const double u = draw_open(stream) - 0.5;
    const double v = draw_open(stream);
    const double us = 0.5 - std::fabs(u);
    const double k = propose.at(u, us);
    if (us >= 0.07 && v <= squeeze) return static_cast<std::uint64_t>(k);
    if (k < 0 || k > trials) continue;
    if (math::log(v * alpha / (propose.a / (us * us) + b)) <=
        at_mode - math::log_gamma(k + 1) - math::log_gamma(trials - k + 1) + (k - mode) * log_odds)
      return static_cast<std::uint64_t>(k);
  }
}

double johnk(Stream& stream, double a, double b) {
  for (;;) {
    const double x = math::log(draw_open(stream)) / a;
    const double y = math::log(draw_open(stream)) / b;
    // compared as logarithms: u^(1/a) underflows for small shapes
    const double top = x > y ? x : y;
    const double log_sum = top + math::log(math::exp(x - top) + math::exp(y - top));
    if (log_sum <= 0) return math::exp(x - log_sum);
  }
}

}  // namespace

Coin::Coin(double p) {
  expect_share(p);
  threshold = static_cast<std::uint64_t>(p * 0x1p32 + 0.5);
}

std::uint64_t draw_below(Stream& stream, std::uint64_t n) {
  DEMARCHE_EXPECT(n >= 1, "a choice needs something to choose from");
  if (n <= (std::uint64_t{1} << 32)) {
    const std::uint64_t rejected = (std::uint64_t{1} << 32) % n;
    for (;;) {
      const std::uint64_t m = stream.next32() * n;
      if ((m & 0xffffffffU) >= rejected) return m >> 32;
    }
  }
  const std::uint64_t rejected = (0 - n) % n;
  for (;;) {
    const Wide m = static_cast<Wide>(stream.next64()) * n;
    if (static_cast<std::uint64_t>(m) >= rejected) return static_cast<std::uint64_t>(m >> 64);
  }
}

bool draw_bernoulli(Stream& stream, double p) {
  expect_share(p);
  const std::uint64_t word = stream.next64();
  return p >= 1 || word < static_cast<std::uint64_t>(p * 0x1p64);
}

double draw_exponential(Stream& stream, double mean) {
  return -mean * math::log1p(-draw_uniform(stream));
}

double draw_normal(Stream& stream) {
  return math::normal_quantile(draw_open(stream));
}

double draw_lognormal(Stream& stream, double median, double sigma) {
  return median * math::exp(sigma * draw_normal(stream));
}

double draw_gamma(Stream& stream, double shape, double scale) {
  DEMARCHE_EXPECT(shape > 0 && scale > 0, "shape and scale of a gamma law are positive");
  if (shape < 1) {
    const double power = math::pow(draw_open(stream), 1 / shape);
    return draw_gamma(stream, shape + 1, scale) * power;
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = draw_normal(stream);
    const double u = draw_open(stream);
    const double w = 1 + c * x;
    if (w <= 0) continue;
    const double v = w * w * w;
    if (u < 1 - 0.0331 * x * x * x * x || math::log(u) < x * x / 2 + d * (1 - v + math::log(v))) return d * v * scale;
  }
}

double draw_beta(Stream& stream, double a, double b) {
  DEMARCHE_EXPECT(a > 0 && b > 0, "both shapes of a beta law are positive");
  if (a < 1 && b < 1) return johnk(stream, a, b);
  const double x = draw_gamma(stream, a, 1);
  const double y = draw_gamma(stream, b, 1);
  return x / (x + y);
}

std::uint64_t draw_poisson(Stream& stream, double mean) {
  DEMARCHE_EXPECT(mean >= 0 && mean < 0x1p52, "the mean of a count is between 0 and 2^52");
  return mean < 10 ? poisson_by_inversion(stream, mean) : poisson_by_rejection(stream, mean);
}

std::uint64_t draw_binomial(Stream& stream, std::uint64_t n, double p) {
  expect_share(p);
  DEMARCHE_EXPECT(n < (std::uint64_t{1} << 52), "fewer than 2^52 trials");
  if (p > 0.5) return n - draw_binomial(stream, n, 1 - p);
  return static_cast<double>(n) * p < 10 ? binomial_by_inversion(stream, n, p) : binomial_by_rejection(stream, n, p);
}

std::uint64_t draw_geometric(Stream& stream, double p) {
  DEMARCHE_EXPECT(p > 0 && p <= 1, "waiting for a success needs a chance of one");
  const double u = draw_open(stream);
  if (p == 1) return 0;
  const double k = math::log(u) / math::log1p(-p);
  return k < 0x1p63 ? static_cast<std::uint64_t>(k) : std::uint64_t{1} << 63;
}

PowerLaw::PowerLaw(double exponent, std::uint64_t least, std::uint64_t most)
    : exponent_(exponent), least_(least), most_(most) {
  DEMARCHE_EXPECT(least >= 1 && least <= most && most <= unbounded, "a power law needs 1 <= least <= most");
  DEMARCHE_EXPECT(exponent >= 0 && (most < unbounded || exponent > 1), "this power law has no finite total");
  const double first = static_cast<double>(least);
  area_low_ = area(first + 0.5) - math::pow(first, -exponent);
  area_high_ = area(static_cast<double>(most) + 0.5);
  sure_ = first + 1 - area_inverse(area(first + 1.5) - math::pow(first + 1, -exponent));
}

double PowerLaw::area(double x) const {
  const double one_less = 1 - exponent_, l = math::log(x);
  return one_less == 0 ? l : math::expm1(one_less * l) / one_less;
}
double PowerLaw::area_inverse(double a) const {
  const double one_less = 1 - exponent_;
  return math::exp(one_less == 0 ? a : math::log1p(one_less * a) / one_less);
}

std::uint64_t PowerLaw::operator()(Stream& stream) const {
  for (;;) {
    const double a = area_high_ + draw_open(stream) * (area_low_ - area_high_);
    const double x = area_inverse(a);
    const double bounded = x < static_cast<double>(most_) ? x + 0.5 : static_cast<double>(most_);
    std::uint64_t k = static_cast<std::uint64_t>(bounded);
    if (k < least_) k = least_;
    if (k > most_) k = most_;
    const double kd = static_cast<double>(k);
    if (kd - x <= sure_ || a >= area(kd + 0.5) - math::pow(kd, -exponent_)) return k;
  }
}

}  // namespace demarche
