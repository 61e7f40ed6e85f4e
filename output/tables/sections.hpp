#pragma once
#include <span>

#include "output/tables/contrasts.hpp"
#include "output/tables/page.hpp"
#include "sim/study/comparison.hpp"
#include "sim/study/results.hpp"

/// Private to output/tables: the parts of the table at a terminal.
namespace demarche::output {

inline constexpr std::size_t legend_indent = 10;

/// Means alone, one row a measure, marked against the baseline and where they are the best of the row.
void put_glance(Page& page, const study::Results& results, const study::Comparison& comparison);
/// Means with their intervals, and the paired differences from the baseline with theirs.
void put_details(Page& page, const study::Results& results, const study::Comparison& comparison);
/// Paired differences of chosen pairs of regimes, with their own adjustment for the number of comparisons.
void put_contrasts(Page& page, const study::Results& results, std::span<const Contrast> contrasts);

}  // namespace demarche::output
