#include "output/cli/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "output/tables/text.hpp"
#include "sim/base/error.hpp"

namespace demarche::cli {
namespace {

// false with errno set
bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(descriptor, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

void each_line(std::string_view message, std::string_view before) {
  std::string lines;
  while (true) {
    const std::size_t end = message.find('\n');
    lines.append(before).append(output::printable(message.substr(0, end))).append("\n");
    if (end == std::string_view::npos || end + 1 == message.size()) break;
    message.remove_prefix(end + 1);
  }
  // there is nowhere left to complain about a stderr that cannot be written
  static_cast<void>(write_all(STDERR_FILENO, lines));
}

}  // namespace

void print(std::string_view text) {
  if (!write_all(STDOUT_FILENO, text)) throw FileError("write", "standard output", errno);
}

void say(std::string_view message) {
  each_line(message, "demarche: ");
}

void say_plainly(std::string_view message) {
  each_line(message, "");
}

bool stdout_is_terminal() {
  return ::isatty(STDOUT_FILENO) == 1;
}

bool stderr_is_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

std::size_t columns() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return std::clamp<std::size_t>(size.ws_col, 80, 200);
}

}  // namespace demarche::cli
