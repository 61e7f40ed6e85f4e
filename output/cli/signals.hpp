#pragma once

namespace demarche::cli {

/// From now on the first SIGINT or SIGTERM asks the program to stop, and the second one ends it at once. SIGPIPE and
/// SIGXFSZ become errors of the write that caused them.
void catch_signals();

/// Asked by long work, inside of it too.
bool stop_requested();
/// The signal that asked, 0 when none has.
int stop_signal();
/// 130 for SIGINT, 143 for SIGTERM; only after stop_requested().
int stop_status();

}  // namespace demarche::cli
