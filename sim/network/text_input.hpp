#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/located.hpp"

/// Bounded reading of text files, for the readers of this module.
namespace demarche::network {

struct TextLimits {
  std::uint64_t bytes = std::uint64_t{1} << 33;
  std::size_t line_bytes = std::size_t{1} << 20;
};

/// Problems found in one file. The reader goes on after a problem to find the others, up to a limit.
class Problems {
 public:
  static constexpr std::size_t limit = 20;

  explicit Problems(std::string file) : file_(std::move(file)) {}
  /// Throws InputErrors once the limit is reached.
  void add(std::size_t line, std::size_t column, Problem problem);
  [[noreturn]] void fail(std::size_t line, std::size_t column, Problem problem);
  void throw_if_any() const;
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::vector<Located> found_;
};

/// Lines of a file or of a text in memory, one buffer at a time. A byte order mark, a carriage return before a line
/// feed and a missing last line feed make no difference. Refuses NUL bytes, and files and lines beyond the limits.
class LineReader {
 public:
  /// Throws FileError, and InputErrors (through `problems`) where the file is larger than the limit, before reading it.
  LineReader(const std::string& path, const TextLimits& limits, Problems& problems);
  /// `text` must outlive the reader.
  LineReader(std::string_view text, const TextLimits& limits, Problems& problems);

  /// False at the end; the view is valid until the next call.
  bool next(std::string_view& line);
  /// Of the line last given, from 1.
  std::size_t line() const { return line_; }

 private:
  struct Close {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  bool refill();
  std::string_view strip(std::string_view line);

  TextLimits limits_;
  Problems& problems_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<char> buffer_;
  std::string_view rest_;
  std::uint64_t read_ = 0;
  std::size_t line_ = 0;
  bool at_end_ = false;
};

/// The whole file; same limits and errors.
std::string read_whole(const std::string& path, std::uint64_t max_bytes, Problems& problems);

/// Position of the first byte that is not part of valid UTF-8 (RFC 3629), npos when all is.
std::size_t invalid_utf8(std::string_view text);
/// The text in quotes for an error, shortened and with control characters shown as '?'.
std::string quoted(std::string_view text);
/// A whole decimal number without sign or leading zeros at the front of `text`, which it removes; false when there is
/// none or it does not fit.
bool take_number(std::string_view& text, std::uint64_t& value);

}  // namespace demarche::network
