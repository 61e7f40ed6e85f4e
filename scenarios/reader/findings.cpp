#include "scenarios/reader/findings.hpp"

#include <algorithm>
#include <tuple>

namespace demarche::scenarios {

void Findings::add(std::string path, Problem p) {
  for (;;) {
    const auto found = places_.find(path);
    if (found != places_.end()) return problems_.push_back(document_.locate(found->second, std::move(p)));
    const std::size_t cut = path.find_last_of(".[");
    if (cut == std::string::npos) return problems_.push_back(document_.locate({0, 1, 1}, std::move(p)));
    path.resize(cut);
  }
}

void Findings::add(const InputErrors& errors) {
  problems_.insert(problems_.end(), errors.all().begin(), errors.all().end());
}

void Findings::throw_if_any() const {
  if (problems_.empty()) return;
  std::vector<Located> all = problems_;
  const auto order = [&](const Located& l) {
    const auto source = std::find(document_.sources.begin(), document_.sources.end(), l.file);
    const bool own = source != document_.sources.end();
    return std::tuple(source - document_.sources.begin(), own ? l.line : 0, own ? l.column : 0);
  };
  std::stable_sort(all.begin(), all.end(), [&](const Located& a, const Located& b) { return order(a) < order(b); });
  if (all.size() > Limits::problems) all.resize(Limits::problems);
  throw InputErrors(std::move(all));
}

}  // namespace demarche::scenarios
