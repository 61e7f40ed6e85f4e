#include "sim/base/error.hpp"
#include "sim/network/tie_bins.hpp"

namespace demarche::network {
namespace {

std::string arrow(Tie tie) {
  return std::to_string(tie.from) + " -> " + std::to_string(tie.to);
}

[[noreturn]] void refuse_first_repeat(std::span<const Tie> ties) {
  std::vector<Tie> sorted(ties.begin(), ties.end());
  std::sort(sorted.begin(), sorted.end());
  const Tie repeat = *std::adjacent_find(sorted.begin(), sorted.end());
  throw InputError({"repeated tie " + arrow(repeat), "every tie may be given only once here",
                    "remove the repeat, or let repeats be dropped"});
}

}  // namespace

Layer build_layer(std::string name, Vertex actors, std::span<const Tie> ties, TiePolicy policy, BuildReport* report,
                  unsigned threads) {
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
  const std::uint64_t proper = counts.given - counts.self_loops;
  const std::size_t parts = parts_for(ties.size(), 1U << 20);
  Rows rows = binned_rows({"", 0, actors, threads}, actors, proper, parts, [&](std::size_t part, auto&& emit) {
    const Range range = part_of(ties.size(), part, parts);
    for (const Tie& tie :
         ties.subspan(static_cast<std::size_t>(range.begin), static_cast<std::size_t>(range.end - range.begin))) {
      if (tie.from != tie.to) emit(tie.from, tie.to);
    }
  });
  counts.kept = rows.ties;
  counts.duplicates = proper - counts.kept;
  if (policy == TiePolicy::refuse && counts.duplicates > 0) refuse_first_repeat(ties);
  if (report != nullptr) *report = counts;
  return layer_of(std::move(name), std::move(rows));
}

}  // namespace demarche::network
