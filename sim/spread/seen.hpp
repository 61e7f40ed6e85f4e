#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/network/network.hpp"

namespace demarche::spread {

/// Which actors have seen a message: an open hash table while they are few (93 % of cascades are tiny), a bitset of all
/// actors once that is the smaller. Membership is all that is asked, so the layout never shows in results.
class SeenSet {
 public:
  /// True when `v` was not in the set before. `actors` is the size of the network.
  bool insert(network::Vertex v, network::Vertex actors) {
    if (dense_) {
      std::uint64_t& word = bits_[v >> 6];
      const std::uint64_t bit = std::uint64_t{1} << (v & 63);
      const bool fresh = (word & bit) == 0;
      word |= bit;
      count_ += fresh;
      return fresh;
    }
    return insert_sparse(v, actors);
  }
  bool contains(network::Vertex v) const;
  std::uint32_t count() const { return count_; }
  /// Empty again at once; keeps its memory.
  void clear();
  /// Makes room in an empty set for so many insertions at once.
  void expect(std::size_t insertions, network::Vertex actors);
  /// A bitset from the start: for one message that is expected to go far.
  void make_dense(network::Vertex actors);

 private:
  static constexpr std::uint32_t empty = 0xffffffffU;  // never a vertex
  static std::uint32_t spread_bits(std::uint32_t v) { return v * 0x9E3779B1U; }
  bool insert_sparse(network::Vertex v, network::Vertex actors);
  void grow();

  std::vector<std::uint32_t> table_;     // a power of two, at most half full
  std::vector<std::uint32_t> outgrown_;  // the table before, kept so that a second life allocates nothing
  std::vector<std::uint64_t> bits_;
  std::uint32_t count_ = 0;
  std::uint32_t shift_ = 32;
  bool dense_ = false;
};

}  // namespace demarche::spread
