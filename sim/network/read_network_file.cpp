#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>

#include "sim/base/error.hpp"
#include "sim/base/parallel.hpp"
#include "sim/network/file_bytes.hpp"
#include "sim/network/network_file.hpp"
#include "sim/network/network_file_head.hpp"
#include "sim/network/xxh64.hpp"

namespace demarche::network {
namespace {

using namespace file_format;

/// What is known to be a network file's bytes once its checksums are right; what they mean is checked step by step.
class Reader {
 public:
  Reader(const std::string& path, const FileBytes& bytes, unsigned threads)
      : path_(path),
        bytes_(bytes),
        threads_(threads),
        contents_(read_head({reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(bytes.size())},
                            bytes.size(), path)) {}

  const Head& head() const { return contents_.head; }

  void check_blocks() const {
    const Head& h = head();
    const std::span<const std::uint64_t> checksums =
        values<std::uint64_t>(h.checksums_at, h.file_bytes - h.checksums_at);
    if (xxh64(checksums.data(), checksums.size_bytes()) != h.checksum_of_checksums)
      refuse(path_, " is damaged", "its checksums are");
    const std::uint64_t body = h.checksums_at - h.head_bytes;
    each(checksums.size(), "is damaged", [&](std::size_t i) {
      const std::uint64_t at = i * block;
      return xxh64(bytes_.data() + h.head_bytes + at, static_cast<std::size_t>(std::min(block, body - at))) ==
             checksums[i];
    });
  }

  Layer layer(std::uint32_t index, std::string name, std::shared_ptr<const void> owner) const {
    const auto offsets = values<TieIndex>(layer_offsets, index);
    const auto targets = values<Vertex>(layer_targets, index);
    if (offsets.front() != 0 || offsets.back() != targets.size()) refuse_rows("its offsets do not span its ties");
    const std::size_t pieces = (offsets.size() - 1 + rows_a_piece - 1) / rows_a_piece;
    const auto rows_of = [&](std::size_t piece) {
      const std::size_t first = piece * rows_a_piece;
      return std::pair{first, std::min(offsets.size() - 1, first + rows_a_piece)};
    };
    // all offsets before any tie: a piece may trust where its rows lie only when none falls
    each(pieces, "has impossible rows", [&](std::size_t piece) {
      const auto [first, last] = rows_of(piece);
      bool right = true;
      for (std::size_t v = first; v < last; ++v) right &= offsets[v] <= offsets[v + 1];
      return right;
    });
    each(pieces, "has impossible rows", [&](std::size_t piece) {
      const auto [first, last] = rows_of(piece);
      bool right = true;
      for (std::size_t v = first; v < last; ++v) {
        right &= is_simple_row(targets.data() + offsets[v], targets.data() + offsets[v + 1], static_cast<Vertex>(v));
      }
      return right;
    });
    return Layer(std::move(name), offsets, targets, std::move(owner));
  }

  bool has(Kind kind) const { return contents_.find(kind) != nullptr; }
  std::vector<std::string> strings(Kind kind, std::uint64_t count, std::uint32_t index = 0) const {
    const auto bytes = values<char>(kind, index);
    const auto refuse_strings = [&] { refuse(path_, " is damaged", "its names do not fit into their place"); };
    const auto number = [&](std::uint64_t i) {
      std::uint64_t value = 0;
      std::memcpy(&value, bytes.data() + 8 * i, sizeof(value));
      return value;
    };
    if (number(0) != count || count > (bytes.size() - 8) / 8) refuse_strings();
    const std::string_view text(bytes.data() + 8 * (count + 1),
                                bytes.size() - static_cast<std::size_t>(8 * (count + 1)));
    std::vector<std::string> strings;
    strings.reserve(static_cast<std::size_t>(count));
    std::uint64_t begin = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t end = number(i + 1);
      if (end < begin || end > text.size()) refuse_strings();
      const auto string = text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
      if (const char* problem = string_problem(kind, string)) refuse(path_, " is damaged", problem);
      strings.emplace_back(string);
      begin = end;
    }
    if (begin != text.size()) refuse_strings();
    return strings;
  }
  std::uint64_t string_count(Kind kind) const {
    std::uint64_t count = 0;
    std::memcpy(&count, values<char>(kind, 0).data(), sizeof(count));
    return count;
  }

 private:
  static constexpr std::size_t rows_a_piece = 65536;

  [[noreturn]] void refuse_rows(const std::string& why) const { refuse(path_, " has impossible rows", why); }

  bool is_simple_row(const Vertex* begin, const Vertex* end, Vertex self) const {
    if (begin == end) return true;
    bool right = *begin != self && end[-1] < head().actors;
    for (const Vertex* at = begin + 1; at < end; ++at) right &= (at[-1] < at[0]) & (at[0] != self);
    return right;
  }

  /// `right(i)` for all i on all threads; the lowest wrong one is named, whoever finds it.
  template <class Right>
  void each(std::size_t count, const char* what, const Right& right) const {
    std::atomic<std::size_t> first_wrong{count};
    parallel_for_each_index(count, threads_, [&](std::size_t, std::size_t i) {
      if (right(i)) return;
      std::size_t known = first_wrong.load();
      while (i < known && !first_wrong.compare_exchange_weak(known, i)) {
      }
    });
    if (const std::size_t wrong = first_wrong; wrong < count) {
      refuse(path_, std::string(" ") + what,
             "found in piece " + std::to_string(wrong + 1) + " of " + std::to_string(count));
    }
  }

  template <class T>
  std::span<const T> values(std::uint64_t at, std::uint64_t bytes) const {
    return {reinterpret_cast<const T*>(bytes_.data() + at), static_cast<std::size_t>(bytes / sizeof(T))};
  }
  template <class T>
  std::span<const T> values(Kind kind, std::uint32_t index) const {
    const Section* section = contents_.find(kind, index);
    if (section == nullptr) refuse(path_, " lacks a section", "there is none of kind " + std::to_string(kind));
    return values<T>(section->at, section->bytes);
  }

  const std::string& path_;
  const FileBytes& bytes_;
  unsigned threads_;
  Contents contents_;
};

}  // namespace

NetworkFile read_network_file(const std::string& path, const NetworkFileOptions& options) {
  const auto bytes = std::make_shared<const FileBytes>(path, options.rows == RowsIn::file, options.threads);
  const Reader reader(path, *bytes, options.threads);
  reader.check_blocks();
  NetworkFile file;
  const Head& head = reader.head();
  std::vector<std::string> names = reader.strings(layer_names, head.layers);
  for (std::uint32_t i = 0; i < head.layers; ++i) file.layers.push_back(reader.layer(i, std::move(names[i]), bytes));
  file.source = reader.strings(source_text, 1).front();
  file.bytes = bytes->size();
  // of the fields, the sections and, by the checksum of checksums, the body
  std::memcpy(&file.checksum, bytes->data() + head.head_bytes - sizeof(file.checksum), sizeof(file.checksum));
  if (reader.has(actor_names)) {
    file.actors.names = reader.strings(actor_names, head.actors);
    const std::uint64_t columns = reader.string_count(column_names);
    if (columns > most_columns) refuse(path, " is damaged", "it has too many columns");
    for (std::string& name : reader.strings(column_names, columns))
      file.actors.columns.push_back({std::move(name), {}});
    for (std::uint32_t c = 0; c < columns; ++c)
      file.actors.columns[c].values = reader.strings(column_values, head.actors, c);
  }
  return file;
}

NetworkFileHead network_file_head(const std::string& path) {
  std::uint64_t size = 0;
  const std::string front = FileBytes::front(path, static_cast<std::size_t>(most_head_bytes), size);
  const Contents contents = read_head(front, size, path);
  NetworkFileHead head{size, contents.head.actors, contents.head.layers};
  for (const Section& s : contents.sections) {
    if (s.kind == layer_targets) head.ties += s.bytes / sizeof(Vertex);
    // as many as there is room for where the file lies
    if (s.kind == actor_names || s.kind == column_values) head.strings += std::min(head.actors, s.bytes / 8 - 1);
  }
  return head;
}

bool is_network_file_name(const std::string& path) {
  constexpr std::string_view end = ".dnet";
  return path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0;
}

}  // namespace demarche::network
