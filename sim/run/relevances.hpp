#pragma once
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/run/record.hpp"
#include "sim/spread/medium.hpp"

namespace demarche::run {

/// Relevance in whole units by the age of a message, worked out once for each half-life: every view asks for it.
class Relevances {
 public:
  /// `end`: no message grows older.
  explicit Relevances(Tick end) : end_(end) { tables_.reserve(most); }

  /// spread::relevance in units of relevance_unit, rounded.
  std::uint32_t at(const spread::MessageTraits& message, Tick t) {
    const Ticks age = t - message.born;
    if (message.half_life <= 0 || age < 0 || age >= end_ || end_ > longest) return exact(message, t);
    if (message.half_life != known_ && !look_up(message.half_life)) return exact(message, t);
    return (*table_)[static_cast<std::size_t>(age)];
  }

 private:
  static constexpr Tick longest = 1 << 17;  // beyond it a table is slower than working it out
  static constexpr std::size_t most = 16;   // half-lives
  static std::uint32_t exact(const spread::MessageTraits& message, Tick t) {
    return static_cast<std::uint32_t>(spread::relevance(message, t) / relevance_unit + 0.5);
  }
  bool look_up(double half_life) {
    auto table = std::find_if(tables_.begin(), tables_.end(), [&](const Table& k) { return k.half_life == half_life; });
    if (table == tables_.end()) {
      if (tables_.size() == most) return false;
      std::vector<std::uint32_t> by_age(static_cast<std::size_t>(end_));
      for (Tick age = 0; age < end_; ++age)
        by_age[static_cast<std::size_t>(age)] = exact({.half_life = half_life}, age);
      tables_.push_back({half_life, std::move(by_age)});
      table = tables_.end() - 1;
    }
    known_ = half_life;
    table_ = &table->by_age;
    return true;
  }

  struct Table {
    double half_life;
    std::vector<std::uint32_t> by_age;
  };
  Tick end_;
  double known_ = 0;
  const std::vector<std::uint32_t>* table_ = nullptr;
  std::vector<Table> tables_;
};

}  // namespace demarche::run
