#include "output/tables/contrasts.hpp"

#include <algorithm>
#include <optional>

namespace demarche::output {
namespace {

std::vector<std::string> in_order(const std::vector<Arm>& arms, std::string Arm::*factor) {
  std::vector<std::string> levels;
  for (const Arm& arm : arms)
    if (std::find(levels.begin(), levels.end(), arm.*factor) == levels.end()) levels.push_back(arm.*factor);
  return levels;
}

std::optional<std::size_t> arm_of(const std::vector<Arm>& arms, const std::string& rule, const std::string& presence) {
  std::optional<std::size_t> found;
  for (std::size_t k = 0; k < arms.size(); ++k) {
    if (arms[k].rule != rule || arms[k].presence != presence) continue;
    if (found) return std::nullopt;
    found = k;
  }
  return found;
}

}  // namespace

std::vector<Contrast> factorial_contrasts(const std::vector<Arm>& arms) {
  const std::vector<std::string> rules = in_order(arms, &Arm::rule), presences = in_order(arms, &Arm::presence);
  std::vector<Contrast> contrasts;
  const auto add = [&](const std::string& label, std::size_t a, std::size_t b) {
    const auto known = [&](const Contrast& c) { return c.a == a && c.b == b; };
    if (std::none_of(contrasts.begin(), contrasts.end(), known)) contrasts.push_back({label, a, b});
  };
  for (std::size_t r = 1; r < rules.size(); ++r)
    for (std::size_t q = 0; q < r; ++q)
      for (std::size_t p = 1; p < presences.size(); ++p)
        for (std::size_t o = 0; o < p; ++o) {
          const auto low_old = arm_of(arms, rules[q], presences[o]), low_new = arm_of(arms, rules[r], presences[o]);
          const auto high_old = arm_of(arms, rules[q], presences[p]), high_new = arm_of(arms, rules[r], presences[p]);
          if (!low_old || !low_new || !high_old || !high_new) continue;
          add("regime, at " + presences[o], *low_new, *low_old);
          add("regime, at " + presences[p], *high_new, *high_old);
          add("presence, under " + rules[q], *high_old, *low_old);
          add("presence, under " + rules[r], *high_new, *low_new);
        }
  return contrasts;
}

}  // namespace demarche::output
