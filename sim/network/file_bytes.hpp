#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "sim/network/huge_pages.hpp"

namespace demarche::network {

/// The bytes of a regular file, mapped or read into memory; immutable. Errors are FileErrors. A file that others
/// shorten while it is mapped ends the program (SIGBUS), as with every mapping; those of write_network_file are
/// replaced as a whole.
class FileBytes {
 public:
  /// `map` is a wish: where nothing can be mapped the file is read.
  FileBytes(const std::string& path, bool map, unsigned threads);
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  ~FileBytes();
  const std::byte* data() const { return data_; }
  std::uint64_t size() const { return size_; }
  /// The first bytes of a file, at most `bytes` of them, and its size.
  static std::string front(const std::string& path, std::size_t bytes, std::uint64_t& size);

 private:
  const std::byte* data_ = nullptr;
  std::uint64_t size_ = 0;
  bool mapped_ = false;
  LargeMemory memory_;
};

}  // namespace demarche::network
