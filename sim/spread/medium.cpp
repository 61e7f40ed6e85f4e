#include "sim/spread/medium.hpp"

#include "sim/base/math.hpp"

namespace demarche::spread {

double relevance(const MessageTraits& message, Tick at) {
  if (message.half_life <= 0 || at <= message.born) return 1;
  return math::exp2(-static_cast<double>(at - message.born) / message.half_life);
}

}  // namespace demarche::spread
