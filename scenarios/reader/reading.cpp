#include "scenarios/reader/reading.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace demarche::scenarios {

void Reading::problem(Place at, Problem p) {
  if (problems_.size() < Limits::problems)
    problems_.emplace_back(at, std::move(p));
  else
    ++dropped_;
}

Reading::Step::Step(Reading& reading, const std::string& key, Place at)
    : reading_(reading), length_(reading.path_.size()) {
  if (!reading.path_.empty() && key[0] != '[') reading.path_ += '.';
  reading.path_ += key;
  reading.places_.emplace(reading.path_, at);
}

void Reading::finish(const Document& document) const {
  if (problems_.empty() && document.problems.empty()) return;
  std::vector<Located> all = document.problems;
  for (const auto& [at, p] : problems_) all.push_back(document.locate(at, p));
  const auto order = [&](const Located& l) {
    const auto source = std::find(document.sources.begin(), document.sources.end(), l.file) - document.sources.begin();
    return std::tuple(source, l.line, l.column);
  };
  std::stable_sort(all.begin(), all.end(), [&](const Located& a, const Located& b) { return order(a) < order(b); });
  if (dropped_ > 0)
    all.push_back({document.sources.empty() ? "" : document.sources[0],
                   0,
                   0,
                   {fmt::format("and {} more problems", dropped_), "", "mend these first"}});
  throw InputErrors(std::move(all));
}

const Place* Check::find(const std::string& key) const {
  const std::string path =
      reading_.path().empty() ? key : reading_.path() + (key.empty() || key[0] == '[' ? "" : ".") + key;
  const auto found = reading_.places().find(path);
  return found == reading_.places().end() ? nullptr : &found->second;
}

void Check::problem(const std::string& key, Problem p) {
  const Place* at = find(key);
  reading_.problem(at != nullptr ? *at : section_, std::move(p));
}

}  // namespace demarche::scenarios
