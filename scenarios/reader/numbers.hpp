#pragma once
#include <string>
#include <string_view>

#include "scenarios/reader/units.hpp"

namespace demarche::scenarios {

// What the readers of numbers and of quantities share.

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
/// Text for a message: cut where it is long.
std::string shown(std::string_view text);
/// The characters of a JSON number at the beginning of `text`; 0 when there is none.
std::size_t number_length(std::string_view text);
/// A text that is a number and nothing else; `wanted` completes "... is not".
Parsed<double> whole_number(std::string_view text, const std::string& wanted);
/// Why a text that should be a number is none.
Problem not_a_number(std::string_view text, const std::string& wanted);
Problem quoted_number(const Node& scalar, const std::string& wanted);

}  // namespace demarche::scenarios
