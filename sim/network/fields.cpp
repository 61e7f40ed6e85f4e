#include "sim/network/fields.hpp"

namespace demarche::network {
namespace {

bool blank(char c) {
  return c == ' ' || c == '\t';
}

Field trimmed(std::string_view text, std::size_t column) {
  while (!text.empty() && blank(text.front())) {
    text.remove_prefix(1);
    ++column;
  }
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return {text, column};
}

}  // namespace

char FieldSplitter::separator_of(std::string_view line) {
  for (const char c : {'\t', ',', ';'}) {
    if (line.find(c) != std::string_view::npos) return c;
  }
  return ' ';
}

const std::vector<Field>* FieldSplitter::split(std::string_view line, std::size_t line_number, Problems& problems) {
  fields_.clear();
  if (const std::size_t bad = invalid_utf8(line); bad != std::string_view::npos) {
    problems.add(line_number, bad + 1, {"invalid UTF-8", "names are read as UTF-8 text", "save the file as UTF-8"});
    return nullptr;
  }
  if (separator_ == ' ') {
    split_blanks(line);
  } else if (!split_quoted(line, line_number, problems)) {
    return nullptr;
  }
  return &fields_;
}

void FieldSplitter::split_blanks(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    if (blank(line[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < line.size() && !blank(line[at])) ++at;
    fields_.push_back({line.substr(begin, at - begin), begin + 1});
  }
}

bool FieldSplitter::split_quoted(std::string_view line, std::size_t line_number, Problems& problems) {
  unquoted_.clear();
  // Views into it must stay valid while it grows.
  unquoted_.reserve(line.size());
  for (std::size_t at = 0;;) {
    if (at < line.size() && line[at] == '"') {
      const std::size_t column = at + 1;
      const std::size_t begin = unquoted_.size();
      for (++at;; ++at) {
        if (at >= line.size()) {
          problems.add(line_number, column,
                       {"a quote is not closed", "a quoted field ends on its own line", "add the closing quote"});
          return false;
        }
        if (line[at] == '"') {
          if (at + 1 >= line.size() || line[at + 1] != '"') break;
          ++at;
        }
        unquoted_ += line[at];
      }
      ++at;
      if (at < line.size() && line[at] != separator_) {
        problems.add(line_number, at + 1,
                     {"text after a closing quote", "a quote inside a quoted field is written twice",
                      "double the quotes inside the field"});
        return false;
      }
      fields_.push_back({std::string_view(unquoted_).substr(begin), column});
    } else {
      const std::size_t end = std::min(line.find(separator_, at), line.size());
      fields_.push_back(trimmed(line.substr(at, end - at), at + 1));
      at = end;
    }
    if (at >= line.size()) return true;
    ++at;
  }
}

}  // namespace demarche::network
