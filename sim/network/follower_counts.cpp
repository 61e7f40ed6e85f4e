#include "sim/network/follower_counts.hpp"

#include "sim/base/math.hpp"

namespace demarche::network {
namespace {

double law_mean(double exponent, std::uint64_t least, std::uint64_t most) {
  if (least == 0) return 0;
  return power_sum(exponent - 1, least, most) / power_sum(exponent, least, most);
}

/// The largest lower end whose mean does not exceed the asked one.
std::uint64_t solve_least(double exponent, double mean, std::uint64_t most) {
  std::uint64_t low = 0, high = most;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (law_mean(exponent, middle, most) <= mean ? low : high) = middle;
  }
  return low;
}

}  // namespace

double power_sum(double exponent, std::uint64_t least, std::uint64_t most) {
  constexpr std::uint64_t terms = 32;
  double sum = 0;
  std::uint64_t k = least;
  for (; k <= most && k < least + terms; ++k) sum += math::pow(static_cast<double>(k), -exponent);
  if (k > most) return sum;
  const double a = static_cast<double>(k), b = static_cast<double>(most);
  const double fa = math::pow(a, -exponent), fb = math::pow(b, -exponent);
  const double gap = math::log(b / a);
  const double slope = 1 - exponent;
  const double area = slope == 0 ? gap : fa * a * math::expm1(slope * gap) / slope;
  const auto third = [exponent](double x, double fx) {
    return exponent * (exponent + 1) * (exponent + 2) * fx / (x * x * x);
  };
  return sum + area + (fa + fb) / 2 + exponent * (fa / a - fb / b) / 12 - (third(a, fa) - third(b, fb)) / 720;
}

FollowerCounts::FollowerCounts(double exponent, double mean, std::uint64_t most)
    : least_(solve_least(exponent, mean, most)),
      low_share_(0),
      low_(exponent, least_ == 0 ? 1 : least_, most),
      high_(exponent, least_ + 1, most) {
  const double low_mean = law_mean(exponent, least_, most);
  const double high_mean = law_mean(exponent, least_ + 1, most);
  low_share_ = (high_mean - mean) / (high_mean - low_mean);
}

std::uint64_t FollowerCounts::draw(Stream& stream) const {
  if (!draw_bernoulli(stream, low_share_)) return high_(stream);
  return least_ == 0 ? 0 : low_(stream);
}

}  // namespace demarche::network
