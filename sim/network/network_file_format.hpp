#pragma once
#include <array>
#include <cstdint>

/// The bytes of a .dnet file, for its writer and its reader only; docs/network-file.md says the same in words.
namespace demarche::network::file_format {

// as in PNG: a high bit, both kinds of line ends and an end-of-file mark show what a transfer as text has done
constexpr std::array<unsigned char, 8> magic{0x89, 'D', 'N', 'E', 'T', '\r', '\n', 0x1A};
constexpr std::uint32_t version = 1;
constexpr std::uint32_t byte_order = 0x01020304;  // as the writer's machine stores it
constexpr std::uint64_t page = 4096;              // heads and sections begin at multiples of it
constexpr std::uint64_t block = std::uint64_t{1} << 20;
constexpr std::uint64_t most_layers = 4096, most_columns = 4096;
constexpr std::uint64_t most_sections = 2 * most_layers + most_columns + 4;

enum Kind : std::uint32_t {
  layer_names = 1,    // strings, one a layer
  layer_offsets = 2,  // u64, actors + 1; index: layer
  layer_targets = 3,  // u32, one a tie
  actor_names = 4,    // strings, one an actor; may be missing
  column_names = 5,   // strings; with actor_names only
  column_values = 6,  // strings, one an actor; index: column
  source_text = 7     // strings, one
};

struct Head {
  std::array<unsigned char, 8> magic;
  std::uint32_t version, byte_order;
  std::uint64_t head_bytes;  // the table and the head's checksum included, a multiple of page
  std::uint64_t file_bytes;
  std::uint64_t actors, layers, sections;
  std::uint64_t block_bytes;
  std::uint64_t checksums_at;  // one u64 a block of head_bytes .. checksums_at, up to the end of the file
  std::uint64_t checksum_of_checksums;
  std::uint64_t zero;
};
static_assert(sizeof(Head) == 88);

struct Section {
  std::uint32_t kind, index;
  std::uint64_t at, bytes;
};
static_assert(sizeof(Section) == 24);

constexpr std::uint64_t to_page(std::uint64_t at) {
  return (at + page - 1) / page * page;
}
/// The head's last eight bytes are the checksum of all before.
constexpr std::uint64_t head_bytes(std::uint64_t sections) {
  return to_page(sizeof(Head) + sections * sizeof(Section) + 8);
}

}  // namespace demarche::network::file_format
