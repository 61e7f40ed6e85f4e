#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "output/store/hdf5_handle.hpp"

namespace demarche::output::hdf5 {

/// A file in memory that xarray, h5py, ncdump and R open as netCDF-4 (the on-disk rules are those of
/// https://docs.unidata.ucar.edu/netcdf-c/current/interoperability_hdf5.html). The same calls make the same bytes.
/// Texts must not contain NUL.
class NetcdfImage {
 public:
  NetcdfImage();

  // A dimension and the variable of its name; named before any variable that runs over it.
  void dimension(const std::string& name, const std::vector<std::string>& labels);
  void dimension(const std::string& name, std::span<const double> points);
  void dimension(const std::string& name, std::uint32_t size);  ///< 0, 1, 2 ...

  /// Values in row-major order; NaN means missing. Chunks hold whole rows of the last dimensions.
  void variable(const std::string& name, const std::vector<std::string>& dimensions, std::span<const double> values);
  void variable(const std::string& name, const std::string& dimension, const std::vector<std::string>& texts);

  // `of` is a dimension or a variable; "" is the file.
  void attribute(const std::string& of, const std::string& name, std::string_view text);
  void attribute(const std::string& of, const std::string& name, std::uint64_t number);

  /// Ends the work: nothing may be added after it.
  std::string bytes();

 private:
  Handle create(const std::string& name, const Handle& type, const std::vector<hsize_t>& shape, bool with_fill);
  void write_texts(const Handle& dataset, const std::vector<std::string>& texts);
  void make_scale(const std::string& name, hsize_t size, Handle dataset);
  void attach(const Handle& dataset, const std::vector<std::string>& dimensions);
  hid_t object(const std::string& name) const;

  Silence silence_;
  std::string at_close_;  // the driver's memory as it was when the file was closed
  Handle file_;
  std::map<std::string, Handle> objects_;
  std::map<std::string, hsize_t> sizes_;
};

}  // namespace demarche::output::hdf5
