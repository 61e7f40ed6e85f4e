#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "output/store/file.hpp"

namespace demarche::cli {

/// The folder that a run fills: nobody else writes into it meanwhile, and nothing of an earlier run is overwritten
/// unasked.
class RunFolder {
 public:
  /// Throws InputError where something stands there that the run would overwrite; makes nothing yet.
  RunFolder(std::filesystem::path folder, bool force);
  /// Makes the folder and holds it; throws OutputBusy (exit status 75).
  void hold();

  const std::filesystem::path& path() const { return folder_; }
  void write(const std::string& name, std::string_view bytes) const;
  /// Files that the scenario reads, under the names it has for them, so that scenario.yaml runs from this folder. Names
  /// that lead out of the folder are left alone.
  void write_inputs(const std::vector<std::pair<std::string, std::string>>& files) const;
  /// Figures and report, by Python, from results.h5. What could not be made comes back as warnings.
  std::vector<std::string> draw() const;

 private:
  void refuse_what_exists() const;

  std::filesystem::path folder_;
  bool force_;
  std::optional<output::FolderLock> lock_;
};

/// Figures of a results file into a folder, and the report beside it where `report` is not empty.
std::vector<std::string> draw_figures(const std::filesystem::path& results, const std::filesystem::path& figures,
                                      const std::string& formats, const std::filesystem::path& report);

}  // namespace demarche::cli
