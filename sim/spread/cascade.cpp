#include "sim/spread/cascade.hpp"

#include <algorithm>
#include <atomic>

#include "sim/network/huge_pages.hpp"
#include "sim/spread/rows.hpp"
#include "sim/spread/wheel.hpp"

namespace demarche::spread {

using network::Vertex;

namespace {

/// Blocks of 4,096 actors belong to the workers in turn: blocks of one word of the bitset would share cache lines.
constexpr unsigned owner_bits = 12;
constexpr std::size_t part_size = 32;  ///< stretches that a worker takes at once

}  // namespace

struct Cascade::Message {
  const Luck& luck;
  const MessageTraits& traits;
  MessageKey key;
  std::span<const Vertex> seeds;
  Tick at;
};

/// A sight found by another worker.
struct Letter {
  Vertex who;
  std::uint32_t after;  ///< ticks from the current one
};

/// What one thread writes; a cache line apart from the others'.
struct alignas(128) Cascade::Worker {
  explicit Worker(Tick end, std::size_t owners) : wheel(end), letters(owners) {}
  TimingWheel<Vertex> wheel;                 ///< sights to come of own actors
  std::vector<std::vector<Letter>> letters;  ///< sights to come of the actors of other owners, found in this tick
  Tick earliest = never;                     ///< of both
  std::vector<Vertex> reached;               ///< own actors who know; room for more than `known`
  std::size_t known = 0;
  std::vector<Moment> moments;
  std::size_t collected = 0;       ///< of the moments
  std::vector<Stretch> stretches;  ///< of the followers of own actors who pass it on in this tick
  Exposer exposer;
  alignas(128) std::atomic<std::size_t> next_part{0};  ///< of all stretches; the first worker's counts
  alignas(128) std::uint64_t examined = 0, deliveries = 0;
};

Cascade::Cascade(const Medium& medium, ChannelId channel, [[maybe_unused]] unsigned threads)
    : medium_(medium),
      kernel_(medium.channels[channel.value()]),
      layer_(medium.network->layer(kernel_.layer)),
      access_bit_(static_cast<std::uint16_t>(1U << channel.value())),
      seen_(network::large_vector<std::uint64_t>((std::size_t{medium.network->actors()} + 63) / 64)) {
#if defined(DEMARCHE_SERIAL)
  threads = 1;
#endif
  for (unsigned w = 0; w < threads; ++w) workers_.push_back(std::make_unique<Worker>(medium.end, threads));
}

Cascade::~Cascade() = default;
Cascade::Cascade(Cascade&&) noexcept = default;

void Cascade::run(const Luck& luck, const MessageTraits& message, std::span<const Vertex> seeds, Tick at) {
  if (whole_)
    for (const Vertex v : reached_) seen_[v >> 6] = 0;
  else
    std::fill(seen_.begin(), seen_.end(), 0);
  whole_ = false;
  reached_ = {};
  moments_ = {};
  for (const auto& w : workers_) {
    w->wheel.reset();
    w->moments.clear();
    w->known = w->collected = 0;
    w->examined = w->deliveries = 0;
  }
  const Message m{luck, message, key_on_channel(message.key, kernel_), seeds, at};
  with_rows(layer_, [&](const auto& rows) { run(rows, m); });
  collect();
  whole_ = true;
}

template <class Rows>
void Cascade::run(const Rows& rows, const Message& message) {
  const auto threads = static_cast<unsigned>(workers_.size());
  if (threads == 1) {
    Barrier barrier(1);
    serve(rows, message, 0, barrier);
  } else {
    run_together(threads, [&](unsigned me, Barrier& barrier) { serve(rows, message, me, barrier); });
  }
}

// Concurrency. Every actor has an owner, who alone writes the actor's bit and list and holds the wheel of the actor's
// sights to come. A tick has two steps with a barrier after each.
//   Arrive: each owner puts the letters of the other workers into its wheel, empties the wheel at this tick, notes who
//           is new, and cuts their followers into stretches. Nobody writes letters in this step.
//   Expand: the stretches of all owners are taken in parts by whoever is free; sights of own actors go into the own
//           wheel, those of others into letters to their owners. All are of later ticks: a delay is at least one tick.
// Letters are written and read in a row, so that a processor fetches from the other's cache ahead; a wheel shared by
// two would be fetched line by line. Who takes a part shows in nothing but the order within a bucket, and arriving is a
// set union: the outcome is the same for any number of threads.
template <class Rows>
void Cascade::serve(const Rows& rows, const Message& message, std::size_t me, Barrier& barrier) {
  Worker& own = *workers_[me];
  const std::size_t count = workers_.size();
  const auto wait = [&] {
    if (count > 1) barrier.wait();
  };

  own.moments.push_back({message.at, 0});
  for (const Vertex v : message.seeds)
    if (count == 1 || (v >> owner_bits) % count == me) arrive(own, {&v, 1}, nullptr);
  for (Tick t = message.at;;) {
    cut_rows(rows, message, own, t);
    if (me == 0) own.next_part.store(0, std::memory_order_relaxed);
    wait();
    expose(rows, message, own, t);
    own.earliest = own.wheel.next();
    for (const auto& letters : own.letters)
      for (const Letter& letter : letters) own.earliest = std::min<Tick>(own.earliest, t + letter.after);
    wait();
    const Tick before = t;
    t = never;
    for (const auto& w : workers_) t = std::min(t, w->earliest);
    if (t == never) return;
    for (const auto& w : workers_)
      for (const Letter& letter : w->letters[me]) own.wheel.add(before + letter.after, letter.who);
    own.moments.push_back({t, own.known});
    const std::uint16_t* access = medium_.access.empty() ? nullptr : medium_.access.data();
    own.wheel.drain(t, [&](std::span<const Vertex> some) { arrive(own, some, access); });
    if (own.moments.back().first == own.known) own.moments.pop_back();
  }
}

/// Without a branch on who is new, which is a toss of a coin.
void Cascade::arrive(Worker& own, std::span<const Vertex> some, const std::uint16_t* access) {
  if (own.known + some.size() > own.reached.size()) own.reached.resize(2 * own.reached.size() + some.size());
  std::uint64_t* const seen = seen_.data();
  Vertex* const reached = own.reached.data();
  std::size_t known = own.known;
  for (const Vertex v : some) {
    if (access != nullptr && (access[v] & access_bit_) == 0) continue;
    const std::uint64_t word = seen[v >> 6], bit = std::uint64_t{1} << (v & 63);
    reached[known] = v;
    known += (word & bit) == 0;
    seen[v >> 6] = word | bit;
  }
  own.known = known;
}

/// Of the actors of the newest moment, if it is `at`.
template <class Rows>
void Cascade::cut_rows(const Rows& rows, const Message& message, Worker& worker, Tick at) {
  worker.stretches.clear();
  if (worker.moments.empty() || worker.moments.back().at != at) return;
  constexpr std::size_t ahead = 16;
  const std::size_t last = worker.known;
  std::size_t i = static_cast<std::size_t>(worker.moments.back().first);
  for (std::size_t k = i; k < std::min(last, i + ahead); ++k) rows.fetch_row(worker.reached[k]);
  for (; i < last; ++i) {
    if (i + ahead < last) rows.fetch_row(worker.reached[i + ahead]);
    const Vertex v = worker.reached[i];
    if (at != message.at && !shares(kernel_, message.luck, message.traits, v, at)) continue;
    const std::uint64_t followers = rows.count(v);
    worker.examined += followers;
    cut_into_stretches(v, rows.row(v), followers, [&](const Stretch& s) { worker.stretches.push_back(s); });
  }
}

template <class Rows>
void Cascade::expose(const Rows& rows, const Message& message, Worker& worker, Tick at) {
  const auto keep = [&worker](Tick seen, Vertex who) { worker.wheel.add(seen, who); };
  if (workers_.size() == 1) return expose(rows, message, worker, at, worker.stretches, keep);
  for (auto& letters : worker.letters) letters.clear();
  const auto keep_or_write = [&, me = &worker, count = workers_.size(), end = medium_.end](Tick seen, Vertex who) {
    const std::size_t owner = (who >> owner_bits) % count;
    if (workers_[owner].get() == me) {
      worker.wheel.add(seen, who);
    } else if (seen < end) {
      worker.letters[owner].push_back({who, static_cast<std::uint32_t>(seen - at)});
    }
  };
  std::atomic<std::size_t>& next_part = workers_.front()->next_part;
  std::size_t before = 0, part = next_part.fetch_add(part_size, std::memory_order_relaxed);
  for (const auto& w : workers_) {
    const std::size_t here = w->stretches.size();
    while (part < before + here) {
      const std::size_t first = part - before, length = std::min(part_size, here - first);
      expose(rows, message, worker, at, std::span(w->stretches).subspan(first, length), keep_or_write);
      part = next_part.fetch_add(part_size, std::memory_order_relaxed);
    }
    before += (here + part_size - 1) / part_size * part_size;
  }
}

template <class Rows, class Land>
void Cascade::expose(const Rows& rows, const Message& message, Worker& worker, Tick at,
                     std::span<const Stretch> stretches, const Land& land) {
  const bool by_rhythm = kernel_.rhythm && !medium_.clocks.empty();
  worker.exposer.run(
      kernel_, message.luck, Purpose::exposure, message.key, stretches,
      [&rows](std::uint64_t tie) { rows.fetch_target(tie); },
      [&, targets = rows, at](std::span<const Exposer::Hit> hits) mutable {
        worker.deliveries += hits.size();
        if (by_rhythm) {
          for (const Exposer::Hit& hit : hits) {
            const Vertex who = targets.target(hit);
            land(seen_at(medium_, kernel_, who, at, hit.delay), who);
          }
        } else {
          for (const Exposer::Hit& hit : hits) {
            const Vertex who = targets.target(hit);
            land(at + hit.delay, who);
          }
        }
      });
}

/// Puts the workers' lists together, moment by moment.
void Cascade::collect() {
  examined_ = deliveries_ = 0;
  for (const auto& w : workers_) {
    examined_ += w->examined;
    deliveries_ += w->deliveries;
  }
  if (workers_.size() == 1) {
    moments_ = workers_[0]->moments;
    reached_ = std::span(workers_[0]->reached).first(workers_[0]->known);
    return;
  }
  merged_moments_.clear();
  merged_reached_.clear();
  for (;;) {
    Tick at = never;
    for (const auto& w : workers_)
      if (w->collected < w->moments.size()) at = std::min(at, w->moments[w->collected].at);
    if (at == never) break;
    merged_moments_.push_back({at, merged_reached_.size()});
    for (const auto& w : workers_) {
      if (w->collected == w->moments.size() || w->moments[w->collected].at != at) continue;
      const auto first = static_cast<std::ptrdiff_t>(w->moments[w->collected++].first);
      const auto last =
          static_cast<std::ptrdiff_t>(w->collected < w->moments.size() ? w->moments[w->collected].first : w->known);
      merged_reached_.insert(merged_reached_.end(), w->reached.begin() + first, w->reached.begin() + last);
    }
  }
  moments_ = merged_moments_;
  reached_ = merged_reached_;
}

std::uint64_t Cascade::digest() const {
  std::uint64_t sum = 0;
  for (std::size_t m = 0; m < moments_.size(); ++m) {
    const std::uint64_t last = m + 1 < moments_.size() ? moments_[m + 1].first : reached_.size();
    for (std::uint64_t i = moments_[m].first; i < last; ++i)
      sum += hash_key(static_cast<std::uint64_t>(moments_[m].at), reached_[i]);
  }
  return sum;
}

}  // namespace demarche::spread
