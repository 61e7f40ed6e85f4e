#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace demarche::study {

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
/// A build with DEMARCHE_SERIAL defined has no threads and does everything in index order.
WorkDone parallel_for_each_index(std::size_t count, unsigned threads,
                                 const std::function<void(std::size_t worker, std::size_t index)>& work,
                                 const std::function<bool(std::size_t done)>& progress = {});

}  // namespace demarche::study
