#include <algorithm>
#include <cstring>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/network/network_file.hpp"
#include "sim/network/network_file_head.hpp"
#include "sim/network/new_file.hpp"
#include "sim/network/xxh64.hpp"

namespace demarche::network {
namespace {

using namespace file_format;

/// Takes the bytes behind the head in order, a block at a time, and keeps what the head will say of them.
class Body {
 public:
  Body(NewFile& file, std::uint64_t begin) : file_(file), begin_(begin) { buffer_.reserve(block); }

  void begin_section(Kind kind, std::size_t index) {
    pad();
    sections.push_back({kind, static_cast<std::uint32_t>(index), at(), 0});
  }
  void end_section() { sections.back().bytes = at() - sections.back().at; }
  void add(const void* data, std::size_t bytes) {
    const char* from = static_cast<const char*>(data);
    while (bytes > 0) {
      const std::size_t piece = std::min<std::size_t>(bytes, block - buffer_.size());
      buffer_.insert(buffer_.end(), from, from + piece);
      from += piece;
      bytes -= piece;
      if (buffer_.size() == block) flush();
    }
  }
  template <class T>
  void add(std::span<const T> values) {
    add(values.data(), values.size_bytes());
  }
  void add(std::uint64_t value) { add(&value, sizeof(value)); }
  void pad() {
    static constexpr std::array<char, page> zeros{};
    add(zeros.data(), static_cast<std::size_t>(to_page(at()) - at()));
  }
  std::uint64_t at() const { return begin_ + done_ + buffer_.size(); }
  void flush() {
    if (buffer_.empty()) return;
    checksums.push_back(xxh64(buffer_.data(), buffer_.size()));
    file_.write_at(begin_ + done_, buffer_.data(), buffer_.size());
    done_ += buffer_.size();
    buffer_.clear();
  }

  std::vector<Section> sections;
  std::vector<std::uint64_t> checksums;

 private:
  NewFile& file_;
  std::uint64_t begin_, done_ = 0;
  std::vector<char> buffer_;
};

[[noreturn]] void refuse_string(Kind kind, std::uint64_t at, const char* problem) {
  const char* of = kind == layer_names    ? "layer "
                   : kind == column_names ? "column "
                   : kind == source_text  ? "source "
                                          : "actor ";
  throw InputError({"the network cannot be written as a .dnet file",
                    std::string(problem) + ": " + of + std::to_string(at) + ", counted from 0",
                    "change it where the network comes from"});
}

/// Strings are their number, where each ends among the bytes, and the bytes.
template <class StringAt>
void add_strings(Body& body, Kind kind, std::size_t index, std::uint64_t count, const StringAt& string_at) {
  body.begin_section(kind, index);
  body.add(count);
  std::uint64_t end = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string& text = string_at(static_cast<std::size_t>(i));
    // what the reader would refuse is not written
    if (const char* problem = string_problem(kind, text)) refuse_string(kind, i, problem);
    body.add(end += text.size());
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string& text = string_at(static_cast<std::size_t>(i));
    body.add(text.data(), text.size());
  }
  body.end_section();
}

void add_layer(Body& body, const Layer& layer, std::size_t index) {
  if (const ImplicitTies* ties = layer.implicit(); ties != nullptr) {
    body.begin_section(layer_offsets, index);
    std::uint64_t end = 0;
    body.add(end);
    for (Vertex v = 0; v < layer.actors(); ++v) body.add(end += ties->out_degree(v));
    body.end_section();
    body.begin_section(layer_targets, index);
    for (Vertex v = 0; v < layer.actors(); ++v) {
      ties->row(v).for_each([&body](Vertex follower) { body.add(&follower, sizeof(follower)); });
    }
  } else {
    body.begin_section(layer_offsets, index);
    body.add(layer.offsets());
    body.end_section();
    body.begin_section(layer_targets, index);
    body.add(layer.targets());
  }
  body.end_section();
}

}  // namespace

void write_network_file(const std::string& path, const NetworkFileContent& content, bool replace) {
  const std::span<const Layer> layers = content.layers;
  DEMARCHE_EXPECT(!layers.empty() && layers.size() <= most_layers, "a network file has 1 to 4096 layers");
  const Vertex actors = layers.front().actors();
  for (const Layer& layer : layers) DEMARCHE_EXPECT(layer.actors() == actors, "layers have the same actors");
  const ActorTable* table = content.actors != nullptr && content.actors->size() > 0 ? content.actors : nullptr;
  const std::size_t columns = table == nullptr ? 0 : table->columns.size();
  DEMARCHE_EXPECT(table == nullptr || table->size() == actors, "every actor has a name");
  DEMARCHE_EXPECT(columns <= most_columns, "a network file has at most 4096 columns");

  NewFile file(path, replace);
  const std::uint64_t sections = 2 + 2 * layers.size() + (table == nullptr ? 0 : 2 + columns);
  Head head{magic, version, byte_order, head_bytes(sections), 0, actors, layers.size(), sections, block, 0, 0, 0};
  Body body(file, head.head_bytes);
  add_strings(
      body, layer_names, 0, layers.size(), [&](std::size_t i) -> auto& { return layers[i].name(); });
  add_strings(
      body, source_text, 0, 1, [&](std::size_t) -> auto& { return content.source; });
  for (std::size_t i = 0; i < layers.size(); ++i) add_layer(body, layers[i], i);
  if (table != nullptr) {
    add_strings(
        body, actor_names, 0, actors, [&](std::size_t v) -> auto& { return table->names[v]; });
    add_strings(
        body, column_names, 0, columns, [&](std::size_t c) -> auto& { return table->columns[c].name; });
    for (std::size_t c = 0; c < columns; ++c) {
      add_strings(
          body, column_values, c, actors, [&](std::size_t v) -> auto& { return table->columns[c].values[v]; });
    }
  }
  body.pad();
  body.flush();

  const std::size_t checksum_bytes = body.checksums.size() * sizeof(std::uint64_t);
  head.checksums_at = body.at();
  head.file_bytes = head.checksums_at + checksum_bytes;
  head.checksum_of_checksums = xxh64(body.checksums.data(), checksum_bytes);
  file.write_at(head.checksums_at, body.checksums.data(), checksum_bytes);
  std::vector<char> front(static_cast<std::size_t>(head.head_bytes));
  std::memcpy(front.data(), &head, sizeof(head));
  std::memcpy(front.data() + sizeof(head), body.sections.data(), body.sections.size() * sizeof(Section));
  const std::uint64_t checksum = xxh64(front.data(), front.size() - sizeof(std::uint64_t));
  std::memcpy(front.data() + front.size() - sizeof(checksum), &checksum, sizeof(checksum));
  file.write_at(0, front.data(), front.size());
  file.finish();
}

}  // namespace demarche::network
