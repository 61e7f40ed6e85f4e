#include <optional>

#include "sim/base/distribution.hpp"
#include "sim/base/error.hpp"
#include "sim/network/generate.hpp"
#include "sim/network/shuffled.hpp"
#include "sim/network/tie_bins.hpp"

// Configuration model (Bollobas 1980): the ends of all ties in random order, neighbours in that order tied. Self-ties
// and repeats, about (degree^2 - 1) / 4 of them whatever the size, are switched with random other ties (McKay & Wormald
// 1990).
namespace demarche::network {
namespace {

class Pairing {
 public:
  Pairing(Vertex actors, std::uint32_t degree, Source source, std::uint64_t attempt, unsigned threads)
      : degree_(degree),
        end_at_(shuffled(actors * degree, source.luck, hash_key(source.layer_key, attempt), threads)),
        place_of_(end_at_.size()) {
    for (std::uint32_t place = 0; place < end_at_.size(); ++place) place_of_[end_at_[place]] = place;
  }

  /// The ends alone: end e is of actor e / degree, and neighbours are tied.
  LargeArray<std::uint32_t> take_ends() && { return std::move(end_at_); }
  std::uint32_t places() const { return static_cast<std::uint32_t>(end_at_.size()); }

  /// False when some tie finds no partner to switch with.
  bool make_simple(Stream stream) {
    constexpr int patience = 10000;
    for (std::uint32_t place = 0; place < places(); place += 2) {
      int tries = 0;
      while (is_bad(place)) {
        if (++tries > patience) return false;
        const auto other = static_cast<std::uint32_t>(draw_below(stream, places() / 2) * 2);
        exchange(place + 1, other + 1);
        // A switch that does not make both ties good is taken back, so good ties stay good.
        if (other == place || is_bad(place) || is_bad(other)) exchange(place + 1, other + 1);
      }
    }
    return true;
  }

 private:
  Vertex at(std::uint32_t place) const { return end_at_[place] / degree_; }
  bool is_bad(std::uint32_t place) const {
    const Vertex from = at(place), to = at(place + 1);
    if (from == to) return true;
    int ties = 0;
    for (std::uint32_t end = from * degree_; end < (from + 1) * degree_; ++end) {
      if (at(place_of_[end] ^ 1U) == to) ++ties;
    }
    return ties > 1;
  }
  void exchange(std::uint32_t a, std::uint32_t b) {
    std::swap(end_at_[a], end_at_[b]);
    place_of_[end_at_[a]] = a;
    place_of_[end_at_[b]] = b;
  }

  std::uint32_t degree_;
  LargeArray<std::uint32_t> end_at_, place_of_;
};

Layer sparse_regular(Vertex actors, std::uint32_t degree, Frame frame, Source source) {
  for (std::uint64_t attempt = 0; attempt < 1000; ++attempt) {
    std::optional<Pairing> pairing(std::in_place, actors, degree, source, attempt, frame.threads);
    if (!pairing->make_simple(source.stream(0, attempt))) continue;
    const LargeArray<std::uint32_t> ends = std::move(*pairing).take_ends();
    pairing.reset();
    return layer_from_ties(frame, actors, ends.size(), [&ends, degree](auto&& emit) {
      for (std::size_t i = 0; i < ends.size(); i += 2) {
        emit(ends[i] / degree, ends[i + 1] / degree);
        emit(ends[i + 1] / degree, ends[i] / degree);
      }
    });
  }
  throw ContractError("no simple regular layer found (defect)");
}

}  // namespace

Layer generate_layer(const RandomRegular& g, Frame frame, Source source) {
  // Above half of all ties it is the missing ties that are few: they make a regular layer themselves.
  const std::uint32_t missing = g.actors - 1 - g.degree;
  if (g.degree <= missing) return sparse_regular(g.actors, g.degree, std::move(frame), source);
  const Layer absent = sparse_regular(g.actors, missing, {"", 0, g.actors, frame.threads}, source);
  const double ties = static_cast<double>(g.actors) * g.degree;
  return layer_from_rows(frame, g.actors, ties, [&](std::size_t, Vertex from, std::vector<Vertex>& row) {
    const auto left_out = absent.followers(from);
    auto next = left_out.begin();
    for (Vertex to = 0; to < g.actors; ++to) {
      if (next != left_out.end() && *next == to) {
        ++next;
      } else if (to != from) {
        row.push_back(to);
      }
    }
  });
}

}  // namespace demarche::network
