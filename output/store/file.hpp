#pragma once
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace demarche::output {

enum class Overwrite : bool { no, yes };

/// Writes a whole file or nothing: to a temporary name in the same folder, synced, then renamed, and the folder synced.
/// Throws InputError where the file exists and Overwrite is no (it is then untouched, also in a race with another
/// writer), and FileError with path and errno for everything that goes wrong on the way; no temporary file is left.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes, Overwrite overwrite);
/// The same for bytes that are never held as a whole: `produce(take)` calls take(piece) for one piece after another.
void write_file_atomically(const std::filesystem::path& path,
                           const std::function<void(const std::function<void(std::string_view)>& take)>& produce,
                           Overwrite overwrite);

/// The bytes of a file. Throws FileError; InputError where it is longer than `limit`.
std::string read_file(const std::filesystem::path& path, std::size_t limit = std::size_t{1} << 36);

/// Somebody else writes into the folder at this moment (exit status 75).
class OutputBusy : public std::runtime_error {
 public:
  explicit OutputBusy(const std::filesystem::path& folder);
};

/// Holds a folder, made where it is missing, for one writer as long as it lives. It is a courtesy between processes
/// (flock on the folder itself: nothing stale remains after a crash); where the file system knows no locks it does
/// nothing. Throws OutputBusy, or FileError where the folder cannot be made.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace demarche::output
