#pragma once
#include <string>
#include <vector>

namespace demarche::cli {

struct PythonEnd {
  bool good = false;
  std::string complaint;  ///< why not: the last line that Python said on stderr, or that it could not be started
};

/// Runs `python3 -m demarche ARGUMENTS` with the package that came with the program; its stdout is dropped.
PythonEnd run_python(const std::vector<std::string>& arguments);

}  // namespace demarche::cli
