#include "sim/network/tie_names.hpp"

#include <algorithm>
#include <numeric>

#include "sim/network/text_input.hpp"

namespace demarche::network {
namespace {

template <class Number>
void renumber(std::vector<Tie>& ties, Number&& number) {
  for (Tie& tie : ties) tie = {number(tie.from), number(tie.to)};
}

}  // namespace

std::vector<Vertex> number_densely(std::vector<Tie>& ties) {
  Vertex largest = 0;
  for (const Tie& tie : ties) largest = std::max({largest, tie.from, tie.to});
  std::vector<Vertex> ids;
  // A table over all ids up to the largest, unless they are too thinly strewn for it.
  if (largest / 16 <= ties.size() + 1024) {
    constexpr Vertex unseen = 0, seen = 1;
    std::vector<Vertex> number(std::size_t{largest} + 1, unseen);
    for (const Tie& tie : ties) number[tie.from] = number[tie.to] = seen;
    for (std::size_t id = 0; id < number.size(); ++id) {
      if (number[id] == unseen) continue;
      number[id] = static_cast<Vertex>(ids.size());
      ids.push_back(static_cast<Vertex>(id));
    }
    if (!ties.empty()) renumber(ties, [&number](Vertex id) { return number[id]; });
    if (ties.empty()) ids.clear();
    return ids;
  }
  ids.reserve(2 * ties.size());
  for (const Tie& tie : ties) {
    ids.push_back(tie.from);
    ids.push_back(tie.to);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  renumber(ties, [&ids](Vertex id) {
    return static_cast<Vertex>(std::lower_bound(ids.begin(), ids.end(), id) - ids.begin());
  });
  return ids;
}

void sort_names(std::vector<std::string>& names, std::vector<Tie>& ties) {
  std::vector<std::uint64_t> value(names.size());
  bool numbers = true;
  for (std::size_t i = 0; i < names.size() && numbers; ++i) {
    std::string_view rest = names[i];
    numbers = take_number(rest, value[i]) && rest.empty();
  }
  std::vector<Vertex> order(names.size());
  std::iota(order.begin(), order.end(), Vertex{0});
  std::sort(order.begin(), order.end(),
            [&](Vertex a, Vertex b) { return numbers ? value[a] < value[b] : names[a] < names[b]; });
  std::vector<Vertex> place(names.size());
  std::vector<std::string> sorted(names.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = static_cast<Vertex>(i);
    sorted[i] = std::move(names[order[i]]);
  }
  names.swap(sorted);
  renumber(ties, [&place](Vertex v) { return place[v]; });
}

}  // namespace demarche::network
