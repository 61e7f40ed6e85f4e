#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/tick.hpp"
#include "sim/network/huge_pages.hpp"

namespace demarche::spread {

/// Future events by tick. Near ticks stand in a ring of buckets, later ones in blocks that are dealt into the ring when
/// their time is near (hierarchical timing wheel: Varghese & Lauck 1987, doi 10.1145/41457.37504). Buckets are chains
/// of chunks from one pool, so nothing is allocated once the pool has grown to the largest load; a bucket knows the end
/// of its chain, so an event is stored without waiting for memory. Event is copied as bytes. Ticks in [0, end); adding
/// and taking cost O(1), an empty stretch O(1) a 64 ticks.
template <class Event>
class TimingWheel {
  static_assert(std::is_trivially_copyable_v<Event>);

 public:
  explicit TimingWheel(Tick end) : end_(end), far_(static_cast<std::size_t>(end / block_ticks) + 2) {
    occupied_.fill(0);
  }

  /// `at` must lie after the tick taken last. Events at or after the end are forgotten: they never happen.
  void add(Tick at, const Event& event) {
    if (at >= end_) return;
    assert_later(at);
    if (at < ring_end_) {
      const auto slot = static_cast<std::size_t>(at) & (ring_size - 1);
      put_near(slot, event);
    } else {
      ++waiting_later_;
      later_.put(far_[static_cast<std::size_t>(at / block_ticks)], {at, event});
      if (later_known_ && at < later_next_) later_next_ = at;
    }
  }

  bool empty() const { return next() == never; }

  /// The earliest tick with an event; `never` when there is none. Time does not move: earlier events may still be
  /// added.
  Tick next() const {
    const Tick found = next_in_ring();
    return found != never || waiting_later_ == 0 ? found : next_later();
  }

  /// `each(std::span<const Event>)` with the events of tick `at` == next() in parts, in the order they were added; they
  /// are then forgotten. `each` may not add events.
  template <class Each>
  void drain(Tick at, Each&& each) {
    if (at / block_ticks > block_) advance_to_block(at / block_ticks);
    const auto slot = static_cast<std::size_t>(at) & (ring_size - 1);
    near_.drain(ring_[slot], each);
    occupied_[slot >> 6] &= ~(std::uint64_t{1} << (slot & 63));
    now_ = at;
  }
  /// Appends them to `out`.
  void take(Tick at, std::vector<Event>& out) {
    drain(at, [&out](std::span<const Event> some) { out.insert(out.end(), some.begin(), some.end()); });
  }

  /// Empty again at tick 0, in time proportional to what is pending; keeps its memory.
  void reset() {
    for (std::size_t w = 0; w < occupied_.size(); ++w) {
      for (; occupied_[w] != 0; occupied_[w] &= occupied_[w] - 1)
        near_.drain(ring_[w * 64 + static_cast<std::size_t>(std::countr_zero(occupied_[w]))],
                    [](std::span<const Event>) {});
    }
    for (std::size_t b = 0; waiting_later_ > 0 && b < far_.size(); ++b)
      waiting_later_ -= later_.drain(far_[b], [](std::span<const Later>) {});
    now_ = -1;
    block_ = 0;
    ring_end_ = 2 * block_ticks;
    later_known_ = false;
  }

 private:
  static constexpr std::size_t ring_size = 4096;
  static constexpr Tick block_ticks = ring_size / 2;  // the ring holds this block and the next one
  struct Later {
    Tick at;
    Event event;
  };
  template <class T>
  struct Chunk {
    static constexpr std::uint32_t capacity = (256 - sizeof(void*)) / sizeof(T);
    Chunk* next;
    T items[capacity];
  };
  template <int for_writing, class T>
  static void prefetch(const Chunk<T>* chunk) {
    for (std::size_t line = 0; line < sizeof(Chunk<T>); line += 64)
      __builtin_prefetch(reinterpret_cast<const char*>(chunk) + line, for_writing);
  }
  /// A ring of chunks, entered at its last one; `used` of that one. Empty: no chunk, and as if it were full.
  template <class T>
  struct Chain {
    Chunk<T>* last = nullptr;
    std::uint32_t used = Chunk<T>::capacity;
  };
  template <class T>
  class Pool {
   public:
    void put(Chain<T>& chain, const T& item) {
      if (chain.used == Chunk<T>::capacity) extend(chain);
      chain.last->items[chain.used++] = item;
    }
    template <class Each>
    std::uint64_t drain(Chain<T>& chain, Each&& each) {
      if (chain.last == nullptr) return 0;
      std::uint64_t count = 0;
      Chunk<T>* const first = chain.last->next;
      for (Chunk<T>* c = first;; c = c->next) {
        prefetch<0>(c->next);
        const std::uint32_t used = c == chain.last ? chain.used : Chunk<T>::capacity;
        each(std::span<const T>(c->items, used));
        count += used;
        if (c == chain.last) break;
      }
      chain.last->next = free_;
      free_ = first;
      chain = {};
      return count;
    }
    template <class Each>
    static void visit(const Chain<T>& chain, Each&& each) {
      if (chain.last == nullptr) return;
      for (const Chunk<T>* c = chain.last->next;; c = c->next) {
        const std::uint32_t used = c == chain.last ? chain.used : Chunk<T>::capacity;
        for (std::uint32_t i = 0; i < used; ++i) each(c->items[i]);
        if (c == chain.last) return;
      }
    }

    /// Room for at least one more.
    void extend(Chain<T>& chain) {
      if (free_ == nullptr) grow();
      Chunk<T>* const fresh = free_;
      free_ = fresh->next;
      prefetch<1>(free_);  // the next to be asked for: chunks lie anywhere in memory
      if (chain.last == nullptr) {
        fresh->next = fresh;
      } else {
        fresh->next = chain.last->next;
        chain.last->next = fresh;
      }
      chain = {fresh, 0};
    }

   private:
    void grow() {
      // kept before it is linked: where there is no memory for that, nothing may point to it
      blocks_.emplace_back();
      blocks_.back().reset(new Chunk<T>[growth_]);
      Chunk<T>* const block = blocks_.back().get();
      network::advise_large_pages(block, growth_ * sizeof(Chunk<T>));
      for (std::size_t i = growth_; i-- > 0;) {
        block[i].next = free_;
        free_ = &block[i];
      }
      growth_ = std::min(2 * growth_, most_growth);
    }

    static constexpr std::size_t most_growth = std::size_t{1} << 16;  // 16 MiB
    std::vector<std::unique_ptr<Chunk<T>[]>> blocks_;
    Chunk<T>* free_ = nullptr;
    std::size_t growth_ = 16;
  };

  void assert_later([[maybe_unused]] Tick at) const {
#ifndef NDEBUG
    DEMARCHE_EXPECT(at > now_, "an event lands in a tick that is over");
#endif
  }

  void put_near(std::size_t slot, const Event& event) {
    Chain<Event>& chain = ring_[slot];
    if (chain.used == Chunk<Event>::capacity) {
      occupied_[slot >> 6] |= std::uint64_t{1} << (slot & 63);
      near_.extend(chain);
    }
    chain.last->items[chain.used++] = event;
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
      Pool<Later>::visit(far_[b], [this](const Later& l) { later_next_ = std::min(later_next_, l.at); });
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
        waiting_later_ -= later_.drain(far_[dealt], [this](std::span<const Later> some) {
          for (const Later& l : some) put_near(static_cast<std::size_t>(l.at) & (ring_size - 1), l.event);
        });
      }
    }
  }

  Tick end_;
  Tick now_ = -1;                    // the tick taken last
  Tick block_ = 0;                   // its block
  Tick ring_end_ = 2 * block_ticks;  // first tick that is too late for the ring
  std::uint64_t waiting_later_ = 0;  // events outside the ring
  mutable Tick later_next_ = never;  // the earliest tick outside the ring, once it has been asked for
  mutable bool later_known_ = false;
  std::array<Chain<Event>, ring_size> ring_;
  std::array<std::uint64_t, ring_size / 64> occupied_;
  std::vector<Chain<Later>> far_;
  Pool<Event> near_;
  Pool<Later> later_;
};

}  // namespace demarche::spread
