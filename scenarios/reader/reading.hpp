#pragma once
#include <map>
#include <string>
#include <vector>

#include "scenarios/reader/tree.hpp"

namespace demarche::scenarios {

/// Where the value of each key stood: "regimes.ottawa.stages[2].clerks" -> place.
using Places = std::map<std::string, Place>;

struct ReadOptions {
  std::string folder;           ///< files are looked for beneath it; empty: file names are not looked up
  bool files_anywhere = false;  ///< a resolved scenario is read again: its files were allowed before
};

/// The state of one reading: where it stands, what went wrong so far.
class Reading {
 public:
  explicit Reading(ReadOptions options) : options_(std::move(options)) {}

  void problem(Place at, Problem p);
  std::size_t problems() const { return problems_.size() + dropped_; }

  /// While it lives, what is read stands under `key` ("[i]" for list items).
  class Step {
   public:
    Step(Reading& reading, const std::string& key, Place at);
    ~Step() { reading_.path_.resize(length_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Reading& reading_;
    std::size_t length_;
  };

  const std::string& path() const { return path_; }
  const Places& places() const { return places_; }
  const ReadOptions& options() const { return options_; }

  /// Throws InputErrors with what the document and the reading found, in the order of the text; returns when that is
  /// nothing.
  void finish(const Document& document) const;

  /// Moment to which moments of the scenario are relative, once its section has been read (tables read in their own
  /// order).
  std::int64_t start_utc_s = 0;

 private:
  ReadOptions options_;
  std::string path_;
  Places places_;
  std::vector<std::pair<Place, Problem>> problems_;
  std::size_t dropped_ = 0;
};

/// Given to conditions between the keys of one section, which run once the section itself is in order.
class Check {
 public:
  Check(Reading& reading, Place section) : reading_(reading), section_(section) {}
  /// Reports at the value of `key` ("stages[2].clerks" also), or at the section where the file leaves it out.
  void problem(const std::string& key, Problem p);
  bool given(const std::string& key) const { return find(key) != nullptr; }
  Reading& reading() { return reading_; }

 private:
  const Place* find(const std::string& key) const;
  Reading& reading_;
  Place section_;
};

}  // namespace demarche::scenarios
