#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/tick.hpp"

namespace demarche::spread {

/// Future events by tick. Near ticks stand in a ring of buckets, later ones in blocks that are dealt into the ring when
/// their time is near (hierarchical timing wheel: Varghese & Lauck 1987, doi 10.1145/41457.37504). Buckets are chains
/// of chunks from one pool, so nothing is allocated once the pool has grown to the largest load. Event is copied as
/// bytes. Ticks in [0, end); adding and taking cost O(1), an empty stretch O(1) a 64 ticks.
template <class Event>
class TimingWheel {
  static_assert(std::is_trivially_copyable_v<Event>);

 public:
  explicit TimingWheel(Tick end) : end_(end), far_(static_cast<std::size_t>(end / block_ticks) + 2, none) {
    ring_.fill(none);
    occupied_.fill(0);
  }

  /// `at` must lie after the tick taken last. Events at or after the end are forgotten: they never happen.
  void add(Tick at, const Event& event) {
    if (at >= end_) return;
    assert_later(at);
    if (at < ring_end_) {
      const auto slot = static_cast<std::size_t>(at) & (ring_size - 1);
      put(near_, ring_[slot], event);
      occupied_[slot >> 6] |= std::uint64_t{1} << (slot & 63);
    } else {
      put(later_, far_[static_cast<std::size_t>(at / block_ticks)], {at, event});
      if (later_known_ && at < later_next_) later_next_ = at;
    }
    ++pending_;
  }

  bool empty() const { return pending_ == 0; }

  /// The earliest tick with an event; `never` when there is none. Time does not move: earlier events may still be
  /// added.
  Tick next() const {
    if (pending_ == 0) return never;
    const Tick found = next_in_ring();
    return found != never ? found : next_later();
  }

  /// Appends the events of tick `at` == next() to `out` in the order they were added, and forgets them.
  void take(Tick at, std::vector<Event>& out) {
    if (at / block_ticks > block_) advance_to_block(at / block_ticks);
    const auto slot = static_cast<std::size_t>(at) & (ring_size - 1);
    const std::size_t before = out.size();
    drain(near_, ring_[slot], [&](const Event& e) { out.push_back(e); });
    occupied_[slot >> 6] &= ~(std::uint64_t{1} << (slot & 63));
    pending_ -= out.size() - before;
    now_ = at;
  }

  /// Empty again at tick 0, in time proportional to what is pending; keeps its memory.
  void reset() {
    for (std::size_t w = 0; pending_ > 0 && w < occupied_.size(); ++w) {
      while (occupied_[w] != 0) {
        const auto bit = static_cast<std::size_t>(std::countr_zero(occupied_[w]));
        drain(near_, ring_[w * 64 + bit], [&](const Event&) { --pending_; });
        occupied_[w] &= occupied_[w] - 1;
      }
    }
    for (std::size_t b = 0; pending_ > 0 && b < far_.size(); ++b)
      drain(later_, far_[b], [&](const Later&) { --pending_; });
    now_ = -1;
    block_ = 0;
    ring_end_ = 2 * block_ticks;
    later_known_ = false;
  }

 private:
  static constexpr std::size_t ring_size = 4096;
  static constexpr Tick block_ticks = ring_size / 2;  // the ring holds this block and the next one
  static constexpr std::uint32_t none = 0xffffffffU;
  struct Later {
    Tick at;
    Event event;
  };
  template <class T>
  struct Chunk {
    static constexpr std::uint32_t capacity = (256 - 12) / sizeof(T);
    std::uint32_t next, last, used;  // `last` is kept in the first chunk of a chain only
    T items[capacity];
  };
  template <class T>
  struct Pool {
    std::vector<Chunk<T>> chunks;
    std::uint32_t free = none;
    std::uint32_t take() {
      if (free != none) {
        const std::uint32_t c = free;
        free = chunks[c].next;
        return c;
      }
      chunks.emplace_back();
      return static_cast<std::uint32_t>(chunks.size() - 1);
    }
  };

  void assert_later([[maybe_unused]] Tick at) const {
#ifndef NDEBUG
    DEMARCHE_EXPECT(at > now_, "an event lands in a tick that is over");
#endif
  }

  template <class T>
  static void put(Pool<T>& pool, std::uint32_t& head, const T& item) {
    if (head == none) {
      head = pool.take();
      pool.chunks[head].next = none;
      pool.chunks[head].last = head;
      pool.chunks[head].used = 0;
    }
    std::uint32_t last = pool.chunks[head].last;
    if (pool.chunks[last].used == Chunk<T>::capacity) {
      const std::uint32_t fresh = pool.take();
      pool.chunks[fresh].next = none;
      pool.chunks[fresh].used = 0;
      pool.chunks[last].next = fresh;
      pool.chunks[head].last = fresh;
      last = fresh;
    }
    Chunk<T>& c = pool.chunks[last];
    c.items[c.used++] = item;
  }

  template <class T, class Do>
  static void drain(Pool<T>& pool, std::uint32_t& head, Do&& each) {
    std::uint32_t at = head;
    while (at != none) {
      Chunk<T>& c = pool.chunks[at];
      for (std::uint32_t i = 0; i < c.used; ++i) each(c.items[i]);
      const std::uint32_t following = c.next;
      c.next = pool.free;
      pool.free = at;
      at = following;
    }
    head = none;
  }

  Tick next_in_ring() const {
    const Tick from = now_ + 1;
    // the ring starts at the block of `now`; slots are looked at in the order of their ticks, wrapping once
    const auto start = static_cast<std::size_t>(from) & (ring_size - 1);
    std::size_t word = start >> 6;
    std::uint64_t bits = occupied_[word] & (~std::uint64_t{0} << (start & 63));
    for (std::size_t n = 0; n <= occupied_.size(); ++n) {
      if (bits != 0) {
        const std::size_t slot = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        return from + static_cast<Tick>((slot - start) & (ring_size - 1));
      }
      word = (word + 1) & (occupied_.size() - 1);
      bits = occupied_[word];
    }
    return never;
  }

  Tick next_later() const {
    if (later_known_) return later_next_;
    later_next_ = never;
    for (auto b = static_cast<std::size_t>(block_ + 2); b < far_.size() && later_next_ == never; ++b)
      for (std::uint32_t at = far_[b]; at != none; at = later_.chunks[at].next)
        for (std::uint32_t i = 0; i < later_.chunks[at].used; ++i)
          later_next_ = std::min(later_next_, later_.chunks[at].items[i].at);
    later_known_ = true;
    return later_next_;
  }

  /// Makes `block` the current one and deals the following block into the ring.
  void advance_to_block(Tick block) {
    later_known_ = false;
    while (block_ < block) {
      ++block_;
      now_ = block_ * block_ticks - 1;
      ring_end_ = (block_ + 2) * block_ticks;
      const auto dealt = static_cast<std::size_t>(block_ + 1);
      if (dealt < far_.size()) {
        drain(later_, far_[dealt], [&](const Later& l) {
          const auto slot = static_cast<std::size_t>(l.at) & (ring_size - 1);
          put(near_, ring_[slot], l.event);
          occupied_[slot >> 6] |= std::uint64_t{1} << (slot & 63);
        });
      }
    }
  }

  Tick end_;
  Tick now_ = -1;                    // the tick taken last
  Tick block_ = 0;                   // its block
  Tick ring_end_ = 2 * block_ticks;  // first tick that is too late for the ring
  std::uint64_t pending_ = 0;
  mutable Tick later_next_ = never;  // the earliest tick outside the ring, once it has been asked for
  mutable bool later_known_ = false;
  std::array<std::uint32_t, ring_size> ring_;
  std::array<std::uint64_t, ring_size / 64> occupied_;
  std::vector<std::uint32_t> far_;
  Pool<Event> near_;
  Pool<Later> later_;
};

}  // namespace demarche::spread
