#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/study/results.hpp"

namespace demarche::output {

/// SHA-256 of bytes, 64 hexadecimal digits in lower case.
std::string sha256_hex(std::string_view bytes);

/// The bits that stand for a value in digests and files: one not-a-number whatever the compiler made, and no negative
/// zero.
std::uint64_t canonical_bits(double value);

struct Digests {
  std::string overall;
  std::vector<std::string> regimes;  ///< as in Results::regimes
};

/// Digests of what was computed, not of a file: seed, replicates, names and units of measures, axes and curves, and
/// every value. A regime's digest does not depend on the other regimes, nor on its own place or name; `overall` is the
/// digest of the scenario's hash and of all (name, digest) pairs sorted by name. Wording (labels, summaries) is left
/// out.
Digests digests_of(const study::Results& results, std::string_view scenario_hash);

}  // namespace demarche::output
