#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace demarche::bench {

/// Work in units, e.g. blocks or cascades; returns a sum that depends on all of it.
using Work = std::function<std::uint64_t(std::uint64_t units)>;

/// One part of the engine that its time goes into. `make` prepares what the work needs and is not measured.
struct Kernel {
  std::string name;
  std::string unit;
  std::uint64_t counted = 0;  ///< units whose instructions are counted: some ten million instructions
  std::function<Work()> make;
};
/// Kernels of one unit each, from random words up to whole replicates.
std::vector<Kernel> kernels();

}  // namespace demarche::bench
