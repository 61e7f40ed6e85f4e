#include <algorithm>
#include <charconv>
#include <cstring>

#include <hdf5_hl.h>

#include "output/store/hdf5_handle.hpp"
#include "output/store/results_file.hpp"
#include "output/store/results_layout.hpp"
#include "sim/base/error.hpp"

namespace demarche::output {
namespace {

using hdf5::ensure;
using hdf5::Handle;

class Reader {
 public:
  explicit Reader(std::string_view image) {
    const Handle access(H5Pcreate(H5P_FILE_ACCESS), &H5Pclose, "make properties");
    ensure(H5Pset_fapl_core(access.get(), std::size_t{1} << 20, 0) >= 0, "work in memory");
    // libhdf5 copies the image and declares the pointer mutable all the same
    ensure(H5Pset_file_image(access.get(), const_cast<char*>(image.data()), image.size()) >= 0, "take the bytes");
    file_ = Handle(H5Fopen("demarche-results-in-memory", H5F_ACC_RDONLY, access.get()), &H5Fclose, "open the bytes");
  }

  std::vector<std::string> texts(const std::string& name) const {
    const Handle data = open(name);
    const std::vector<hsize_t> shape = shape_of(data);
    ensure(shape.size() == 1, "find a list of texts");
    std::vector<char*> pointers(shape[0], nullptr);
    const Handle type = hdf5::text_type(H5T_VARIABLE);
    ensure(H5Dread(data.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()) >= 0, "read texts");
    std::vector<std::string> texts;
    for (const char* p : pointers) texts.emplace_back(p == nullptr ? "" : p);
    const Handle space(H5Dget_space(data.get()), &H5Sclose, "read a shape");
    H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, pointers.data());
    return texts;
  }

  std::vector<double> numbers(const std::string& name, const std::vector<std::size_t>& expected) const {
    const Handle data = open(name);
    const std::vector<hsize_t> shape = shape_of(data);
    ensure(std::equal(shape.begin(), shape.end(), expected.begin(), expected.end()), "find numbers of that shape");
    return read(data, shape);
  }
  std::vector<double> numbers(const std::string& name) const {
    const Handle data = open(name);
    return read(data, shape_of(data));
  }

  std::string text(const std::string& of, const std::string& name) const {
    const Handle attribute(H5Aopen_by_name(file_.get(), of.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), &H5Aclose,
                           "find an attribute");
    return text_of(attribute);
  }
  std::int64_t number(const std::string& of, const std::string& name) const {
    const Handle attribute(H5Aopen_by_name(file_.get(), of.c_str(), name.c_str(), H5P_DEFAULT, H5P_DEFAULT), &H5Aclose,
                           "find an attribute");
    std::int64_t value = 0;
    const Handle space(H5Aget_space(attribute.get()), &H5Sclose, "read a shape");
    ensure(H5Sget_simple_extent_npoints(space.get()) == 1, "find one number");
    ensure(H5Aread(attribute.get(), H5T_NATIVE_INT64, &value) >= 0, "read an attribute");
    return value;
  }
  bool has(const std::string& of, const std::string& name) const {
    return H5Aexists_by_name(file_.get(), of.c_str(), name.c_str(), H5P_DEFAULT) > 0;
  }

  /// Names of the file's own attributes, or of its variables, in the order they were made.
  std::vector<std::string> attribute_names() const {
    std::vector<std::string> names;
    ensure(H5Aiterate2(
               file_.get(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr,
               [](hid_t, const char* name, const H5A_info_t*, void* to) -> herr_t {
                 static_cast<std::vector<std::string>*>(to)->emplace_back(name);
                 return 0;
               },
               &names) >= 0,
           "list attributes");
    return names;
  }
  std::vector<std::string> variable_names() const {
    std::vector<std::string> names;
    ensure(H5Literate(
               file_.get(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr,
               [](hid_t, const char* name, const H5L_info_t*, void* to) -> herr_t {
                 static_cast<std::vector<std::string>*>(to)->emplace_back(name);
                 return 0;
               },
               &names) >= 0,
           "list variables");
    return names;
  }
  /// The dimension a variable's axis runs over.
  std::string dimension(const std::string& variable, unsigned axis) const {
    const Handle data = open(variable);
    std::string name;
    H5DSiterate_scales(
        data.get(), axis, nullptr,
        [](hid_t, unsigned, hid_t scale, void* to) -> herr_t {
          char buffer[1024];
          const ssize_t n = H5Iget_name(scale, buffer, sizeof buffer);
          if (n > 1) static_cast<std::string*>(to)->assign(buffer + 1);
          return 1;
        },
        &name);
    ensure(!name.empty(), "find a dimension");
    return name;
  }

 private:
  Handle open(const std::string& name) const {
    return {H5Dopen2(file_.get(), name.c_str(), H5P_DEFAULT), &H5Dclose, ("find \"" + name + "\"").c_str()};
  }
  static std::vector<hsize_t> shape_of(const Handle& data) {
    const Handle space(H5Dget_space(data.get()), &H5Sclose, "read a shape");
    const int rank = H5Sget_simple_extent_ndims(space.get());
    ensure(rank >= 0, "read a shape");
    std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
    ensure(H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr) >= 0, "read a shape");
    return shape;
  }
  static std::vector<double> read(const Handle& data, const std::vector<hsize_t>& shape) {
    hsize_t size = 1;
    for (const hsize_t n : shape) size *= n;
    std::vector<double> values(size);
    ensure(H5Dread(data.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0, "read numbers");
    return values;
  }
  static std::string text_of(const Handle& attribute) {
    const Handle type(H5Aget_type(attribute.get()), &H5Tclose, "read a type");
    ensure(H5Tget_class(type.get()) == H5T_STRING, "find a text");
    if (H5Tis_variable_str(type.get()) > 0) {
      char* pointer = nullptr;
      ensure(H5Aread(attribute.get(), type.get(), &pointer) >= 0, "read a text");
      std::string text(pointer == nullptr ? "" : pointer);
      H5free_memory(pointer);
      return text;
    }
    std::string text(H5Tget_size(type.get()), '\0');
    ensure(H5Aread(attribute.get(), type.get(), text.data()) >= 0, "read a text");
    text.resize(std::strlen(text.c_str()));
    return text;
  }

  hdf5::Silence silence_;
  Handle file_;
};

std::uint64_t seed_of(const std::string& hex) {
  std::uint64_t seed = 0;
  const char* end = hex.data() + hex.size();
  ensure(hex.size() == 18 && std::from_chars(hex.data() + 2, end, seed, 16).ptr == end, "read the seed");
  return seed;
}

std::vector<study::MeasureInfo> measures_of(const Reader& file) {
  const auto names = file.texts("measure"), labels = file.texts("measure_label"), units = file.texts("measure_unit"),
             better = file.texts("measure_better"), meanings = file.texts("measure_meaning");
  ensure(labels.size() == names.size() && units.size() == names.size() && better.size() == names.size() &&
             meanings.size() == names.size(),
         "match measures");
  std::vector<study::MeasureInfo> measures;
  for (std::size_t m = 0; m < names.size(); ++m) {
    const auto at = std::find(layout::better.begin(), layout::better.end(), better[m]);
    ensure(at != layout::better.end(), "understand which direction of a measure is better");
    measures.push_back(
        {names[m], labels[m], units[m], static_cast<study::Better>(at - layout::better.begin()), meanings[m]});
  }
  return measures;
}

void read_axes_and_curves(const Reader& file, study::Results& results) {
  std::vector<std::pair<std::int64_t, std::string>> variables;
  for (const std::string& name : file.variable_names()) {
    if (file.has(name, layout::axis_unit))
      results.axes.push_back({name, file.text(name, layout::axis_unit), file.numbers(name)});
    if (file.has(name, layout::curve_number)) variables.emplace_back(file.number(name, layout::curve_number), name);
  }
  std::sort(variables.begin(), variables.end());
  for (const auto& [number, name] : variables) {
    const std::string axis = file.dimension(name, 2);
    const auto at =
        std::find_if(results.axes.begin(), results.axes.end(), [&](const study::Axis& a) { return a.name == axis; });
    ensure(at != results.axes.end(), "find the axis of a curve");
    results.curves.push_back({file.text(name, layout::curve_name), file.text(name, "long_name"),
                              file.text(name, "units"), static_cast<std::uint32_t>(at - results.axes.begin())});
    const std::size_t points = at->points.size();
    const std::vector<double> values = file.numbers(name, {results.regimes.size(), results.replicates, points});
    for (std::size_t o = 0; o < results.outcomes.size(); ++o) {
      const auto begin = values.begin() + static_cast<std::ptrdiff_t>(o * points);
      results.outcomes[o].curves.insert(results.outcomes[o].curves.end(), begin,
                                        begin + static_cast<std::ptrdiff_t>(points));
    }
  }
}

StoredRun read(const Reader& file) {
  ensure(file.number(".", layout::format) == layout::format_number, "read this version of the format");
  StoredRun run;
  study::Results& results = run.results;
  results.scenario = file.text(".", "title");
  results.seed = seed_of(file.text(".", layout::seed_hex));
  results.start = file.text(".", layout::start);
  results.assumptions = file.text(".", layout::assumptions);
  results.regimes = file.texts("regime");
  results.regime_summaries = file.texts("regime_summary");
  results.replicates = static_cast<std::uint32_t>(file.numbers("replicate").size());
  results.measures = measures_of(file);
  results.outcomes.resize(results.regimes.size() * results.replicates);
  const std::size_t measures = results.measures.size();
  const std::vector<double> values =
      file.numbers(layout::values, {results.regimes.size(), results.replicates, measures});
  for (std::size_t o = 0; o < results.outcomes.size(); ++o) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(o * measures);
    results.outcomes[o].measures.assign(begin, begin + static_cast<std::ptrdiff_t>(measures));
  }
  read_axes_and_curves(file, results);
  run.record.scenario_text = file.text(".", layout::scenario_text);
  run.record.scenario_hash = file.text(".", layout::scenario_hash);
  run.record.question = file.text(".", layout::question);
  const std::string_view version = layout::version;
  for (const std::string& name : file.attribute_names())
    if (name.rfind(version, 0) == 0)
      run.record.versions.emplace_back(name.substr(version.size()), file.text(".", name));
  const std::vector<std::string> variables = file.variable_names();
  if (std::find(variables.begin(), variables.end(), layout::input_file) != variables.end()) {
    const auto names = file.texts(layout::input_file), texts = file.texts(layout::input_text);
    ensure(names.size() == texts.size(), "match the files of the scenario");
    for (std::size_t k = 0; k < names.size(); ++k) run.record.files.emplace_back(names[k], texts[k]);
  }
  run.digests = digests_of(results, run.record.scenario_hash);
  ensure(run.digests.overall == file.text(".", layout::digest) && run.digests.regimes == file.texts("regime_digest"),
         "find the digest again in the values");
  return run;
}

}  // namespace

StoredRun results_from_bytes(std::string_view bytes, const std::string& name) {
  const std::string_view image = unseal(bytes, name);
  try {
    return read(Reader(image));
  } catch (const hdf5::Failure& failure) {
    throw InputError(Problem{name + " is not a results file that this version understands", failure.what(),
                             "run the scenario that it was made from again"});
  }
}

StoredRun read_results(const std::filesystem::path& path) {
  return results_from_bytes(read_file(path), path.string());
}

}  // namespace demarche::output
