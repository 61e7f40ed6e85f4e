#include "sim/base/located.hpp"

namespace demarche {
namespace {

std::string lines_of(const std::vector<Located>& problems) {
  std::string lines;
  for (const Located& p : problems) {
    if (!lines.empty()) lines += '\n';
    lines += p.text();
  }
  return lines;
}

}  // namespace

std::string Located::text() const {
  std::string place = file;
  if (line != 0) place += ':' + std::to_string(line);
  if (line != 0 && column != 0) place += ':' + std::to_string(column);
  return place.empty() ? problem.text() : place + ": " + problem.text();
}

InputErrors::InputErrors(std::vector<Located> problems)
    : std::runtime_error(lines_of(problems)), problems_(std::move(problems)) {}

}  // namespace demarche
