#include "output/cli/places.hpp"

#include <algorithm>
#include <cstdlib>

#include "demarche_versions.hpp"

namespace demarche::cli {
namespace fs = std::filesystem;
namespace {

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::vector<Places> candidates() {
  std::vector<Places> found;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  if (!program.empty()) {
    const fs::path shared = program.parent_path().parent_path() / "share" / "demarche";
    found.push_back({shared / "scenarios", shared / "python"});
  }
  if (const char* home = std::getenv("DEMARCHE_HOME"); home != nullptr && *home != '\0')
    found.push_back({fs::path(home) / "scenarios", fs::path(home) / "output" / "python"});
  const fs::path source(versions::source_dir);
  found.push_back({source / "scenarios", source / "output" / "python"});
  return found;
}

}  // namespace

Places find_places() {
  Places places;
  for (const Places& at : candidates()) {
    if (places.scenarios.empty() && is_folder(at.scenarios / "library")) places.scenarios = at.scenarios;
    if (places.python.empty() && is_folder(at.python / "demarche")) places.python = at.python;
  }
  return places;
}

std::vector<fs::path> scenarios_in(const std::string& folder) {
  std::vector<fs::path> files;
  const fs::path root = find_places().scenarios;
  if (root.empty() || !is_folder(root / folder)) return files;
  for (const fs::directory_entry& entry : fs::directory_iterator(root / folder))
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

fs::path results_path(const std::string& given) {
  return is_folder(given) ? fs::path(given) / "results.h5" : fs::path(given);
}

std::string scenario_path(const std::string& given) {
  std::error_code ignored;
  if (given.empty() || given.find('/') != std::string::npos || fs::exists(given, ignored)) return given;
  for (const char* folder : {"library", "validation"})
    for (const fs::path& file : scenarios_in(folder))
      if (file.stem() == given || file.filename() == given) return file.string();
  return given;
}

}  // namespace demarche::cli
