#include "tests/observed/observer.hpp"

#include <algorithm>
#include <string_view>

namespace demarche {

namespace test {

Observer* Observer::current = nullptr;

namespace {

std::string text(const char* file, int line) {
  return std::string(file) + ":" + std::to_string(line);
}

}  // namespace

void Observer::fault(const std::string& what, const Asked& q, const Place& place) {
  const std::string found = what + " at " + text(place.file, place.line);
  if (++faults_by_place_[found] > 3) return;  // the next thousands say no more
  faults_.push_back(found + ": purpose " + std::to_string(static_cast<int>(q.purpose)) + ", entity " +
                    std::to_string(q.entity) + ", message " + std::to_string(q.message) + ", draw " +
                    std::to_string(q.draw));
}

bool Observer::asks_again(const Asked& q, const char* file) const {
  return std::any_of(repeating_.begin(), repeating_.end(),
                     [&](const auto& r) { return r.second == q.purpose && std::string_view(file).ends_with(r.first); });
}

void Observer::ask(const Asked& q, const char* file, int line) {
  const std::lock_guard lock(mutex_);
  const Place here{file, line, run_};
  greatest_draw_ = std::max(greatest_draw_, q.draw);
  if (q.draw >> 24 != 0) fault("a draw of 2^24 or above", q, here);
  // the counter as Luck::block makes it, faults included
  const std::uint32_t last = static_cast<std::uint32_t>(q.purpose) << 24 | q.draw;
  const Counter counter{std::uint64_t{q.luck[0]} << 32 | q.luck[1], q.message, std::uint64_t{q.entity} << 32 | last};
  const auto [found, fresh] = asked_.try_emplace(counter, here);
  if (fresh) {
    ++by_purpose_[q.purpose];
    return;
  }
  Place& before = found->second;
  if (before.line != line || (before.file != file && std::string_view(before.file) != file))
    fault("asked before at " + text(before.file, before.line) + ", again", q, here);
  else if (before.run == run_ && !asks_again(q, file))
    fault("asked twice in one run", q, here);
  before.run = run_;
}

}  // namespace test

void observed::observe(const Asked& question, const char* file, int line) {
  if (test::Observer::current != nullptr) test::Observer::current->ask(question, file, line);
}

}  // namespace demarche
