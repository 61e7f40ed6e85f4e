#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "output/tables/cells.hpp"
#include "output/tables/quantity.hpp"
#include "output/tables/sections.hpp"
#include "output/tables/text.hpp"

namespace demarche::output {
namespace {

using study::Better;
using study::RegimeDifference;
using study::Verdict;

const RegimeDifference* between(const study::MeasureComparison& of, std::size_t a, std::size_t b) {
  const auto found = std::find_if(of.differences.begin(), of.differences.end(), [&](const RegimeDifference& d) {
    return (d.a == a && d.b == b) || (d.a == b && d.b == a);
  });
  return found == of.differences.end() ? nullptr : &*found;
}

// The best mean, and every regime that cannot be told apart from it. Nobody is best where replicates without a value
// are left out (who has most of them would be judged by the luckiest few), or where all are.
std::vector<bool> best_of(const study::MeasureComparison& of, Better better) {
  std::vector<bool> best(of.regimes.size(), false);
  if (better == Better::neither) return best;
  std::optional<std::size_t> top;
  for (std::size_t k = 0; k < of.regimes.size(); ++k) {
    const study::Summary& s = of.regimes[k];
    if (s.missing > 0 || s.n < 2) continue;
    if (!top || (better == Better::lower ? s.mean < of.regimes[*top].mean : s.mean > of.regimes[*top].mean)) top = k;
  }
  if (!top) return best;
  for (std::size_t k = 0; k < best.size(); ++k) {
    const RegimeDifference* d = k == *top ? nullptr : between(of, k, *top);
    best[k] = of.regimes[k].missing == 0 && (d == nullptr || !d->paired.told_apart());
  }
  if (std::find(best.begin(), best.end(), false) == best.end()) best.assign(best.size(), false);
  return best;
}

std::string mark_of(const RegimeDifference* d, Better better, bool best) {
  const Verdict verdict = d == nullptr ? Verdict::nothing_to_say : d->verdict;
  if (d != nullptr && verdict == Verdict::nothing_to_say) return "?";
  if (verdict == Verdict::told_apart && better == Better::neither) return direction(better, d->paired.mean);
  if (verdict == Verdict::told_apart && direction(better, d->paired.mean) == "worse") return "worse";
  if (best) return "best";
  if (verdict == Verdict::not_told_apart || verdict == Verdict::only_unadjusted) return "\u2248";
  return verdict == Verdict::identical ? "=" : "";
}

}  // namespace

void put_glance(Page& page, const study::Results& results, const study::Comparison& comparison) {
  std::vector<std::string> columns;
  for (const std::string& name : results.regimes) columns.push_back(printable(name));
  const std::string baseline = columns[comparison.baseline];
  std::vector<Row> rows;
  std::set<std::string> marks;
  bool missing = false, none = false;
  for (std::size_t m = 0; m < results.measures.size(); ++m) {
    const study::MeasureInfo& info = results.measures[m];
    const study::MeasureComparison& of = comparison.measures[m];
    const Quantity quantity(info.unit);
    const std::vector<bool> best = best_of(of, info.better);
    Row& row = rows.emplace_back(Row{row_name(info, quantity), {}});
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const study::Summary& s = of.regimes[k];
      const std::string mark = s.n == 0 || columns.size() == 1
                                   ? ""
                                   : mark_of(of.from_baseline(k, comparison.baseline), info.better, best[k]);
      if (!mark.empty()) marks.insert(mark);
      missing = missing || (s.n > 0 && s.missing > 0);
      none = none || s.n == 0;
      const std::string star = s.n > 0 && s.missing > 0 ? "*" : "";
      row.cells.push_back({mark + (mark.empty() ? "" : " ") + quantity.text(s.mean) + star});
    }
  }
  put_grid(page, columns, rows, false);
  const auto legend = [&](const char* sign, const std::string& text) { page.paragraph(text, sign, legend_indent); };
  if (columns.size() > 1)
    legend(
        "compared",
        fmt::format("with \"{}\", row by row; without a mark: better. No row tells the best on the whole.", baseline));
  if (marks.count("worse") > 0) legend("worse", fmt::format("worse than \"{}\".", baseline));
  if (marks.count("best") > 0) legend("best", "the best value of the row, or one that cannot be told apart from it.");
  if (marks.count("\u2248") > 0)
    legend("\u2248", fmt::format("cannot be told apart from \"{}\", the number of comparisons allowed for.", baseline));
  if (marks.count("=") > 0) legend("=", fmt::format("the same as \"{}\" in every history.", baseline));
  if (marks.count("?") > 0) legend("?", "too few values to compare.");
  if (missing) legend("*", "mean over those histories that have a value; never called best.");
  if (none) legend("\u2013", "no history has a value.");
}

}  // namespace demarche::output
