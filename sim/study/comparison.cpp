#include "sim/study/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/error.hpp"

namespace demarche::study {
namespace {

Summary summary_of(const MeasureInfo& measure, const std::vector<double>& values) {
  Summary s = summarize(values);
  if (measure.unit != "probability" || s.n == 0) return s;
  std::uint64_t events = 0;
  for (const double x : values) {
    if (!std::isfinite(x)) continue;
    if (x != 0 && x != 1) return s;
    events += x == 1 ? 1U : 0U;
  }
  const Interval interval = proportion_interval(events, s.n);
  s.lo = interval.lo;
  s.hi = interval.hi;
  s.skew = std::numeric_limits<double>::quiet_NaN();  // Wilson's interval knows of it
  return s;
}

void judge(std::vector<MeasureComparison>& measures, std::size_t baseline) {
  std::vector<double> p;
  for (const MeasureComparison& m : measures)
    for (const RegimeDifference& d : m.differences)
      if (d.b == baseline) p.push_back(d.paired.p);
  const std::vector<double> adjusted = holm(p);
  auto next = adjusted.begin();
  for (MeasureComparison& m : measures) {
    for (RegimeDifference& d : m.differences) {
      d.p_holm = d.b == baseline ? *next++ : std::numeric_limits<double>::quiet_NaN();
      d.verdict = verdict_of(d.paired, d.p_holm);
    }
  }
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return text;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text.append(text.empty() ? "" : "; ").append(part);
  return text;
}

struct Concern {
  std::vector<std::string> details;  // by measure

  void add(const std::string& measure, const std::string& joint, const std::vector<std::string>& regimes) {
    if (!regimes.empty()) details.push_back("\"" + measure + "\" " + joint + listed(regimes));
  }
  void warn(std::vector<std::string>& warnings, const std::string& opening) const {
    if (!details.empty()) warnings.push_back(opening + " Of these: " + joined(details) + ".");
  }
  std::string count() const {
    return std::to_string(details.size()) + (details.size() == 1 ? " measure" : " measures");
  }
};

std::vector<std::string> warnings_of(const Results& results, const Comparison& c) {
  std::vector<std::string> warnings;
  if (results.replicates < 30)
    warnings.push_back("Only " + std::to_string(results.replicates) +
                       " replicates: intervals from fewer than 30 may be too narrow.");
  Concern missing, skewed, unhelped;
  for (std::size_t m = 0; m < c.measures.size(); ++m) {
    std::vector<std::string> without, lopsided, unpaired;
    for (std::size_t r = 0; r < results.regimes.size(); ++r) {
      const Summary& s = c.measures[m].regimes[r];
      if (s.missing > 0) without.push_back(std::to_string(s.missing) + " under " + results.regimes[r]);
      if (s.skewed()) lopsided.push_back(results.regimes[r]);
      const RegimeDifference* d = c.measures[m].from_baseline(r, c.baseline);
      if (d != nullptr && d->paired.correlation <= 0) unpaired.push_back(results.regimes[r]);
    }
    const std::string& label = results.measures[m].label;
    missing.add(label, "has none in ", without);
    skewed.add(label, "under ", lopsided);
    unhelped.add(label, "for ", unpaired);
  }
  missing.warn(warnings, "Some of the " + std::to_string(results.replicates) + " replicates have no value of " +
                             missing.count() + ": means are over the others only.");
  skewed.warn(warnings, "Values of " + skewed.count() +
                            " are lopsided: their intervals may be too narrow (use 200 replicates or more).");
  unhelped.warn(warnings, "In " + unhelped.count() +
                              " the same luck did not sharpen the comparison for some regimes (correlation not above "
                              "0): intervals hold, but are no narrower.");
  return warnings;
}

}  // namespace

const RegimeDifference* MeasureComparison::from_baseline(std::size_t a, std::size_t baseline) const {
  const auto found = std::find_if(differences.begin(), differences.end(),
                                  [&](const RegimeDifference& d) { return d.a == a && d.b == baseline; });
  return found == differences.end() ? nullptr : &*found;
}

Verdict verdict_of(const PairedDifference& d, double p_holm) {
  if (d.n < 2) return Verdict::nothing_to_say;
  if (d.identical()) return Verdict::identical;
  if (!d.told_apart()) return Verdict::not_told_apart;
  return p_holm >= 0.05 ? Verdict::only_unadjusted : Verdict::told_apart;
}

Comparison compare(const Results& results, std::size_t baseline) {
  DEMARCHE_EXPECT(baseline < results.regimes.size(), "the baseline is one of the regimes");
  Comparison c;
  c.baseline = baseline;
  const std::size_t regimes = results.regimes.size();
  for (std::size_t m = 0; m < results.measures.size(); ++m) {
    std::vector<std::vector<double>> values;
    MeasureComparison& of = c.measures.emplace_back();
    for (std::size_t r = 0; r < regimes; ++r) {
      values.push_back(results.values(r, m));
      of.regimes.push_back(summary_of(results.measures[m], values[r]));
    }
    const auto add = [&](std::size_t a, std::size_t b) {
      of.differences.push_back({a, b, paired_difference(values[a], values[b]), 0, Verdict::nothing_to_say});
    };
    for (std::size_t a = 0; a < regimes; ++a)
      if (a != baseline) add(a, baseline);
    for (std::size_t a = 0; a < regimes; ++a)
      for (std::size_t b = 0; b < a; ++b)
        if (a != baseline && b != baseline) add(a, b);
  }
  judge(c.measures, baseline);
  c.warnings = warnings_of(results, c);
  return c;
}

}  // namespace demarche::study
