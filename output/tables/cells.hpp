#pragma once
#include <string>
#include <vector>

#include "output/tables/quantity.hpp"
#include "sim/study/comparison.hpp"
#include "sim/study/results.hpp"

/// Private to output/tables: words and numbers of single cells.
namespace demarche::output {

/// "Actors reached [actors]".
std::string row_name(const study::MeasureInfo& info, const Quantity& quantity);
/// "better" or "worse"; "higher" or "lower" of a measure that is neither good nor bad.
std::string direction(study::Better better, double difference);
/// Adds the lines "better +12 h" (or "≈ −3", "same", "–") and, where there is one, its interval.
void add_difference(std::vector<std::string>& cell, const study::PairedDifference& d, study::Verdict verdict,
                    study::Better better, const Quantity& quantity);

}  // namespace demarche::output
