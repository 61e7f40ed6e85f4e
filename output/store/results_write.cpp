#include <algorithm>
#include <array>
#include <charconv>

#include "output/store/netcdf_image.hpp"
#include "output/store/results_file.hpp"
#include "output/store/results_layout.hpp"
#include "sim/base/error.hpp"

namespace demarche::output {
namespace {

template <class T, class F>
std::vector<std::string> texts_of(const std::vector<T>& things, F&& text) {
  std::vector<std::string> texts;
  for (const T& thing : things) texts.push_back(text(thing));
  return texts;
}

std::string seed_hex(std::uint64_t seed) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), seed, 16).ptr;
  return "0x" + std::string(static_cast<std::size_t>(digits.data() + digits.size() - end), '0') +
         std::string(digits.data(), end);
}

// "2013-04-08T00:00:00Z" as CF wants it; without an offset it means UTC
std::string moment(std::string iso) {
  std::replace(iso.begin(), iso.end(), 'T', ' ');
  if (!iso.empty() && iso.back() == 'Z') iso.pop_back();
  return iso;
}

void check_shape(const study::Results& results) {
  DEMARCHE_EXPECT(!results.regimes.empty() && results.replicates > 0 && !results.measures.empty(),
                  "results have a regime, a replicate and a measure");
  DEMARCHE_EXPECT(results.outcomes.size() == results.regimes.size() * results.replicates,
                  "results have an outcome for each regime and replicate");
  DEMARCHE_EXPECT(results.regime_summaries.empty() || results.regime_summaries.size() == results.regimes.size(),
                  "results have a summary for each regime or none");
  const std::size_t points = results.curve_points();
  for (const study::Outcome& o : results.outcomes)
    DEMARCHE_EXPECT(o.measures.size() == results.measures.size() && o.curves.size() == points,
                    "outcomes have a value for each measure and point");
}

void add_axes(hdf5::NetcdfImage& file, const study::Results& results) {
  for (const study::Axis& axis : results.axes) {
    file.dimension(axis.name, axis.points);
    const bool is_time = axis.name == "time" && axis.unit == "h" && !results.start.empty();
    // "h" and not "hours" elsewhere: xarray turns the latter into nanoseconds
    file.attribute(axis.name, "units", is_time ? "hours since " + moment(results.start) : axis.unit);
    if (is_time) {
      file.attribute(axis.name, "calendar", "standard");
      file.attribute(axis.name, "standard_name", "time");
    }
    file.attribute(axis.name, layout::axis_unit, axis.unit);
  }
}

void add_measures(hdf5::NetcdfImage& file, const study::Results& results) {
  std::vector<double> values;
  for (const study::Outcome& o : results.outcomes) values.insert(values.end(), o.measures.begin(), o.measures.end());
  file.variable(layout::values, {"regime", "replicate", "measure"}, values);
  file.attribute(layout::values, "long_name", "value of each measure; its unit is in measure_unit");
  const auto& m = results.measures;
  file.variable("measure_unit", "measure", texts_of(m, [](const study::MeasureInfo& i) { return i.unit; }));
  file.variable("measure_label", "measure", texts_of(m, [](const study::MeasureInfo& i) { return i.label; }));
  file.variable("measure_better", "measure", texts_of(m, [](const study::MeasureInfo& i) {
                  return std::string(layout::better[static_cast<std::size_t>(i.better)]);
                }));
  file.variable("measure_meaning", "measure", texts_of(m, [](const study::MeasureInfo& i) { return i.meaning; }));
}

void add_curves(hdf5::NetcdfImage& file, const study::Results& results) {
  std::size_t first = 0;
  for (std::size_t k = 0; k < results.curves.size(); ++k) {
    const study::CurveInfo& curve = results.curves[k];
    const study::Axis& axis = results.axes[curve.axis];
    std::vector<double> values;
    values.reserve(results.outcomes.size() * axis.points.size());
    for (const study::Outcome& o : results.outcomes) {
      const auto begin = o.curves.begin() + static_cast<std::ptrdiff_t>(first);
      values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(axis.points.size()));
    }
    first += axis.points.size();
    const std::string name = layout::variable_of(curve.name);
    file.variable(name, {"regime", "replicate", axis.name}, values);
    file.attribute(name, "long_name", curve.label);
    file.attribute(name, "units", curve.unit);
    file.attribute(name, layout::curve_name, curve.name);
    file.attribute(name, layout::curve_number, std::uint64_t{k});
  }
}

void add_record(hdf5::NetcdfImage& file, const study::Results& results, const RunRecord& record,
                const Digests& digests) {
  file.attribute("", "Conventions", "CF-1.8");
  file.attribute("", "title", results.scenario);
  // no clock time: the same run gives the same bytes
  file.attribute("", "history", "written by demarche");
  file.attribute("", layout::format, std::uint64_t{layout::format_number});
  file.attribute("", layout::digest, digests.overall);
  file.attribute("", "seed", results.seed);
  file.attribute("", layout::seed_hex, seed_hex(results.seed));  // R rounds integers above 2^53
  file.attribute("", layout::start, results.start);
  file.attribute("", layout::assumptions, results.assumptions);
  file.attribute("", layout::question, record.question);
  file.attribute("", layout::scenario_hash, record.scenario_hash);
  for (const auto& [name, version] : record.versions) file.attribute("", std::string(layout::version) + name, version);
  file.attribute("", layout::scenario_text, record.scenario_text);
  if (record.files.empty()) return;
  file.dimension(layout::input_file, texts_of(record.files, [](const auto& f) { return f.first; }));
  file.variable(layout::input_text, layout::input_file, texts_of(record.files, [](const auto& f) { return f.second; }));
}

}  // namespace

std::string results_file_bytes(const study::Results& results, const RunRecord& record) {
  check_shape(results);
  const Digests digests = digests_of(results, record.scenario_hash);
  hdf5::NetcdfImage file;
  file.dimension("regime", results.regimes);
  file.dimension("replicate", results.replicates);
  file.dimension("measure", texts_of(results.measures, [](const study::MeasureInfo& i) { return i.name; }));
  add_axes(file, results);
  std::vector<std::string> summaries = results.regime_summaries;
  summaries.resize(results.regimes.size());
  file.variable("regime_summary", "regime", summaries);
  file.variable("regime_digest", "regime", digests.regimes);
  add_measures(file, results);
  add_curves(file, results);
  add_record(file, results, record, digests);
  return seal(file.bytes());
}

void write_results(const std::filesystem::path& path, const study::Results& results, const RunRecord& record,
                   Overwrite overwrite) {
  write_file_atomically(path, results_file_bytes(results, record), overwrite);
}

}  // namespace demarche::output
