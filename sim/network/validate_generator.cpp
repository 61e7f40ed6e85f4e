#include <cmath>
#include <limits>

#include "sim/base/error.hpp"
#include "sim/base/text.hpp"
#include "sim/network/generators.hpp"

namespace demarche::network {
namespace {

constexpr std::uint64_t most_actors = std::numeric_limits<Vertex>::max() - 1;
constexpr std::uint64_t most_stubs = std::numeric_limits<std::uint32_t>::max();

[[noreturn]] void refuse(std::string problem, std::string why, std::string suggestion) {
  throw InputError({std::move(problem), std::move(why), std::move(suggestion)});
}

void check_actors(std::uint64_t actors) {
  if (actors == 0) refuse("a network of 0 actors", "there is nobody to hold a tie", "ask for at least 1 actor");
  if (actors > most_actors) {
    refuse(std::to_string(actors) + " actors are too many", "actors are numbered with 32 bits",
           "ask for at most " + std::to_string(most_actors));
  }
}

void check_share(const char* what, double p) {
  if (p >= 0 && p <= 1) return;
  refuse(std::string(what) + " is " + number_text(p), "a probability lies between 0 and 1", "write 0.2 or 20 %");
}

void check_mean(const char* what, double mean, double most, const std::string& why) {
  if (mean >= 0 && mean <= most) return;
  refuse(std::string(what) + " is " + number_text(mean), why, "choose a number from 0 to " + number_text(most));
}

void check_degree(Vertex actors, std::uint32_t degree) {
  if (degree < actors) return;
  refuse("degree " + std::to_string(degree) + " with " + std::to_string(actors) + " actors",
         "an actor has at most one tie to each other actor",
         "choose a degree of at most " + std::to_string(actors - 1));
}

void check_positive(const char* what, double value) {
  if (value > 0 && std::isfinite(value)) return;
  refuse(std::string(what) + " is " + number_text(value), "it must be a positive finite number", "1 is usual");
}

void check_exponent(const char* what, double exponent) {
  if (exponent > 1 && exponent <= 20) return;
  refuse(std::string(what) + " is " + number_text(exponent),
         "a power law needs an exponent above 1, and above 20 nothing is left of its tail",
         "follower networks have 2 to 3");
}

struct Check {
  void operator()(const Hierarchy& g) const {
    check_actors(g.actors);
    check_branching(g.branching, 1);
    check_share("rewiring", g.rewiring);
  }
  void operator()(const DoddsWattsSabel& g) const {
    check_actors(g.actors);
    check_branching(g.branching, 2);
    check_positive("lambda", g.lambda);
    check_positive("zeta", g.zeta);
    const std::uint64_t pairs = std::uint64_t{g.actors} * (g.actors - 1) / 2 - (g.actors - 1);
    if (g.extra > pairs) {
      refuse(std::to_string(g.extra) + " extra ties",
             "beside the hierarchy only " + std::to_string(pairs) + " pairs are left", "ask for fewer extra ties");
    }
  }
  void operator()(const HeavyTailed& g) const {
    check_actors(g.actors);
    check_exponent("exponent", g.exponent);
    const double others = static_cast<double>(g.actors) - 1;
    check_mean("mean degree", g.mean_degree, others / 2, "a heavy tail needs room above its mean");
    check_share("reciprocity", g.reciprocity);
    const double by_chance = others > 0 ? g.mean_degree / others : 0;
    if (g.reciprocity > 0 && g.reciprocity < by_chance) {
      refuse("reciprocity is " + number_text(g.reciprocity),
             "at this density a share of " + number_text(by_chance) + " of the ties is returned by mere chance",
             "ask for at least that, for 0 (no ties are returned on purpose), or for more actors");
    }
    if (static_cast<double>(g.actors) * g.mean_degree * g.reciprocity > 0.9 * static_cast<double>(most_stubs)) {
      refuse("too many returned ties", "they are paired with 32-bit numbers",
             "ask for fewer actors or a lower mean degree");
    }
  }
  void operator()(const BlockModel& g) const {
    std::uint64_t actors = 0;
    for (const Vertex size : g.sizes) actors += size;
    check_actors(actors);
    const std::size_t groups = g.sizes.size();
    if (g.mean_ties.size() != groups * groups) {
      refuse(std::to_string(g.mean_ties.size()) + " mean numbers of ties for " + std::to_string(groups) + " groups",
             "each group needs one number for each group",
             "give " + std::to_string(groups * groups) + " numbers, row by row");
    }
    for (std::size_t from = 0; from < groups; ++from) {
      for (std::size_t to = 0; to < groups; ++to) {
        const double others = static_cast<double>(g.sizes[to]) - (from == to ? 1 : 0);
        const std::string what =
            "mean ties of group " + std::to_string(from + 1) + " to group " + std::to_string(to + 1);
        check_mean(what.c_str(), g.mean_ties[from * groups + to], std::max(0.0, others),
                   "an actor has at most one tie to each member");
      }
    }
  }
  void operator()(const ErdosRenyi& g) const {
    check_actors(g.actors);
    check_mean("mean degree", g.mean_degree, static_cast<double>(g.actors) - 1,
               "an actor has at most one tie to each other actor");
  }
  void operator()(const RandomRegular& g) const {
    check_actors(g.actors);
    check_degree(g.actors, g.degree);
    const std::uint64_t stubs = std::uint64_t{g.actors} * std::min(g.degree, g.actors - 1 - g.degree);
    if (std::uint64_t{g.actors} * g.degree % 2 != 0) {
      refuse("degree " + std::to_string(g.degree) + " with " + std::to_string(g.actors) + " actors",
             "the degrees sum to an odd number, and each tie has two ends", "make one of the two even");
    }
    if (stubs > most_stubs) {
      refuse("too many ties", "their ends are numbered with 32 bits", "ask for fewer actors or a lower degree");
    }
  }
  void operator()(const RingLattice& g) const {
    check_actors(g.actors);
    check_degree(g.actors, g.degree);
    if (g.degree % 2 == 0) return;
    refuse("degree " + std::to_string(g.degree) + " on a ring", "half of the neighbours stand on each side",
           "choose an even degree");
  }
  void operator()(const Torus& g) const {
    check_actors(std::uint64_t{g.rows} * g.columns);
    if (g.rows >= 3 && g.columns >= 3) return;
    refuse("a torus of " + std::to_string(g.rows) + " x " + std::to_string(g.columns),
           "the neighbours on both sides would be the same actor", "ask for at least 3 rows and 3 columns");
  }
  void operator()(const Complete& g) const { check_actors(g.actors); }
  void operator()(const Line& g) const { check_actors(g.actors); }
  void operator()(const Star& g) const { check_actors(g.actors); }
  void operator()(const RMat& g) const {
    check_actors(g.actors);
    check_share("a", g.a);
    check_share("b", g.b);
    check_share("c", g.c);
    check_share("a + b + c", g.a + g.b + g.c);
    const std::uint64_t pairs = std::uint64_t{g.actors} * (g.actors - 1);
    if (g.ties > pairs) {
      refuse(std::to_string(g.ties) + " ties among " + std::to_string(g.actors) + " actors",
             "there are only " + std::to_string(pairs) + " different ones", "ask for fewer ties");
    }
  }
  void operator()(const CountryBlocks& g) const {
    std::uint64_t actors = 0;
    for (const Vertex size : g.sizes) actors += size;
    check_actors(actors);
    if (g.sizes.size() > ImplicitTies::most_countries) {
      refuse(std::to_string(g.sizes.size()) + " countries are too many", "they are numbered with 16 bits",
             "join some of them");
    }
    check_exponent("exponent", g.exponent);
    if (g.following_exponent != 0) check_exponent("following exponent", g.following_exponent);
    check_share("home", g.home);
    check_mean("mean degree", g.mean_degree, static_cast<double>(ImplicitTies::capacity(g)) / 2,
               "a heavy tail needs room above its mean, up to what an actor of the smallest country can have");
  }

 private:
  static void check_branching(std::uint32_t branching, std::uint32_t least) {
    if (branching >= least) return;
    refuse("branching is " + std::to_string(branching),
           "a superior has at least " + std::to_string(least) + " subordinates here", "5 is usual");
  }
};

}  // namespace

void validate(const Generator& g) {
  std::visit(Check{}, g);
}

}  // namespace demarche::network
