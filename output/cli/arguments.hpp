#pragma once

namespace demarche::cli {

/// Reads the command line and runs the command it names; returns the exit status. Throws what commands throw, and
/// InputError for a command line that cannot be understood.
int run_command(int count, const char* const* words);

}  // namespace demarche::cli
