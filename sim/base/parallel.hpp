#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

/// Work on several threads; the only place where threads are made. A build with DEMARCHE_SERIAL defined has none.

namespace demarche {

/// Which indices were finished when the work ended, early or not.
struct WorkDone {
  std::vector<std::uint8_t> finished;  ///< 1 where work(index) has returned
  std::size_t count = 0;               ///< how many of them

  bool complete() const { return count == finished.size(); }
};

/// Runs `work(worker, index)` once for each index below `count` on `threads` threads (>= 1; more than cores is fine).
/// Indices are handed out one at a time, lowest first. Worker numbers are dense below `threads` and never shared by two
/// calls at once, so that worker w may own scratch memory w.
/// `progress(done)` is called before the first index with 0 and after each finished one, never by two threads at once;
/// once it returns false no further index is handed out and those under way are finished. It may be empty.
/// The first exception of `work` or `progress` stops the handing out and is thrown again when every thread has stopped.
/// A serial build does everything in index order.
WorkDone parallel_for_each_index(std::size_t count, unsigned threads,
                                 const std::function<void(std::size_t worker, std::size_t index)>& work,
                                 const std::function<bool(std::size_t done)>& progress = {});

/// Where the threads of run_together wait for one another. They spin: a wait lasts as long as the others' work of one
/// small step, and give the processor away when it lasts longer.
class Barrier {
 public:
  explicit Barrier(unsigned threads) : threads_(threads) {}
  /// Returns once every thread has called it as often as this one; what they wrote before is then seen by all.
  /// Throws Broken when another thread has ended by an exception.
  void wait();
  struct Broken {};

 private:
  friend void run_together(unsigned, const std::function<void(unsigned, Barrier&)>&);
  alignas(64) std::atomic<std::uint32_t> arrived_{0};
  alignas(64) std::atomic<std::uint32_t> round_{0};
  std::atomic<bool> broken_{false};
  unsigned threads_;
};

/// Runs `work(worker, barrier)` at the same time on `threads` threads (>= 1), worker 0 on the caller's, and returns
/// when all have ended. The first exception is thrown again; it breaks the barrier for the others.
void run_together(unsigned threads, const std::function<void(unsigned worker, Barrier& barrier)>& work);

}  // namespace demarche
