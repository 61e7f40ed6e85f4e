#include "sim/network/implicit_ties.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"
#include "sim/base/parallel.hpp"
#include "sim/network/follower_counts.hpp"

namespace demarche::network {
namespace {

/// Follower counts are the whole parts of a Pareto variable with P(X >= x) ~ x^-tail - end^-tail from `least` to `end`:
/// a power law with exponent tail + 1 whose mean is moved without steps by `least`.
struct CutPareto {
  double tail, least, end;

  double mean() const {
    const double whole = static_cast<double>(static_cast<std::uint64_t>(least));
    const auto from = static_cast<std::uint64_t>(least) + 1;
    const auto most = static_cast<std::uint64_t>(end) - 1;
    if (from > most) return whole;
    const double floor = math::pow(end, -tail);
    const double sum = power_sum(tail, from, most) - floor * static_cast<double>(most - from + 1);
    return whole + sum / (math::pow(least, -tail) - floor);
  }
  double quantile(double survival) const {
    const double floor = math::pow(end, -tail);
    return math::pow(survival * (math::pow(least, -tail) - floor) + floor, -1 / tail);
  }
};

CutPareto solved(double exponent, double mean, std::uint64_t most) {
  CutPareto law{exponent - 1, 0, static_cast<double>(most) + 1};
  // by the logarithm, since small means need lower ends near 0
  double low = std::max(-40.0, -700 / law.tail), high = math::log(law.end);
  for (int i = 0; i < 100; ++i) {
    const double middle = low + (high - low) / 2;
    law.least = math::exp(middle);
    (law.mean() <= mean ? low : high) = middle;
  }
  law.least = math::exp(low);
  return law;
}

std::uint64_t share62(double share) {
  return static_cast<std::uint64_t>(std::min(share, 1.0) * 0x1p62);
}

}  // namespace

std::vector<ImplicitTies::Cell> ImplicitTies::cells_of(const CountryBlocks& blocks) {
  std::vector<Cell> cells;
  std::uint64_t mass = 0;
  Vertex vertex = 0;
  for (std::size_t c = 0; c < blocks.sizes.size(); ++c) {
    Vertex left = blocks.sizes[c];
    for (unsigned bits = 0; bits <= greatest_weight_bits && left > 0; ++bits) {
      Vertex heavier = 0;
      if (blocks.following_exponent > 0 && bits < greatest_weight_bits) {
        const double share = math::exp2(-static_cast<double>(bits + 1) * (blocks.following_exponent - 1));
        heavier = std::min(left, static_cast<Vertex>(static_cast<double>(blocks.sizes[c]) * share + 0.5));
      }
      const Vertex here = left - heavier;
      if (here == 0) continue;
      cells.push_back({mass, vertex, static_cast<std::uint16_t>(c), static_cast<std::uint8_t>(bits)});
      mass += std::uint64_t{here} << bits;
      vertex += here;
      left = heavier;
    }
  }
  cells.push_back({mass, vertex, 0, 0});
  return cells;
}

std::vector<ImplicitTies::Country> ImplicitTies::countries_of(const CountryBlocks& blocks,
                                                              const std::vector<Cell>& cells) {
  const std::uint64_t all = cells.back().mass;
  std::vector<Country> countries(blocks.sizes.size());
  std::vector<std::uint64_t> heaviest(countries.size(), 1);
  for (std::size_t k = 0; k + 1 < cells.size(); ++k) {
    Country& country = countries[cells[k].country];
    if (country.mass_end == 0) country.mass_begin = cells[k].mass;
    country.mass_end = cells[k + 1].mass;
    heaviest[cells[k].country] = std::uint64_t{1} << cells[k].weight_bits;
  }
  // strata at least as wide as the heaviest actor hold one actor each, whatever their seams
  const auto strata = [](std::uint64_t mass, std::uint64_t weight) {
    return mass == 0 ? 0 : std::max<std::uint64_t>(1, mass / weight);
  };
  std::uint64_t before = 1;
  for (std::size_t c = 0; c < countries.size(); ++c) {
    countries[c].holds[0] = strata(countries[c].mass_begin, before);
    before = std::max(before, heaviest[c]);
  }
  std::uint64_t behind = 1;
  for (std::size_t c = countries.size(); c-- > 0;) {
    countries[c].holds[2] = strata(all - countries[c].mass_end, behind);
    behind = std::max(behind, heaviest[c]);
  }
  for (std::size_t c = 0; c < countries.size(); ++c) {
    if (blocks.sizes[c] == 0) continue;
    Country& country = countries[c];
    const std::uint64_t own = country.mass_end - country.mass_begin;
    const bool alone = blocks.sizes[c] == 1;
    country.holds[1] = alone ? 0 : std::max<std::uint64_t>(1, own / heaviest[c] - 1);
    const auto front = static_cast<double>(country.mass_begin);
    const auto back = static_cast<double>(all - country.mass_end);
    if (alone) {
      country.share_before = country.share_through = all == own ? 0 : share62(front / (front + back));
    } else {
      const double away = (1 - blocks.home) / static_cast<double>(all);
      country.share_before = share62(away * front);
      country.share_through = share62(1 - away * back);
    }
  }
  return countries;
}

std::uint64_t ImplicitTies::capacity(const std::vector<Country>& countries) {
  std::uint64_t least = ~std::uint64_t{0};
  for (const Country& c : countries) {
    if (c.mass_end > 0) least = std::min(least, c.holds[0] + c.holds[1] + c.holds[2]);
  }
  return least;
}

std::uint64_t ImplicitTies::capacity(const CountryBlocks& blocks) {
  return capacity(countries_of(blocks, cells_of(blocks)));
}

void ImplicitTies::make_guides() {
  const auto guide = [this](std::uint64_t range, auto begin) {
    Guide made;
    // twice as many pieces as cells: a search takes less than one step on average
    const std::uint64_t most = 2 * std::bit_ceil(std::max<std::uint64_t>(cells_.size(), 512));
    while ((range - 1) >> made.shift >= most) ++made.shift;
    std::uint32_t k = 0;
    for (std::uint64_t piece = 0; piece <= (range - 1) >> made.shift; ++piece) {
      while (begin(cells_[k + 1]) <= piece << made.shift) ++k;
      made.cell.push_back(k);
    }
    return made;
  };
  by_vertex_ = guide(own_, [](const Cell& c) { return std::uint64_t{c.vertex}; });
  by_mass_ = guide(mass_, [](const Cell& c) { return c.mass; });
}

ImplicitTies::ImplicitTies(const CountryBlocks& blocks, const Luck& luck, std::uint64_t layer_key, Vertex first,
                           Vertex total, HeadRows head)
    : cells_(cells_of(blocks)),
      countries_(countries_of(blocks, cells_)),
      mass_(cells_.back().mass),
      fraction_bits_(static_cast<unsigned>(std::countl_zero(mass_))),
      luck_(luck),
      layer_key_(layer_key),
      count_key_(hash_key(layer_key, 0)),
      draw_key_(hash_key(layer_key, 1)),
      first_(first),
      total_(total),
      own_(cells_.back().vertex),
      head_(std::move(head)) {
  DEMARCHE_EXPECT(own_ > 0, "blocks have actors");
  if (total_ == 0) total_ = first_ + own_;
  DEMARCHE_EXPECT(first_ <= total_ && total_ - first_ >= own_ && total_ < ~Vertex{0}, "blocks fit into their network");
  DEMARCHE_EXPECT(heads() <= first_, "stored rows come before the blocks");
  for (const Cell& cell : cells_) seam_ = std::max(seam_, std::uint64_t{16} << cell.weight_bits);
  make_guides();

  const std::uint64_t most = capacity(countries_);
  counts_.assign((octaves + 1) * (pieces + 1), 0);
  if (blocks.mean_degree <= 0 || most == 0) return;
  const CutPareto law = solved(blocks.exponent, blocks.mean_degree, most);
  const std::uint64_t end = ((most + 1) << count_bits) - 1;
  for (unsigned octave = 0; octave <= octaves; ++octave) {
    const double begin = octave < octaves ? math::exp2(-1.0 - octave) : 0;
    const double width = octave < octaves ? begin : math::exp2(-1.0 * octaves);
    for (unsigned piece = 0; piece <= pieces; ++piece) {
      const double survival = begin + width * piece / pieces;
      const double count = survival > 0 ? law.quantile(survival) : law.end;
      counts_[octave * (pieces + 1) + piece] =
          std::min(end, static_cast<std::uint64_t>(count * static_cast<double>(1U << count_bits)));
    }
  }
}

TieIndex ImplicitTies::ties(unsigned threads) const {
  if (const TieIndex known = ties_.load(std::memory_order_relaxed); known != unknown) return known;
  constexpr std::uint64_t chunk = std::uint64_t{1} << 20;
  std::vector<TieIndex> sums(static_cast<std::size_t>((own_ + chunk - 1) / chunk));
  parallel_for_each_index(sums.size(), threads, [&](std::size_t, std::size_t i) {
    const auto end = static_cast<Vertex>(std::min<std::uint64_t>(own_, (i + 1) * chunk));
    TieIndex sum = 0;
    for (auto u = static_cast<Vertex>(i * chunk); u < end; ++u) sum += degree(words_about(u));
    sums[i] = sum;
  });
  const TieIndex sum = std::accumulate(sums.begin(), sums.end(), TieIndex{head_.targets.size()});
  ties_.store(sum, std::memory_order_relaxed);
  return sum;
}

ImplicitTies::Row ImplicitTies::row(Vertex v) const {
  Row row;
  row.ties_ = this;
  const Vertex u = v - first_;
  if (u >= own_) {
    if (v < heads()) {
      row.stored_ = head_.targets.data() + head_.offsets[v];
      row.size_ = head_.offsets[v + 1] - head_.offsets[v];
    }
    return row;
  }
  const Block words = words_about(u);
  const std::uint64_t d = degree(words);
  const Cell& cell = cell_of_vertex(u);
  const Country& country = countries_[cell.country];
  row.u_ = u;
  row.size_ = d;
  row.own_weight_ = std::uint64_t{1} << cell.weight_bits;
  row.own_mass_ = cell.mass + (std::uint64_t{u - cell.vertex} << cell.weight_bits);

  const std::uint64_t phi = pair(words[2], words[3]) >> 2;
  const auto cut = [&](std::uint64_t share) { return static_cast<std::uint64_t>((Wide{d} * share + phi) >> 62); };
  const std::uint64_t front = cut(country.share_before), through = cut(country.share_through);
  std::array<std::uint64_t, 3> followers{front, through - front, d - through};
  const std::array<std::uint64_t, 3>& holds = country.holds;
  if (followers[0] > holds[0] || followers[1] > holds[1] || followers[2] > holds[2]) [[unlikely]] {
    std::uint64_t left = 0;
    for (std::size_t p = 0; p < 3; ++p) {
      const std::uint64_t kept = std::min(followers[p], holds[p]);
      left += followers[p] - kept;
      followers[p] = kept;
    }
    for (const std::size_t p : {1U, 0U, 2U}) {
      const std::uint64_t more = std::min(left, holds[p] - followers[p]);
      followers[p] += more;
      left -= more;
    }
  }
  const std::array<std::uint64_t, 3> bases{0, country.mass_begin, country.mass_end};
  const std::array<std::uint64_t, 3> masses{country.mass_begin, country.mass_end - country.mass_begin - row.own_weight_,
                                            mass_ - country.mass_end};
  std::uint64_t begin = 0;
  for (std::size_t p = 0; p < 3; ++p) {
    const std::uint64_t m = followers[p], units = masses[p] << fraction_bits_;
    row.parts_[p] = {begin, begin + m, bases[p], masses[p], m > 1 ? units / m : m == 1 ? units : 0};
    begin += m;
  }
  return row;
}

Vertex ImplicitTies::Row::at_seam(std::size_t p, std::uint64_t begin, std::uint64_t end, bool last,
                                  std::uint64_t word) const {
  const Found first = found(p, begin);
  const std::uint64_t behind = last ? 0 : found(p, end).within;
  const std::uint64_t from = end - begin > ties_->seam_ ? end - ties_->seam_ : begin;
  // the word has led here by its high bits; mixed, it is uniform again
  const std::uint64_t place = high(end - from + first.within - behind, mix64(word));
  return place < first.within ? first.vertex : found(p, from + place - first.within).vertex;
}

std::size_t ImplicitTies::bytes() const {
  return counts_.size() * sizeof(counts_[0]) + cells_.size() * sizeof(Cell) + countries_.size() * sizeof(Country) +
         (by_vertex_.cell.size() + by_mass_.cell.size()) * sizeof(std::uint32_t) +
         head_.offsets.size() * sizeof(TieIndex) + head_.targets.size() * sizeof(Vertex) + sizeof(*this);
}

std::size_t ImplicitTies::bytes(std::size_t countries) {
  const std::size_t cells = countries * (greatest_weight_bits + 1) + 1;
  return (octaves + 1) * (pieces + 1) * sizeof(std::uint64_t) + cells * sizeof(Cell) + countries * sizeof(Country) +
         2 * 2 * std::bit_ceil(std::max<std::size_t>(cells, 512)) * sizeof(std::uint32_t) + sizeof(ImplicitTies);
}

}  // namespace demarche::network
