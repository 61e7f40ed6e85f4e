#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "models/scenario.hpp"
#include "output/cli/workload.hpp"

namespace demarche::cli {

/// What a run needs, before it starts: threads x (actors + sights + buffers) + network + results. Checked arithmetic:
/// what does not fit into 64 bits stands at the greatest number.
struct Estimate {
  Workload work;
  unsigned threads = 1;
  std::uint64_t network = 0;   ///< bytes of the finished worlds
  std::uint64_t building = 0;  ///< on top of it while they are built
  std::uint64_t a_thread = 0;  ///< scratch and records of one thread
  std::uint64_t results = 0;   ///< in memory, and the file made of them
  std::uint64_t memory = 0;    ///< at the peak
  std::uint64_t disk = 0;      ///< what the output folder gets
  double seconds = 0;          ///< on a machine like the one the costs were measured on: a factor of two either way
};
Estimate estimate(const models::Scenario& scenario, unsigned threads);

/// 0.8 of what the machine lets this process have: the least of MemAvailable, the cgroup's memory.max and RLIMIT_AS.
struct Limit {
  std::uint64_t bytes = 0;
  std::string set_by;  ///< in words
};
Limit memory_limit();
/// 0.8 of the free space where `folder` is or will be.
Limit disk_limit(const std::filesystem::path& folder);

/// Throws InputError with the estimate where the run cannot fit.
void refuse_if_too_large(const Estimate& estimate, const Limit& memory, const Limit& disk);

/// Peak resident size of this process so far, bytes.
std::uint64_t peak_memory();
/// Its resident size now; 0 where the system does not tell.
std::uint64_t resident_memory();

}  // namespace demarche::cli
