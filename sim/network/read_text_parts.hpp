#pragma once
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/rows.hpp"

namespace demarche::network {

/// Where a list is: in a file of `bytes` bytes, or in memory when `path` is empty.
struct TextSource {
  std::string path;
  std::string_view text;
  std::uint64_t bytes = 0;
};

/// Reads a source from any place; one for each part, so that parts can be read at the same time.
class SourceReader {
 public:
  SourceReader(const TextSource& source, std::uint64_t begin);
  /// As many bytes as there are, up to `count`; 0 at the end. Throws FileError.
  std::size_t read(char* to, std::size_t count);

 private:
  struct Close {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  const TextSource& source_;
  std::string_view rest_;
  std::unique_ptr<std::FILE, Close> file_;
};

/// lines(begin, end) for blocks of whole lines, each with its line feed (one is added to a last line without), which
/// together are those that begin inside `part`. False as soon as `lines` is, and where a line is longer than a block.
template <class Lines>
bool each_block(const TextSource& source, Range part, Lines&& lines) {
  constexpr std::size_t block = std::size_t{1} << 18;
  std::vector<char> buffer(block + 1);
  // From the byte before: a line begins at part.begin if that is a line feed.
  std::uint64_t read = part.begin == 0 ? 0 : part.begin - 1;
  SourceReader reader(source, read);
  bool at_line = part.begin == 0;
  for (std::size_t kept = 0;;) {
    const std::size_t got = reader.read(buffer.data() + kept, block - kept);
    read += got;
    char* begin = buffer.data();
    char* end = begin + kept + got;
    const std::uint64_t first = read - (kept + got);
    if (got == 0 && begin != end && end[-1] != '\n') *end++ = '\n';
    const auto line_feed = [&end](char* from) {
      return static_cast<char*>(std::memchr(from, '\n', static_cast<std::size_t>(end - from)));
    };
    if (!at_line) {
      char* const feed = line_feed(begin);
      begin = feed == nullptr ? end : feed + 1;
      at_line = feed != nullptr;
    }
    if (first + static_cast<std::uint64_t>(begin - buffer.data()) >= part.end) return true;
    if (at_line && read >= part.end) {
      char* const feed = line_feed(std::max(begin, buffer.data() + (part.end - 1 - first)));
      if (feed != nullptr) return lines(begin, feed + 1);
    }
    if (got == 0) return true;
    char* last = end;
    while (last != begin && last[-1] != '\n') --last;
    if (last != begin && !lines(begin, last)) return false;
    kept = static_cast<std::size_t>(end - last);
    if (kept == block) return false;
    std::memmove(buffer.data(), last, kept);
  }
}

}  // namespace demarche::network
