#include <cmath>

#include "output/tables/tables.hpp"
#include "output/tables/words.hpp"
#include "sim/base/text.hpp"

namespace demarche::output {
namespace {

// Spreadsheets run what follows = + - @ and skip leading tabs and returns (OWASP, "CSV injection").
std::string text_cell(std::string_view text) {
  std::string cell;
  constexpr std::string_view dangerous("=+-@\t\r\0", 7);
  if (!text.empty() && dangerous.find(text.front()) != std::string_view::npos) cell = "'";
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += '"';
}

std::string number_cell(double value) {
  return std::isfinite(value) ? number_text(value) : "";
}

class Row {
 public:
  Row& text(std::string_view t) { return raw(text_cell(t)); }
  Row& number(double x) { return raw(number_cell(x)); }
  Row& count(std::size_t n) { return raw(std::to_string(n)); }
  Row& none() { return raw(""); }
  const std::string& line() { return line_ += '\n'; }

 private:
  Row& raw(const std::string& cell) {
    if (!first_) line_ += ',';
    first_ = false;
    line_ += cell;
    return *this;
  }
  std::string line_;
  bool first_ = true;
};

}  // namespace

std::string comparison_csv(const study::Results& results, const study::Comparison& comparison) {
  std::string csv =
      "kind,measure,label,unit,better,regime,minus_regime,n,missing,mean,lo,hi,sd,median,correlation,p_holm,verdict\n";
  const auto begin = [&](const char* kind, std::size_t m) {
    const study::MeasureInfo& info = results.measures[m];
    Row row;
    row.text(kind).text(info.name).text(info.label).text(info.unit).text(word(info.better));
    return row;
  };
  for (std::size_t m = 0; m < results.measures.size(); ++m) {
    for (std::size_t k = 0; k < results.regimes.size(); ++k) {
      const study::Summary& s = comparison.measures[m].regimes[k];
      Row row = begin("value", m);
      row.text(results.regimes[k]).none().count(s.n).count(s.missing).number(s.mean).number(s.lo).number(s.hi);
      csv += row.number(s.sd).number(s.median).none().none().none().line();
    }
  }
  for (std::size_t m = 0; m < results.measures.size(); ++m) {
    for (const study::RegimeDifference& d : comparison.measures[m].differences) {
      const study::PairedDifference& p = d.paired;
      Row row = begin("difference", m);
      row.text(results.regimes[d.a]).text(results.regimes[d.b]).count(p.n).count(results.replicates - p.n);
      row.number(p.mean).number(p.lo).number(p.hi).number(p.sd).none();
      csv += row.number(p.correlation).number(d.p_holm).text(word(d.verdict)).line();
    }
  }
  return csv;
}

std::string values_csv(const study::Results& results) {
  std::string csv = "regime,replicate,measure,unit,value\n";
  for (std::size_t k = 0; k < results.regimes.size(); ++k)
    for (std::size_t r = 0; r < results.replicates; ++r)
      for (std::size_t m = 0; m < results.measures.size(); ++m) {
        Row row;
        row.text(results.regimes[k]).count(r).text(results.measures[m].name).text(results.measures[m].unit);
        csv += row.number(results.at(k, r).measures[m]).line();
      }
  return csv;
}

std::string curves_csv(const study::Results& results) {
  std::string csv = "regime,replicate,curve,unit,axis,axis_unit,point,value\n";
  for (std::size_t k = 0; k < results.regimes.size(); ++k)
    for (std::size_t r = 0; r < results.replicates; ++r) {
      std::size_t at = 0;
      for (const study::CurveInfo& curve : results.curves) {
        const study::Axis& axis = results.axes[curve.axis];
        for (const double point : axis.points) {
          Row row;
          row.text(results.regimes[k]).count(r).text(curve.name).text(curve.unit).text(axis.name).text(axis.unit);
          csv += row.number(point).number(results.at(k, r).curves[at++]).line();
        }
      }
    }
  return csv;
}

}  // namespace demarche::output
