#include "output/store/netcdf_image.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>

#include "output/store/digest.hpp"
#include "sim/base/error.hpp"

namespace demarche::output::hdf5 {
namespace {

constexpr hsize_t chunk_values = hsize_t{1} << 17;  // 1 MiB of doubles: what the default chunk cache holds
// an attribute of fixed length must fit an object header message of 64 KiB
constexpr std::size_t longest_fixed_text = 60'000;

std::vector<double> canonical(std::span<const double> values) {
  std::vector<double> v(values.begin(), values.end());
  for (double& x : v) x = std::bit_cast<double>(canonical_bits(x));
  return v;
}

void refuse_nul(std::string_view text) {
  if (text.find('\0') == std::string_view::npos) return;
  throw InputError(Problem{"a text holds a NUL character", "no file format of results can hold it", ""});
}

std::vector<hsize_t> chunks_of(std::vector<hsize_t> shape) {
  hsize_t left = chunk_values;
  for (auto size = shape.rbegin(); size != shape.rend(); ++size) {
    *size = std::min(*size, std::max<hsize_t>(left, 1));
    left /= *size;
  }
  // a chunk of several regimes would make reading one of them cost them all
  if (shape.size() > 1) shape.front() = 1;
  return shape;
}

Handle space_of(const std::vector<hsize_t>& shape) {
  return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), &H5Sclose, "make a data space"};
}

void write_attribute(hid_t object, const std::string& name, const Handle& type, const Handle& space, const void* data) {
  const Handle attribute(H5Acreate2(object, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT), &H5Aclose,
                         "make an attribute");
  ensure(H5Awrite(attribute.get(), type.get(), data) >= 0, "write an attribute");
}

// H5Fget_file_image() of 1.10 clears a flag of the superblock without renewing its checksum, and the file cannot be
// opened any more. So the driver's memory is taken when it gives it back after the regular close.
void keep_at_close(hid_t access, std::string& keep) {
  H5FD_file_image_callbacks_t calls{};
  calls.image_malloc = [](size_t size, H5FD_file_image_op_t, void*) { return std::malloc(size); };
  calls.image_memcpy = [](void* to, const void* from, size_t size, H5FD_file_image_op_t, void*) {
    return std::memcpy(to, from, size);
  };
  calls.image_realloc = [](void* p, size_t size, H5FD_file_image_op_t, void* to) {
    void* const grown = std::realloc(p, size);
    if (grown != nullptr) static_cast<std::string*>(to)->resize(size);
    return grown;
  };
  calls.image_free = [](void* p, H5FD_file_image_op_t, void* to) -> herr_t {
    std::string& bytes = *static_cast<std::string*>(to);
    std::memcpy(bytes.data(), p, bytes.size());
    std::free(p);
    return 0;
  };
  calls.udata_copy = [](void* to) { return to; };
  calls.udata_free = [](void*) -> herr_t { return 0; };
  calls.udata = &keep;
  ensure(H5Pset_file_image_callbacks(access, &calls) >= 0, "watch the file in memory");
}

Handle scalar() {
  return {H5Screate(H5S_SCALAR), &H5Sclose, "make a data space"};
}

Handle copy_of(hid_t type) {
  return {H5Tcopy(type), &H5Tclose, "copy a type"};
}

}  // namespace

NetcdfImage::NetcdfImage() {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), &H5Pclose, "make properties");
  ensure(H5Pset_fapl_core(access.get(), std::size_t{1} << 20, 0) >= 0, "work in memory");
  keep_at_close(access.get(), at_close_);
  ensure(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18) >= 0, "fix the format");
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), &H5Pclose, "make properties");
  ensure(H5Pset_link_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0 &&
             H5Pset_attr_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0 &&
             H5Pset_obj_track_times(creation.get(), false) >= 0,
         "set properties");
  // the name is never opened: the core driver has no backing store
  file_ = Handle(H5Fcreate("demarche-results-in-memory", H5F_ACC_TRUNC, creation.get(), access.get()), &H5Fclose,
                 "make a file in memory");
}

Handle NetcdfImage::create(const std::string& name, const Handle& type, const std::vector<hsize_t>& shape,
                           bool with_fill) {
  DEMARCHE_EXPECT(name.find('/') == std::string::npos && !name.empty() && objects_.count(name) == 0,
                  "variables have names of their own");
  refuse_nul(name);
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE), &H5Pclose, "make properties");
  ensure(H5Pset_attr_creation_order(creation.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0 &&
             H5Pset_obj_track_times(creation.get(), false) >= 0,
         "set properties");
  const double fill = std::bit_cast<double>(canonical_bits(std::numeric_limits<double>::quiet_NaN()));
  if (with_fill) {
    const std::vector<hsize_t> chunks = chunks_of(shape);
    ensure(H5Pset_chunk(creation.get(), static_cast<int>(chunks.size()), chunks.data()) >= 0 &&
               H5Pset_shuffle(creation.get()) >= 0 && H5Pset_deflate(creation.get(), 4) >= 0 &&
               H5Pset_fill_value(creation.get(), H5T_NATIVE_DOUBLE, &fill) >= 0,
           "set properties");
  }
  Handle dataset(H5Dcreate2(file_.get(), name.c_str(), type.get(), space_of(shape).get(), H5P_DEFAULT, creation.get(),
                            H5P_DEFAULT),
                 &H5Dclose, "make a variable");
  if (with_fill) write_attribute(dataset.get(), "_FillValue", type, space_of({1}), &fill);
  return dataset;
}

void NetcdfImage::write_texts(const Handle& dataset, const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const std::string& t : texts) {
    refuse_nul(t);
    pointers.push_back(t.c_str());
  }
  ensure(H5Dwrite(dataset.get(), text_type(H5T_VARIABLE).get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()) >= 0,
         "write texts");
}

void NetcdfImage::make_scale(const std::string& name, hsize_t size, Handle dataset) {
  ensure(H5DSset_scale(dataset.get(), name.c_str()) >= 0, "make a dimension");
  const auto number = static_cast<std::int32_t>(sizes_.size());
  write_attribute(dataset.get(), "_Netcdf4Dimid", copy_of(H5T_STD_I32LE), scalar(), &number);
  sizes_[name] = size;
  objects_[name] = std::move(dataset);
}

void NetcdfImage::dimension(const std::string& name, const std::vector<std::string>& labels) {
  Handle dataset = create(name, text_type(H5T_VARIABLE), {labels.size()}, false);
  write_texts(dataset, labels);
  make_scale(name, labels.size(), std::move(dataset));
}

void NetcdfImage::dimension(const std::string& name, std::span<const double> points) {
  Handle dataset = create(name, copy_of(H5T_IEEE_F64LE), {points.size()}, false);
  ensure(H5Dwrite(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, canonical(points).data()) >= 0,
         "write numbers");
  make_scale(name, points.size(), std::move(dataset));
}

void NetcdfImage::dimension(const std::string& name, std::uint32_t size) {
  std::vector<std::int32_t> numbers(size);
  std::iota(numbers.begin(), numbers.end(), 0);
  Handle dataset = create(name, copy_of(H5T_STD_I32LE), {size}, false);
  ensure(H5Dwrite(dataset.get(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()) >= 0,
         "write numbers");
  make_scale(name, size, std::move(dataset));
}

void NetcdfImage::attach(const Handle& dataset, const std::vector<std::string>& dimensions) {
  for (unsigned axis = 0; axis < dimensions.size(); ++axis)
    ensure(H5DSattach_scale(dataset.get(), object(dimensions[axis]), axis) >= 0, "attach a dimension");
}

void NetcdfImage::variable(const std::string& name, const std::vector<std::string>& dimensions,
                           std::span<const double> values) {
  std::vector<hsize_t> shape;
  for (const std::string& d : dimensions) shape.push_back(sizes_.at(d));
  DEMARCHE_EXPECT(std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>()) == values.size(),
                  "a variable fills its dimensions");
  Handle dataset = create(name, copy_of(H5T_IEEE_F64LE), shape, true);
  ensure(H5Dwrite(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, canonical(values).data()) >= 0,
         "write numbers");
  attach(dataset, dimensions);
  objects_[name] = std::move(dataset);
}

void NetcdfImage::variable(const std::string& name, const std::string& dimension,
                           const std::vector<std::string>& texts) {
  DEMARCHE_EXPECT(sizes_.at(dimension) == texts.size(), "a variable fills its dimension");
  Handle dataset = create(name, text_type(H5T_VARIABLE), {texts.size()}, false);
  write_texts(dataset, texts);
  attach(dataset, {dimension});
  objects_[name] = std::move(dataset);
}

void NetcdfImage::attribute(const std::string& of, const std::string& name, std::string_view text) {
  refuse_nul(text);
  const std::string copy(text);
  if (copy.size() <= longest_fixed_text) {
    write_attribute(object(of), name, text_type(copy.size() + 1), scalar(), copy.c_str());
  } else {
    const char* pointer = copy.c_str();
    write_attribute(object(of), name, text_type(H5T_VARIABLE), scalar(), &pointer);
  }
}

void NetcdfImage::attribute(const std::string& of, const std::string& name, std::uint64_t number) {
  write_attribute(object(of), name, copy_of(H5T_STD_U64LE), space_of({1}), &number);
}

hid_t NetcdfImage::object(const std::string& name) const {
  return name.empty() ? file_.get() : objects_.at(name).get();
}

std::string NetcdfImage::bytes() {
  objects_.clear();
  file_ = Handle();
  // superblock of version 2: where the file ends stands in bytes 28 to 35, least first; the memory is longer
  constexpr std::size_t version = 8, end = 28;
  ensure(at_close_.size() > end + 8 && at_close_[version] == 2, "close the file in memory");
  std::uint64_t size = 0;
  for (std::size_t i = 8; i-- > 0;) size = (size << 8U) | static_cast<unsigned char>(at_close_[end + i]);
  ensure(size <= at_close_.size(), "close the file in memory");
  at_close_.resize(size);
  return std::move(at_close_);
}

}  // namespace demarche::output::hdf5
