#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace demarche::output {

/// Regime a minus regime b, told under a label of its own in the table.
struct Contrast {
  std::string label;  ///< what it shows, in words: "rule, with 4 accounts"
  std::size_t a = 0, b = 0;
};

/// What one regime of a run is made of. Two arms of the same `rule` differ in nothing but presence, two of the same
/// `presence` in nothing but the rule. Both are words for people.
struct Arm {
  std::string rule, presence;
};

/// The four single-factor contrasts of every 2 x 2 among the arms: two rules, each with the same two presences. Empty
/// where there is none, or where an arm comes twice (nobody could say which is meant).
std::vector<Contrast> factorial_contrasts(const std::vector<Arm>& arms);

}  // namespace demarche::output
