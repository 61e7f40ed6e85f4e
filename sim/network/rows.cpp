#include "sim/network/rows.hpp"

#include <array>

namespace demarche::network {
namespace {

// Below this length a comparison sort inside the cache beats four passes of counting.
constexpr std::size_t long_row = 1024;

void radix_sort(std::span<Vertex> row) {
  std::vector<Vertex> other(row.size());
  std::span<Vertex> from = row, to = other;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    std::array<std::size_t, 257> place{};
    for (const Vertex v : from) ++place[((v >> shift) & 255U) + 1];
    for (std::size_t d = 1; d < place.size(); ++d) place[d] += place[d - 1];
    for (const Vertex v : from) to[place[(v >> shift) & 255U]++] = v;
    std::swap(from, to);
  }
}

}  // namespace

void sort_row(std::span<Vertex> row) {
  if (std::is_sorted(row.begin(), row.end())) return;
  if (row.size() < long_row) {
    std::sort(row.begin(), row.end());
  } else {
    radix_sort(row);
  }
}

std::uint64_t sort_rows_unique(std::vector<TieIndex>& offsets, std::vector<Vertex>& targets) {
  TieIndex kept = 0;
  TieIndex begin = 0;
  for (std::size_t v = 0; v + 1 < offsets.size(); ++v) {
    const TieIndex end = offsets[v + 1];
    const std::span<Vertex> row{targets.data() + begin, static_cast<std::size_t>(end - begin)};
    sort_row(row);
    const auto last = std::unique(row.begin(), row.end());
    const auto length = static_cast<TieIndex>(last - row.begin());
    if (kept != begin) std::copy(row.begin(), last, targets.data() + kept);
    kept += length;
    begin = end;
    offsets[v + 1] = kept;
  }
  const std::uint64_t removed = targets.size() - kept;
  targets.resize(static_cast<std::size_t>(kept));
  // Giving memory back copies the rows, so only where it is worth a moment of holding both.
  if (removed > kept / 8) targets.shrink_to_fit();
  return removed;
}

}  // namespace demarche::network
