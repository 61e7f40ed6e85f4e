#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Private to output/tables: texts from anywhere on a terminal.
namespace demarche::output {

/// With control characters, bidirectional overrides and broken UTF-8 made visible as \xHH or \uHHHH: nothing that comes
/// out can move the cursor, colour the screen or reorder a line.
std::string printable(std::string_view text);

/// Columns that printable UTF-8 takes on a terminal: 0 for combining marks, 2 for East Asian wide characters.
std::size_t columns_of(std::string_view text);

/// Lines of at most `width` columns, broken at spaces, or inside a word where it is longer than a line. Never empty.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

std::string padded_left(std::string_view text, std::size_t width);
std::string padded_right(std::string_view text, std::size_t width);

}  // namespace demarche::output
