#include "sim/network/new_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "sim/base/error.hpp"

namespace demarche::network {
namespace {

[[noreturn]] void refuse_existing(const std::string& path) {
  throw InputError(
      {path + " exists already", "nothing is overwritten unasked", "choose another place with -o, or say --force"});
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

}  // namespace

NewFile::NewFile(std::string path, bool replace) : path_(std::move(path)), replace_(replace) {
  struct stat status;
  if (!replace_ && ::lstat(path_.c_str(), &status) == 0) refuse_existing(path_);
  const std::string stem = folder_of(path_) + "/." + name_of(path_) + "." + std::to_string(::getpid()) + "-";
  for (unsigned attempt = 0; descriptor_ < 0; ++attempt) {
    temporary_ = stem + std::to_string(attempt) + ".partial";
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor_ < 0 && (errno != EEXIST || attempt == 1000)) {
      temporary_.clear();
      fail(errno);
    }
  }
}

NewFile::~NewFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void NewFile::fail(int error_number) const {
  throw FileError("write", path_, error_number);
}

void NewFile::write_at(std::uint64_t offset, const void* data, std::size_t bytes) {
  const char* at = static_cast<const char*>(data);
  while (bytes > 0) {
    const ssize_t n = ::pwrite(descriptor_, at, bytes, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail(errno);
    at += n;
    offset += static_cast<std::uint64_t>(n);
    bytes -= static_cast<std::size_t>(n);
  }
}

void NewFile::finish() {
  // never tried again: after a failed fsync the kernel may have dropped the dirty pages and call the rest clean
  if (::fsync(descriptor_) != 0) fail(errno);
  if (::close(std::exchange(descriptor_, -1)) != 0) fail(errno);
  if (replace_) {
    if (std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(errno);
  } else {
#ifdef __linux__
    const bool renamed = ::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) == 0;
    const bool unknown = !renamed && (errno == EINVAL || errno == ENOSYS);
#else
    const bool renamed = false, unknown = true;
#endif
    // file systems that cannot rename so: a link refuses an existing name as well
    if (!renamed && (!unknown || ::link(temporary_.c_str(), path_.c_str()) != 0)) {
      if (errno == EEXIST) refuse_existing(path_);
      fail(errno);
    }
    if (unknown) ::unlink(temporary_.c_str());
  }
  temporary_.clear();
  const std::string folder = folder_of(path_);
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw FileError("open", folder, errno);
  // some file systems cannot sync a folder and say EINVAL: there is nothing more to do then
  const int failed = ::fsync(descriptor) != 0 && errno != EINVAL ? errno : 0;
  ::close(descriptor);
  if (failed != 0) throw FileError("write", path_, failed);
}

}  // namespace demarche::network
