#include "output/tables/cells.hpp"

#include "output/tables/text.hpp"

namespace demarche::output {

using study::Verdict;

std::string row_name(const study::MeasureInfo& info, const Quantity& quantity) {
  std::string name = printable(info.label);
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  if (!quantity.unit().empty()) name += " [" + printable(quantity.unit()) + "]";
  return name;
}

std::string direction(study::Better better, double difference) {
  if (better == study::Better::neither) return difference > 0 ? "higher" : "lower";
  return (difference < 0) == (better == study::Better::lower) ? "better" : "worse";
}

void add_difference(std::vector<std::string>& cell, const study::PairedDifference& d, Verdict verdict,
                    study::Better better, const Quantity& quantity) {
  const std::string number = quantity.difference(d.mean, d.lo, d.hi);
  switch (verdict) {
    case Verdict::nothing_to_say:
      cell.emplace_back("\u2013");
      return;
    case Verdict::identical:
      cell.emplace_back("same");
      return;
    case Verdict::not_told_apart:
      cell.push_back("\u2248 " + number);
      break;
    case Verdict::only_unadjusted:
      cell.push_back(direction(better, d.mean).append("? ").append(number));
      break;
    case Verdict::told_apart:
      cell.push_back(direction(better, d.mean).append(" ").append(number));
      break;
  }
  cell.push_back(quantity.difference_interval(d.mean, d.lo, d.hi));
}

}  // namespace demarche::output
