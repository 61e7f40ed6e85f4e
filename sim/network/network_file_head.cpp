#include "sim/network/network_file_head.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "sim/base/error.hpp"
#include "sim/network/text_input.hpp"
#include "sim/network/vertex.hpp"
#include "sim/network/xxh64.hpp"

namespace demarche::network::file_format {
namespace {

[[noreturn]] void refuse_contents(const std::string& path, const std::string& why) {
  refuse(path, " says impossible things about itself", why);
}

void check_sizes(const Head& head, std::uint64_t file_bytes, const std::string& path) {
  if (head.file_bytes != file_bytes) {
    refuse(path, head.file_bytes > file_bytes ? " is truncated" : " is longer than it should be",
           "it has " + std::to_string(file_bytes) + " of " + std::to_string(head.file_bytes) + " bytes");
  }
  if (head.actors == 0 || head.actors >= std::numeric_limits<Vertex>::max())
    refuse_contents(path, std::to_string(head.actors) + " actors; they are numbered with 32 bits");
  if (head.layers == 0 || head.layers > most_layers)
    refuse_contents(path, std::to_string(head.layers) + " layers; 1 to " + std::to_string(most_layers) + " can be");
  if (head.block_bytes != block || head.zero != 0) refuse_contents(path, "its blocks are of an unknown kind");
  if (head.checksums_at < head.head_bytes || head.checksums_at > file_bytes || head.checksums_at % page != 0)
    refuse_contents(path, "its checksums lie outside");
  const std::uint64_t blocks = (head.checksums_at - head.head_bytes + block - 1) / block;
  if (file_bytes - head.checksums_at != blocks * sizeof(std::uint64_t))
    refuse_contents(path, "it has not one checksum a block");
}

void check_section(const Section& section, const Head& head, const std::string& path) {
  const auto expect_bytes = [&](std::uint64_t least, std::uint64_t unit) {
    if (section.bytes < least || section.bytes % unit != 0)
      refuse_contents(
          path, "section of kind " + std::to_string(section.kind) + " has " + std::to_string(section.bytes) + " bytes");
  };
  switch (section.kind) {
    case layer_offsets:
      expect_bytes(8 * (head.actors + 1), 8);
      if (section.bytes != 8 * (head.actors + 1) || section.index >= head.layers)
        refuse_contents(path, "offsets of the wrong size");
      return;
    case layer_targets:
      expect_bytes(0, sizeof(Vertex));
      if (section.index >= head.layers) refuse_contents(path, "ties of a layer that is not there");
      return;
    case layer_names:
    case actor_names:
    case column_names:
    case column_values:
    case source_text:
      expect_bytes(8, 1);
      return;
    default:
      refuse_contents(path, "section of unknown kind " + std::to_string(section.kind));
  }
}

}  // namespace

void refuse(const std::string& path, std::string what, std::string why) {
  throw InputError({path + std::move(what), std::move(why), "make the file anew, or take it from its source again"});
}

const Section* Contents::find(Kind kind, std::uint32_t index) const {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const Section& s) { return s.kind == kind && s.index == index; });
  return found == sections.end() ? nullptr : &*found;
}

const char* string_problem(Kind kind, std::string_view text) {
  if (kind == actor_names && text.empty()) return "an actor is without a name";
  const bool free_text = kind == column_values || kind == source_text;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F) continue;
    if (!free_text || (c != '\t' && c != '\n' && c != '\r')) return "a name has a control character";
  }
  return invalid_utf8(text) == std::string_view::npos ? nullptr : "a name is not valid UTF-8";
}

Contents read_head(std::string_view front, std::uint64_t file_bytes, const std::string& path) {
  if (front.size() < magic.size() || std::memcmp(front.data(), magic.data(), magic.size()) != 0)
    refuse(path, " is no network file", "it does not begin as a .dnet file does");
  Contents contents;
  Head& head = contents.head;
  if (front.size() < sizeof(Head)) refuse(path, " is truncated", "it ends within its head");
  std::memcpy(&head, front.data(), sizeof(Head));
  if (head.byte_order == 0x04030201)
    refuse(path, " has another byte order", "it was written on another kind of machine");
  if (head.byte_order != byte_order) refuse(path, " is damaged", "its byte order is unreadable");
  if (head.version != version) {
    refuse(path, " is of version " + std::to_string(head.version),
           "this program reads version " + std::to_string(version));
  }
  if (head.sections > most_sections || head.head_bytes != head_bytes(head.sections))
    refuse(path, " is damaged", "its head has an impossible size");
  if (front.size() < head.head_bytes) refuse(path, " is truncated", "it ends within its head");
  std::uint64_t checksum = 0;
  const auto checked = static_cast<std::size_t>(head.head_bytes - sizeof(checksum));
  std::memcpy(&checksum, front.data() + checked, sizeof(checksum));
  if (checksum != xxh64(front.data(), checked)) refuse(path, " is damaged", "the checksum of its head is wrong");

  check_sizes(head, file_bytes, path);
  contents.sections.resize(static_cast<std::size_t>(head.sections));
  std::memcpy(contents.sections.data(), front.data() + sizeof(Head), contents.sections.size() * sizeof(Section));
  std::uint64_t free = head.head_bytes;
  for (const Section& section : contents.sections) {
    if (section.at % page != 0 || section.at < free || section.at > head.checksums_at ||
        section.bytes > head.checksums_at - section.at)
      refuse_contents(path, "its sections overlap or lie outside");
    free = section.at + section.bytes;
    check_section(section, head, path);
    if (contents.find(static_cast<Kind>(section.kind), section.index) != &section)
      refuse_contents(path, "a section is there twice");
  }
  return contents;
}

}  // namespace demarche::network::file_format
