#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "output/tables/page.hpp"
#include "output/tables/sections.hpp"
#include "output/tables/tables.hpp"
#include "output/tables/text.hpp"

namespace demarche::output {
namespace {

constexpr std::size_t most_warnings = 3;

// Each warning opens with a sentence that stands alone. Those that say nothing more come first: what was cut short or
// is too small spoils every number, what has details only some.
void put_warnings(Page& page, const std::vector<std::string>& warnings) {
  std::vector<std::string> openings;
  for (const bool detailed : {false, true})
    for (const std::string& warning : warnings)
      if ((warning.find(". ") != std::string::npos) == detailed)
        openings.push_back(warning.substr(0, std::min(warning.find(". "), warning.size() - 1) + 1));
  for (std::size_t i = 0; i < std::min(openings.size(), most_warnings); ++i)
    page.paragraph(printable(openings[i]), "warning", legend_indent);
  if (!warnings.empty())
    page.paragraph("which measures and regimes these are: comparison.csv, and \"warnings\" of run --json.", "",
                   legend_indent);
}

}  // namespace

std::string comparison_table(const study::Results& results, const study::Comparison& comparison, std::size_t width,
                             std::span<const Contrast> contrasts) {
  Page page(std::max<std::size_t>(width, 80));
  const std::size_t regimes = results.regimes.size();
  page.paragraph(printable(results.scenario));
  page.paragraph(fmt::format("{} simulated histor{}{}", results.replicates,
                             results.replicates == 1 ? "y (replicate)" : "ies (replicates)",
                             regimes > 1 ? ", each lived through under every regime with the same luck" : ""));
  page.blank();
  for (std::size_t k = 0; k < regimes; ++k)
    if (k < results.regime_summaries.size() && !results.regime_summaries[k].empty())
      page.paragraph(printable(results.regimes[k]) + ": " + printable(results.regime_summaries[k]), "", 2);
  put_glance(page, results, comparison);
  put_details(page, results, comparison);
  if (!contrasts.empty()) put_contrasts(page, results, contrasts);
  page.blank();
  if (!results.assumptions.empty()) page.paragraph(printable(results.assumptions), "assumed", legend_indent);
  put_warnings(page, comparison.warnings);
  return page.take();
}

}  // namespace demarche::output
