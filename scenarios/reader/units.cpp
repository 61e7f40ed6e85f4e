#include "scenarios/reader/units.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

#include "sim/base/text.hpp"

namespace demarche::scenarios {

namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}

struct Unit {
  std::string_view symbol, word;  // h, hour; the plural adds an s
  double seconds;
};
// longest first: the first exact one that is shortest wins
constexpr Unit units[] = {
    {"w", "week", 604800}, {"d", "day", 86400}, {"h", "hour", 3600}, {"min", "minute", 60}, {"s", "second", 1}};

const Unit* unit_named(std::string_view name) {
  for (const Unit& u : units)
    if (name == u.symbol || name == u.word ||
        (name.size() == u.word.size() + 1 && name.substr(0, u.word.size()) == u.word && name.back() == 's'))
      return &u;
  return nullptr;
}

// The characters of a JSON number at the beginning of `text`; 0 when there is none.
std::size_t number_length(std::string_view text) {
  std::size_t i = 0;
  const auto at = [&](std::size_t k) { return k < text.size() ? text[k] : '\0'; };
  const auto digits = [&] {
    const std::size_t from = i;
    while (digit(at(i))) ++i;
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

// Why a text that should be a number is none.
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
  if (rest.size() > 1 && rest[0] == '0' && digit(rest[1])) {
    const std::size_t first = std::min(rest.find_first_not_of('0'), rest.size() - 1);
    return {problem, "a leading zero means base 8 to some programs",
            fmt::format("write {}", shown(rest.substr(first)))};
  }
  if (!rest.empty() && rest[0] == '.' && rest.size() > 1 && digit(rest[1]))
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

// Splits "45 min" into its number and what follows one optional space.
struct Measured {
  double value;
  std::string_view unit;
};
Parsed<Measured> measured(std::string_view text, const std::string& wanted) {
  const std::size_t length = number_length(text);
  std::string_view unit = text.substr(length);
  if (length == 0 || (!unit.empty() && (digit(unit[0]) || unit[0] == '.' || unit[0] == ',' || unit[0] == '_')))
    return not_a_number(text.substr(0, text.find(' ')), wanted);
  if (!unit.empty() && unit[0] == ' ') unit.remove_prefix(1);
  const Parsed<double> number = whole_number(text.substr(0, length), wanted);
  if (!number) return number.problem;
  return Measured{*number, unit};
}

// The shortest text of q that `reads` says gives back the value: products with units carry a rounding in the last
// digit.
template <class Reads>
std::optional<std::string> shortest(double q, Reads reads) {
  double rounded = q;
  const std::string digits = fmt::format("{:.15g}", q);
  std::from_chars(digits.data(), digits.data() + digits.size(), rounded);
  for (const double candidate : {rounded, q}) {
    const std::string text = number_text(candidate);
    if (reads(text)) return text;
  }
  return std::nullopt;
}

// Fewest digits win, then the larger unit.
struct Best {
  std::string text;
  std::size_t digits = 0;
  void offer(const std::string& number, const std::string& unit) {
    if (!text.empty() && number.size() >= digits) return;
    text = number + unit;
    digits = number.size();
  }
};

constexpr std::string_view unit_alternatives = "(?:s|seconds?|min|minutes?|h|hours?|d|days?|w|weeks?)";

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
  while (i < rest.size() && digit(rest[i])) ++i, ++whole;
  if (i < rest.size() && rest[i] == '.') {
    ++i;
    while (i < rest.size() && digit(rest[i])) ++i, ++fraction;
  }
  if (whole + fraction == 0) return true;
  if (i < rest.size() && (rest[i] == 'e' || rest[i] == 'E')) {
    ++i;
    if (i < rest.size() && (rest[i] == '-' || rest[i] == '+')) ++i;
    if (i == rest.size()) return true;
    while (i < rest.size() && digit(rest[i])) ++i;
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

Parsed<double> read_duration(const Node& scalar) {
  const auto m = measured(scalar.text, "a duration");
  if (!m)
    return Problem{m.problem.problem, m.problem.why,
                   m.problem.why.empty() ? "write a duration such as 2 h, 30 min or 3 d" : m.problem.suggestion};
  const auto [value, unit] = *m;
  if (unit.empty() && value == 0 && scalar.text == "0" && !scalar.quoted) return 0.0;
  if (unit.empty())
    return Problem{fmt::format("'{}' is not a duration", shown(scalar.text)), "the unit is missing",
                   fmt::format("write {0} h, {0} min or {0} d", shown(scalar.text))};
  const Unit* u = unit_named(unit);
  if (u == nullptr)
    return Problem{fmt::format("'{}' is not a duration", shown(scalar.text)),
                   fmt::format("'{}' is not a unit of time", shown(unit)), "use s, min, h, d or w"};
  if (std::signbit(value)) return Problem{fmt::format("'{}' is negative", shown(scalar.text)), "a duration is not", ""};
  return value * u->seconds;
}

Parsed<double> read_share(const Node& scalar) {
  const auto m = measured(scalar.text, "a share");
  if (!m)
    return Problem{m.problem.problem, m.problem.why,
                   m.problem.why.empty() ? "write a share such as 8 % or 0.08" : m.problem.suggestion};
  const auto [value, unit] = *m;
  if (unit.empty() && scalar.quoted) return quoted_number(scalar, "a share");
  if (!unit.empty() && unit != "%")
    return Problem{fmt::format("'{}' is not a share", shown(scalar.text)), fmt::format("'{}' is not %", shown(unit)),
                   "write a share such as 8 % or 0.08"};
  const double share = unit.empty() ? value : value / 100;
  if (std::signbit(value) || share > 1)
    return Problem{
        fmt::format("'{}' is out of range", shown(scalar.text)), "a share lies between 0 and 1, or 0 % and 100 %",
        unit.empty() && value <= 100 && value > 1 ? fmt::format("write {} % if that is meant", shown(scalar.text))
                                                  : ""};
  return share;
}

Parsed<double> read_rate(const Node& scalar, double per_s) {
  const auto m = measured(scalar.text, "a rate");
  if (!m)
    return Problem{m.problem.problem, m.problem.why,
                   m.problem.why.empty() ? "write a rate such as 1.7 per day" : m.problem.suggestion};
  auto [value, unit] = *m;
  if (unit.empty() && scalar.text == "0" && !scalar.quoted) return 0.0;
  if (unit.substr(0, 4) != "per ")
    return Problem{fmt::format("'{}' is not a rate", shown(scalar.text)), "the unit is missing or unknown",
                   fmt::format("write {0} per day or {0} per hour", number_text(value))};
  unit.remove_prefix(4);
  const Unit* u = unit_named(unit);
  if (u == nullptr)
    return Problem{fmt::format("'{}' is not a rate", shown(scalar.text)),
                   fmt::format("'{}' is not a unit of time", shown(unit)), "use per hour, per day or per week"};
  if (std::signbit(value)) return Problem{fmt::format("'{}' is negative", shown(scalar.text)), "a rate is not", ""};
  return u->seconds == per_s ? value : value * per_s / u->seconds;
}

std::string write_duration(double seconds) {
  if (seconds == 0) return "0 s";
  Best best;
  for (const Unit& u : units)
    if (const auto text = shortest(seconds / u.seconds, [&](const std::string& t) {
          const auto back = read_duration(Node::word(t + " s"));
          return back && *back * u.seconds == seconds;
        }))
      best.offer(*text, " " + std::string(u.symbol));
  return best.text;
}

std::string write_share(double share) {
  const auto percent = shortest(share * 100, [&](const std::string& t) {
    const auto back = read_share(Node::word(t + " %"));
    return back && *back == share;
  });
  return percent ? *percent + " %" : number_text(share);
}

std::string write_rate(double events, double per_s) {
  if (events == 0) return "0 per day";
  Best best;
  for (const Unit& u : units)
    if (const auto text = shortest(events * u.seconds / per_s, [&](const std::string& t) {
          const auto back = read_rate(Node::word(t + " per " + std::string(u.word)), per_s);
          return back && *back == events;
        }))
      best.offer(*text, " per " + std::string(u.word));
  return best.text;
}

std::string number_pattern() {
  return "(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?";
}
std::string duration_pattern() {
  return number_pattern() + " ?" + std::string(unit_alternatives);
}
std::string share_pattern() {
  return "(?:100(?:\\.0+)?|(?:0|[1-9][0-9]?)(?:\\.[0-9]+)?) ?%";
}
std::string rate_pattern() {
  return number_pattern() + " ?per " + std::string(unit_alternatives);
}

}  // namespace demarche::scenarios
