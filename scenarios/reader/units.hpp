#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/reader/tree.hpp"
#include "sim/base/law.hpp"

namespace demarche::scenarios {

/// What a text means, or why it means nothing.
template <class T>
struct Parsed {
  std::optional<T> value;
  Problem problem;

  Parsed(T v) : value(std::move(v)) {}
  Parsed(Problem p) : problem(std::move(p)) {}
  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
};

// Numbers are written as JSON writes them (a superset of which YAML would take as one: 010, 0x1F, .5, 1_000, .inf);
// whatever looks like a number but is not written so is a problem, never text and never a guess.

/// Whether a scalar is text: quoted, or neither number, truth value nor null to YAML 1.2.
bool is_text(const Node& scalar);

Parsed<double> read_number(const Node& scalar);
Parsed<std::int64_t> read_integer(const Node& scalar);    ///< 1e5 and 3.0 are integers
Parsed<std::uint64_t> read_unsigned(const Node& scalar);  ///< whole range of 64 bits
Parsed<bool> read_truth(const Node& scalar);              ///< true, false
Parsed<std::string> read_text(const Node& scalar);        ///< refuses what YAML takes for a number or truth value
Parsed<double> read_duration(const Node& scalar);         ///< seconds; "45 min", "1.5 h", bare 0
Parsed<double> read_share(const Node& scalar);            ///< 0 to 1; "8 %" or 0.08
Parsed<double> read_rate(const Node& scalar, double per_s = 1);  ///< events in per_s seconds; "1.7 per day", bare 0

/// Text of a value that reads back as exactly the same value, in the unit that makes it shortest.
std::string write_duration(double seconds);
std::string write_share(double share);
std::string write_rate(double events, double per_s = 1);

/// What a law is a law of.
enum class Quantity { duration, number };
/// "lognormal(median 2 h, sigma 1.2)", "45 min"; see law_forms(). Values in seconds for durations.
Parsed<Law> read_law(const Node& scalar, Quantity quantity = Quantity::duration);
std::string write_law(const Law& law, Quantity quantity = Quantity::duration);

/// Regular expressions (ECMA 262, anchored by the caller) of what the functions above take, for the JSON Schema.
std::string number_pattern();
std::string duration_pattern();
std::string share_pattern();
std::string rate_pattern();
std::string law_pattern(Quantity quantity = Quantity::duration);

}  // namespace demarche::scenarios
