#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace demarche::network {

/// Asks the system for large pages behind [data, data + bytes); a hint, silently without effect where there are none.
/// Random reads of a large network are about three times as fast with them (the TLB covers it).
void advise_large_pages(void* data, std::size_t bytes);

/// Zeroed memory whose pages are made when they are first touched, large ones where there are any. So a reservation
/// costs nothing until it is written, and several threads make its pages together.
class LargeMemory {
 public:
  LargeMemory() = default;
  /// Throws std::bad_alloc.
  explicit LargeMemory(std::size_t bytes);
  LargeMemory(LargeMemory&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  LargeMemory& operator=(LargeMemory&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~LargeMemory();
  void* data() const { return data_; }
  /// Gives the pages behind the first `bytes` back to the system, in place.
  void keep(std::size_t bytes);

 private:
  void* data_ = nullptr;
  std::size_t bytes_ = 0;
};

/// An array in such memory; elements begin as zero bits.
template <class T>
class LargeArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  LargeArray() = default;
  explicit LargeArray(std::size_t count) : memory_(count * sizeof(T)), count_(count) {}
  LargeArray(LargeArray&& other) noexcept : memory_(std::move(other.memory_)), count_(std::exchange(other.count_, 0)) {}
  LargeArray& operator=(LargeArray&& other) noexcept {
    memory_ = std::move(other.memory_);
    std::swap(count_, other.count_);
    return *this;
  }
  T* data() { return static_cast<T*>(memory_.data()); }
  const T* data() const { return static_cast<const T*>(memory_.data()); }
  std::size_t size() const { return count_; }
  T& operator[](std::size_t i) { return data()[i]; }
  const T& operator[](std::size_t i) const { return data()[i]; }
  T* begin() { return data(); }
  T* end() { return data() + count_; }
  std::span<T> span() { return {data(), count_}; }
  std::span<const T> span() const { return {data(), count_}; }
  /// Shortens the array without moving it; count <= size().
  void keep(std::size_t count) {
    count_ = count;
    memory_.keep(count * sizeof(T));
  }

 private:
  LargeMemory memory_;
  std::size_t count_ = 0;
};

/// `count` zeroed elements, advised before their memory is first touched: afterwards the hint would come too late.
template <class T>
std::vector<T> large_vector(std::size_t count) {
  std::vector<T> v;
  v.reserve(count);
  advise_large_pages(v.data(), count * sizeof(T));
  v.resize(count);
  return v;
}

}  // namespace demarche::network
