#include <array>
#include <bit>

#include "sim/base/error.hpp"
#include "sim/network/generate.hpp"
#include "sim/network/shuffled.hpp"

// R-MAT: Chakrabarti, Zhan, Faloutsos 2004, "R-MAT: a recursive model for graph mining". The adjacency matrix is halved
// in both directions level by level; one word of luck settles several levels at once through an alias table (Walker
// 1977).
namespace demarche::network {
namespace {

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
  TieSequence(const RMat& g, Source source)
      : source_(source),
        actors_(g.actors),
        levels_(static_cast<unsigned>(std::bit_width(g.actors - 1))),
        full_((levels_ + words() - 1) / words(), g),
        last_(levels_ - full_.levels() * full_words(), g),
        names_(shuffled(g.actors, source.luck, hash_key(source.layer_key, 1))) {}

  /// Tie number `index`; a self-tie stands for "none" where the probabilities leave hardly anything to find.
  Tie tie(std::uint64_t index) const {
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
      if (from != to && from < actors_ && to < actors_) return {names_[from], names_[to]};
    }
    return {0, 0};
  }

 private:
  // Six levels make a table of 32 KiB, the size of a first-level cache.
  unsigned words() const { return levels_ <= 24 ? 4 : 8; }
  unsigned full_words() const { return std::min(words() - 1, levels_ / full_.levels()); }

  Source source_;
  Vertex actors_;
  unsigned levels_;
  LevelTable full_, last_;
  std::vector<std::uint32_t> names_;
};

bool holds(const std::vector<TieIndex>& offsets, const std::vector<Vertex>& targets, Tie tie) {
  return std::binary_search(targets.begin() + static_cast<std::ptrdiff_t>(offsets[tie.from]),
                            targets.begin() + static_cast<std::ptrdiff_t>(offsets[tie.from + 1]), tie.to);
}

/// Merges sorted new ties into sorted rows in place, from the last row backwards.
void merge_into(std::vector<TieIndex>& offsets, std::vector<Vertex>& targets, const std::vector<Tie>& extra) {
  std::size_t read = targets.size();
  targets.resize(targets.size() + extra.size());
  std::size_t write = targets.size();
  std::size_t left = extra.size();
  for (std::size_t v = offsets.size() - 1; v-- > 0 && left > 0;) {
    const std::size_t begin = offsets[v];
    offsets[v + 1] += left;
    while (left > 0 && extra[left - 1].from == v) {
      if (read > begin && targets[read - 1] > extra[left - 1].to) {
        targets[--write] = targets[--read];
      } else {
        targets[--write] = extra[--left].to;
      }
    }
    while (read > begin) targets[--write] = targets[--read];
  }
}

}  // namespace

Layer generate_layer(const RMat& g, Frame frame, Source source) {
  if (g.ties == 0) return layer_from_ties(std::move(frame), [](auto&&) {});
  const TieSequence sequence(g, source);
  auto [offsets, targets] = unsorted_rows(frame.total, frame.first, [&](auto&& emit) {
    for (std::uint64_t index = 0; index < g.ties; ++index) {
      const Tie tie = sequence.tie(index);
      if (tie.from != tie.to) emit(tie.from, tie.to);
    }
  });
  sort_rows_unique(offsets, targets);

  // The layer is the set of the first ties of the sequence that are `ties` different ones. Drawing no more than are
  // missing never goes beyond them, so rounds find the same set as drawing one by one.
  std::vector<Tie> extra;
  std::uint64_t next = g.ties;
  const std::uint64_t patience = 100 * g.ties + 100000;
  while (targets.size() + extra.size() < g.ties) {
    const std::uint64_t missing = g.ties - targets.size() - extra.size();
    if (next > patience) {
      throw InputError({"R-MAT cannot find " + std::to_string(g.ties) + " different ties among " +
                            std::to_string(g.actors) + " actors",
                        "the probabilities leave some cells practically empty",
                        "ask for fewer ties or milder probabilities"});
    }
    for (const std::uint64_t end = next + missing; next < end; ++next) {
      Tie tie = sequence.tie(next);
      if (tie.from == tie.to) continue;
      tie = {frame.first + tie.from, frame.first + tie.to};
      if (!holds(offsets, targets, tie)) extra.push_back(tie);
    }
    std::sort(extra.begin(), extra.end());
    extra.erase(std::unique(extra.begin(), extra.end()), extra.end());
  }
  merge_into(offsets, targets, extra);
  return Layer(std::move(frame.name), std::move(offsets), std::move(targets));
}

}  // namespace demarche::network
