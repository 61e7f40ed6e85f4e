#include "output/cli/still_working.hpp"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "output/cli/console.hpp"
#include "output/cli/estimate.hpp"
#include "output/cli/words.hpp"

namespace demarche::cli {

struct StillWorking::Clock {
  Clock(std::string what, std::uint64_t expected)
      : thread([this, what = std::move(what), expected] { tick(what, expected); }) {}
  ~Clock() {
    {
      const std::lock_guard lock(mutex);
      done = true;
    }
    wake.notify_one();
    thread.join();
  }
  void tick(const std::string& what, std::uint64_t expected) {
    using namespace std::chrono_literals;
    const auto start = std::chrono::steady_clock::now();
    std::unique_lock lock(mutex);
    // at a terminal somebody waits; a log need not be long
    for (auto pause = 5s; !wake.wait_for(lock, pause, [this] { return done; });
         pause = stderr_is_terminal() ? 5s : 20s) {
      const std::chrono::duration<double> so_far = std::chrono::steady_clock::now() - start;
      std::string text = what + ": " + rough_duration(so_far.count()) + ", " + bytes_text(resident_memory());
      if (expected > 0) text += " of about " + bytes_text(expected);
      say(text);
    }
  }

  std::mutex mutex;
  std::condition_variable wake;
  bool done = false;
  std::thread thread;  // last: it uses the others
};

StillWorking::StillWorking(std::string what, std::uint64_t expected, bool quiet)
    : clock_(quiet ? nullptr : std::make_unique<Clock>(std::move(what), expected)) {}
StillWorking::~StillWorking() = default;

}  // namespace demarche::cli
