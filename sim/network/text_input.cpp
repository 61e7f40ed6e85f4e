#include "sim/network/text_input.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace demarche::network {
namespace {

constexpr std::size_t chunk = std::size_t{1} << 20;

void check_size(const std::string& path, std::uint64_t most, Problems& problems) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw FileError("read", path, EISDIR);
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error || size <= most) return;
  problems.fail(0, 0,
                {"the file has " + std::to_string(size) + " bytes",
                 "input of this kind is read up to " + std::to_string(most) + " bytes", "split it or raise the limit"});
}

std::FILE* open(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) throw FileError("open", path, errno);
  return file;
}

}  // namespace

void Problems::add(std::size_t line, std::size_t column, Problem problem) {
  found_.push_back({file_, line, column, std::move(problem)});
  if (found_.size() >= limit) throw_if_any();
}

void Problems::fail(std::size_t line, std::size_t column, Problem problem) {
  found_.push_back({file_, line, column, std::move(problem)});
  throw InputErrors(found_);
}

void Problems::throw_if_any() const {
  if (!found_.empty()) throw InputErrors(found_);
}

LineReader::LineReader(const std::string& path, const TextLimits& limits, Problems& problems)
    : limits_(limits), problems_(problems) {
  check_size(path, limits.bytes, problems);
  file_.reset(open(path));
}

LineReader::LineReader(std::string_view text, const TextLimits& limits, Problems& problems)
    : limits_(limits), problems_(problems), rest_(text), at_end_(true) {
  if (text.size() <= limits.bytes) return;
  problems.fail(0, 0,
                {"the text has " + std::to_string(text.size()) + " bytes",
                 "input of this kind is read up to " + std::to_string(limits.bytes) + " bytes", "split it"});
}

bool LineReader::next(std::string_view& line) {
  for (;;) {
    const std::size_t end = rest_.find('\n');
    const bool whole = end != std::string_view::npos;
    if ((whole ? end : rest_.size()) > limits_.line_bytes) {
      problems_.fail(line_ + 1, 0,
                     {"the line is longer than " + std::to_string(limits_.line_bytes) + " bytes",
                      "such a line is no list of ties or actors", "check that this is the right file"});
    }
    if (whole) {
      line = strip(rest_.substr(0, end));
      rest_.remove_prefix(end + 1);
      return true;
    }
    if (at_end_) {
      if (rest_.empty()) return false;
      line = strip(rest_);
      rest_ = {};
      return true;
    }
    if (!refill()) at_end_ = true;
  }
}

std::string_view LineReader::strip(std::string_view line) {
  ++line_;
  if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (const std::size_t nul = line.find('\0'); nul != std::string_view::npos) {
    problems_.fail(line_, nul + 1, {"a NUL byte", "this is not a text file", "save it as UTF-8 text"});
  }
  return line;
}

bool LineReader::refill() {
  // The unfinished line moves to the front; the buffer grows only while one line does, and that has a limit.
  const std::size_t kept = rest_.size();
  if (kept > 0) std::memmove(buffer_.data(), rest_.data(), kept);
  buffer_.resize(kept + chunk);
  const std::size_t got = std::fread(buffer_.data() + kept, 1, chunk, file_.get());
  if (got < chunk && std::ferror(file_.get()) != 0) throw FileError("read", problems_.file(), errno);
  rest_ = {buffer_.data(), kept + got};
  read_ += got;
  if (read_ > limits_.bytes) {
    problems_.fail(line_ + 1, 0,
                   {"more than " + std::to_string(limits_.bytes) + " bytes", "that is the limit for input of this kind",
                    "split it or raise the limit"});
  }
  return got > 0;
}

std::string read_whole(const std::string& path, std::uint64_t max_bytes, Problems& problems) {
  check_size(path, max_bytes, problems);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(open(path), &std::fclose);
  std::string text;
  for (std::size_t got = 1; got > 0;) {
    const std::size_t before = text.size();
    text.resize(before + chunk);
    got = std::fread(text.data() + before, 1, chunk, file.get());
    text.resize(before + got);
    if (got < chunk && std::ferror(file.get()) != 0) throw FileError("read", path, errno);
    if (text.size() > max_bytes) {
      problems.fail(0, 0,
                    {"more than " + std::to_string(max_bytes) + " bytes", "that is the limit for this format", ""});
    }
  }
  return text;
}

std::size_t invalid_utf8(std::string_view text) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned first = byte(i);
    if (first < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    // Overlong forms, surrogates and what lies beyond U+10FFFF show in the second byte.
    const unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (length == 0 || byte(i + 1) < low || byte(i + 1) > high) return i;
    for (std::size_t k = 2; k < length; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string shown = "'";
  for (const char c : text.substr(0, most)) {
    const auto byte = static_cast<unsigned char>(c);
    shown += byte < 0x20 || byte == 0x7F ? '?' : c;
  }
  // A cut may fall inside a character: drop what is left of it.
  if (const std::size_t bad = invalid_utf8(shown); bad != std::string::npos) shown.resize(bad);
  return shown + (text.size() > most ? "...'" : "'");
}

bool take_number(std::string_view& text, std::uint64_t& value) {
  constexpr std::size_t most_digits = 19;
  std::size_t digits = 0;
  std::uint64_t number = 0;
  while (digits < text.size() && digits <= most_digits) {
    const unsigned digit = static_cast<unsigned char>(text[digits]) - unsigned{'0'};
    if (digit > 9) break;
    number = number * 10 + digit;
    ++digits;
  }
  if (digits == 0 || digits > most_digits || (digits > 1 && text[0] == '0')) return false;
  text.remove_prefix(digits);
  value = number;
  return true;
}

}  // namespace demarche::network
