#include "sim/spread/seen.hpp"

#include <algorithm>
#include <bit>

namespace demarche::spread {

bool SeenSet::contains(network::Vertex v) const {
  if (dense_) return (bits_[v >> 6] >> (v & 63) & 1) != 0;
  if (count_ == 0) return false;
  const std::uint32_t mask = static_cast<std::uint32_t>(table_.size()) - 1;
  for (std::uint32_t i = spread_bits(v) >> shift_;; i = (i + 1) & mask) {
    if (table_[i] == v) return true;
    if (table_[i] == empty) return false;
  }
}

bool SeenSet::insert_sparse(network::Vertex v, network::Vertex actors) {
  if (table_.empty()) {
    table_.assign(16, empty);
    shift_ = 32 - 4;
  }
  const std::uint32_t mask = static_cast<std::uint32_t>(table_.size()) - 1;
  std::uint32_t i = spread_bits(v) >> shift_;
  while (table_[i] != empty) {
    if (table_[i] == v) return false;
    i = (i + 1) & mask;
  }
  table_[i] = v;
  ++count_;
  // the next doubling would take more memory than one bit for everybody
  if (std::uint64_t{count_} * 2 >= table_.size()) {
    if (table_.size() * 2 * sizeof(std::uint32_t) > actors / 8) {
      make_dense(actors);
      for (const std::uint32_t m : table_)
        if (m != empty) bits_[m >> 6] |= std::uint64_t{1} << (m & 63);
    } else {
      grow();
    }
  }
  return true;
}

void SeenSet::expect(std::size_t insertions, network::Vertex actors) {
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(16, 2 * insertions + 2));
  if (size * sizeof(std::uint32_t) > actors / 8) {
    if (size > 16) make_dense(actors);
    return;
  }
  table_.assign(size, empty);
  shift_ = static_cast<std::uint32_t>(32 - std::countr_zero(size));
}

void SeenSet::grow() {
  outgrown_.assign(table_.begin(), table_.end());
  table_.assign(outgrown_.size() * 2, empty);
  --shift_;
  const std::uint32_t mask = static_cast<std::uint32_t>(table_.size()) - 1;
  for (const std::uint32_t v : outgrown_) {
    if (v == empty) continue;
    std::uint32_t i = spread_bits(v) >> shift_;
    while (table_[i] != empty) i = (i + 1) & mask;
    table_[i] = v;
  }
}

void SeenSet::clear() {
  // the table is laid out anew by the first insertion and the bits by the next change to a bitset
  table_.clear();
  dense_ = false;
  count_ = 0;
}

void SeenSet::make_dense(network::Vertex actors) {
  bits_.assign((std::size_t{actors} + 63) / 64, 0);
  dense_ = true;
}

}  // namespace demarche::spread
