#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace demarche::cli {

/// Where the program finds what is not compiled into it.
struct Places {
  std::filesystem::path scenarios;  ///< the folder with library/ and validation/; empty: not found
  std::filesystem::path python;     ///< the folder that holds the package `demarche`; empty: not found
};

/// Beside the installed program, else below DEMARCHE_HOME, else in the folder the program was built from.
Places find_places();

/// Scenario files of one folder of the library, sorted; empty where there is none.
std::vector<std::filesystem::path> scenarios_in(const std::string& folder);

/// The results file itself, or results.h5 in the folder that is given.
std::filesystem::path results_path(const std::string& given);

/// A path as given where such a file exists, else the library's scenario of that name, else the path as given.
std::string scenario_path(const std::string& given);

}  // namespace demarche::cli
