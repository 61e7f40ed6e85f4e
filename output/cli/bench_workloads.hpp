#pragma once
#include <memory>
#include <string>

#include "sim/spread/medium.hpp"

namespace demarche::cli {

/// A benchmark workload of PERFORMANCE.md's kind: one R-MAT graph, one message from its largest hub, every tie passes
/// it with probability 0.1 after a delay in whole ticks.
struct BenchWorkload {
  std::string name;
  network::Vertex actors;
  std::uint64_t ties;
};
/// T, S, M or L.
BenchWorkload bench_workload(const std::string& name);

struct BenchWorld {
  std::unique_ptr<const network::Network> network;
  spread::Medium medium;
  network::Vertex hub = 0;
  double build_s = 0;
};
/// `delay`: exponential (mean an hour) or seismic (flat to 5 min, then a tail); a tick is 36 s.
std::unique_ptr<BenchWorld> bench_world(const BenchWorkload& workload, const std::string& delay, std::uint64_t seed);

}  // namespace demarche::cli
