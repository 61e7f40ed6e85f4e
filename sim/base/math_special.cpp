#include <array>
#include <cmath>
#include <limits>

#include "sim/base/math.hpp"

namespace demarche::math {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double half_log_two_pi = 0.91893853320467274178;

/// Both polynomials of one branch of AS 241; index = power.
struct Rational {
  std::array<double, 8> above, below;
  double operator()(double r) const {
    double n = above[7], d = below[7];
    for (std::size_t i = 7; i-- > 0;) {
      n = n * r + above[i];
      d = d * r + below[i];
    }
    return n / d;
  }
};

constexpr Rational centre{
    {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
     4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3, 2.1213794301586595867e+4,
     3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3}};
constexpr Rational shoulder{
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1,
     1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9}};
constexpr Rational tail{
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4,
     1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15}};

/// log Gamma(x) - (x - 1/2) log x + x - log(2 pi) / 2 for x >= 10 (Stirling's series; the next term is below 1e-16).
double stirling_rest(double x) {
  const double i = 1 / x, i2 = i * i;
  double s = 1.0 / 156;
  s = s * i2 - 691.0 / 360360;
  s = s * i2 + 1.0 / 1188;
  s = s * i2 - 1.0 / 1680;
  s = s * i2 + 1.0 / 1260;
  s = s * i2 - 1.0 / 360;
  s = s * i2 + 1.0 / 12;
  return s * i;
}

/// x^shape e^-x / Gamma(shape), without the cancellation of large terms when x is near a large shape.
double gamma_weight(double shape, double x) {
  if (shape < 10) return exp(shape * log(x) - x - log_gamma(shape));
  const double ratio = (x - shape) / shape;
  return exp(shape * (log1p(ratio) - ratio) - stirling_rest(shape)) * std::sqrt(shape / 6.28318530717958647693);
}

/// The lower tail by its power series; for x < shape + 1.
double lower_series(double shape, double x) {
  double term = 1 / shape, sum = term;
  for (double n = shape + 1; term > sum * 1e-17; ++n) {
    term *= x / n;
    sum += term;
  }
  return sum * gamma_weight(shape, x);
}

/// The upper tail by Legendre's continued fraction, evaluated as in Lentz 1976; for x >= shape + 1.
double upper_fraction(double shape, double x) {
  double b = x + 1 - shape, c = 1e300, d = 1 / b, h = d;
  for (int i = 1; i < 100000; ++i) {
    const double a = -i * (i - shape);
    b += 2;
    d = a * d + b;
    d = 1 / (d == 0 ? 1e-300 : d);
    c = b + a / c;
    if (c == 0) c = 1e-300;
    const double step = c * d;
    h *= step;
    if (step > 1 - 1e-15 && step < 1 + 1e-15) break;
  }
  return h * gamma_weight(shape, x);
}

}  // namespace

double log_gamma(double x) {
  double product = 1;
  while (x < 10) product *= x++;
  return (x - 0.5) * log(x) - x + half_log_two_pi + stirling_rest(x) - log(product);
}

double log_factorial(std::uint64_t n) {
  if (n > 20) return log_gamma(static_cast<double>(n) + 1);
  double f = 1;
  for (std::uint64_t i = 2; i <= n; ++i) f *= static_cast<double>(i);  // exact up to 20! / 2^18
  return log(f);
}

double gamma_probability(double shape, double x) {
  if (x <= 0) return 0;
  if (x == infinity) return 1;
  return x < shape + 1 ? lower_series(shape, x) : 1 - upper_fraction(shape, x);
}

double gamma_quantile(double shape, double p) {
  if (p <= 0) return 0;
  if (p >= 1) return infinity;
  // first guess: Wilson and Hilferty 1931, or the leading term of the series where that fails
  const double z = normal_quantile(p);
  const double w = 1 - 1 / (9 * shape) + z / (3 * std::sqrt(shape));
  double x = w > 0.1 ? shape * w * w * w : exp((log(p) + log_gamma(shape + 1)) / shape);
  if (x <= 0) return 0;
  double low = 0, high = infinity;
  for (int i = 0; i < 200; ++i) {
    const bool upper = x >= shape + 1;  // the smaller tail keeps the digits
    const double miss = upper ? (1 - p) - upper_fraction(shape, x) : lower_series(shape, x) - p;
    (miss > 0 ? high : low) = x;
    const double slope = gamma_weight(shape, x) / x;
    // Halley's step on top of Newton's: f''/f' = (shape - 1) / x - 1
    const double newton = miss / slope;
    double curve = newton * ((shape - 1) / x - 1) / 2;
    if (!(curve < 0.5)) curve = 0.5;
    if (curve < -0.5) curve = -0.5;
    double next = x - newton / (1 - curve);
    if (!(next > low && next < high)) next = high == infinity ? 2 * x : (low + high) / 2;
    const double moved = next > x ? next - x : x - next;
    x = next;
    if (moved <= 1e-11 * x) break;
  }
  return x;
}

double normal_probability(double z) {
  const double q = z * z / 2;
  if (q == 0) return 0.5;
  const double below = q < 1.5 ? 0.5 - lower_series(0.5, q) / 2 : upper_fraction(0.5, q) / 2;
  return z < 0 ? below : 1 - below;
}

double normal_quantile(double p) {
  if (!(p > 0 && p < 1)) return p == 0 ? -infinity : p == 1 ? infinity : std::numeric_limits<double>::quiet_NaN();
  const double q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) return q * centre(0.180625 - q * q);
  const double r = std::sqrt(-log(q < 0 ? p : 1 - p));
  const double z = r <= 5 ? shoulder(r - 1.6) : tail(r - 5);
  return q < 0 ? -z : z;
}

}  // namespace demarche::math
