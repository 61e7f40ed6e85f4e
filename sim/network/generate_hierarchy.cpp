#include <array>
#include <cmath>

#include "sim/base/distribution.hpp"
#include "sim/base/error.hpp"
#include "sim/base/math.hpp"
#include "sim/network/generate.hpp"
#include "sim/network/tie_bins.hpp"

namespace demarche::network {
namespace {

/// Vertices are numbered level by level, so the superior of v needs no table.
Vertex superior(Vertex v, std::uint32_t branching) {
  return (v - 1) / branching;
}

/// The hierarchy plus ties chosen for how far up the chain of command they reach and how far apart their ends work
/// (Dodds, Watts & Sabel 2003, doi 10.1073/pnas.1534702100): weight exp(-depth of the lowest common superior / lambda)
/// exp(-distance / zeta), distance = sqrt(d1^2 + d2^2 - 2) from the depths d1, d2 of both below that superior.
class ExtraTies {
 public:
  ExtraTies(const DoddsWattsSabel& g, Source source) : g_(g), source_(source) {
    unsigned levels = 1;
    for (std::uint64_t end = 1, size = 1; end < g.actors; ++levels) end += size *= g.branching;
    const double b = g.branching;
    double sum = 0;
    for (unsigned depth = 0; depth < levels; ++depth) {
      for (unsigned low = 0; depth + low < levels; ++low) {
        for (unsigned high = std::max(low, low == 0 ? 2U : 1U); depth + high < levels; ++high) {
          double pairs = power(b, depth) * power(b, low) * power(b, high);
          if (low > 0) pairs *= (low == high ? 0.5 : 1.0) * (b - 1) / b;
          const double distance = std::sqrt(static_cast<double>(low * low + high * high) - 2.0);
          sum += pairs * math::exp(-static_cast<double>(depth) / g.lambda) * math::exp(-distance / g.zeta);
          kinds_.push_back({depth, low, high, sum});
        }
      }
    }
  }

  /// Tie number `index` of an endless sequence, lower vertex first; a self-tie where the draw fell beyond the last
  /// actor.
  Tie tie(std::uint64_t index) const {
    Stream stream(source_.luck, Purpose::network, static_cast<std::uint32_t>(index),
                  hash_key(source_.layer_key, 1, index >> 32));
    const double at = draw_uniform(stream) * kinds_.back().cumulative;
    const Kind& kind = *std::upper_bound(kinds_.begin(), kinds_.end() - 1, at,
                                         [](double x, const Kind& k) { return x < k.cumulative; });
    std::uint64_t top = 0;
    for (unsigned level = 0; level < kind.depth; ++level) top = below(top, draw_below(stream, g_.branching));
    std::uint64_t first = top, second = top;
    if (kind.low > 0) {
      const std::uint64_t one = draw_below(stream, g_.branching);
      const std::uint64_t other = draw_below(stream, g_.branching - 1);
      first = below(top, one);
      second = below(top, other + (other >= one ? 1 : 0));
    } else {
      second = below(top, draw_below(stream, g_.branching));
    }
    for (unsigned level = 1; level < kind.low; ++level) first = below(first, draw_below(stream, g_.branching));
    for (unsigned level = 1; level < kind.high; ++level) second = below(second, draw_below(stream, g_.branching));
    if (first >= g_.actors || second >= g_.actors) return {0, 0};
    return {static_cast<Vertex>(std::min(first, second)), static_cast<Vertex>(std::max(first, second))};
  }

 private:
  struct Kind {
    unsigned depth, low, high;
    double cumulative;
  };
  static double power(double base, unsigned exponent) {
    double product = 1;
    while (exponent-- > 0) product *= base;
    return product;
  }
  std::uint64_t below(std::uint64_t v, std::uint64_t child) const { return v * g_.branching + 1 + child; }

  const DoddsWattsSabel& g_;
  Source source_;
  std::vector<Kind> kinds_;
};

std::vector<Tie> extra_ties(const DoddsWattsSabel& g, Source source) {
  std::vector<Tie> ties;
  if (g.extra == 0) return ties;
  const ExtraTies sequence(g, source);
  const std::uint64_t patience = 1000 * g.extra + 100000;
  for (std::uint64_t next = 0; ties.size() < g.extra;) {
    if (next > patience) {
      throw InputError({std::to_string(g.extra) + " extra ties cannot be found",
                        "lambda and zeta leave practically no other pairs than " + std::to_string(ties.size()),
                        "raise lambda or zeta, or ask for fewer extra ties"});
    }
    for (const std::uint64_t end = next + g.extra - ties.size(); next < end; ++next) {
      const Tie tie = sequence.tie(next);
      if (tie.from != tie.to) ties.push_back(tie);
    }
    std::sort(ties.begin(), ties.end());
    ties.erase(std::unique(ties.begin(), ties.end()), ties.end());
  }
  return ties;
}

/// Whom each vertex but the first is tied to once its tie upward has been rewired with the given probability
/// (Watts & Strogatz 1998 on a tree). A vertex keeps its own end, so it is never left alone.
std::vector<Vertex> rewired_superiors(const Hierarchy& g, Source source) {
  std::vector<Vertex> partner(g.actors);
  for (Vertex v = 1; v < g.actors; ++v) {
    Stream stream = source.stream(v);
    partner[v] = superior(v, g.branching);
    const bool rewired = draw_bernoulli(stream, g.rewiring);
    // The pair exists already where an earlier vertex has been rewired to this one.
    const auto taken = [&] {
      return partner[v] == v || (partner[v] != 0 && partner[v] < v && partner[partner[v]] == v);
    };
    if (rewired || taken()) {
      do {
        partner[v] = static_cast<Vertex>(draw_below(stream, g.actors));
      } while (taken());
    }
  }
  return partner;
}

}  // namespace

Layer generate_layer(const Hierarchy& g, Frame frame, Source source) {
  const std::vector<Vertex> partner = rewired_superiors(g, source);
  return layer_from_ties(frame, g.actors, 2 * std::uint64_t{g.actors}, [&](auto&& emit) {
    for (Vertex v = 1; v < g.actors; ++v) {
      emit(v, partner[v]);
      emit(partner[v], v);
    }
  });
}

Layer generate_layer(const DoddsWattsSabel& g, Frame frame, Source source) {
  const std::vector<Tie> extra = extra_ties(g, source);
  return layer_from_ties(frame, g.actors, 2 * (g.actors + g.extra), [&](auto&& emit) {
    for (Vertex v = 1; v < g.actors; ++v) {
      emit(v, superior(v, g.branching));
      emit(superior(v, g.branching), v);
    }
    for (const Tie& tie : extra) {
      emit(tie.from, tie.to);
      emit(tie.to, tie.from);
    }
  });
}

}  // namespace demarche::network
