#pragma once
#include <atomic>
#include <cstdlib>
#include <new>

/// Counts what a test program allocates, and refuses when told to. It replaces the operators of the whole program, so
/// one source of a program includes it.
namespace demarche::test {

inline std::atomic<std::uint64_t> allocations{0};
/// So many more allocations succeed; none is refused while it is negative.
inline std::atomic<std::int64_t> allocations_left{-1};

}  // namespace demarche::test

// every way to ask for memory in this program ends here; inlined, g++ 12 takes the pair for a mismatch
[[gnu::noinline]] void* operator new(std::size_t bytes) {
  ++demarche::test::allocations;
  if (demarche::test::allocations_left >= 0 && demarche::test::allocations_left-- == 0) throw std::bad_alloc();
  if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
