#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "output/tables/contrasts.hpp"
#include "sim/study/comparison.hpp"
#include "sim/study/results.hpp"

namespace demarche::output {

/// The comparison for people at a terminal of `width` columns (taken as 80 at least): UTF-8, no colours, lines ended by
/// '\n'. Means at a glance, then intervals and differences, then the contrasts (each by regimes of the results), then
/// what was assumed and at most three warnings in short. Names from outside come out printable.
std::string comparison_table(const study::Results& results, const study::Comparison& comparison,
                             std::size_t width = 100, std::span<const Contrast> contrasts = {});

/// One row a measure and regime, then one a measure and pair of regimes. A text cell that a spreadsheet would take for
/// a formula gets a leading apostrophe; numbers are as short as reads back exactly, empty where there is none.
std::string comparison_csv(const study::Results& results, const study::Comparison& comparison);

/// Every value of every replicate, one a row; cells as in comparison_csv().
std::string values_csv(const study::Results& results);
/// The same for curves, one row a point.
std::string curves_csv(const study::Results& results);

/// What `run --json` prints, ended by '\n'. Numbers that do not exist are null. In "differences" the mean is a minus b.
std::string comparison_json(const study::Results& results, const study::Comparison& comparison, std::string_view digest,
                            const std::vector<std::string>& regime_digests);

}  // namespace demarche::output
