#pragma once
#include <string>
#include <vector>

#include "scenarios/reader/reading.hpp"
#include "sim/base/error.hpp"

namespace demarche::scenarios {

/// Problems found once the keys are read: in the files that a scenario names, and between its parts. Each stands where
/// its cause is written, in the scenario or in the file.
class Findings {
 public:
  Findings(const Document& document, const Places& places) : document_(document), places_(places) {}

  /// At the value of the key, or at the longest part of its path that is written.
  void add(std::string path, Problem p);
  void add(const InputErrors& errors);
  /// Runs `something`; what it throws is a finding at `path`, or where a file's own reader located it. Returns whether
  /// nothing was thrown.
  template <class Do>
  bool attempt(const std::string& path, Do&& something) {
    try {
      something();
      return true;
    } catch (const InputErrors& e) {
      add(e);
    } catch (const InputError& e) {
      add(path, e.problem());
    } catch (const FileError& e) {
      add(path, {e.what(), "", ""});
    }
    return false;
  }
  bool empty() const { return problems_.empty(); }
  /// Throws InputErrors in the order of the text; problems within other files follow.
  void throw_if_any() const;

 private:
  const Document& document_;
  const Places& places_;
  std::vector<Located> problems_;
};

}  // namespace demarche::scenarios
