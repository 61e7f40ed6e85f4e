#include "sim/base/law.hpp"

#include <algorithm>
#include <limits>

#include "sim/base/distribution.hpp"
#include "sim/base/error.hpp"
#include "sim/base/math.hpp"
#include "sim/base/text.hpp"

namespace demarche {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The constant density before the break: the flat part and the tail together weigh 1.
double seismic_density(double break_s, double theta) {
  return theta / (break_s * (1 + theta));
}

double seismic_quantile(double break_s, double theta, double p) {
  const double at_break = theta / (1 + theta);
  if (p <= at_break) return p / seismic_density(break_s, theta);
  return break_s * math::pow((1 - p) * (1 + theta), -1 / theta);
}

/// E[X^k] of the flat part and the tail.
double seismic_moment(double break_s, double theta, int k) {
  if (theta <= k) return infinity;
  double power = break_s;
  for (int i = 0; i < k; ++i) power *= break_s;
  return seismic_density(break_s, theta) * power * (1.0 / (k + 1) + 1 / (theta - k));
}

using Points = std::vector<std::pair<double, double>>;

double points_quantile(const Points& points, double p) {
  DEMARCHE_EXPECT(points.size() >= 2, "a law by quantiles needs two points");
  const auto above =
      std::upper_bound(points.begin() + 1, points.end() - 1, p, [](double q, const auto& x) { return q < x.first; });
  const auto [p0, x0] = *(above - 1);
  const auto [p1, x1] = *above;
  return x0 + (x1 - x0) * ((p - p0) / (p1 - p0));
}

/// E[X^k], k = 1 or 2: each piece is uniform between its ends.
double points_moment(const Points& points, int k) {
  double sum = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double share = points[i].first - points[i - 1].first;
    const double x = points[i - 1].second, y = points[i].second;
    sum += share * (k == 1 ? (x + y) / 2 : (x * x + x * y + y * y) / 3);
  }
  return sum;
}

}  // namespace

double Law::mean() const {
  switch (kind) {
    case Kind::fixed:
    case Kind::exponential:
    case Kind::gamma:
      return a;
    case Kind::uniform:
      return (a + b) / 2;
    case Kind::lognormal:
      return a * math::exp(b * b / 2);
    case Kind::seismic:
      return seismic_moment(a, b, 1);
    case Kind::quantiles:
      return points_moment(points, 1);
  }
  throw ContractError("unknown law");
}

double Law::second_moment() const {
  switch (kind) {
    case Kind::fixed:
      return a * a;
    case Kind::uniform:
      return (a * a + a * b + b * b) / 3;
    case Kind::exponential:
      return 2 * a * a;
    case Kind::lognormal:
      return a * a * math::exp(2 * b * b);
    case Kind::gamma:
      return a * a * (1 + 1 / b);
    case Kind::seismic:
      return seismic_moment(a, b, 2);
    case Kind::quantiles:
      return points_moment(points, 2);
  }
  throw ContractError("unknown law");
}

double Law::quantile(double p) const {
  DEMARCHE_EXPECT(p >= 0 && p <= 1, "a quantile is asked for a probability");
  switch (kind) {
    case Kind::fixed:
      return a;
    case Kind::uniform:
      return a + (b - a) * p;
    case Kind::exponential:
      return a == 0 ? 0 : -a * math::log1p(-p);
    case Kind::lognormal:
      return a == 0 || b == 0 ? a : a * math::exp(b * math::normal_quantile(p));
    case Kind::gamma:
      return a == 0 ? 0 : a / b * math::gamma_quantile(b, p);
    case Kind::seismic:
      return seismic_quantile(a, b, p);
    case Kind::quantiles:
      return points_quantile(points, p);
  }
  throw ContractError("unknown law");
}

double Law::sample(Stream& stream) const {
  if (kind == Kind::gamma) return a == 0 ? 0 : draw_gamma(stream, b, a / b);
  return quantile(draw_uniform(stream));
}

std::string Law::text() const {
  switch (kind) {
    case Kind::fixed:
      return "fixed(" + duration_text(a) + ")";
    case Kind::uniform:
      return "uniform(low " + duration_text(a) + ", high " + duration_text(b) + ")";
    case Kind::exponential:
      return "exponential(mean " + duration_text(a) + ")";
    case Kind::lognormal:
      return "lognormal(median " + duration_text(a) + ", sigma " + number_text(b) + ")";
    case Kind::gamma:
      return "gamma(mean " + duration_text(a) + ", shape " + number_text(b) + ")";
    case Kind::seismic:
      return "seismic(break " + duration_text(a) + ", theta " + number_text(b) + ")";
    case Kind::quantiles: {
      std::string t = "quantiles(";
      for (const auto& [p, x] : points)
        t += (t.back() == '(' ? "" : ", ") + number_text(100 * p) + " % " + duration_text(x);
      return t + ")";
    }
  }
  throw ContractError("unknown law");
}

}  // namespace demarche
