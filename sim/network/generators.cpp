#include "sim/network/generators.hpp"

#include <array>
#include <numeric>

#include "sim/base/error.hpp"
#include "sim/network/generate.hpp"

namespace demarche::network {
namespace {

double count(Vertex v) {
  return static_cast<double>(v);
}

struct ActorCount {
  Vertex operator()(const BlockModel& g) const { return std::accumulate(g.sizes.begin(), g.sizes.end(), Vertex{0}); }
  Vertex operator()(const CountryBlocks& g) const { return std::accumulate(g.sizes.begin(), g.sizes.end(), Vertex{0}); }
  Vertex operator()(const Torus& g) const { return g.rows * g.columns; }
  template <class Other>
  Vertex operator()(const Other& g) const {
    return g.actors;
  }
};

struct TieCount {
  double operator()(const Hierarchy& g) const { return 2 * (count(g.actors) - 1); }
  double operator()(const DoddsWattsSabel& g) const { return 2 * (count(g.actors) - 1 + static_cast<double>(g.extra)); }
  double operator()(const HeavyTailed& g) const { return count(g.actors) * g.mean_degree; }
  double operator()(const BlockModel& g) const {
    double ties = 0;
    for (std::size_t from = 0; from < g.sizes.size(); ++from) {
      for (std::size_t to = 0; to < g.sizes.size(); ++to) {
        ties += count(g.sizes[from]) * g.mean_ties[from * g.sizes.size() + to];
      }
    }
    return ties;
  }
  double operator()(const ErdosRenyi& g) const { return count(g.actors) * g.mean_degree; }
  double operator()(const RandomRegular& g) const { return count(g.actors) * g.degree; }
  double operator()(const RingLattice& g) const { return count(g.actors) * g.degree; }
  double operator()(const Torus& g) const { return count(g.rows) * count(g.columns) * (g.moore ? 8 : 4); }
  double operator()(const Complete& g) const { return count(g.actors) * (count(g.actors) - 1); }
  double operator()(const Line& g) const { return count(g.actors) - 1; }
  double operator()(const Star& g) const { return 2 * (count(g.actors) - 1); }
  double operator()(const RMat& g) const { return static_cast<double>(g.ties); }
  double operator()(const CountryBlocks& g) const { return count(ActorCount{}(g)) * g.mean_degree; }
};

}  // namespace

std::string kind_name(const Generator& g) {
  static constexpr std::array<const char*, std::variant_size_v<Generator>> names{
      "hierarchy", "dodds-watts-sabel", "heavy-tailed", "block-model", "erdos-renyi", "random-regular", "ring",
      "torus",     "complete",          "line",         "star",        "r-mat",       "country-blocks"};
  return names[g.index()];
}

Vertex actors_of(const Generator& g) {
  return std::visit(ActorCount{}, g);
}

double expected_ties(const Generator& g) {
  return std::visit(TieCount{}, g);
}

Layer generate(const Generator& g, std::string name, const Luck& luck, std::uint64_t layer_key, Vertex first,
               Vertex total_actors, unsigned threads) {
  validate(g);
  DEMARCHE_EXPECT(threads >= 1, "work needs at least one thread");
  const std::uint64_t end = std::uint64_t{first} + actors_of(g);
  const std::uint64_t total = total_actors == 0 ? end : total_actors;
  DEMARCHE_EXPECT(end <= total && total < std::numeric_limits<Vertex>::max(), "a layer's actors fit into its network");
  const Frame frame{std::move(name), first, static_cast<Vertex>(total), threads};
  return std::visit([&](const auto& kind) { return generate_layer(kind, frame, Source{luck, layer_key}); }, g);
}

}  // namespace demarche::network
