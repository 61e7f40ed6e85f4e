#pragma once
#include <cstdint>
#include <string_view>

#include "sim/base/random.hpp"

namespace demarche::models {

/// The key of a name: FNV-1a, then mixed. Names, not positions, key the draws of channels and stimuli, so adding one
/// leaves the luck of the others as it was.
constexpr MessageKey name_key(std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix64(h);
}

}  // namespace demarche::models
