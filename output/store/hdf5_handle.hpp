#pragma once
#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

/// Private to output/store: libhdf5 with exceptions and destructors, and without its printing.
namespace demarche::output::hdf5 {

class Failure : public std::runtime_error {
 public:
  explicit Failure(const std::string& what) : std::runtime_error("HDF5 cannot " + what) {}
};

/// libhdf5 prints a stack of errors of its own by default; a library of this project never prints.
class Silence {
 public:
  Silence() {
    H5Eget_auto2(H5E_DEFAULT, &print_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~Silence() { H5Eset_auto2(H5E_DEFAULT, print_, data_); }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  H5E_auto2_t print_ = nullptr;
  void* data_ = nullptr;
};

inline void ensure(bool good, const char* what) {
  if (!good) throw Failure(what);
}

class Handle {
 public:
  Handle() = default;
  Handle(hid_t id, herr_t (*close)(hid_t), const char* what) : id_(id), close_(close) { ensure(id >= 0, what); }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  hid_t get() const { return id_; }

 private:
  hid_t id_ = -1;
  herr_t (*close_)(hid_t) = nullptr;
};

/// UTF-8 text of a fixed number of bytes, or of any length.
inline Handle text_type(std::size_t size) {
  Handle type(H5Tcopy(H5T_C_S1), &H5Tclose, "make a type");
  ensure(H5Tset_size(type.get(), size) >= 0 && H5Tset_cset(type.get(), H5T_CSET_UTF8) >= 0, "make a type of text");
  return type;
}

}  // namespace demarche::output::hdf5
