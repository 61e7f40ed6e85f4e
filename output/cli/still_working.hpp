#pragma once
#include <cstdint>
#include <memory>
#include <string>

namespace demarche::cli {

/// Says on stderr that long work without countable steps goes on: "building the network: 40 s, 5.2 GiB of about 12
/// GiB". Nothing when quiet, and nothing in the first seconds.
class StillWorking {
 public:
  /// `expected`: bytes of memory at the end of the work; 0: unknown.
  StillWorking(std::string what, std::uint64_t expected, bool quiet);
  ~StillWorking();
  StillWorking(const StillWorking&) = delete;
  StillWorking& operator=(const StillWorking&) = delete;

 private:
  struct Clock;
  std::unique_ptr<Clock> clock_;
};

}  // namespace demarche::cli
