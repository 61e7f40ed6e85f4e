#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace demarche {

/// The shortest decimal text that reads back as the same number; no exponent for everyday sizes.
std::string number_text(double value);
/// A duration in the largest of s, min, h, d that writes it with at most two decimals: "90 min" is "1.5 h".
std::string duration_text(double seconds);

/// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other, letter case ignored.
std::size_t edit_distance(std::string_view a, std::string_view b);
/// The known word nearest to a mistyped one, the first among equals; "" when none is within `max_distance`.
std::string nearest(std::string_view word, std::span<const std::string> known, std::size_t max_distance = 2);

}  // namespace demarche
