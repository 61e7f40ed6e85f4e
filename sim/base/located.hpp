#pragma once
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace demarche {

/// A problem at a place of an input file. Line and column count from 1, columns in bytes; 0 means "the file as a
/// whole".
struct Located {
  std::string file;
  std::size_t line = 0, column = 0;
  Problem problem;

  /// `FILE:LINE:COLUMN: problem (why); suggestion`; parts that are 0 are left out.
  std::string text() const;
};

/// Every problem found in one input, thrown at once (exit status 2). what() is one line an error.
class InputErrors : public std::runtime_error {
 public:
  explicit InputErrors(std::vector<Located> problems);
  const std::vector<Located>& all() const { return problems_; }

 private:
  std::vector<Located> problems_;
};

}  // namespace demarche
