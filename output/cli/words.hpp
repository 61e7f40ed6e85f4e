#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace demarche::cli {

/// "1.2 GiB"; two digits are enough for estimates.
std::string bytes_text(std::uint64_t bytes);
/// "under a second", "12 s", "4 min", "1.5 h", "3 d": an estimate, never an exact value.
std::string rough_duration(double seconds);
/// "12,345" or "1.2 million": counts that are expected values.
std::string about(double count);
/// "8 %", "0.3 %".
std::string percent(double share);
/// The word as a shell reads it back: quoted where that is needed.
std::string shell_word(std::string_view word);
/// A folder's name made of a scenario's: nothing but letters, digits, '.', '_' and '-', not beginning with '.'.
std::string folder_word(std::string_view name);

}  // namespace demarche::cli
