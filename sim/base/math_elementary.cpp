#include <cmath>
#include <cstring>
#include <limits>

#include "sim/base/math.hpp"

namespace demarche::math {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// ln 2 in two parts: the product of the first with any exponent of a double is exact
constexpr double ln2_high = 0x1.62e42feep-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;

std::uint64_t bits_of(double x) {
  std::uint64_t b;
  std::memcpy(&b, &x, sizeof b);
  return b;
}
double double_of(std::uint64_t b) {
  double x;
  std::memcpy(&x, &b, sizeof x);
  return x;
}

/// 2^k for the exponents of normal numbers, -1022 <= k <= 1023.
double power_of_two(int k) {
  return double_of(static_cast<std::uint64_t>(k + 1023) << 52);
}

/// x * 2^k with one rounding at most where the result is subnormal.
double scale(double x, int k) {
  if (k > 1023) return x * power_of_two(1023) * power_of_two(k - 1023 > 1023 ? 1023 : k - 1023);
  if (k < -1022) return x * power_of_two(k + 1000 < -1022 ? -1022 : k + 1000) * power_of_two(-1000);
  return x * power_of_two(k);
}

struct Parts {
  double fraction;  // x = (1 + fraction) 2^exponent, with 1 + fraction in [sqrt(1/2), sqrt(2)); exact
  int exponent;
};
Parts split(double x) {
  int e = 0;
  if (x < 0x1p-1022) {
    x *= 0x1p54;
    e = -54;
  }
  std::uint64_t b = bits_of(x);
  e += static_cast<int>(b >> 52) - 1023;
  b = (b & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL;
  double m = double_of(b);
  if (m > 0x1.6a09e667f3bcdp+0) {
    m *= 0.5;
    ++e;
  }
  return {m - 1.0, e};
}

/// 2 atanh(s) / s - 2 as a series in s^2: its terms beyond the last one are below 2^-58 for s <= 3 - 2 sqrt(2).
double atanh_tail(double s2) {
  double r = 2.0 / 23;
  r = r * s2 + 2.0 / 21;
  r = r * s2 + 2.0 / 19;
  r = r * s2 + 2.0 / 17;
  r = r * s2 + 2.0 / 15;
  r = r * s2 + 2.0 / 13;
  r = r * s2 + 2.0 / 11;
  r = r * s2 + 2.0 / 9;
  r = r * s2 + 2.0 / 7;
  r = r * s2 + 2.0 / 5;
  r = r * s2 + 2.0 / 3;
  return r * s2;
}

/// (exp(r) - 1 - r) / r^2 for |r| < 0.36; Taylor to r^14 leaves less than 2^-58.
double exp_tail(double r) {
  double p = 1.0 / 87178291200.0;
  p = p * r + 1.0 / 6227020800.0;
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  return p * r + 0.5;
}

/// A number as an unevaluated sum of two doubles.
struct Double2 {
  double high, low;
};
Double2 quick_sum(double a, double b) {  // |a| >= |b|
  const double s = a + b;
  return {s, b - (s - a)};
}
/// The exact product (Dekker 1971), without a fused multiply-add.
Double2 product(double a, double b) {
  constexpr double splitter = 0x1p27 + 1;
  const double ta = splitter * a, tb = splitter * b;
  const double ah = ta - (ta - a), al = a - ah;
  const double bh = tb - (tb - b), bl = b - bh;
  const double p = a * b;
  return {p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

/// log with an error near 2^-62 of the result, for pow.
Double2 log2parts(double x) {
  const auto [f, e] = split(x);
  const double d = 2.0 + f;
  const double d_low = f - (d - 2.0);
  const double s = f / d;
  const Double2 sd = product(s, d);
  const double s_low = ((f - sd.high) - sd.low - s * d_low) / d;
  // 2 atanh(s) = 2 s + (2/3) s^3 + ...; only 2 s and the product with 2/3 need the second part
  const Double2 s2 = product(s, s);
  const double s2_low = s2.low + 2 * s * s_low;
  const Double2 s3 = product(s2.high, s);
  const double s3_low = s3.low + s2_low * s + s2.high * s_low;
  const double third = 2.0 / 3, third_low = 0x1.5555555555555p-55;
  const Double2 cubic = product(s3.high, third);
  const double cubic_low = cubic.low + s3.high * third_low + s3_low * third;
  const double rest = s * (atanh_tail(s2.high) - third * s2.high);

  const double k = e;
  Double2 sum = quick_sum(k == 0 ? 2 * s : k * ln2_high, k == 0 ? 0.0 : 2 * s);
  double low = sum.low + 2 * s_low + k * ln2_low;
  sum = quick_sum(sum.high, cubic.high);
  low += sum.low + cubic_low + rest;
  return quick_sum(sum.high, low);
}

/// exp(high + low)
double exp_of(double high, double low) {
  if (high > 709.79) return infinity;
  if (high < -745.14) return 0;
  const double kd = high * 0x1.71547652b82fep+0;
  const int k = static_cast<int>(kd + (kd < 0 ? -0.5 : 0.5));
  const double r_high = high - k * ln2_high;
  const double r_low = low - k * ln2_low;
  const double r = r_high + r_low;
  const double lost = (r_high - r) + r_low;
  return scale(1.0 + (r + (r * r * exp_tail(r) + lost)), k);
}

}  // namespace

double log(double x) {
  if (!(x > 0)) return x == 0 ? -infinity : not_a_number;
  if (x == infinity) return x;
  const auto [f, e] = split(x);
  const double s = f / (2.0 + f);
  // log(1 + f) = 2 atanh(s), and 2 s = f - s f keeps the exact f as the leading term
  const double correction = s * (f - atanh_tail(s * s));
  const double k = e;
  return k * ln2_high - ((correction - k * ln2_low) - f);
}

double log1p(double x) {
  const double u = 1.0 + x;
  if (!(u > 0)) return u == 0 ? -infinity : not_a_number;
  if (u == infinity) return u;
  if (u == 1.0) return x;
  const double lost = u > 2 ? 1.0 - (u - x) : x - (u - 1.0);
  return log(u) + lost / u;
}

double exp(double x) {
  return x != x ? x : exp_of(x, 0);
}

double exp2(double x) {
  if (x != x) return x;
  if (x > 1025) return infinity;
  if (x < -1080) return 0;
  const int k = static_cast<int>(x + (x < 0 ? -0.5 : 0.5));
  const double f = x - k;
  const Double2 r = product(f, 0x1.62e42fefa39efp-1);
  return scale(exp_of(r.high, r.low + f * 0x1.abc9e3b39803fp-56), k);
}

double expm1(double x) {
  if (x != x) return x;
  if (x > -0.35 && x < 0.35) return x + x * x * exp_tail(x);
  return exp(x) - 1.0;
}

double pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (!(x >= 0) || y != y) return not_a_number;
  if (x == 0) return y > 0 ? 0 : infinity;
  if (x == infinity) return y > 0 ? infinity : 0;
  if (y > 1e18 || y < -1e18) return (x > 1) == (y > 0) ? infinity : 0;
  const Double2 l = log2parts(x);
  const double rough = y * l.high;
  if (rough > 710 || rough < -746) return rough > 0 ? infinity : 0;
  const Double2 p = product(y, l.high);
  return exp_of(p.high, p.low + y * l.low);
}

}  // namespace demarche::math
