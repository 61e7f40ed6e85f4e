#include "sim/network/huge_pages.hpp"

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace demarche::network {
namespace {

constexpr std::size_t worth_it = std::size_t{1} << 22;
// What is smaller is left to the allocator, which may keep it when it is given back.
constexpr std::size_t worth_a_mapping = std::size_t{1} << 17;

[[maybe_unused]] std::size_t whole_pages(std::size_t bytes) {
  constexpr std::size_t page = 4096;
  return (bytes + page - 1) / page * page;
}

}  // namespace

void advise_large_pages([[maybe_unused]] void* data, [[maybe_unused]] std::size_t bytes) {
#ifdef __linux__
  constexpr std::uintptr_t page = 4096;
  if (bytes < worth_it) return;
  const auto begin = (reinterpret_cast<std::uintptr_t>(data) + page - 1) / page * page;
  const auto end = (reinterpret_cast<std::uintptr_t>(data) + bytes) / page * page;
  (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#endif
}

LargeMemory::LargeMemory(std::size_t bytes) : bytes_(bytes) {
  if (bytes == 0) return;
  if (bytes > std::numeric_limits<std::size_t>::max() / 2) throw std::bad_alloc();
#ifdef __linux__
  if (bytes >= worth_a_mapping) {
    // Not counted against the limit of overcommitment: much of a reservation may never be touched.
    void* const at =
        mmap(nullptr, whole_pages(bytes), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) throw std::bad_alloc();
    data_ = at;
    advise_large_pages(data_, bytes);
    return;
  }
#endif
  data_ = std::calloc(bytes, 1);
  if (data_ == nullptr) throw std::bad_alloc();
}

LargeMemory::~LargeMemory() {
#ifdef __linux__
  if (bytes_ >= worth_a_mapping) {
    munmap(data_, whole_pages(bytes_));
    return;
  }
#endif
  std::free(data_);
}

void LargeMemory::keep([[maybe_unused]] std::size_t bytes) {
#ifdef __linux__
  if (bytes_ < worth_a_mapping) return;
  // The mapping itself stays, so that its beginning and length remain those that are unmapped at the end.
  const std::size_t end = whole_pages(bytes_), kept = whole_pages(bytes);
  if (kept < end) (void)madvise(static_cast<char*>(data_) + kept, end - kept, MADV_DONTNEED);
#endif
}

}  // namespace demarche::network
