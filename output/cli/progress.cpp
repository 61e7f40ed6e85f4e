#include "output/cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "output/cli/console.hpp"
#include "output/cli/words.hpp"

namespace demarche::cli {
namespace {

constexpr std::chrono::milliseconds terminal_pause{200};
constexpr std::chrono::seconds log_pause{5};

void draw(const std::string& text) {
  static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
}

}  // namespace

std::string progress_text(std::size_t done, std::size_t of, double elapsed_s) {
  const double share = of == 0 ? 1 : static_cast<double>(done) / static_cast<double>(of);
  std::string text = fmt::format("{} of {} ({:.0f} %)", done, of, 100 * share);
  if (done > 0 && done < of) text += ", about " + rough_duration(elapsed_s * (1 / share - 1)) + " left";
  return text;
}

Progress::Progress(std::string what, bool quiet)
    : what_(std::move(what)), quiet_(quiet), terminal_(stderr_is_terminal()), start_(Time::now()), last_(start_) {}

Progress::~Progress() {
  if (drawn_) draw("\r\033[K");
}

void Progress::update(std::size_t done, std::size_t of) {
  if (quiet_) return;
  const Time::time_point now = Time::now();
  if (terminal_ ? now - last_ < terminal_pause : now - last_ < log_pause) return;
  last_ = now;
  const std::string text = what_ + " " + progress_text(done, of, std::chrono::duration<double>(now - start_).count());
  if (terminal_) {
    draw("\r\033[K" + text);
    drawn_ = true;
  } else {
    say(text);
  }
}

}  // namespace demarche::cli
