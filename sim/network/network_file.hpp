#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/network/actor_table.hpp"
#include "sim/network/network.hpp"

/// The project's own network file (.dnet): layers as they lie in memory, who the actors are, and where it all comes
/// from, with a checksum for each mebibyte. docs/network-file.md describes every byte.
namespace demarche::network {

struct NetworkFile {
  std::vector<Layer> layers;  ///< at least one, over the same actors; they keep the file's memory alive
  ActorTable actors;          ///< empty when the file names nobody
  std::string source;         ///< what made it, in words
  std::uint64_t bytes = 0;
  std::uint64_t checksum = 0;  ///< its head's, which covers all: the same only for the same bytes, chance apart
};

/// Writes to a temporary name beside `path`, to the disk, and only then gives it its name. Implicit layers are written
/// as stored ones, row by row, so that the file may be larger than the memory. Throws InputError where the file exists
/// and may not be replaced or a name is one that the reader refuses, FileError with path and errno; `path` is then as
/// it was.
struct NetworkFileContent {
  std::span<const Layer> layers;
  const ActorTable* actors = nullptr;  ///< none, or as many as the layers have
  std::string source = "";
};
void write_network_file(const std::string& path, const NetworkFileContent& content, bool replace = false);

/// Where the rows of a file that was read lie.
enum class RowsIn : std::uint8_t {
  /// Mapped: nothing is copied, pages come and go as the system likes; read anyway where nothing can be mapped. The
  /// file
  /// is checked once, when it is opened: what happens when others overwrite or shorten it in place while the layers
  /// live is undefined. Replacing it by another of its name, as write_network_file does, is fine.
  file,
  memory  ///< read into large pages: random access is faster by up to a half
};
struct NetworkFileOptions {
  RowsIn rows = RowsIn::file;
  unsigned threads = 1;
};
/// Refuses (InputError) what is no such file, of another version or byte order, truncated, longer than it says, damaged
/// anywhere, or whose rows are not those of simple layers, or whose names are not text, however right their checksums.
/// Throws FileError.
NetworkFile read_network_file(const std::string& path, const NetworkFileOptions& options = {});

/// What the head of a file says, without reading the rest: for estimates.
struct NetworkFileHead {
  std::uint64_t bytes = 0, actors = 0, layers = 0, ties = 0;
  std::uint64_t strings = 0;  ///< of the actors: names and values of columns, each a std::string once it is read
};
NetworkFileHead network_file_head(const std::string& path);
/// Whether a name ends in .dnet, as all names of such files should.
bool is_network_file_name(const std::string& path);

}  // namespace demarche::network
