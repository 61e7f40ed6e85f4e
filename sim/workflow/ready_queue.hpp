#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/workflow/workflow.hpp"

namespace demarche::workflow {

/// A task that waits at a desk. `order` counts arrivals at the desk; `rank` is the priority or the deadline.
/// An entry whose ticket is no longer the task's has been withdrawn: whoever pops it throws it away.
struct Ready {
  std::uint64_t rank = 0;
  std::uint32_t order = 0;
  std::uint32_t task = 0;
  std::uint32_t ticket = 0;

  friend bool operator<(const Ready& a, const Ready& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.order < b.order;
  }
};

/// Those who wait at one desk, in the order of its discipline: a line, a pile, or a heap by (rank, order).
class ReadyQueue {
 public:
  explicit ReadyQueue(Discipline discipline)
      : shape_(discipline == Discipline::first_come ? Shape::line
               : discipline == Discipline::last_in  ? Shape::pile
                                                    : Shape::heap) {}

  bool empty() const { return head_ == entries_.size(); }
  void clear() {
    entries_.clear();
    head_ = 0;
  }
  const Ready& top() const { return shape_ == Shape::pile ? entries_.back() : entries_[head_]; }

  void push(const Ready& entry) {
    entries_.push_back(entry);
    if (shape_ == Shape::heap) std::push_heap(entries_.begin(), entries_.end(), later);
  }

  void pop() {
    if (shape_ == Shape::line) {
      // the served front is cut off when it is the larger half: constant cost per entry
      if (++head_ * 2 > entries_.size() && head_ > 32) {
        entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(head_));
        head_ = 0;
      }
      return;
    }
    if (shape_ == Shape::heap) std::pop_heap(entries_.begin(), entries_.end(), later);
    entries_.pop_back();
  }

 private:
  enum class Shape : std::uint8_t { line, pile, heap };
  static bool later(const Ready& a, const Ready& b) { return b < a; }

  Shape shape_;
  std::size_t head_ = 0;
  std::vector<Ready> entries_;
};

}  // namespace demarche::workflow
