#pragma once
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/base/random.hpp"

namespace demarche::test {

/// Keeps every question of a scenario's runs by the counter that Philox reads for it, and finds
/// - a draw of 2^24 or above, which would run into the purpose;
/// - a counter that two lines of the program ask, in whatever runs;
/// - a counter that is asked twice in one run, unless its line may ask again.
class Observer {
 public:
  /// A run is what happens under one regime in one replicate; the building of a world is one, and so are the drafts.
  void begin_run() { ++run_; }
  /// May be called by several threads at once.
  void ask(const Asked& question, const char* file, int line);
  /// Lines of a file and purpose that ask the same question again and want the same answer.
  void may_repeat(const std::string& file_end, Purpose purpose) { repeating_.push_back({file_end, purpose}); }

  const std::vector<std::string>& faults() const { return faults_; }
  std::size_t questions() const { return asked_.size(); }
  std::uint32_t greatest_draw() const { return greatest_draw_; }
  const std::map<Purpose, std::size_t>& by_purpose() const { return by_purpose_; }

  /// Who is told by Luck; null: nobody.
  static Observer* current;

 private:
  struct Counter {
    std::uint64_t luck, message, entity_and_last;
    friend bool operator==(const Counter&, const Counter&) = default;
  };
  struct Hash {
    std::size_t operator()(const Counter& c) const { return hash_key(c.luck, c.message, c.entity_and_last); }
  };
  struct Place {
    const char* file;
    int line;
    std::uint32_t run;
  };
  void fault(const std::string& what, const Asked& question, const Place& place);
  bool asks_again(const Asked& question, const char* file) const;

  std::mutex mutex_;
  std::unordered_map<Counter, Place, Hash> asked_;
  std::vector<std::pair<std::string, Purpose>> repeating_;
  std::map<Purpose, std::size_t> by_purpose_;
  std::vector<std::string> faults_;
  std::map<std::string, int> faults_by_place_;
  std::uint32_t run_ = 0, greatest_draw_ = 0;
};

}  // namespace demarche::test
