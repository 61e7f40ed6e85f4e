#include "scenarios/reader/numbers.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace demarche::scenarios {

std::size_t number_length(std::string_view text) {
  std::size_t i = 0;
  const auto at = [&](std::size_t k) { return k < text.size() ? text[k] : '\0'; };
  const auto digits = [&] {
    const std::size_t from = i;
    while (is_digit(at(i))) ++i;
    return i > from;
  };
  if (at(0) == '-') ++i;
  if (at(i) == '0')
    ++i;
  else if (!digits())
    return 0;
  if (at(i) == '.') {
    ++i;
    if (!digits()) return 0;
  }
  if (at(i) == 'e' || at(i) == 'E') {
    const std::size_t before = i++;
    if (at(i) == '+' || at(i) == '-') ++i;
    if (!digits()) i = before;
  }
  return i;
}

std::string shown(std::string_view text) {
  return text.size() <= 60 ? std::string(text) : std::string(text.substr(0, 57)) + "...";
}

Problem not_a_number(std::string_view text, const std::string& wanted) {
  std::string digits_only;
  for (const char c : text)
    if (c != ',' && c != '_' && c != '\'' && c != ' ') digits_only += c;
  const bool grouped =
      digits_only.size() != text.size() && !digits_only.empty() && number_length(digits_only) == digits_only.size();
  const std::string problem = fmt::format("'{}' is not {}", shown(text), wanted);
  if (grouped) return {problem, "numbers have no thousands separators", fmt::format("write {}", digits_only)};
  std::string_view rest = text;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) rest.remove_prefix(1);
  if (rest.size() > 1 && rest[0] == '0' && is_digit(rest[1])) {
    const std::size_t first = std::min(rest.find_first_not_of('0'), rest.size() - 1);
    return {problem, "a leading zero means base 8 to some programs",
            fmt::format("write {}", shown(rest.substr(first)))};
  }
  if (!rest.empty() && rest[0] == '.' && rest.size() > 1 && is_digit(rest[1]))
    return {problem, "a digit stands before the point", fmt::format("write 0{}", shown(rest))};
  if (!text.empty() && text[0] == '+')
    return {problem, "a plus sign is not written", fmt::format("write {}", shown(rest))};
  return {problem, "", wanted == "an integer" ? "write one such as 12" : "write one such as 12 or 0.5"};
}

Parsed<double> whole_number(std::string_view text, const std::string& wanted) {
  const std::size_t length = number_length(text);
  if (length == 0 || length != text.size()) return not_a_number(text, wanted);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value))
    return Problem{fmt::format("'{}' is out of range", shown(text)), "numbers go from 1e-307 to 1e308", ""};
  return value;
}

Problem quoted_number(const Node& scalar, const std::string& wanted) {
  return {fmt::format("'{}' is text and not {}", shown(scalar.text), wanted), "it stands in quotes",
          "write it without quotes"};
}

namespace {

template <class I>
Parsed<I> integer(const Node& scalar) {
  if (scalar.quoted) return quoted_number(scalar, "an integer");
  I value = 0;
  const char* const end = scalar.text.data() + scalar.text.size();
  const std::size_t length = number_length(scalar.text);
  if (length == scalar.text.size() && length > 0) {
    const auto [stop, error] = std::from_chars(scalar.text.data(), end, value);
    if (error == std::errc{} && stop == end) return value;
  }
  const Parsed<double> number = whole_number(scalar.text, "an integer");
  if (!number) return number.problem;
  if (*number != std::floor(*number))
    return Problem{fmt::format("'{}' is not an integer", shown(scalar.text)), "", "write a whole number"};
  // beyond 2^53 a double no longer names one integer
  if (std::fabs(*number) > 9007199254740992.0 || (std::is_unsigned_v<I> && *number < 0))
    return Problem{
        fmt::format("'{}' is out of range", shown(scalar.text)),
        fmt::format("integers here go from {} to {}", std::numeric_limits<I>::min(), std::numeric_limits<I>::max()),
        ""};
  return static_cast<I>(*number);
}

}  // namespace

bool is_text(const Node& scalar) {
  if (scalar.quoted) return true;
  const std::string& t = scalar.text;
  if (t.empty()) return true;
  for (const char* word : {"true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "~"})
    if (t == word) return false;
  // YAML 1.2 core: [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?, 0o.., 0x.., .inf, .nan
  std::string_view rest = t;
  if (rest[0] == '-' || rest[0] == '+') rest.remove_prefix(1);
  for (const char* word : {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"})
    if (rest == word) return false;
  if (rest.substr(0, 2) == "0x" || rest.substr(0, 2) == "0o")
    return rest.size() == 2 || rest.find_first_not_of("0123456789abcdefABCDEF", 2) != std::string_view::npos;
  std::size_t i = 0, whole = 0, fraction = 0;
  while (i < rest.size() && is_digit(rest[i])) ++i, ++whole;
  if (i < rest.size() && rest[i] == '.') {
    ++i;
    while (i < rest.size() && is_digit(rest[i])) ++i, ++fraction;
  }
  if (whole + fraction == 0) return true;
  if (i < rest.size() && (rest[i] == 'e' || rest[i] == 'E')) {
    ++i;
    if (i < rest.size() && (rest[i] == '-' || rest[i] == '+')) ++i;
    if (i == rest.size()) return true;
    while (i < rest.size() && is_digit(rest[i])) ++i;
  }
  return i != rest.size();
}

Parsed<double> read_number(const Node& scalar) {
  if (scalar.quoted) return quoted_number(scalar, "a number");
  return whole_number(scalar.text, "a number");
}
Parsed<std::int64_t> read_integer(const Node& scalar) {
  return integer<std::int64_t>(scalar);
}
Parsed<std::uint64_t> read_unsigned(const Node& scalar) {
  return integer<std::uint64_t>(scalar);
}

Parsed<bool> read_truth(const Node& scalar) {
  if (!scalar.quoted && (scalar.text == "true" || scalar.text == "false")) return scalar.text == "true";
  return Problem{fmt::format("'{}' is neither true nor false", shown(scalar.text)),
                 scalar.quoted ? "it stands in quotes" : "", "write true or false"};
}

Parsed<std::string> read_text(const Node& scalar) {
  if (is_text(scalar)) return scalar.text;
  return Problem{fmt::format("'{}' is not text", shown(scalar.text)),
                 "YAML takes it for a number, a truth value or nothing",
                 fmt::format("write \"{}\"", shown(scalar.text))};
}

}  // namespace demarche::scenarios
