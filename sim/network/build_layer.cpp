#include "sim/base/error.hpp"
#include "sim/network/rows.hpp"

namespace demarche::network {
namespace {

std::string arrow(Tie tie) {
  return std::to_string(tie.from) + " -> " + std::to_string(tie.to);
}

void refuse_first_repeat(const std::vector<TieIndex>& offsets, std::vector<Vertex>& targets) {
  for (std::size_t v = 0; v + 1 < offsets.size(); ++v) {
    const std::span<Vertex> row{targets.data() + offsets[v], static_cast<std::size_t>(offsets[v + 1] - offsets[v])};
    sort_row(row);
    const auto repeat = std::adjacent_find(row.begin(), row.end());
    if (repeat == row.end()) continue;
    throw InputError({"repeated tie " + arrow({static_cast<Vertex>(v), *repeat}),
                      "every tie may be given only once here", "remove the repeat, or let repeats be dropped"});
  }
}

}  // namespace

Layer build_layer(std::string name, Vertex actors, std::span<const Tie> ties, TiePolicy policy, BuildReport* report) {
  BuildReport counts;
  counts.given = ties.size();
  for (const Tie& tie : ties) {
    if (tie.from >= actors || tie.to >= actors) {
      throw InputError({"tie " + arrow(tie) + " names an unknown actor",
                        "the ids of " + std::to_string(actors) + " actors end below " + std::to_string(actors),
                        "number the actors from 0"});
    }
    if (tie.from != tie.to) continue;
    if (policy == TiePolicy::refuse) {
      throw InputError({"self-tie " + arrow(tie), "nobody receives what they say themselves",
                        "remove it, or let self-ties be dropped"});
    }
    ++counts.self_loops;
  }
  const auto each_tie = [ties](auto&& emit) {
    for (const Tie& tie : ties) {
      if (tie.from != tie.to) emit(tie.from, tie.to);
    }
  };
  auto [offsets, targets] = unsorted_rows(actors, 0, each_tie);
  if (policy == TiePolicy::refuse) refuse_first_repeat(offsets, targets);
  counts.duplicates = sort_rows_unique(offsets, targets);
  counts.kept = targets.size();
  if (report != nullptr) *report = counts;
  return Layer(std::move(name), std::move(offsets), std::move(targets));
}

}  // namespace demarche::network
