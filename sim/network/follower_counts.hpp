#pragma once
#include <cstdint>

#include "sim/base/distribution.hpp"

namespace demarche::network {

/// Sum of k^-exponent over least..most, by Euler-Maclaurin beyond the first terms; relative error < 1e-12. exponent >=
/// 0.
double power_sum(double exponent, std::uint64_t least, std::uint64_t most);

/// Follower counts with P(k) proportional to k^-exponent on `least` + 1 .. most, where `least` and the share of actors
/// that may draw it as well are solved so that the mean is the asked one. least = 0: those actors have no followers at
/// all.
class FollowerCounts {
 public:
  /// exponent > 1, 0 <= mean < most.
  FollowerCounts(double exponent, double mean, std::uint64_t most);
  std::uint64_t draw(Stream& stream) const;
  std::uint64_t least() const { return least_; }

 private:
  std::uint64_t least_;
  double low_share_;
  PowerLaw low_, high_;
};

}  // namespace demarche::network
