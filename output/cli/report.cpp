#include <filesystem>

#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/places.hpp"
#include "output/cli/run_folder.hpp"
#include "output/store/results_file.hpp"
#include "output/tables/tables.hpp"
#include "sim/base/error.hpp"

namespace demarche::cli {
namespace fs = std::filesystem;
namespace {

void refuse_existing(const fs::path& path, bool force) {
  if (!force && fs::exists(path))
    throw InputError(
        {path.string() + " exists already", "nothing is overwritten unasked", "choose another folder, or say --force"});
}

}  // namespace

int report(const Common& common, const ReportOptions& options) {
  const fs::path file = results_path(options.results);
  const output::StoredRun stored = output::read_results(file);
  const fs::path folder = options.output.empty() ? file.parent_path() : fs::path(options.output);
  refuse_existing(folder / "report.html", options.force);
  refuse_existing(folder / "figures", options.force);
  const output::FolderLock lock(folder.empty() ? fs::path(".") : folder);
  const std::vector<std::string> warnings =
      draw_figures(file, folder / "figures", options.format, folder / "report.html");
  for (const std::string& warning : warnings) say(warning);
  if (!common.quiet && warnings.empty())
    say("figures and report of " + stored.results.scenario + " are in " + (folder.empty() ? "." : folder.string()));
  return warnings.empty() ? 0 : 1;
}

int export_results(const Common&, const std::string& results, const std::string& folder, bool force) {
  const fs::path file = results_path(results);
  const output::StoredRun stored = output::read_results(file);
  const std::string csv = output::comparison_csv(stored.results, study::compare(stored.results));
  if (folder.empty()) {
    print(csv);
    return 0;
  }
  refuse_existing(fs::path(folder) / "comparison.csv", force);
  refuse_existing(fs::path(folder) / "values.csv", force);
  refuse_existing(fs::path(folder) / "curves.csv", force);
  const output::FolderLock lock(folder);
  const auto how = force ? output::Overwrite::yes : output::Overwrite::no;
  output::write_file_atomically(fs::path(folder) / "comparison.csv", csv, how);
  output::write_file_atomically(fs::path(folder) / "values.csv", output::values_csv(stored.results), how);
  output::write_file_atomically(fs::path(folder) / "curves.csv", output::curves_csv(stored.results), how);
  return 0;
}

}  // namespace demarche::cli
