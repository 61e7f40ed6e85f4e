#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "output/tables/quantity.hpp"
#include "output/tables/tables.hpp"
#include "output/tables/text.hpp"

namespace demarche::output {
namespace {

using study::Better;
using study::RegimeDifference;
using study::Verdict;

// Two lines of every regime's column beside a text that is wrapped in the first column.
struct Section {
  std::string text;
  std::vector<std::string> upper, lower;  // by regime
};

struct Measure {
  Section values, differences;
};

std::string direction(Better better, double difference) {
  if (better == Better::neither) return difference > 0 ? "higher" : "lower";
  return (difference < 0) == (better == Better::lower) ? "better" : "worse";
}

std::string difference_cell(const RegimeDifference& d, Better better, const Quantity& quantity) {
  const double half = (d.paired.hi - d.paired.lo) / 2;
  const std::string number = quantity.signed_text(d.paired.mean, half);
  switch (d.verdict) {
    case Verdict::identical:
      return "same";
    case Verdict::not_told_apart:
      return "\u2248 " + number;
    case Verdict::only_unadjusted:
      return direction(better, d.paired.mean).append("? ").append(number);
    case Verdict::told_apart:
      return direction(better, d.paired.mean).append(" ").append(number);
    case Verdict::nothing_to_say:
      break;
  }
  return "\u2013";
}

std::string difference_interval(const RegimeDifference& d, const Quantity& quantity) {
  if (d.verdict == Verdict::identical) return "";
  const study::PairedDifference& p = d.paired;
  return quantity.signed_interval(p.lo, p.hi, p.mean, (p.hi - p.lo) / 2);
}

std::string sentence_case(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

Measure measure_of(const study::Results& results, const study::Comparison& comparison, std::size_t m) {
  const study::MeasureInfo& info = results.measures[m];
  const study::MeasureComparison& of = comparison.measures[m];
  std::vector<double> means, gaps;
  for (const study::Summary& s : of.regimes) means.push_back(s.mean);
  const Quantity quantity(info.unit, means);
  Measure measure;
  measure.values.text = sentence_case(printable(info.label));
  if (!quantity.unit().empty()) measure.values.text += " [" + printable(quantity.unit()) + "]";
  measure.differences.text = fmt::format("  minus \"{}\"", printable(results.regimes[comparison.baseline]));
  if (quantity.difference_unit() != quantity.unit())
    measure.differences.text += " [" + quantity.difference_unit() + "]";
  for (std::size_t k = 0; k < of.regimes.size(); ++k) {
    const study::Summary& s = of.regimes[k];
    const double half = (s.hi - s.lo) / 2;
    measure.values.upper.push_back(quantity.text(s.mean, half) + (s.n > 0 && s.missing > 0 ? "*" : ""));
    measure.values.lower.push_back(quantity.interval(s.lo, s.hi, s.mean, half));
    const RegimeDifference* d = of.from_baseline(k, comparison.baseline);
    measure.differences.upper.push_back(d == nullptr ? "" : difference_cell(*d, info.better, quantity));
    measure.differences.lower.push_back(d == nullptr ? "" : difference_interval(*d, quantity));
  }
  return measure;
}

class Page {
 public:
  explicit Page(std::size_t width) : width_(width) {}

  void paragraph(const std::string& text, const std::string& first = "", std::size_t indent = 0) {
    std::string before = padded_right(first, indent);
    for (const std::string& line : wrapped(text, width_ - indent)) {
      add(before + line);
      before.assign(indent, ' ');
    }
  }
  void blank() { text_ += '\n'; }
  void rule() {
    for (std::size_t i = 0; i < width_; ++i) text_ += "\u2500";
    text_ += '\n';
  }
  void add(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    text_ += line;
    text_ += '\n';
  }
  std::string take() { return std::move(text_); }

 private:
  std::size_t width_;
  std::string text_;
};

// Measures down, the regimes first .. last-1 across.
class Grid {
 public:
  Grid(std::size_t left, std::size_t column, std::size_t first, std::size_t last)
      : left_(left), column_(column), first_(first), last_(last) {}

  void head(Page& page, const std::vector<std::string>& names) const {
    std::vector<std::vector<std::string>> lines;
    std::size_t height = 0;
    for (std::size_t k = first_; k < last_; ++k) {
      lines.push_back(wrapped(names[k], column_));
      height = std::max(height, lines.back().size());
    }
    for (std::size_t row = 0; row < height; ++row) {
      std::string line(left_, ' ');
      for (const auto& of : lines)
        line.append("  ").append(padded_left(row + of.size() >= height ? of[row + of.size() - height] : "", column_));
      page.add(line);
    }
  }
  void section(Page& page, const Section& s) const {
    std::vector<std::string> text = wrapped(s.text, left_);
    const std::size_t indent = s.text.find_first_not_of(' ');
    if (indent > 0) {
      text = wrapped(s.text, left_ - indent);
      for (std::string& line : text) line.insert(0, indent, ' ');
    }
    for (std::size_t row = 0; row < std::max<std::size_t>(text.size(), 2); ++row) {
      std::string line = padded_right(row < text.size() ? text[row] : "", left_);
      for (std::size_t k = first_; k < last_ && row < 2; ++k)
        line.append("  ").append(padded_left(row == 0 ? s.upper[k] : s.lower[k], column_));
      page.add(line);
    }
  }

 private:
  std::size_t left_, column_, first_, last_;
};

void explain(Page& page, const study::Results& results, const study::Comparison& comparison) {
  std::set<Verdict> seen;
  bool missing = false;
  std::size_t compared = 0;
  for (const study::MeasureComparison& m : comparison.measures) {
    for (const RegimeDifference& d : m.differences) {
      if (d.b != comparison.baseline) continue;
      seen.insert(d.verdict);
      compared += std::isfinite(d.p_holm);
    }
    for (const study::Summary& s : m.regimes) missing = missing || s.missing > 0;
  }
  constexpr std::size_t indent = 10;
  page.paragraph(fmt::format("mean over {} replicates (simulated histories), and below it the 95 % confidence interval "
                             "of that mean.",
                             results.replicates),
                 "value", indent);
  if (results.regimes.size() < 2) return;
  page.paragraph(
      fmt::format("this regime minus \"{}\" in the same worlds with the same luck, replicate by replicate, and "
                  "below it the 95 % interval of the mean difference. \"better\" and \"worse\" are said of "
                  "the measure alone.",
                  printable(results.regimes[comparison.baseline])),
      "minus", indent);
  if (seen.count(Verdict::not_told_apart) > 0)
    page.paragraph("cannot be told apart: the interval of the difference contains 0.", "\u2248", indent);
  if (seen.count(Verdict::identical) > 0) page.paragraph("exactly equal in every replicate.", "same", indent);
  if (seen.count(Verdict::only_unadjusted) > 0)
    page.paragraph(fmt::format("the interval leaves out 0, but among {} comparisons such a one may well be chance "
                               "(p not below 0.05 after Holm's adjustment).",
                               compared),
                   "?", indent);
  if (missing)
    page.paragraph("not every replicate has a value; the mean is over those that have.", "*, \u2013", indent);
}

}  // namespace

std::string comparison_table(const study::Results& results, const study::Comparison& comparison, std::size_t width) {
  width = std::max<std::size_t>(width, 80);
  const std::size_t left = std::clamp<std::size_t>(width * 3 / 10, 26, 40);
  constexpr std::size_t narrowest = 14, widest_name = 22;
  std::vector<std::string> names;
  std::size_t column = narrowest;
  for (const std::string& name : results.regimes) {
    names.push_back(printable(name));
    for (const std::string& word : wrapped(names.back(), 1000))
      column = std::max(column, std::min(columns_of(word), widest_name));
  }
  std::vector<Measure> measures;
  for (std::size_t m = 0; m < results.measures.size(); ++m) {
    const Measure& measure = measures.emplace_back(measure_of(results, comparison, m));
    for (const Section* s : {&measure.values, &measure.differences})
      for (const auto* cells : {&s->upper, &s->lower})
        for (const std::string& cell : *cells) column = std::max(column, columns_of(cell));
  }
  const std::size_t regimes = results.regimes.size();
  const std::size_t across = std::clamp<std::size_t>((width - left) / (column + 2), 1, regimes);

  Page page(width);
  page.paragraph(printable(results.scenario));
  page.blank();
  for (std::size_t k = 0; k < regimes; ++k)
    if (k < results.regime_summaries.size() && !results.regime_summaries[k].empty())
      page.paragraph(names[k] + ": " + printable(results.regime_summaries[k]), "", 2);
  for (std::size_t first = 0; first < regimes; first += across) {
    const std::size_t last = std::min(first + across, regimes);
    const Grid grid(left, column, first, last);
    if (first > 0) page.blank();
    page.rule();
    grid.head(page, names);
    page.rule();
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (m > 0) page.blank();
      grid.section(page, measures[m].values);
      if (regimes > 1 && !(last - first == 1 && first == comparison.baseline))
        grid.section(page, measures[m].differences);
    }
    if (last == regimes) page.rule();
  }
  explain(page, results, comparison);
  if (!results.assumptions.empty()) page.paragraph(printable(results.assumptions), "assumed", 10);
  for (const std::string& warning : comparison.warnings) page.paragraph(printable(warning), "warning", 10);
  return page.take();
}

}  // namespace demarche::output
