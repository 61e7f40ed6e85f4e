#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/text_input.hpp"

namespace demarche::network {

/// One field of a line and the column (from 1) at which it begins.
struct Field {
  std::string_view text;
  std::size_t column = 0;
};

/// Splits lines into fields; reuses its memory from line to line. Separator ' ' means any run of blanks and tabs.
class FieldSplitter {
 public:
  explicit FieldSplitter(char separator) : separator_(separator) {}
  /// The one of tab, comma and semicolon that the line contains, the first in this order; ' ' when it has none.
  static char separator_of(std::string_view line);

  /// The fields are valid until the next call. Adds a problem and returns null for a misplaced or unclosed quote and
  /// for invalid UTF-8.
  const std::vector<Field>* split(std::string_view line, std::size_t line_number, Problems& problems);

 private:
  void split_blanks(std::string_view line);
  bool split_quoted(std::string_view line, std::size_t line_number, Problems& problems);

  char separator_;
  std::vector<Field> fields_;
  std::string unquoted_;
};

}  // namespace demarche::network
