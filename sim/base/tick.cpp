#include "sim/base/tick.hpp"

#include <cmath>

namespace demarche {

Ticks Clock::ticks(double seconds, Ticks least) const {
  const double t = std::floor(seconds / static_cast<double>(tick_s) + 0.5);
  if (!(t > static_cast<double>(least))) return least;
  return t < 0x1p62 ? static_cast<Ticks>(t) : never;
}

}  // namespace demarche
