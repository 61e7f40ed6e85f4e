#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "output/store/digest.hpp"
#include "output/store/file.hpp"
#include "sim/study/results.hpp"

namespace demarche::output {

/// What a results file says of its run beside the results.
struct RunRecord {
  std::string scenario_text;  ///< resolved and complete: running it again gives the same digest
  std::string scenario_hash;  ///< of the canonical scenario, hexadecimal
  std::string question;       ///< what the run was made to answer; may be empty
  std::vector<std::pair<std::string, std::string>> versions;  ///< of the program and every library
  /// What the scenario's files held, by the name the scenario has for them: enough to run it again elsewhere.
  std::vector<std::pair<std::string, std::string>> files = {};
};

struct StoredRun {
  study::Results results;
  RunRecord record;
  Digests digests;
};

/// A results file: netCDF-4, and behind its last byte one line with the SHA-256 of all bytes before (HDF5 readers do
/// not look behind the end that the file states of itself). Dimensions regime, replicate, measure and one for each
/// axis; variable `values` (regime, replicate, measure) and one for each curve (regime, replicate, axis), '/' in its
/// name written '.'. The same results and record give the same bytes. Needs at least one regime, replicate and measure,
/// and names that differ; InputError where a text holds NUL.
std::string results_file_bytes(const study::Results& results, const RunRecord& record);

/// results_file_bytes() by write_file_atomically().
void write_results(const std::filesystem::path& path, const study::Results& results, const RunRecord& record,
                   Overwrite overwrite);

/// Reads back what write_results() wrote, every value bit by bit (NaN and zero in their canonical form). The checksum
/// is verified before libhdf5 sees a byte, and the digest after. InputError where the file is damaged or of another
/// kind, FileError where it cannot be read.
StoredRun read_results(const std::filesystem::path& path);
/// The same for bytes in memory; `name` stands in messages.
StoredRun results_from_bytes(std::string_view bytes, const std::string& name);

/// Bytes with the line of their checksum behind them, and back. unseal() throws InputError.
std::string seal(std::string bytes);
std::string_view unseal(std::string_view sealed, const std::string& name);

}  // namespace demarche::output
