#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/spread/exposure.hpp"
#include "sim/spread/medium.hpp"
#include "sim/spread/wheel.hpp"

namespace demarche::spread {

/// One message on one channel, as fast as the machine allows: the kernel for large single cascades and for the
/// benchmark workloads. The same first sights at the same ticks as Spread with that one message (a test holds them
/// equal); no trail of senders is kept.
class Cascade {
 public:
  /// Keeps a reference to `medium`; scratch is one bit an actor and what a cascade touches.
  Cascade(const Medium& medium, ChannelId channel);

  /// Runs to the end of the cascade or of time. Seeds know the message at `at`.
  void run(const Luck& luck, const MessageTraits& message, std::span<const network::Vertex> seeds, Tick at);

  /// Everyone who knows the message, seeds first, in the order of the ticks; ascending within no tick in particular.
  std::span<const network::Vertex> reached() const { return reached_; }
  struct Moment {
    Tick at;
    std::uint64_t first;  ///< index into reached() of the first who saw it at that tick
  };
  /// Ticks in which somebody saw it for the first time, ascending; the seeds' tick stands first.
  std::span<const Moment> moments() const { return moments_; }
  /// Followers of everyone who passed it on: the ties that decided about the outcome.
  std::uint64_t examined() const { return examined_; }
  std::uint64_t deliveries() const { return deliveries_; }

 private:
  bool insert(network::Vertex v);
  void send(const Luck& luck, const MessageTraits& message, network::Vertex v, Tick at);

  const Medium& medium_;
  const ChannelKernel& kernel_;
  const network::Layer& layer_;
  std::size_t channel_;
  TimingWheel<network::Vertex> wheel_;
  std::vector<std::uint64_t> seen_;
  std::vector<network::Vertex> reached_, batch_;
  std::vector<Moment> moments_;
  std::uint64_t examined_ = 0, deliveries_ = 0;
};

}  // namespace demarche::spread
