#include "output/cli/run_folder.hpp"

#include <algorithm>
#include <array>

#include "output/cli/python.hpp"
#include "sim/base/error.hpp"
#include "sim/network/network_file.hpp"

namespace demarche::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::array<const char*, 6> products{"results.h5", "comparison.csv", "scenario.yaml",
                                              "figures",    "report.html",    "run-log.json"};

}  // namespace

RunFolder::RunFolder(fs::path folder, bool force) : folder_(std::move(folder)), force_(force) {
  refuse_what_exists();
}

void RunFolder::refuse_what_exists() const {
  std::error_code ignored;
  if (fs::exists(folder_, ignored) && !fs::is_directory(folder_, ignored))
    throw InputError({folder_.string() + " is not a folder", "results go into a folder", "choose another with -o"});
  if (force_) return;
  for (const char* name : products)
    if (fs::exists(fs::symlink_status(folder_ / name, ignored)))
      throw InputError({(folder_ / name).string() + " exists already", "nothing is overwritten unasked",
                        "choose another folder with -o, or say --force"});
}

void RunFolder::hold() {
  lock_.emplace(folder_);
  refuse_what_exists();
}

void RunFolder::write(const std::string& name, std::string_view bytes) const {
  output::write_file_atomically(folder_ / name, bytes, force_ ? output::Overwrite::yes : output::Overwrite::no);
}

void RunFolder::write_inputs(const std::vector<std::pair<std::string, std::string>>& files) const {
  for (const auto& [name, text] : files) {
    const fs::path relative = fs::path(name).lexically_normal();
    if (network::is_network_file_name(name)) continue;  // kept by its checksum only
    if (relative.empty() || relative.is_absolute() || *relative.begin() == "..") continue;
    if (std::find(products.begin(), products.end(), relative.begin()->string()) != products.end()) continue;
    if (!force_ && fs::exists(folder_ / relative)) continue;
    const fs::path file = folder_ / relative;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) throw FileError("make", file.parent_path().string(), error.value());
    output::write_file_atomically(file, text, output::Overwrite::yes);
  }
}

std::vector<std::string> RunFolder::draw() const {
  return draw_figures(folder_ / "results.h5", folder_ / "figures", "svg,png,pdf", folder_ / "report.html");
}

std::vector<std::string> draw_figures(const fs::path& results, const fs::path& figures, const std::string& formats,
                                      const fs::path& report) {
  std::vector<std::string> arguments{"figures", results.string(), "--out", figures.string(), "--format", formats};
  if (!report.empty()) arguments.insert(arguments.end(), {"--report", report.string()});
  const PythonEnd drawn = run_python(arguments);  // one process: starting matplotlib costs as much as drawing
  if (drawn.good) return {};
  return {std::string(report.empty() ? "figures" : "figures and report") + " could not be made (" + drawn.complaint +
          "); the results are complete"};
}

}  // namespace demarche::cli
