#pragma once
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/base/tick.hpp"

namespace demarche::workflow {

/// What can happen, in the order in which one tick takes it: who has finished leaves before anybody arrives, an answer
/// given in the tick of an expiry is in time, and desks open last.
enum class EventKind : std::uint8_t { finished, expired, returned, submitted, wake };

/// A future event. The key (tick, kind, desk, message key, sequence) is made by its cause and is total: messages have
/// keys of their own, and one message has one event of a kind at a desk and sequence (stage and review).
/// `target` and `ticket` are no part of it: they find the task, draft or desk and tell whether the event still holds.
struct Event {
  Tick at = never;
  MessageKey key = 0;
  std::uint32_t place = 0;  // kind in the top 3 bits, desk below
  std::uint32_t sequence = 0;
  std::uint32_t target = 0;
  std::uint32_t ticket = 0;

  static constexpr unsigned desk_bits = 29;
  static constexpr std::uint32_t place_of(EventKind kind, std::uint32_t desk) {
    return (static_cast<std::uint32_t>(kind) << desk_bits) | desk;
  }
  EventKind kind() const { return static_cast<EventKind>(place >> desk_bits); }

  friend bool operator<(const Event& a, const Event& b) {
    if (a.at != b.at) return a.at < b.at;
    return std::tie(a.place, a.key, a.sequence) < std::tie(b.place, b.key, b.sequence);
  }
};
static_assert(sizeof(Event) == 32);

/// Binary heap of events, least key first. Keeps its memory when cleared.
class EventHeap {
 public:
  bool empty() const { return events_.empty(); }
  const Event& top() const { return events_.front(); }
  void clear() { events_.clear(); }

  void push(const Event& event) {
    std::size_t hole = events_.size();
    events_.push_back(event);
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / 2;
      if (!(event < events_[parent])) break;
      events_[hole] = events_[parent];
      hole = parent;
    }
    events_[hole] = event;
  }

  Event pop() {
    const Event first = events_.front();
    const Event last = events_.back();
    events_.pop_back();
    const std::size_t size = events_.size();
    if (size == 0) return first;
    std::size_t hole = 0;
    for (std::size_t child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && events_[child + 1] < events_[child]) ++child;
      if (!(events_[child] < last)) break;
      events_[hole] = events_[child];
      hole = child;
    }
    events_[hole] = last;
    return first;
  }

 private:
  std::vector<Event> events_;
};

}  // namespace demarche::workflow
