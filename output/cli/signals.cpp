#include "output/cli/signals.hpp"

#include <unistd.h>

#include <csignal>
#include <string_view>

namespace demarche::cli {
namespace {

// A handler can reach nothing but a global of this type; it is written here alone.
volatile std::sig_atomic_t received = 0;

extern "C" void on_signal(int number) {
  if (received != 0) ::_exit(128 + number);
  received = number;
  constexpr std::string_view text = "\ndemarche: stopping; what is finished is kept (a second signal ends at once)\n";
  static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
}

}  // namespace

void catch_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, nullptr);
  sigaction(SIGXFSZ, &action, nullptr);
}

bool stop_requested() {
  return received != 0;
}

int stop_signal() {
  return received;
}

int stop_status() {
  return 128 + received;
}

}  // namespace demarche::cli
