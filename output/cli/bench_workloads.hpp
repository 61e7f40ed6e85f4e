#pragma once
#include <memory>
#include <string>
#include <vector>

#include "sim/network/generators.hpp"
#include "sim/spread/medium.hpp"

namespace demarche::cli {

/// A benchmark workload: one network, one message from its largest hub, every tie passes it with probability 0.1 after
/// a delay in whole ticks, every event time is kept.
struct BenchWorkload {
  std::string name;
  network::Generator ties;
  std::string file;  ///< a network file in the generator's place
};
/// T, S, M, L: R-MAT of 10,000 to 4 million actors; XL: 100 million in a heavy-tailed network of 1.5 thousand million
/// ties; B: a thousand million actors with implicit ties.
BenchWorkload bench_workload(const std::string& name);
/// The first layer of a network file.
BenchWorkload bench_workload_from(const std::string& file);

struct BenchWorld {
  std::unique_ptr<const network::Network> network;
  spread::Medium medium;
  network::Vertex hub = 0;
  double build_s = 0;
};
/// `delay`: exponential (mean an hour) or seismic (flat to 5 min, then a tail); a tick is 36 s.
std::unique_ptr<BenchWorld> bench_world(const BenchWorkload& workload, const std::string& delay, std::uint64_t seed,
                                        unsigned threads);

/// One cascade after another, each with a luck of its own; the first warms memory up and is not counted.
struct TimedCascades {
  double ms = 0;                                    ///< median of one
  double reached = 0, examined = 0, delivered = 0;  ///< means
  std::uint64_t digest = 0;                         ///< of all: the same for any number of threads
};
TimedCascades time_cascades(const spread::Medium& medium, network::Vertex hub, std::uint64_t seed, unsigned threads,
                            unsigned repeat);
/// So many cascades, one a thread at a time: seconds for all, median.
double time_replicates(const BenchWorld& world, std::uint64_t seed, std::size_t count, unsigned threads,
                       unsigned repeat);

/// The full model on one thread against bare cascades over its first network.
struct TimedModel {
  double seconds = 0;           ///< of one replicate of every regime, median
  double delivered = 0;         ///< views in it, repeated ones included
  double ns_per_delivered = 0;  ///< of the full model
  double bare_ns_per_delivered = 0;
};
/// The headline scenario: thousands of messages that few people see each, so that clearance weighs most.
TimedModel time_headline(std::uint64_t seed, unsigned repeat);
/// One message that most of 400,000 people see.
TimedModel time_one_message(std::uint64_t seed, unsigned repeat);

double median(std::vector<double> values);

}  // namespace demarche::cli
