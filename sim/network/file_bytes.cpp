#include "sim/network/file_bytes.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "sim/base/error.hpp"
#include "sim/base/parallel.hpp"

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace demarche::network {
namespace {

class Opened {
 public:
  // a pipe is refused below, not waited for
  explicit Opened(const std::string& path)
      : path_(path), descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (descriptor_ < 0) throw FileError("read", path_, errno);
    struct stat status;
    if (::fstat(descriptor_, &status) != 0) {
      const int error = errno;
      ::close(descriptor_);
      throw FileError("read", path_, error);
    }
    if (!S_ISREG(status.st_mode)) {
      ::close(descriptor_);
      if (S_ISDIR(status.st_mode)) throw FileError("read", path_, EISDIR);
      throw InputError(
          {path_ + " is no regular file", "a network file is read in any order", "save it as a file first"});
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  ~Opened() { ::close(descriptor_); }

  int descriptor() const { return descriptor_; }
  std::uint64_t size() const { return size_; }
  void read(char* to, std::uint64_t at, std::uint64_t bytes) const {
    while (bytes > 0) {
      const ssize_t n = ::pread(descriptor_, to, static_cast<std::size_t>(bytes), static_cast<off_t>(at));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) throw FileError("read", path_, errno);
      if (n == 0) throw InputError({path_ + " became shorter while it was read", "", "leave it alone meanwhile"});
      to += n;
      at += static_cast<std::uint64_t>(n);
      bytes -= static_cast<std::uint64_t>(n);
    }
  }

 private:
  std::string path_;
  int descriptor_;
  std::uint64_t size_ = 0;
};

}  // namespace

FileBytes::FileBytes(const std::string& path, [[maybe_unused]] bool map, unsigned threads) {
  const Opened file(path);
  size_ = file.size();
  if (size_ == 0) return;
#if __has_include(<sys/mman.h>)
  if (map) {
    void* const at = ::mmap(nullptr, static_cast<std::size_t>(size_), PROT_READ, MAP_PRIVATE, file.descriptor(), 0);
    if (at != MAP_FAILED) {
      mapped_ = true;
      (void)::madvise(at, static_cast<std::size_t>(size_), MADV_WILLNEED);
      data_ = static_cast<const std::byte*>(at);
      return;
    }
  }
#endif
  memory_ = LargeMemory(static_cast<std::size_t>(size_));
  auto* const to = static_cast<char*>(memory_.data());
  constexpr std::uint64_t piece = std::uint64_t{8} << 20;
  parallel_for_each_index(static_cast<std::size_t>((size_ + piece - 1) / piece), threads,
                          [&](std::size_t, std::size_t i) {
                            const std::uint64_t at = i * piece;
                            file.read(to + at, at, std::min(piece, size_ - at));
                          });
  data_ = static_cast<const std::byte*>(memory_.data());
}

FileBytes::~FileBytes() {
#if __has_include(<sys/mman.h>)
  if (mapped_) ::munmap(const_cast<std::byte*>(data_), static_cast<std::size_t>(size_));
#endif
}

std::string FileBytes::front(const std::string& path, std::size_t bytes, std::uint64_t& size) {
  const Opened file(path);
  size = file.size();
  std::string text(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, size)), '\0');
  file.read(text.data(), 0, text.size());
  return text;
}

}  // namespace demarche::network
