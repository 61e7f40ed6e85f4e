#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace demarche::cli {

/// Results: everything that goes to stdout goes through here. Throws FileError ("standard output") where it cannot be
/// written: nobody may take a cut table for a whole one.
void print(std::string_view text);

/// Messages: one or more lines on stderr, each behind "demarche: ". Control characters come out visible.
void say(std::string_view message);
/// The same without the name in front: located errors name their file instead.
void say_plainly(std::string_view message);

bool stdout_is_terminal();
bool stderr_is_terminal();
/// Columns of the terminal behind stdout; 100 where there is none.
std::size_t columns();

}  // namespace demarche::cli
