#include <sys/resource.h>
#include <sys/statvfs.h>

#include <fstream>
#include <limits>

#include "output/cli/estimate.hpp"

namespace demarche::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

std::uint64_t number_in(const fs::path& file) {
  std::ifstream in(file);
  std::uint64_t n = 0;
  return in >> n ? n : most;  // "max" is no number
}

std::uint64_t memory_available() {
  std::ifstream in("/proc/meminfo");
  std::string word;
  std::uint64_t kib = 0;
  while (in >> word)
    if (word == "MemAvailable:" && in >> kib) return kib << 10;
  return most;
}

// the least of this process's control group and all above it, less what the group has taken already
std::uint64_t group_available() {
  std::ifstream in("/proc/self/cgroup");
  std::string line;
  std::uint64_t least = most;
  const fs::path root("/sys/fs/cgroup");
  const auto look = [&](const fs::path& folder, const char* limit, const char* used) {
    const std::uint64_t bound = number_in(folder / limit), taken = number_in(folder / used);
    if (bound >= most / 2) return;
    least = std::min(least, taken == most || taken > bound ? bound : bound - taken);
  };
  while (std::getline(in, line)) {
    const std::size_t second = line.rfind(':');
    if (line.compare(0, 3, "0::") != 0 || second == std::string::npos) continue;
    fs::path folder = line.substr(second + 1);
    for (; folder.has_relative_path(); folder = folder.parent_path())
      look(root / folder.relative_path(), "memory.max", "memory.current");
  }
  look(root, "memory.max", "memory.current");
  look(root / "memory", "memory.limit_in_bytes", "memory.usage_in_bytes");
  return least;
}

std::uint64_t eight_tenths(std::uint64_t bytes) {
  return bytes / 10 * 8;
}

}  // namespace

Limit memory_limit() {
  Limit least{memory_available(), "the memory that is free"};
  if (const std::uint64_t group = group_available(); group < least.bytes)
    least = {group, "what the control group (memory.max) leaves"};
  rlimit space{};
  if (::getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY && space.rlim_cur < least.bytes)
    least = {space.rlim_cur, "the limit of address space (ulimit -v)"};
  least.bytes = eight_tenths(least.bytes);
  return least;
}

Limit disk_limit(const fs::path& folder) {
  std::error_code ignored;
  fs::path at = fs::absolute(folder, ignored);
  while (!at.empty() && !fs::exists(at, ignored) && at != at.parent_path()) at = at.parent_path();
  struct statvfs system {};
  if (::statvfs(at.c_str(), &system) != 0) return {most, "unknown"};
  return {eight_tenths(std::uint64_t{system.f_bavail} * system.f_frsize), "the free space of " + at.string()};
}

namespace {

/// A line of /proc/self/status in bytes; 0 where there is none.
std::uint64_t own_status(const std::string& name) {
  std::ifstream in("/proc/self/status");
  std::string word;
  std::uint64_t kib = 0;
  while (in >> word)
    if (word == name && in >> kib) return kib << 10;
  return 0;
}

}  // namespace

std::uint64_t peak_memory() {
  // not ru_maxrss, which begins with the size of the process that started this one
  if (const std::uint64_t bytes = own_status("VmHWM:"); bytes > 0) return bytes;
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) << 10;
}

std::uint64_t resident_memory() {
  return own_status("VmRSS:");
}

}  // namespace demarche::cli
