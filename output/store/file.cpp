#include "output/store/file.hpp"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "sim/base/error.hpp"

namespace demarche::output {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  Descriptor(int fd, std::string action, fs::path path) : fd_(fd), path_(std::move(path)) {
    if (fd_ < 0) throw FileError(std::move(action), path_.string(), errno);
  }
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return fd_; }
  // an error of an earlier write may show only here (NFS, quotas)
  void close(const char* action) {
    if (::close(std::exchange(fd_, -1)) != 0) throw FileError(action, path_.string(), errno);
  }

 private:
  int fd_;
  fs::path path_;
};

// Removes the temporary file unless it got its name.
class Temporary {
 public:
  explicit Temporary(fs::path path) : path_(std::move(path)) {}
  ~Temporary() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;

  const fs::path& path() const { return path_; }
  void release() { path_.clear(); }

 private:
  fs::path path_;
};

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

[[noreturn]] void refuse_existing(const fs::path& path) {
  throw InputError(Problem{path.string() + " exists already", "nothing is overwritten unasked",
                           "choose another place with -o, or say --force"});
}

int open_new(const fs::path& path, fs::path& temporary) {
  for (unsigned attempt = 0;; ++attempt) {
    std::string name(".");
    name.append(path.filename().string()).append(".").append(std::to_string(::getpid())).append("-");
    temporary = folder_of(path) / name.append(std::to_string(attempt)).append(".partial");
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST || attempt == 1000) return fd;
  }
}

void write_all(int fd, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) throw FileError("write", path.string(), errno);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

void sync(int fd, const fs::path& path) {
  // never tried again: after a failed fsync the kernel may have dropped the dirty pages and call the rest clean
  if (::fsync(fd) != 0) throw FileError("write", path.string(), errno);
}

void rename_new(const fs::path& from, const fs::path& to) {
  if (::syscall(SYS_renameat2, AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
  if (errno == EINVAL || errno == ENOSYS) {
    // file systems without RENAME_NOREPLACE: link refuses an existing name as well
    if (::link(from.c_str(), to.c_str()) == 0) {
      ::unlink(from.c_str());
      return;
    }
  }
  if (errno == EEXIST) refuse_existing(to);
  throw FileError("write", to.string(), errno);
}

}  // namespace

void write_file_atomically(const fs::path& path, std::string_view bytes, Overwrite overwrite) {
  write_file_atomically(
      path, [bytes](const auto& take) { take(bytes); }, overwrite);
}

void write_file_atomically(const fs::path& path,
                           const std::function<void(const std::function<void(std::string_view)>& take)>& produce,
                           Overwrite overwrite) {
  struct stat status;
  if (overwrite == Overwrite::no && ::lstat(path.c_str(), &status) == 0) refuse_existing(path);
  fs::path name;
  const int fd = open_new(path, name);
  Descriptor file(fd, "write", path);
  Temporary temporary(name);
  produce([&](std::string_view bytes) { write_all(file.get(), bytes, path); });
  sync(file.get(), path);
  file.close("write");
  if (overwrite == Overwrite::yes) {
    if (::rename(name.c_str(), path.c_str()) != 0) throw FileError("write", path.string(), errno);
  } else {
    rename_new(name, path);
  }
  temporary.release();
  Descriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open", folder_of(path));
  // some file systems cannot sync a folder and say EINVAL: there is nothing more to do then
  if (::fsync(folder.get()) != 0 && errno != EINVAL) throw FileError("write", path.string(), errno);
}

std::string read_file(const fs::path& path, std::size_t limit) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC), "read", path);
  struct stat status;
  if (::fstat(file.get(), &status) != 0) throw FileError("read", path.string(), errno);
  if (S_ISDIR(status.st_mode)) throw FileError("read", path.string(), EISDIR);
  std::string bytes;
  if (status.st_size > 0 && static_cast<std::size_t>(status.st_size) <= limit)
    bytes.reserve(static_cast<std::size_t>(status.st_size) + 1);
  // the size is a hint only: pipes have none, files may grow
  constexpr std::size_t piece = std::size_t{1} << 20;
  for (;;) {
    const std::size_t have = bytes.size();
    bytes.resize(have + piece);
    const ssize_t n = ::read(file.get(), bytes.data() + have, piece);
    const int error = errno;
    bytes.resize(have + (n > 0 ? static_cast<std::size_t>(n) : 0));
    if (n < 0 && error == EINTR) continue;
    if (n < 0) throw FileError("read", path.string(), error);
    if (n == 0) return bytes;
    if (bytes.size() > limit)
      throw InputError(Problem{path.string() + " is too long", "more than " + std::to_string(limit) + " bytes", ""});
  }
}

OutputBusy::OutputBusy(const fs::path& folder)
    : std::runtime_error(Problem{folder.string() + " is in use", "another run writes into it at this moment",
                                 "wait for it, or choose another place with -o"}
                             .text()) {}

FolderLock::FolderLock(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw FileError("make the folder", folder.string(), error.value());
  descriptor_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor_ < 0) throw FileError("open the folder", folder.string(), errno);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    ::close(descriptor_);
    throw OutputBusy(folder);
  }
}

FolderLock::~FolderLock() {
  ::close(descriptor_);
}

}  // namespace demarche::output
