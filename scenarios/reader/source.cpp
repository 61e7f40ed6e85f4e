#include "scenarios/reader/source.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace demarche::scenarios {

namespace {

struct Decoded {
  char32_t point;
  std::size_t bytes;  // 0: not UTF-8
};

Decoded decode(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned lead = byte(i);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || i + length > text.size()) return {0, 0};
  char32_t point = lead & (0x7Fu >> length);
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(i + k) & 0xC0u) != 0x80u) return {0, 0};
    point = (point << 6) | (byte(i + k) & 0x3Fu);
  }
  // overlong forms, surrogates and what lies beyond Unicode
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return {0, 0};
  return {point, length};
}

const char* unwanted(char32_t c) {
  if (c == '\t' || c == '\n') return nullptr;
  if (c == '\r') return "a carriage return without a line feed";
  if (c == 0) return "a NUL character";
  if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return "a control character";
  if (c == 0x2028 || c == 0x2029) return "a Unicode line separator";
  if (c == 0xFEFF) return "a byte order mark inside the text";
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
    return "a character that reverses the writing direction";
  if ((c & 0xFFFE) == 0xFFFE) return "a code point that is no character";
  return nullptr;
}

}  // namespace

const char* unwanted_in(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = decode(text, i);
    if (d.bytes == 0) return "a byte that is not UTF-8";
    if (const char* what = unwanted(d.point)) return what;
    i += d.bytes;
  }
  return nullptr;
}

Source::Source(std::string_view raw, std::string name) : name_(std::move(name)) {
  if (raw.size() > Limits::bytes)
    throw InputErrors(
        {Located{name_,
                 0,
                 0,
                 {"the file is too large", fmt::format("a scenario has at most {} MiB", Limits::bytes >> 20),
                  "keep tables in files of their own and name them in the scenario"}}});
  if (raw.substr(0, 2) == "\xFF\xFE" || raw.substr(0, 2) == "\xFE\xFF")
    throw InputErrors({Located{name_, 1, 1, {"the file is in UTF-16", "", "save it as UTF-8"}}});
  if (raw.substr(0, 3) == "\xEF\xBB\xBF") raw.remove_prefix(3);
  text_.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i)
    if (raw[i] != '\r' || i + 1 == raw.size() || raw[i + 1] != '\n') text_.push_back(raw[i]);
  lines_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n') lines_.push_back(i + 1);
  check_characters();
}

void Source::check_characters() const {
  for (std::size_t i = 0; i < text_.size();) {
    const Decoded d = decode(text_, i);
    if (d.bytes == 0)
      refuse(i, {"this is not UTF-8",
                 fmt::format("the byte 0x{:02X} has no meaning here", static_cast<unsigned char>(text_[i])),
                 "save the file as UTF-8"});
    if (const char* what = unwanted(d.point))
      refuse(i, {what, fmt::format("U+{:04X}", static_cast<std::uint32_t>(d.point)), "delete it"});
    i += d.bytes;
  }
}

Place Source::place(std::size_t offset) const {
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), std::min(offset, text_.size()));
  const auto line = static_cast<std::size_t>(after - lines_.begin());
  return {0, static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(offset - lines_[line - 1] + 1)};
}

std::size_t Source::offset(std::size_t line, std::size_t column) const {
  if (line == 0 || line > lines_.size()) return text_.size();
  return std::min(lines_[line - 1] + (column > 0 ? column - 1 : 0), text_.size());
}

void Source::check_for_yaml() const {
  for (std::size_t k = 0; k < lines_.size(); ++k) {
    const std::size_t end = k + 1 < lines_.size() ? lines_[k + 1] : text_.size();
    if (end - lines_[k] > Limits::line_bytes)
      refuse(lines_[k] + Limits::line_bytes,
             {"the line is too long", fmt::format("a line has at most {} bytes", Limits::line_bytes), "break it"});
  }
  std::size_t open = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '[' || text_[i] == '{') ++open;
    if ((text_[i] == ']' || text_[i] == '}') && open > 0) --open;
    if (open > Limits::open_brackets)
      refuse(i,
             {"too many brackets are open", fmt::format("values nest at most {} deep", Limits::depth), "close them"});
  }
}

void Source::refuse(std::size_t offset, Problem problem) const {
  const Place at = place(offset);
  throw InputErrors({Located{name_, at.line, at.column, std::move(problem)}});
}

}  // namespace demarche::scenarios
