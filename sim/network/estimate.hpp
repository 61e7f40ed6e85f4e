#pragma once
#include <cstdint>

#include "sim/network/generators.hpp"

namespace demarche::network {

/// Memory of a layer, in bytes, names not counted. From expected ties, so within sampling error of the truth.
struct LayerBytes {
  std::uint64_t finished = 0;
  std::uint64_t build_peak = 0;  ///< while it is generated, the finished layer included
};
/// 8 bytes an actor and 4 a tie.
std::uint64_t finished_bytes(std::uint64_t total_actors, double ties);
/// Saturates at 2^63. `total_actors` as in generate(). Parameters must be valid.
LayerBytes bytes_needed(const Generator& g, Vertex total_actors = 0);

}  // namespace demarche::network
