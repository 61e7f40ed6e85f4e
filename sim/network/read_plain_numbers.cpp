#include "sim/network/read_plain_numbers.hpp"

#include <atomic>
#include <bit>
#include <cerrno>
#include <filesystem>
#include <limits>

#include "sim/network/read_text_parts.hpp"
#include "sim/network/tie_bins.hpp"

namespace demarche::network {
namespace {

constexpr std::uint64_t part_bytes = std::uint64_t{1} << 23;

bool blank(char c) {
  return c == ' ' || c == '\t';
}

/// An id at the front of [at, ...), which ends with a line feed; false where it is written in any way the careful
/// reader does not take for an id.
bool take_id(const char*& at, std::uint64_t& id) {
  constexpr std::uint64_t most_id = std::numeric_limits<Vertex>::max() - 1;
  const char* const begin = at;
  std::uint64_t number = 0;
  unsigned digit = static_cast<unsigned char>(*at) - unsigned{'0'};
  while (digit <= 9) {
    number = number * 10 + digit;
    digit = static_cast<unsigned char>(*++at) - unsigned{'0'};
  }
  id = number;
  // Up to 10 digits cannot have gone beyond 64 bits.
  const auto digits = at - begin;
  return digits > 0 && digits <= 10 && (digits == 1 || *begin != '0') && number <= most_id;
}

/// take(from, to) for every tie of whole lines. False at the first line that is neither a tie nor a comment nor blank.
template <class Take>
bool parse_lines(const char* at, const char* end, const EdgeListOptions& options, Take&& take) {
  while (at != end) {
    const char* const line = at;
    while (blank(*at)) ++at;
    std::uint64_t from = 0, to = 0;
    bool tie = static_cast<unsigned char>(*at) - unsigned{'0'} <= 9;
    if (tie) {
      if (!take_id(at, from) || !blank(*at)) return false;
      while (blank(*at)) ++at;
      if (!take_id(at, to)) return false;
      const bool more = blank(*at);
      while (blank(*at)) ++at;
      if (*at == '\r') ++at;
      if (*at != '\n') {
        if (!options.surplus_fields || !more || at[-1] == '\r') return false;
      }
    } else if (*at != '#' && *at != '%') {
      if (*at == '\r') ++at;
      if (*at != '\n') return false;
    }
    if (*at != '\n') {
      const char* const rest = at;
      at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
      const std::string_view unread(rest, static_cast<std::size_t>(at - rest));
      if (unread.find('\0') != std::string_view::npos) return false;
      if (tie && unread.find_first_of(",;") != std::string_view::npos) return false;
    }
    if (static_cast<std::size_t>(at - line) > options.limits.line_bytes) return false;
    ++at;
    if (tie) take(from, to);
  }
  return true;
}

template <class Take>
bool parse_part(const TextSource& source, Range part, const EdgeListOptions& options, Take&& take) {
  bool first = part.begin == 0;
  return each_block(source, part, [&](const char* begin, const char* end) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (std::exchange(first, false) &&
        std::string_view(begin, static_cast<std::size_t>(end - begin)).starts_with(mark)) {
      begin += mark.size();
    }
    return parse_lines(begin, end, options, take);
  });
}

/// Which ids there are, and their numbers in ascending order.
class Ids {
 public:
  explicit Ids(std::uint64_t limit) : limit_(limit), seen_(static_cast<std::size_t>(limit / 64 + 1)) {}

  /// False for an id beyond the limit. Concurrency: any worker may mark any id; bits are only ever set, and read after
  /// all have ended. The compilers' own atomics, since the library of WebAssembly's lacks std::atomic_ref.
  bool mark(std::uint64_t id) {
    if (id >= limit_) return false;
    std::uint64_t* const word = &seen_[static_cast<std::size_t>(id / 64)];
    const std::uint64_t bit = std::uint64_t{1} << (id % 64);
    if ((__atomic_load_n(word, __ATOMIC_RELAXED) & bit) == 0) __atomic_fetch_or(word, bit, __ATOMIC_RELAXED);
    return true;
  }
  void count() {
    std::size_t words = seen_.size();
    while (words > 0 && seen_[words - 1] == 0) --words;
    before_ = LargeArray<Vertex>(words);
    for (std::size_t w = 0; w < words; ++w) {
      before_[w] = static_cast<Vertex>(count_);
      count_ += static_cast<std::uint64_t>(std::popcount(seen_[w]));
    }
    dense_ = words > 0 && count_ == 64 * words - static_cast<std::uint64_t>(std::countl_zero(seen_[words - 1]));
  }
  Vertex actors() const { return static_cast<Vertex>(count_); }
  /// False for an id that was not marked.
  bool number(std::uint64_t id, Vertex& number) const {
    number = static_cast<Vertex>(id);
    if (dense_) return id < count_;
    const auto word = static_cast<std::size_t>(id / 64);
    const std::uint64_t bit = std::uint64_t{1} << (id % 64);
    if (word >= before_.size() || (seen_[word] & bit) == 0) return false;
    number = before_[word] + static_cast<Vertex>(std::popcount(seen_[word] & (bit - 1)));
    return true;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(count_));
    for (std::size_t w = 0; w < before_.size(); ++w) {
      for (std::uint64_t left = seen_[w]; left != 0; left &= left - 1) {
        names.push_back(std::to_string(64 * w + static_cast<unsigned>(std::countr_zero(left))));
      }
    }
    return names;
  }

 private:
  std::uint64_t limit_, count_ = 0;
  bool dense_ = false;
  LargeArray<std::uint64_t> seen_;
  LargeArray<Vertex> before_;  // how many ids are below each word of seen_
};

struct Count {
  std::uint64_t ties = 0, loops = 0;
};

[[noreturn]] void fail_changed(const TextSource& source) {
  Problems(source.path)
      .fail(0, 0, {"the file has changed while it was read", "its ties are read twice", "read it again"});
}

}  // namespace

SourceReader::SourceReader(const TextSource& source, std::uint64_t begin) : source_(source) {
  if (source.path.empty()) {
    rest_ = source.text.substr(static_cast<std::size_t>(begin));
    return;
  }
  file_.reset(std::fopen(source.path.c_str(), "rb"));
  if (file_ == nullptr) throw FileError("open", source.path, errno);
  std::setvbuf(file_.get(), nullptr, _IONBF, 0);
  if (fseeko(file_.get(), static_cast<off_t>(begin), SEEK_SET) != 0) throw FileError("read", source.path, errno);
}

std::size_t SourceReader::read(char* to, std::size_t count) {
  if (file_ == nullptr) {
    const std::size_t got = rest_.copy(to, count);
    rest_.remove_prefix(got);
    return got;
  }
  const std::size_t got = std::fread(to, 1, count, file_.get());
  if (got < count && std::ferror(file_.get()) != 0) throw FileError("read", source_.path, errno);
  return got;
}

namespace {

std::optional<ImportedNetwork> read_source(const TextSource& source, const EdgeListOptions& options, unsigned threads) {
  const std::size_t parts = parts_for(source.bytes, part_bytes);
  // A table of bits over all ids up to the largest, a quarter of the list's size at most.
  Ids ids(std::min<std::uint64_t>(2 * source.bytes + 4096, std::numeric_limits<Vertex>::max()));
  std::vector<Count> counts(parts);
  std::atomic<bool> usual{true};
  parallel_for_each_index(parts, threads, [&](std::size_t, std::size_t part) {
    if (!usual.load(std::memory_order_relaxed)) return;
    Count count;
    bool known = true;
    const bool parsed =
        parse_part(source, part_of(source.bytes, part, parts), options, [&](std::uint64_t from, std::uint64_t to) {
          ++count.ties;
          count.loops += from == to ? 1 : 0;
          known &= ids.mark(from) && ids.mark(to);
        });
    if (!parsed || !known) usual.store(false, std::memory_order_relaxed);
    counts[part] = count;
  });
  if (!usual) return std::nullopt;

  BuildReport report;
  for (const Count& count : counts) {
    report.given += count.ties;
    report.self_loops += count.loops;
  }
  const bool refused = options.policy == TiePolicy::refuse;
  if (report.given == 0 || (refused && report.self_loops > 0)) return std::nullopt;
  ids.count();
  const std::uint64_t lines = report.given - report.self_loops;
  const std::uint64_t proper = options.undirected ? 2 * lines : lines;
  report.given += proper - lines;
  const Frame frame{options.layer, 0, ids.actors(), threads};
  Rows rows = binned_rows(frame, ids.actors(), proper, parts, [&](std::size_t part, auto&& emit) {
    std::uint64_t ties = 0;
    const bool parsed =
        parse_part(source, part_of(source.bytes, part, parts), options, [&](std::uint64_t from, std::uint64_t to) {
          Vertex a = 0, b = 0;
          if (++ties > counts[part].ties || !ids.number(from, a) || !ids.number(to, b)) fail_changed(source);
          if (a == b) return;
          if (options.reversed) std::swap(a, b);
          emit(a, b);
          if (options.undirected) emit(b, a);
        });
    if (!parsed || ties != counts[part].ties) fail_changed(source);
  });
  report.kept = rows.ties;
  report.duplicates = proper - report.kept;
  if (refused && report.duplicates > 0) return std::nullopt;
  ActorTable actors;
  actors.names = ids.names();
  return ImportedNetwork{layer_of(options.layer, std::move(rows)), std::move(actors), report};
}

}  // namespace

std::optional<ImportedNetwork> read_plain_numbers(const std::string& path, const EdgeListOptions& options,
                                                  unsigned threads) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  const std::uintmax_t bytes = std::filesystem::file_size(path, error);
  if (error || bytes > options.limits.bytes) return std::nullopt;
  return read_source({path, {}, bytes}, options, threads);
}

std::optional<ImportedNetwork> parse_plain_numbers(std::string_view text, const EdgeListOptions& options,
                                                   unsigned threads) {
  if (text.size() > options.limits.bytes) return std::nullopt;
  return read_source({"", text, text.size()}, options, threads);
}

}  // namespace demarche::network
