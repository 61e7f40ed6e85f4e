#include "sim/base/quantile_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"

namespace demarche {

QuantileTable::QuantileTable(const Law& law, double seconds_per_tick, std::int32_t least) {
  DEMARCHE_EXPECT(seconds_per_tick > 0 && least >= 0, "a table of delays needs a tick length and a least delay");
  constexpr double last_probability = 1 - 0x1p-18 * 0.13533528323661270;
  const double top = law.quantile(1) < 0x1p1000 ? law.quantile(1) : law.quantile(last_probability);
  const auto add_cells = [&](double from, double to) {
    for (std::size_t i = 0; i <= cells; ++i) {
      const double p = from + (to - from) * static_cast<double>(i) / static_cast<double>(cells);
      const double ticks = std::floor((p == 1 ? top : law.quantile(p)) / seconds_per_tick + 0.5);
      points_.push_back(!(ticks > least) ? least : ticks < greatest ? static_cast<std::int32_t>(ticks) : greatest);
    }
  };
  points_.reserve(3 * (cells + 1));
  add_cells(0, 1);
  add_cells(0, 0x1p-6);
  add_cells(1 - 0x1p-6, 1);
}

GeometricTable::GeometricTable(double p) : least_(std::size_t{1} << (32 - cell_bits), undecided) {
  DEMARCHE_EXPECT(p >= 0 && p <= 1, "a probability lies between 0 and 1");
  if (p == 0 || p == 1) {
    log_failure_ = p == 0 ? 0 : -std::numeric_limits<double>::infinity();
    return;
  }
  log_failure_ = math::log1p(-p);
  std::uint32_t most = 0;
  bool any = false;
  for (std::uint32_t cell = 0; cell < least_.size(); ++cell) {
    const std::uint32_t first = exact(cell << cell_bits), last = exact(cell << cell_bits | ((1U << cell_bits) - 1));
    if (last >= undecided || last - first > most_in_a_cell) continue;
    least_[cell] = static_cast<std::uint16_t>(first);
    most = std::max(most, last);
    any = true;
  }
  for (std::uint32_t answer = 0; any && answer <= most; ++answer) {
    std::uint32_t low = 0, high = 0xffffffffU;
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2 + 1;
      if (exact(middle) <= answer)
        low = middle;
      else
        high = middle - 1;
    }
    last_word_.push_back(low);
  }
}

std::uint32_t GeometricTable::exact(std::uint32_t word) const {
  // the middle of the word's interval, counted from the top: the rarest word gives the longest jump
  const double survival = (static_cast<double>(~word) + 0.5) * 0x1p-32;
  const double k = log_failure_ == 0 ? 0x1p64 : math::log(survival) / log_failure_;
  return k < static_cast<double>(none) ? static_cast<std::uint32_t>(k) : none;
}

}  // namespace demarche
