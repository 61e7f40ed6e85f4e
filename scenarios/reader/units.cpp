#include "scenarios/reader/units.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "scenarios/reader/numbers.hpp"
#include "sim/base/text.hpp"

namespace demarche::scenarios {

namespace {

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

// Splits "45 min" into its number and what follows one optional space.
struct Measured {
  double value;
  std::string_view unit;
};
Parsed<Measured> measured(std::string_view text, const std::string& wanted) {
  const std::size_t length = number_length(text);
  std::string_view unit = text.substr(length);
  if (length == 0 || (!unit.empty() && (is_digit(unit[0]) || unit[0] == '.' || unit[0] == ',' || unit[0] == '_')))
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
