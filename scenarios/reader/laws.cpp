#include <fmt/format.h>

#include <cmath>
#include <span>

#include "scenarios/reader/units.hpp"
#include "sim/base/text.hpp"

namespace demarche::scenarios {

namespace {

struct Argument {
  std::string_view name;
  bool is_quantity;  // a value of what the law is a law of; otherwise a pure number
  bool may_be_zero;
};

struct Form {
  std::string_view name;
  Law::Kind kind;
  std::vector<Argument> arguments;
};

const std::vector<Form>& forms() {
  static const std::vector<Form> table = {
      {"fixed", Law::Kind::fixed, {{"value", true, true}}},
      {"uniform", Law::Kind::uniform, {{"low", true, true}, {"high", true, false}}},
      {"exponential", Law::Kind::exponential, {{"mean", true, false}}},
      {"lognormal", Law::Kind::lognormal, {{"median", true, false}, {"sigma", false, true}}},
      {"gamma", Law::Kind::gamma, {{"mean", true, false}, {"shape", false, false}}},
      {"erlang", Law::Kind::gamma, {{"mean", true, false}, {"shape", false, false}}},
      {"seismic", Law::Kind::seismic, {{"break", true, false}, {"theta", false, false}}},
  };
  return table;
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

std::vector<std::string_view> split(std::string_view s) {
  std::vector<std::string_view> parts;
  for (std::size_t comma; (comma = s.find(',')) != std::string_view::npos; s.remove_prefix(comma + 1))
    parts.push_back(trimmed(s.substr(0, comma)));
  parts.push_back(trimmed(s));
  return parts;
}

std::string usage(const Form& form, Quantity quantity) {
  std::string text = std::string(form.name) + "(";
  for (std::size_t i = 0; i < form.arguments.size(); ++i) {
    const Argument& a = form.arguments[i];
    text += fmt::format("{}{} {}", i > 0 ? ", " : "", a.name,
                        !a.is_quantity                   ? "1.2"
                        : quantity == Quantity::duration ? i > 0 ? "4 h" : "2 h"
                        : i > 0                          ? "4"
                                                         : "2");
  }
  return text + ")";
}

Parsed<double> read_quantity(std::string_view text, Quantity quantity) {
  const Node scalar = Node::word(std::string(text));
  return quantity == Quantity::duration ? read_duration(scalar) : read_number(scalar);
}

std::string write_quantity(double value, Quantity quantity) {
  return quantity == Quantity::duration ? write_duration(value) : number_text(value);
}

Problem within(std::string_view law, Problem p) {
  p.problem = fmt::format("in {}: {}", law, p.problem);
  return p;
}

Parsed<Law> read_quantiles(std::string_view inside, Quantity quantity) {
  Law law;
  law.kind = Law::Kind::quantiles;
  for (const std::string_view part : split(inside)) {
    const std::size_t colon = part.find(':');
    if (colon == std::string_view::npos)
      return Problem{fmt::format("in quantiles: '{}' is not a pair", part), "", "write pairs such as 50 %: 41 min"};
    const auto p = read_share(Node::word(std::string(trimmed(part.substr(0, colon)))));
    if (!p) return within("quantiles", p.problem);
    const auto x = read_quantity(trimmed(part.substr(colon + 1)), quantity);
    if (!x) return within("quantiles", x.problem);
    if (*x < 0) return Problem{fmt::format("in quantiles: '{}' is negative", part), "", ""};
    if (!law.points.empty() && (*p <= law.points.back().first || *x < law.points.back().second))
      return Problem{fmt::format("in quantiles: '{}' does not increase", part),
                     "shares and values go from small to large", "sort the pairs"};
    law.points.emplace_back(*p, *x);
  }
  if (law.points.size() < 2 || law.points.front().first != 0 || law.points.back().first != 1)
    return Problem{"quantiles do not cover everything", "they begin at 0 % and end at 100 %",
                   "add the smallest and the largest value"};
  return law;
}

Parsed<Law> read_form(const Form& form, std::string_view inside, Quantity quantity) {
  const std::vector<std::string_view> parts = split(inside);
  if (parts.size() != form.arguments.size() || trimmed(inside).empty())
    return Problem{
        fmt::format("{} takes {} value{}", form.name, form.arguments.size(), form.arguments.size() == 1 ? "" : "s"), "",
        fmt::format("write {}", usage(form, quantity))};
  Law law;
  law.kind = form.kind;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Argument& a = form.arguments[i];
    std::string_view part = parts[i];
    const std::size_t space = part.find(' ');
    if (const std::string_view name = part.substr(0, space); !name.empty() && name[0] >= 'a' && name[0] <= 'z') {
      if (name != a.name)
        return Problem{fmt::format("in {}: '{}' is not its value number {}", form.name, name, i + 1),
                       fmt::format("that is '{}'", a.name), fmt::format("write {}", usage(form, quantity))};
      part = space == std::string_view::npos ? std::string_view{} : trimmed(part.substr(space));
    }
    const auto value = a.is_quantity ? read_quantity(part, quantity) : read_number(Node::word(std::string(part)));
    if (!value) return within(form.name, value.problem);
    if (*value < 0 || (*value == 0 && !a.may_be_zero))
      return Problem{fmt::format("in {}: {} must be {} 0", form.name, a.name, a.may_be_zero ? "at least" : "above"), "",
                     ""};
    (i == 0 ? law.a : law.b) = *value;
  }
  if (form.kind == Law::Kind::uniform && law.a >= law.b)
    return Problem{"in uniform: low must be below high", "", fmt::format("write {}", usage(form, quantity))};
  if (form.name == "erlang" && law.b != std::floor(law.b))
    return Problem{"in erlang: shape must be a whole number", "", "use gamma for other shapes"};
  return law;
}

}  // namespace

Parsed<Law> read_law(const Node& scalar, Quantity quantity) {
  const std::string_view text = trimmed(scalar.text);
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos && !text.empty() && !(text[0] >= 'a' && text[0] <= 'z')) {
    const Parsed<double> value = quantity == Quantity::duration ? read_duration(scalar) : read_number(scalar);
    if (!value) return value.problem;
    if (*value < 0) return Problem{fmt::format("'{:.60}' is negative", text), "", ""};
    return Law::fixed(*value);
  }
  const std::string_view name = trimmed(text.substr(0, open));
  std::vector<std::string> names{"quantiles"};
  for (const Form& form : forms()) names.emplace_back(form.name);
  if (open == std::string_view::npos || text.back() != ')') {
    for (const Form& form : forms())
      if (name == form.name)
        return Problem{fmt::format("'{:.60}' is not complete", text), "",
                       fmt::format("write {}", usage(form, quantity))};
    return Problem{fmt::format("'{:.60}' is not a law", text), "",
                   "write one such as lognormal(median 2 h, sigma 1.2) or 45 min"};
  }
  const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  if (name == "quantiles") return read_quantiles(inside, quantity);
  for (const Form& form : forms())
    if (name == form.name) return read_form(form, inside, quantity);
  const std::string near = nearest(name, names);
  return Problem{fmt::format("'{:.40}' is not a law", name),
                 "known are fixed, uniform, exponential, lognormal, gamma, erlang, seismic and quantiles",
                 near.empty() ? "" : fmt::format("did you mean {}?", near)};
}

std::string write_law(const Law& law, Quantity quantity) {
  if (law.kind == Law::Kind::fixed) return write_quantity(law.a, quantity);
  if (law.kind == Law::Kind::quantiles) {
    std::string text;
    for (const auto& [p, x] : law.points)
      text += fmt::format("{}{}: {}", text.empty() ? "quantiles(" : ", ", write_share(p), write_quantity(x, quantity));
    return text + ")";
  }
  for (const Form& form : forms())
    if (law.kind == form.kind) {
      std::string text = std::string(form.name) + "(";
      for (std::size_t i = 0; i < form.arguments.size(); ++i) {
        const Argument& a = form.arguments[i];
        const double value = i == 0 ? law.a : law.b;
        text += fmt::format("{}{} {}", i > 0 ? ", " : "", a.name,
                            a.is_quantity ? write_quantity(value, quantity) : number_text(value));
      }
      return text + ")";
    }
  throw ContractError("a law without a form");
}

std::string law_pattern(Quantity quantity) {
  const std::string bare_zero = quantity == Quantity::duration ? "|0" : "";
  const std::string value =
      "(?:" + (quantity == Quantity::duration ? duration_pattern() : number_pattern()) + bare_zero + ")";
  std::string pattern = value;
  for (const Form& form : forms()) {
    pattern += "|" + std::string(form.name) + " *\\( *";
    for (std::size_t i = 0; i < form.arguments.size(); ++i) {
      const Argument& a = form.arguments[i];
      pattern += std::string(i > 0 ? " *, *" : "") + "(?:" + std::string(a.name) + " +)?" +
                 (a.is_quantity ? value : number_pattern());
    }
    pattern += " *\\)";
  }
  const std::string share = "(?:" + share_pattern() + "|0|1|0\\.[0-9]+)";
  const std::string pair = share + " *: *" + value;
  return pattern + "|quantiles *\\( *" + pair + "(?: *, *" + pair + ")+ *\\)";
}

}  // namespace demarche::scenarios
