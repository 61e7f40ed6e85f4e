#include <array>
#include <bit>

#include "sim/base/error.hpp"
#include "sim/network/generate.hpp"
#include "sim/network/radix_sort.hpp"
#include "sim/network/shuffled.hpp"
#include "sim/network/tie_bins.hpp"

// R-MAT: Chakrabarti, Zhan, Faloutsos 2004, "R-MAT: a recursive model for graph mining". The adjacency matrix is halved
// in both directions level by level; one word of luck settles several levels at once through an alias table (Walker
// 1977).
namespace demarche::network {
namespace {

constexpr std::uint64_t part_ties = 1U << 18;

/// Draws the bits of (from, to) of `levels` levels from one word.
class LevelTable {
 public:
  LevelTable(unsigned levels, const RMat& g) : levels_(levels), cells_(std::size_t{1} << (2 * levels)) {
    const std::size_t n = cells_.size();
    const std::uint64_t share = (std::uint64_t{1} << 32) / n;
    const std::array<double, 4> quadrant{g.a, g.b, g.c, 1 - g.a - g.b - g.c};
    std::vector<std::uint64_t> weight(n);
    std::uint64_t sum = 0;
    std::size_t largest = 0;
    for (std::size_t cell = 0; cell < n; ++cell) {
      double p = 1;
      for (unsigned level = 0; level < levels; ++level) {
        p *= std::max(0.0, quadrant[((cell >> (levels + level)) & 1U) * 2 + ((cell >> level) & 1U)]);
      }
      weight[cell] = static_cast<std::uint64_t>(p * 4294967296.0);
      sum += weight[cell];
      if (weight[cell] > weight[largest]) largest = cell;
    }
    // Whole weights that sum to 2^32 exactly: what rounding took goes to the likeliest cell.
    weight[largest] += (std::uint64_t{1} << 32) - sum;
    fill(weight, share);
  }

  /// Upper half: bits of `from`; lower half: bits of `to`.
  std::uint32_t draw(std::uint32_t word) const {
    const std::uint32_t index = levels_ == 0 ? 0 : word >> (32 - 2 * levels_);
    const std::uint32_t rest = levels_ == 0 ? word : word & ((1U << (32 - 2 * levels_)) - 1);
    return rest < cells_[index].keep ? index : cells_[index].alias;
  }
  unsigned levels() const { return levels_; }

 private:
  struct Cell {
    std::uint32_t keep = 0, alias = 0;
  };

  void fill(std::vector<std::uint64_t>& weight, std::uint64_t share) {
    std::vector<std::uint32_t> poor, rich;
    for (std::uint32_t cell = 0; cell < cells_.size(); ++cell) (weight[cell] < share ? poor : rich).push_back(cell);
    while (!poor.empty()) {
      const std::uint32_t taker = poor.back(), giver = rich.back();
      poor.pop_back();
      cells_[taker] = {static_cast<std::uint32_t>(weight[taker]), giver};
      weight[giver] -= share - weight[taker];
      if (weight[giver] < share) {
        rich.pop_back();
        poor.push_back(giver);
      }
    }
    for (const std::uint32_t cell : rich) cells_[cell] = {0, cell};
  }

  unsigned levels_;
  std::vector<Cell> cells_;
};

/// The endless sequence of candidate ties of this layer.
class TieSequence {
 public:
  TieSequence(const RMat& g, Source source, unsigned threads)
      : source_(source),
        actors_(g.actors),
        levels_(static_cast<unsigned>(std::bit_width(g.actors - 1))),
        full_((levels_ + words() - 1) / words(), g),
        last_(levels_ - full_.levels() * full_words(), g),
        names_(shuffled(g.actors, source.luck, hash_key(source.layer_key, 1), threads)) {}

  /// visit(tie) for the ties numbered begin..end-1, in order; a self-tie stands for "none" where the probabilities
  /// leave hardly anything to find.
  template <class Visit>
  void each(Range range, Visit&& visit) const {
    // The names of a batch are on their way from memory while the rest of it is drawn.
    constexpr std::size_t batch = 64;
    std::array<Tie, batch> ties;
    while (range.begin < range.end) {
      const std::size_t count = static_cast<std::size_t>(std::min<std::uint64_t>(batch, range.end - range.begin));
      for (std::size_t i = 0; i < count; ++i) {
        ties[i] = unnamed(range.begin + i);
        __builtin_prefetch(&names_[ties[i].from]);
        __builtin_prefetch(&names_[ties[i].to]);
      }
      for (std::size_t i = 0; i < count; ++i) visit(Tie{names_[ties[i].from], names_[ties[i].to]});
      range.begin += count;
    }
  }

 private:
  Tie unnamed(std::uint64_t index) const {
    const MessageKey key = hash_key(source_.layer_key, 2, index >> 32);
    for (std::uint32_t draw = 0; draw < 128; draw += 2) {
      std::array<std::uint32_t, 8> word{};
      const Block low = source_.luck.block(Purpose::network, static_cast<std::uint32_t>(index), key, draw);
      std::copy(low.begin(), low.end(), word.begin());
      if (words() > 4) {
        const Block high = source_.luck.block(Purpose::network, static_cast<std::uint32_t>(index), key, draw + 1);
        std::copy(high.begin(), high.end(), word.begin() + 4);
      }
      std::uint32_t from = 0, to = 0;
      const auto take = [&](const LevelTable& table, std::uint32_t w) {
        const std::uint32_t cell = table.draw(w);
        from = (from << table.levels()) | (cell >> table.levels());
        to = (to << table.levels()) | (cell & ((1U << table.levels()) - 1));
      };
      for (unsigned i = 0; i < full_words(); ++i) take(full_, word[i]);
      take(last_, word[full_words()]);
      // A self-tie, or a cell outside where the actors are no power of two, is drawn again.
      if (from != to && from < actors_ && to < actors_) return {from, to};
    }
    return {0, 0};
  }

  // Six levels make a table of 32 KiB, the size of a first-level cache.
  unsigned words() const { return levels_ <= 24 ? 4 : 8; }
  unsigned full_words() const { return std::min(words() - 1, levels_ / full_.levels()); }

  Source source_;
  Vertex actors_;
  unsigned levels_;
  LevelTable full_, last_;
  LargeArray<std::uint32_t> names_;
};

/// A tie as one number, in the order of ties.
using TieKey = std::uint64_t;
constexpr TieKey none = ~TieKey{0};

bool holds(const Rows& rows, Vertex first, TieKey key) {
  const std::size_t row = first + static_cast<std::size_t>(key >> 32);
  return std::binary_search(rows.targets.data() + rows.offsets[row], rows.targets.data() + rows.offsets[row + 1],
                            first + static_cast<Vertex>(key));
}

/// The ties of the range that neither the rows nor `known` (ascending) hold, ascending.
/// Concurrency: each part of the range has its own places in `fresh`, and later its own part of the sorted keys.
std::vector<TieKey> fresh_ties(const TieSequence& sequence, Range range, const Frame& frame, const Rows& rows,
                               const std::vector<TieKey>& known) {
  const std::uint64_t count = range.end - range.begin;
  const auto places = static_cast<std::size_t>(count);
  std::vector<TieKey> fresh = large_vector<TieKey>(places), scratch = large_vector<TieKey>(places);
  const std::size_t parts = parts_for(count, part_ties);
  parallel_for_each_index(parts, frame.threads, [&](std::size_t, std::size_t part) {
    const Range some = part_of(count, part, parts);
    auto at = fresh.begin() + static_cast<std::ptrdiff_t>(some.begin);
    sequence.each({range.begin + some.begin, range.begin + some.end},
                  [&at](Tie tie) { *at++ = tie.from == tie.to ? none : (TieKey{tie.from} << 32) | tie.to; });
  });
  radix_sort<TieKey>(fresh, scratch.data(), 0, 64);
  fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
  if (!fresh.empty() && fresh.back() == none) fresh.pop_back();
  parallel_for_each_index(parts, frame.threads, [&](std::size_t, std::size_t part) {
    const Range some = part_of(fresh.size(), part, parts);
    for (auto i = static_cast<std::size_t>(some.begin); i < some.end; ++i) {
      if (holds(rows, frame.first, fresh[i]) || std::binary_search(known.begin(), known.end(), fresh[i])) {
        fresh[i] = none;
      }
    }
  });
  fresh.erase(std::remove(fresh.begin(), fresh.end(), none), fresh.end());
  return fresh;
}

/// Merges ascending ties into sorted rows in place, from the last row backwards.
void merge_into(Rows& rows, Vertex first, const std::vector<TieKey>& extra) {
  std::size_t read = static_cast<std::size_t>(rows.ties);
  std::size_t left = extra.size();
  rows.ties += left;
  std::size_t write = static_cast<std::size_t>(rows.ties);
  for (std::size_t v = rows.offsets.size() - 1; v-- > 0 && left > 0;) {
    const auto begin = static_cast<std::size_t>(rows.offsets[v]);
    rows.offsets[v + 1] += left;
    while (left > 0 && first + (extra[left - 1] >> 32) == v) {
      const Vertex to = first + static_cast<Vertex>(extra[left - 1]);
      if (read > begin && rows.targets[read - 1] > to) {
        rows.targets[--write] = rows.targets[--read];
      } else {
        rows.targets[--write] = to;
        --left;
      }
    }
    while (read > begin) rows.targets[--write] = rows.targets[--read];
  }
}

}  // namespace

Layer generate_layer(const RMat& g, Frame frame, Source source) {
  if (g.ties == 0) return layer_from_ties(frame, g.actors, 0, [](auto&&) {});
  const TieSequence sequence(g, source, frame.threads);
  const std::size_t parts = parts_for(g.ties, part_ties);
  Rows rows = binned_rows(frame, g.actors, g.ties, parts, [&](std::size_t part, auto&& emit) {
    sequence.each(part_of(g.ties, part, parts), [&emit](Tie tie) {
      if (tie.from != tie.to) emit(tie.from, tie.to);
    });
  });

  // The layer is the set of the first ties of the sequence that are `ties` different ones. Drawing no more than are
  // missing never goes beyond them, so rounds find the same set as drawing one by one.
  std::vector<TieKey> extra;
  std::uint64_t next = g.ties;
  const std::uint64_t patience = 100 * g.ties + 100000;
  while (rows.ties + extra.size() < g.ties) {
    const std::uint64_t missing = g.ties - rows.ties - extra.size();
    if (next > patience) {
      throw InputError({"R-MAT cannot find " + std::to_string(g.ties) + " different ties among " +
                            std::to_string(g.actors) + " actors",
                        "the probabilities leave some cells practically empty",
                        "ask for fewer ties or milder probabilities"});
    }
    const std::vector<TieKey> fresh = fresh_ties(sequence, {next, next + missing}, frame, rows, extra);
    const auto middle = static_cast<std::ptrdiff_t>(extra.size());
    extra.insert(extra.end(), fresh.begin(), fresh.end());
    std::inplace_merge(extra.begin(), extra.begin() + middle, extra.end());
    next += missing;
  }
  merge_into(rows, frame.first, extra);
  return layer_of(frame.name, std::move(rows));
}

}  // namespace demarche::network
