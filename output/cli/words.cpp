#include "output/cli/words.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace demarche::cli {
namespace {

bool plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

}  // namespace

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> units{"bytes", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1024 && unit + 1 < units.size()) {
    value /= 1024;
    ++unit;
  }
  return value < 10 && unit > 0 ? fmt::format("{:.1f} {}", value, units[unit])
                                : fmt::format("{:.0f} {}", value, units[unit]);
}

std::string rough_duration(double seconds) {
  if (!(seconds >= 1)) return "a second";
  if (seconds < 90) return fmt::format("{:.0f} s", seconds);
  if (seconds < 90 * 60) return fmt::format("{:.0f} min", seconds / 60);
  if (seconds < 48 * 3600) return fmt::format("{:.1f} h", seconds / 3600);
  return fmt::format("{:.0f} d", seconds / 86400);
}

std::string about(double count) {
  if (!std::isfinite(count)) return "?";
  if (count >= 1e9) return fmt::format("{:.3g} billion", count / 1e9);
  if (count >= 1e6) return fmt::format("{:.3g} million", count / 1e6);
  if (count < 10) return fmt::format("{:.2g}", count);
  std::string digits = fmt::format("{:.0f}", count);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string percent(double share) {
  if (share > 0 && share < 1e-5) return "< 0.001 %";
  return fmt::format("{:.3g} %", 100 * share);
}

std::string shell_word(std::string_view word) {
  bool quote = word.empty();
  for (const char c : word) quote = quote || !(plain(c) || c == '/' || c == '=' || c == ':' || c == ',' || c == '+');
  if (!quote) return std::string(word);
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string folder_word(std::string_view name) {
  std::string folder;
  for (const char c : name) folder += plain(c) ? c : '-';
  if (folder.empty()) return "run";
  if (folder.front() == '.' || folder.front() == '-') folder.front() = '_';
  return folder;
}

}  // namespace demarche::cli
