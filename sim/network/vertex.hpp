#pragma once
#include <cstdint>

namespace demarche::network {

using Vertex = std::uint32_t;  ///< raw value of an ActorId, for the inside of kernels
using TieIndex = std::uint64_t;

}  // namespace demarche::network
