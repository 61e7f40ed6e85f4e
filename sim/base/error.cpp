#include "sim/base/error.hpp"

#include <cstring>

namespace demarche {

std::string Problem::text() const {
  std::string t = problem;
  if (!why.empty()) t += " (" + why + ")";
  if (!suggestion.empty()) t += "; " + suggestion;
  return t;
}

FileError::FileError(std::string action, std::string path, int error_number)
    : std::runtime_error(Problem{"cannot " + action + " " + path, std::strerror(error_number), ""}.text()),
      path_(std::move(path)),
      error_number_(error_number) {}

}  // namespace demarche
