#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/reader/tree.hpp"

namespace demarche::scenarios {

/// Names the first character of valid UTF-8 that no scenario needs (controls, writing direction, ...); null when there
/// is none.
const char* unwanted_in(std::string_view text);

/// The text of a file after the checks that need no grammar: size, UTF-8, control characters. Line ends are all `\n`,
/// the byte order mark is gone. Throws InputErrors.
class Source {
 public:
  Source(std::string_view raw, std::string name);

  const std::string& text() const { return text_; }
  const std::string& name() const { return name_; }
  /// The place of a byte of text().
  Place place(std::size_t offset) const;
  std::size_t offset(std::size_t line, std::size_t column) const;  ///< of a place counted from 1; at most text().size()
  /// Lines too long and brackets too many for yaml-cpp, whose scanner holds the tokens of a whole line and searches
  /// them again for each bracket that stays open.
  void check_for_yaml() const;

  [[noreturn]] void refuse(std::size_t offset, Problem problem) const;

 private:
  void check_characters() const;
  std::string name_;
  std::string text_;
  std::vector<std::size_t> lines_;  // where each begins
};

}  // namespace demarche::scenarios
