#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/network/generators.hpp"

namespace demarche::network::testing {

inline Layer made(const Generator& g, std::uint64_t seed = 1, std::uint64_t key = 7) {
  return generate(g, "test", Luck(seed, 0), key);
}

inline std::vector<Tie> ties_of(const Layer& layer) {
  std::vector<Tie> ties;
  for (Vertex from = 0; from < layer.actors(); ++from) {
    for (const Vertex to : layer.followers(from)) ties.push_back({from, to});
  }
  return ties;
}

/// One number for all ties and their order.
inline std::uint64_t digest(const Layer& layer) {
  std::uint64_t h = layer.actors();
  for (const Tie& tie : ties_of(layer)) h = hash_key(h, (std::uint64_t{tie.from} << 32) | tie.to);
  return h;
}

inline bool has_tie(const Layer& layer, Vertex from, Vertex to) {
  const auto row = layer.followers(from);
  return std::binary_search(row.begin(), row.end(), to);
}

inline void expect_simple(const Layer& layer) {
  const std::vector<Tie> ties = ties_of(layer);
  ASSERT_TRUE(std::is_sorted(ties.begin(), ties.end()));
  ASSERT_EQ(std::adjacent_find(ties.begin(), ties.end()), ties.end()) << "repeated tie";
  for (const Tie& tie : ties) {
    ASSERT_NE(tie.from, tie.to);
    ASSERT_LT(tie.to, layer.actors());
  }
}

inline void expect_undirected(const Layer& layer) {
  for (const Tie& tie : ties_of(layer)) ASSERT_TRUE(has_tie(layer, tie.to, tie.from));
}

/// The text of the InputError that `act` throws.
template <class Act>
std::string input_error(Act&& act) {
  try {
    act();
  } catch (const InputError& e) {
    return e.what();
  }
  return "(no InputError)";
}

}  // namespace demarche::network::testing
