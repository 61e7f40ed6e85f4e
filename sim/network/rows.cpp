#include "sim/network/rows.hpp"

#include "sim/network/radix_sort.hpp"

namespace demarche::network {

void sort_row(std::span<Vertex> row, std::vector<Vertex>& scratch) {
  // Below this length a comparison sort inside the cache beats three passes of counting.
  constexpr std::size_t long_row = 1024;
  if (row.size() < long_row) {
    std::sort(row.begin(), row.end());
    return;
  }
  if (std::is_sorted(row.begin(), row.end())) return;
  if (scratch.size() < row.size()) scratch.resize(row.size());
  radix_sort<Vertex>(row, scratch.data(), 0, 32);
}

Layer layer_of(std::string name, Rows rows) {
  rows.targets.keep(static_cast<std::size_t>(rows.ties));
  const auto owner = std::make_shared<const Rows>(std::move(rows));
  return Layer(std::move(name), owner->offsets.span(), owner->targets.span(), owner);
}

Range part_of(std::uint64_t n, std::size_t part, std::size_t parts) {
  const std::uint64_t length = n / parts, longer = n % parts;
  const std::uint64_t begin = length * part + std::min<std::uint64_t>(part, longer);
  return {begin, begin + length + (part < longer ? 1 : 0)};
}

std::size_t parts_for(std::uint64_t n, std::uint64_t most) {
  constexpr std::uint64_t usual = 64;
  return static_cast<std::size_t>(std::max<std::uint64_t>({1, std::min(usual, n / 1024), (n + most - 1) / most}));
}

}  // namespace demarche::network
