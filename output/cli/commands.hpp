#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/reader/read_scenario.hpp"

/// One function a command; each prints what it is asked for and returns the exit status. Options are as the user gave
/// them. Errors are thrown; main() turns them into messages and statuses.
namespace demarche::cli {

/// Options that every command takes.
struct Common {
  bool json = false, quiet = false;
  unsigned threads = 1;
  std::optional<std::uint64_t> seed;
};

struct ScenarioChoice {
  std::string path;  ///< a file, or the name of one in the library
  scenarios::Request request;
};

/// Reads it. Where only some regimes are asked for, what is measured is still what all of them together make
/// measurable: a regime's results do not depend on its company.
models::Scenario read_choice(const ScenarioChoice& choice);

struct RunOptions {
  ScenarioChoice scenario;
  std::string output;  ///< empty: results/NAME
  bool dry_run = false, no_figures = false, force = false;
  std::vector<std::string> words;  ///< of the command line, to be shown where the run must be repeated
};
int run(const Common& common, const RunOptions& options);

int check(const Common& common, const ScenarioChoice& choice);
int list(const Common& common, const std::string& what);
int show(const Common& common, const std::string& name);
int schema();

struct NetworkChoice {
  std::string kind;                           ///< of a generator
  std::map<std::string, std::string> values;  ///< its parameters as given
  std::string file, actors;                   ///< or a file to be imported, with a table of its actors
  bool undirected = false, reversed = false, surplus_fields = false;
};
int network_build(const Common& common, const NetworkChoice& choice, const std::string& output, bool force);
int network_import(const Common& common, const NetworkChoice& choice, const std::string& output, bool force);
int network_info(const Common& common, const NetworkChoice& choice);

struct TraceOptions {
  ScenarioChoice scenario;
  std::uint64_t replicate = 0;
  std::string message = "0";  ///< index among the replicate's drafts, or first-error, slowest, median
};
int trace(const Common& common, const TraceOptions& options);

int theory(const Common& common, const ScenarioChoice& choice);
int selftest(const Common& common);

struct BenchOptions {
  std::vector<std::string> workloads{"T", "S", "M"};
  unsigned repeat = 5;
  std::string delay = "exponential";
  std::string write_edges;  ///< folder that gets the workloads' graphs, for peers
  std::string network;      ///< a network file in the place of the workloads
};
int bench(const Common& common, const BenchOptions& options);

int reproduce(const Common& common, const std::string& file);

struct ReportOptions {
  std::string results;  ///< a results file or a folder with one
  std::string output;
  std::string format = "svg,png,pdf";
  bool force = false;
};
int report(const Common& common, const ReportOptions& options);
int export_results(const Common& common, const std::string& results, const std::string& folder, bool force);

}  // namespace demarche::cli
