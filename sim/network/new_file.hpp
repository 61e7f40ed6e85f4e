#pragma once
#include <cstdint>
#include <string>

namespace demarche::network {

/// A file that gets its name only when it is complete and on the disk; removed otherwise. Every error is a FileError
/// with the path and errno, an existing name that may not be replaced an InputError.
class NewFile {
 public:
  NewFile(std::string path, bool replace);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  void write_at(std::uint64_t offset, const void* data, std::size_t bytes);
  /// Nothing may be written afterwards.
  void finish();

 private:
  [[noreturn]] void fail(int error_number) const;

  std::string path_, temporary_;
  bool replace_;
  int descriptor_ = -1;
};

}  // namespace demarche::network
