#include "sim/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace demarche {

std::string number_text(double value) {
  std::array<char, 64> buffer;
  const double size = std::fabs(value);
  const bool everyday = size == 0 || (size >= 1e-4 && size < 1e15);
  const auto end = everyday
                       ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed)
                       : std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end.ptr};
}

std::string duration_text(double seconds) {
  struct Unit {
    double length;
    const char* name;
  };
  constexpr std::array<Unit, 3> units{{{86400, " d"}, {3600, " h"}, {60, " min"}}};
  for (const Unit& unit : units) {
    const double value = seconds / unit.length;
    const double hundredths = std::floor(value * 100 + 0.5);
    if (value >= 1 && std::fabs(hundredths - value * 100) < 1e-7) return number_text(hundredths / 100) + unit.name;
  }
  return number_text(seconds) + " s";
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const auto same = [](char x, char y) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return lower(x) == lower(y);
  };
  std::vector<std::size_t> before, last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1)});
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[b.size()];
}

std::string nearest(std::string_view word, std::span<const std::string> known, std::size_t max_distance) {
  std::string found;
  std::size_t best = max_distance + 1;
  for (const std::string& candidate : known) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    if (longer - std::min(word.size(), candidate.size()) >= best) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

}  // namespace demarche
