#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/spread/medium.hpp"

namespace demarche::spread {

struct Stretch;

/// One message on one channel, as fast as the machine allows: the kernel for large single cascades and for the
/// benchmark workloads. The same first sights at the same ticks as Spread with that one message, for any number of
/// threads (tests hold them equal); no trail of senders is kept.
class Cascade {
 public:
  /// Keeps a reference to `medium`; the channel must have a layer. Scratch is one bit an actor and what a cascade
  /// touches. More than one thread (>= 1) pays where thousands see the message in one tick, and not beyond the number
  /// of cores; a serial build has one.
  Cascade(const Medium& medium, ChannelId channel, unsigned threads = 1);
  ~Cascade();
  Cascade(Cascade&&) noexcept;

  /// Runs to the end of the cascade or of time. Seeds, actors of the network, know the message at `at`, a tick before
  /// the medium's end. What the accessors below gave before is no longer valid.
  void run(const Luck& luck, const MessageTraits& message, std::span<const network::Vertex> seeds, Tick at);

  /// Everyone who knows the message, seeds first, by the tick of the first sight; those of one tick in no order.
  std::span<const network::Vertex> reached() const { return reached_; }
  struct Moment {
    Tick at;
    std::uint64_t first;  ///< index into reached() of the first who saw it at that tick
  };
  /// Ticks in which somebody saw it for the first time, ascending; the seeds' tick stands first.
  std::span<const Moment> moments() const { return moments_; }
  /// Of everybody reached and the tick, whatever the order within a tick: equal digests, equal cascades.
  std::uint64_t digest() const;
  /// Followers of everyone who passed it on: the ties that decided about the outcome.
  std::uint64_t examined() const { return examined_; }
  std::uint64_t deliveries() const { return deliveries_; }

 private:
  struct Worker;
  struct Message;

  template <class Rows>
  void run(const Rows& rows, const Message& message);
  template <class Rows>
  void serve(const Rows& rows, const Message& message, std::size_t me, Barrier& barrier);
  void arrive(Worker& own, std::span<const network::Vertex> some, const std::uint16_t* access);
  template <class Rows>
  void cut_rows(const Rows& rows, const Message& message, Worker& worker, Tick at);
  template <class Rows>
  void expose(const Rows& rows, const Message& message, Worker& worker, Tick at);
  template <class Rows, class Land>
  void expose(const Rows& rows, const Message& message, Worker& worker, Tick at, std::span<const Stretch> stretches,
              const Land& land);
  void collect();

  const Medium& medium_;
  const ChannelKernel& kernel_;
  const network::Layer& layer_;
  std::uint16_t access_bit_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::uint64_t> seen_;
  std::vector<network::Vertex> merged_reached_;  ///< of several workers
  std::vector<Moment> merged_moments_;
  std::span<const network::Vertex> reached_;
  std::span<const Moment> moments_;
  bool whole_ = true;  ///< the last run was not ended by an exception
  std::uint64_t examined_ = 0, deliveries_ = 0;
};

}  // namespace demarche::spread
