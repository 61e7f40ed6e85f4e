#include "output/store/results_file.hpp"
#include "sim/base/error.hpp"

namespace demarche::output {
namespace {

constexpr std::string_view opening = "\ndemarche sha256 ";
constexpr std::size_t line_length = opening.size() + 64 + 1;

}  // namespace

std::string seal(std::string bytes) {
  const std::string digest = sha256_hex(bytes);
  return bytes.append(opening).append(digest).append("\n");
}

std::string_view unseal(std::string_view sealed, const std::string& name) {
  const bool has_line = sealed.size() > line_length && sealed.back() == '\n' &&
                        sealed.substr(sealed.size() - line_length, opening.size()) == opening;
  if (!has_line)
    throw InputError(Problem{name + " does not end with the checksum of a results file",
                             "it was cut short, changed by another program, or never was a results file",
                             "take an intact copy, or run the scenario again"});
  const std::string_view bytes = sealed.substr(0, sealed.size() - line_length);
  if (sealed.substr(bytes.size() + opening.size(), 64) != sha256_hex(bytes))
    throw InputError(Problem{name + " is damaged", "its bytes do not match the checksum at its end",
                             "take an intact copy, or run the scenario again"});
  return bytes;
}

}  // namespace demarche::output
