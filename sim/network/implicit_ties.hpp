#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/network/vertex.hpp"

namespace demarche::network {

/// Directed blocks by country with heavy-tailed follower counts: a degree-corrected block model (Karrer & Newman 2011,
/// doi 10.1103/PhysRevE.83.016107; Chung & Lu 2002, doi 10.1007/PL00012580) whose follower counts are fixed, not
/// expected. An actor has d followers, P(d >= k) as a Pareto law of exponent - 1 cut at the capacity of the network and
/// scaled to the mean; each is drawn from the own country with probability `home`, else from everybody, in proportion
/// to how much they follow: equally, or (following_exponent > 1) with weights 1, 2, 4 .. 64 of which a share
/// 2^(-k (following_exponent - 1)) is 2^k or more; within a country weights grow with the actor's number.
struct CountryBlocks {
  std::vector<Vertex> sizes;  ///< actors of each country, numbered one country after another
  double mean_degree = 35;    ///< followers of an actor
  double exponent = 2.276;    ///< P(d) ~ d^-exponent, > 1
  double home = 0.75;         ///< 0 .. 1; an actor alone in its country has foreign followers only
  double following_exponent = 0;
  bool implicit = false;  ///< the layer recomputes its ties instead of storing them; they are the same
};

/// Compressed sparse rows of a few actors.
struct HeadRows {
  std::vector<TieIndex> offsets;  ///< one more than rows; or none, for no rows
  std::vector<Vertex> targets;
};

/// The ties of CountryBlocks, each recomputed from counter-based words whenever somebody asks, so that ties need no
/// memory. Which ones, exactly (this is the definition of the kind; integers only, so that every compiler agrees):
///
/// Every actor w is an interval of weight(w) units on a line of `mass` units, in the order of their numbers. As seen
/// from u the line has three parts: countries before u's own, the own without u, those behind. With words of
/// (Purpose::network, u, layer_key) u gets d followers, of which by systematic rounding (cuts floor(d L + phi) and
/// floor(d (L + H) + phi) for shares L, H and one uniform phi) each part has its expected number, up to one; what a
/// part cannot hold goes to the own country, then to the front, then to the back. A part of m followers and mass M is
/// cut into m strata at floor(j M / m), each cut moved down to where the interval of an actor begins, and stratum j
/// gives one follower: whoever lies at a uniform place of it. So a row is strictly ascending without repeats, has
/// exactly d ties, and any of them is found at once; w in the part is a follower of u with probability
/// m weight(w) / M, as in the block model, but for a factor within 1 +- m greatest_weight / M, since cuts are moved.
/// (Wide strata are not measured for each draw: the actors within 16 greatest weights of the end of a stratum and the
/// one at its beginning share what the cuts gained or lost, so for them the factor lies within 1 +- 1/15.)
class ImplicitTies {
 public:
  class Row;

  /// Actors are numbered from `first` among `total` (0: first + actors); the others have no ties, but for those before
  /// `first` where `head` has their rows. Parameters must be valid (validate() of generators.hpp). Takes milliseconds
  /// and tables of up to a few megabytes, whatever the number of actors.
  ImplicitTies(const CountryBlocks& blocks, const Luck& luck, std::uint64_t layer_key, Vertex first = 0,
               Vertex total = 0, HeadRows head = {});

  Vertex actors() const { return total_; }
  /// Exact; computed when first asked for, in time proportional to the actors (4 s a billion on two threads).
  TieIndex ties(unsigned threads = 1) const;
  std::uint64_t out_degree(Vertex v) const {
    const Vertex u = v - first_;
    return u < own_ ? degree(words_about(u)) : v < heads() ? head_.offsets[v + 1] - head_.offsets[v] : 0;
  }
  /// Everything about v that its followers have in common; make it once where several are asked for.
  Row row(Vertex v) const;
  /// The i-th follower in ascending order, i < out_degree(v).
  Vertex follower(Vertex v, std::uint64_t i) const;
  std::size_t bytes() const;
  /// At most that, before they are made.
  static std::size_t bytes(std::size_t countries);

  /// The largest number of followers that every actor of such blocks can have; follower counts end there.
  static std::uint64_t capacity(const CountryBlocks& blocks);
  static constexpr unsigned greatest_weight_bits = 6;
  static constexpr std::size_t most_countries = 65536;

 private:
  __extension__ using Wide = unsigned __int128;
  static std::uint64_t high(std::uint64_t a, std::uint64_t b) { return static_cast<std::uint64_t>(Wide{a} * b >> 64); }
  static std::uint64_t pair(std::uint32_t low, std::uint32_t high) { return std::uint64_t{high} << 32 | low; }

  /// A run of actors of one country and one weight.
  struct Cell {
    std::uint64_t mass;  ///< of all before it
    Vertex vertex;       ///< its first actor
    std::uint16_t country;
    std::uint8_t weight_bits;
  };
  struct Country {
    std::uint64_t mass_begin, mass_end;
    std::uint64_t share_before, share_through;  ///< L and L + H of the definition, in units of 2^-62
    std::array<std::uint64_t, 3> holds;         ///< most followers in each part
  };
  /// Cells by a coordinate: the cell of the first value of each piece of 2^shift values.
  struct Guide {
    std::vector<std::uint32_t> cell;
    unsigned shift = 0;
  };
  Block words_about(Vertex u) const { return luck_.block(Purpose::network, u, count_key_); }
  std::uint64_t degree(const Block& words) const;
  const Cell& cell_of_vertex(Vertex u) const {
    std::size_t k = by_vertex_.cell[u >> by_vertex_.shift];
    while (cells_[k + 1].vertex <= u) ++k;
    return cells_[k];
  }
  /// Who lies at a place of the line, and how far from where their interval begins.
  struct Found {
    Vertex vertex;
    std::uint64_t within;
  };
  Found found(std::uint64_t mass) const {
    std::size_t k = by_mass_.cell[static_cast<std::size_t>(mass >> by_mass_.shift)];
    while (cells_[k + 1].mass <= mass) ++k;
    const Cell& cell = cells_[k];
    const std::uint64_t from_cell = mass - cell.mass;
    const auto before = static_cast<Vertex>(from_cell >> cell.weight_bits);
    return {cell.vertex + before, from_cell - (std::uint64_t{before} << cell.weight_bits)};
  }
  static std::vector<Cell> cells_of(const CountryBlocks& blocks);
  static std::vector<Country> countries_of(const CountryBlocks& blocks, const std::vector<Cell>& cells);
  static std::uint64_t capacity(const std::vector<Country>& countries);
  void make_guides();
  Vertex heads() const { return head_.offsets.empty() ? 0 : static_cast<Vertex>(head_.offsets.size() - 1); }

  static constexpr unsigned octaves = 40, pieces = 64, piece_bits = 6, count_bits = 24;
  /// Follower counts by the word's place: octave of its leading zeros, then 64 pieces, linear within; in units of
  /// 2^-24 followers. Rare words (many leading zeros) have many followers.
  std::vector<std::uint64_t> counts_;
  std::vector<Cell> cells_;  // and one behind the last
  std::vector<Country> countries_;
  Guide by_vertex_, by_mass_;
  std::uint64_t mass_ = 0;
  std::uint64_t seam_ = 0;      // greatest weight, times 16
  unsigned fraction_bits_ = 0;  // of strata: mass_ << fraction_bits_ still fits
  Luck luck_;
  std::uint64_t layer_key_;
  MessageKey count_key_, draw_key_;
  Vertex first_, total_, own_ = 0;
  HeadRows head_;
  static constexpr TieIndex unknown = ~TieIndex{0};
  mutable std::atomic<TieIndex> ties_{unknown};  // the same whoever computes it, so no lock
};

/// The followers of one actor, ascending. Valid while its ImplicitTies lives; about 150 bytes, made on the stack.
class ImplicitTies::Row {
 public:
  std::uint64_t size() const { return size_; }
  Vertex operator[](std::uint64_t i) const {
    if (stored_ != nullptr) [[unlikely]]
      return stored_[i];
    const Block words = block(i >> 1);
    return at(i, (i & 1) == 0 ? pair(words[0], words[1]) : pair(words[2], words[3]));
  }
  /// Calls `visit(follower)` for all of them in order; half the cost of asking for each.
  template <class Visit>
  void for_each(Visit&& visit) const {
    if (stored_ != nullptr) [[unlikely]] {
      for (std::uint64_t i = 0; i < size_; ++i) visit(stored_[i]);
      return;
    }
    for (std::uint64_t i = 0; i < size_; i += 2) {
      const Block words = block(i >> 1);
      visit(at(i, pair(words[0], words[1])));
      if (i + 1 < size_) visit(at(i + 1, pair(words[2], words[3])));
    }
  }

 private:
  friend class ImplicitTies;
  struct Part {
    std::uint64_t begin = 0, end = 0;  // indices of its followers
    std::uint64_t base = 0;            // where it begins on the line
    std::uint64_t mass = 0;
    std::uint64_t step = 0;  // mass of a stratum, times 2^fraction_bits
  };
  static constexpr std::uint32_t draws = std::uint32_t{1} << 24;  // of one key

  Block block(std::uint64_t draw) const {
    // one key has 2^24 draws; only hubs of 2^25 followers need a second one
    const std::uint64_t round = draw / draws;
    const MessageKey key = round == 0 ? ties_->draw_key_ : hash_key(ties_->layer_key_, 1 + round);
    return ties_->luck_.block(Purpose::network, u_, key, static_cast<std::uint32_t>(draw % draws));
  }
  Vertex at(std::uint64_t i, std::uint64_t word) const {
    const std::size_t p =
        static_cast<std::size_t>(i >= parts_[1].begin) + static_cast<std::size_t>(i >= parts_[2].begin);
    const Part& part = parts_[p];
    const std::uint64_t j = i - part.begin;
    const unsigned fraction = ties_->fraction_bits_;
    const std::uint64_t begin = j * part.step >> fraction;
    const std::uint64_t end = i + 1 < part.end ? (j + 1) * part.step >> fraction : part.mass;
    const std::uint64_t place = begin + high(end - begin, word);
    if (place + ties_->seam_ >= end) [[unlikely]]
      return at_seam(p, begin, end, i + 1 == part.end, word);
    return found(p, place).vertex;
  }
  /// Near the end of a stratum: what belongs to the next is left out, what belongs to this one before it is taken in.
  Vertex at_seam(std::size_t p, std::uint64_t begin, std::uint64_t end, bool last, std::uint64_t word) const;
  Found found(std::size_t p, std::uint64_t place) const {
    std::uint64_t mass = parts_[p].base + place;
    // u itself is left out of the own country
    if (p == 1 && mass >= own_mass_) mass += own_weight_;
    Found actor = ties_->found(mass);
    actor.vertex += ties_->first_;
    return actor;
  }

  const ImplicitTies* ties_ = nullptr;
  const Vertex* stored_ = nullptr;  // of a row of the head
  std::uint64_t size_ = 0;
  std::array<Part, 3> parts_;
  std::uint64_t own_mass_ = 0, own_weight_ = 0;
  Vertex u_ = 0;
};

inline std::uint64_t ImplicitTies::degree(const Block& words) const {
  // the bit ends the octaves: all words with more leading zeros share the last one
  const std::uint64_t word = pair(words[0], words[1]) | std::uint64_t{1} << (63 - octaves);
  const auto octave = static_cast<unsigned>(__builtin_clzll(word));
  const std::uint64_t within = word << octave << 1;  // without the leading one
  const std::uint64_t* const piece = counts_.data() + octave * (pieces + 1) + (within >> (64 - piece_bits));
  return (piece[0] - high(piece[0] - piece[1], within << piece_bits)) >> count_bits;
}

inline Vertex ImplicitTies::follower(Vertex v, std::uint64_t i) const {
  return row(v)[i];
}

}  // namespace demarche::network
