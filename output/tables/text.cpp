#include "output/tables/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace demarche::output {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t size = 1;  // bytes
  bool valid = false;
};

Character character_at(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < size) return {first, 1, false};
  char32_t code = first & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return {first, 1, false};
    code = (code << 6U) | (byte(i) & 0x3fU);
  }
  const bool shortest = code >= (size == 4 ? 0x10000U : size == 3 ? 0x800U : 0x80U);
  const bool scalar = code < 0x110000 && !(code >= 0xd800 && code < 0xe000);
  return shortest && scalar ? Character{code, size, true} : Character{first, 1, false};
}

bool within(char32_t c, char32_t low, char32_t high) {
  return c >= low && c <= high;
}

bool hidden(char32_t c) {
  return c < 0x20 || within(c, 0x7f, 0x9f) || c == 0xad || c == 0x61c || within(c, 0x200b, 0x200f) ||
         within(c, 0x2028, 0x202e) || within(c, 0x2060, 0x206f) || c == 0xfeff || within(c, 0xfff9, 0xfffb) ||
         within(c, 0xe0000, 0xe007f);
}

std::size_t width_of(char32_t c) {
  if (within(c, 0x300, 0x36f) || within(c, 0x20d0, 0x20ff) || within(c, 0xfe00, 0xfe0f)) return 0;
  const bool wide = within(c, 0x1100, 0x115f) || within(c, 0x2e80, 0xa4cf) || within(c, 0xac00, 0xd7a3) ||
                    within(c, 0xf900, 0xfaff) || within(c, 0xfe30, 0xfe6f) || within(c, 0xff00, 0xff60) ||
                    within(c, 0x1f300, 0x1faff) || within(c, 0x20000, 0x3fffd);
  return wide ? 2 : 1;
}

// Takes characters off the front until they fill `width`; at least one.
std::string_view take(std::string_view& text, std::size_t width) {
  std::size_t bytes = 0, columns = 0;
  while (bytes < text.size()) {
    const Character c = character_at(text.substr(bytes));
    columns += width_of(c.code);
    if (columns > width && bytes > 0) break;
    bytes += c.size;
  }
  const std::string_view taken = text.substr(0, bytes);
  text.remove_prefix(bytes);
  return taken;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const Character c = character_at(text);
    if (!c.valid || (hidden(c.code) && c.code < 0x100))
      shown += fmt::format("\\x{:02x}", static_cast<unsigned>(c.code));
    else if (hidden(c.code))
      shown += fmt::format("\\u{:04x}", static_cast<unsigned>(c.code));
    else
      shown += text.substr(0, c.size);
    text.remove_prefix(c.size);
  }
  return shown;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Character c = character_at(text);
    columns += width_of(c.code);
    text.remove_prefix(c.size);
  }
  return columns;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    const std::size_t before = lines.back().empty() ? 0 : columns_of(lines.back()) + 1;
    if (before > 0 && before + columns_of(word) > width) lines.emplace_back();
    if (!lines.back().empty()) lines.back() += ' ';
    while (columns_of(word) > width) {
      lines.back() += take(word, width);
      if (!word.empty()) lines.emplace_back();
    }
    lines.back() += word;
  }
  return lines;
}

std::string padded_left(std::string_view text, std::size_t width) {
  const std::size_t columns = columns_of(text);
  return std::string(columns < width ? width - columns : 0, ' ').append(text);
}

std::string padded_right(std::string_view text, std::size_t width) {
  const std::size_t columns = columns_of(text);
  return std::string(text).append(columns < width ? width - columns : 0, ' ');
}

}  // namespace demarche::output
