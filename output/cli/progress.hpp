#pragma once
#include <chrono>
#include <cstddef>
#include <string>

namespace demarche::cli {

/// "120 of 1200 (10 %), about 2 min left"; the time left is worked out from the work done so far, and left out before
/// any is done.
std::string progress_text(std::size_t done, std::size_t of, double elapsed_s);

/// Progress of long work on stderr: one line drawn over and over on a terminal, a line every few seconds elsewhere (so
/// that logs stay short), nothing when quiet. Work that ends within the first seconds says nothing at all.
class Progress {
 public:
  /// `what` stands in front, e.g. "replicates".
  Progress(std::string what, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::size_t done, std::size_t of);

 private:
  using Time = std::chrono::steady_clock;
  std::string what_;
  bool quiet_, terminal_;
  bool drawn_ = false;
  Time::time_point start_, last_;
};

}  // namespace demarche::cli
