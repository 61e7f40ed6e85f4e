#include <fmt/format.h>

#include <cmath>
#include <set>

#include "output/tables/cells.hpp"
#include "output/tables/sections.hpp"
#include "output/tables/text.hpp"

namespace demarche::output {
namespace {

using study::RegimeDifference;
using study::Verdict;

void explain(Page& page, const std::set<Verdict>& seen, std::size_t compared, bool points) {
  if (seen.count(Verdict::not_told_apart) > 0)
    page.paragraph("cannot be told apart: the interval of the difference contains 0.", "\u2248", legend_indent);
  if (seen.count(Verdict::identical) > 0) page.paragraph("equal in every history.", "same", legend_indent);
  if (seen.count(Verdict::only_unadjusted) > 0)
    page.paragraph(fmt::format("the interval leaves out 0, but among {} comparisons one such may well be chance "
                               "(Holm's adjusted p is not below 0.05).",
                               compared),
                   "?", legend_indent);
  if (points) page.paragraph("percentage points.", "pp", legend_indent);
}

bool in_points(const study::Results& results) {
  for (const study::MeasureInfo& m : results.measures)
    if (m.unit == "share" || m.unit == "probability") return true;
  return false;
}

}  // namespace

void put_details(Page& page, const study::Results& results, const study::Comparison& comparison) {
  std::vector<std::string> columns;
  for (const std::string& name : results.regimes) columns.push_back(printable(name));
  std::vector<Row> rows;
  std::set<Verdict> seen;
  std::size_t compared = 0;
  for (std::size_t m = 0; m < results.measures.size(); ++m) {
    const study::MeasureInfo& info = results.measures[m];
    const study::MeasureComparison& of = comparison.measures[m];
    const Quantity quantity(info.unit);
    Row& row = rows.emplace_back(Row{row_name(info, quantity), {}});
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const study::Summary& s = of.regimes[k];
      auto& cell = row.cells.emplace_back();
      cell.push_back(quantity.estimate(s.mean, s.lo, s.hi) + (s.n > 0 && s.missing > 0 ? "*" : ""));
      const RegimeDifference* d = of.from_baseline(k, comparison.baseline);
      if (d == nullptr) continue;
      seen.insert(d->verdict);
      compared += std::isfinite(d->p_holm);
      add_difference(cell, d->paired, d->verdict, info.better, quantity);
    }
  }
  page.blank();
  std::string title = "In detail: the mean \u00b1 half of its 95 % interval";
  if (columns.size() > 1)
    title += fmt::format(
        ", then the mean difference from \"{}\" (better or worse by this measure alone), history by history in the "
        "same "
        "worlds with the same luck, then the 95 % interval of that difference",
        columns[comparison.baseline]);
  page.paragraph(title + ".");
  put_grid(page, columns, rows, columns.size() > 1);
  explain(page, seen, compared, columns.size() > 1 && in_points(results));
}

void put_contrasts(Page& page, const study::Results& results, std::span<const Contrast> contrasts) {
  std::vector<std::string> columns;
  std::vector<std::vector<study::PairedDifference>> paired;
  std::vector<double> p;
  for (const Contrast& c : contrasts) columns.push_back(printable(c.label));
  for (std::size_t m = 0; m < results.measures.size(); ++m) {
    auto& of = paired.emplace_back();
    for (const Contrast& c : contrasts) {
      of.push_back(study::paired_difference(results.values(c.a, m), results.values(c.b, m)));
      p.push_back(of.back().p);
    }
  }
  const std::vector<double> adjusted = study::holm(p);
  std::vector<Row> rows;
  std::set<Verdict> seen;
  std::size_t at = 0, compared = 0;
  for (std::size_t m = 0; m < results.measures.size(); ++m) {
    const study::MeasureInfo& info = results.measures[m];
    const Quantity quantity(info.unit);
    Row& row = rows.emplace_back(Row{row_name(info, quantity), {}});
    for (const study::PairedDifference& d : paired[m]) {
      compared += std::isfinite(adjusted[at]);
      const Verdict verdict = study::verdict_of(d, adjusted[at++]);
      seen.insert(verdict);
      add_difference(row.cells.emplace_back(), d, verdict, info.better, quantity);
    }
  }
  page.blank();
  page.paragraph("One thing changed at a time: the mean difference and its 95 % interval, paired as above.");
  put_grid(page, columns, rows, true);
  for (const Contrast& c : contrasts)
    page.paragraph(fmt::format("{}: \"{}\" minus \"{}\"", printable(c.label), printable(results.regimes[c.a]),
                               printable(results.regimes[c.b])),
                   "", 2);
  explain(page, seen, compared, in_points(results));
}

}  // namespace demarche::output
