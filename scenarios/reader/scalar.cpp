#include "scenarios/reader/scalar.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "scenarios/reader/moments.hpp"
#include "sim/base/text.hpp"
#include "sim/calendar/calendar.hpp"

namespace demarche::scenarios {

namespace {

Node number_schema(const char* type) {
  return Node::mapping({{"type", Node::string(type)}});
}

Node zero_or(const std::string& pattern) {
  return Node::mapping(
      {{"anyOf", Node::sequence({text_schema(pattern), Node::mapping({{"const", Node::word("0")}})})}});
}

std::string spoken(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::scalar:
      return fmt::format("'{:.60}'", node.text);
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::mapping:
      return "a section";
  }
  return "";
}

// A reader of units.hpp, which needs no state.
template <class T>
auto plain(Parsed<T> (*reader)(const Node&)) {
  return [reader](const Node& node, const Reading&) { return reader(node); };
}

}  // namespace

Problem wrong_kind(const Node& node, const std::string& wanted, const std::string& suggestion) {
  return {fmt::format("{} stands where a value of kind '{}' is expected", spoken(node), wanted), "", suggestion};
}
Problem does_not_fit(const Node& node, const std::string& why) {
  return {fmt::format("{} is out of range", spoken(node)), why, ""};
}
Problem out_of_range(const Node& node, const std::string& range) {
  return {fmt::format("{} is out of range", spoken(node)), fmt::format("it must be {}", range), ""};
}

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= 40 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

Node text_schema(const std::string& pattern) {
  return Node::mapping({{"type", Node::string("string")}, {"pattern", Node::string("^(?:" + pattern + ")$")}});
}
Node choice_schema(const std::vector<std::string>& words) {
  Node list = Node::sequence();
  for (const std::string& word : words) list.items.push_back(Node::string(word));
  return Node::mapping({{"enum", std::move(list)}});
}

Grammar optional_grammar(const Grammar& inner) {
  Grammar grammar = inner;
  grammar.name += " or none";
  if (inner.shape == Grammar::Shape::scalar)
    grammar.schema = Node::mapping({{"anyOf", Node::sequence({inner.schema, choice_schema({"none"})})}});
  grammar.optional = true;
  return grammar;
}

Parsed<std::size_t> read_choice(const Node& node, const std::vector<std::string>& words, const std::string& what) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (node.text == words[i] && is_text(node)) return i;
  const std::string near = nearest(node.text, words);
  std::string known;
  for (const std::string& word : words) known += (known.empty() ? "" : ", ") + word;
  return Problem{fmt::format("'{:.60}' is not a {}", node.text, what), fmt::format("known are {}", known),
                 near.empty() ? "" : fmt::format("did you mean '{}'?", near)};
}

Scalar<double> number() {
  return {"number", "0.5", number_schema("number"), plain(read_number),
          [](double v) { return Node::word(number_text(v)); }};
}
Scalar<std::int64_t> integer() {
  return {"integer", "12", number_schema("integer"), plain(read_integer),
          [](std::int64_t v) { return Node::word(std::to_string(v)); }};
}
Scalar<std::uint64_t> seed() {
  Scalar<std::uint64_t> s{"integer", "12", number_schema("integer"), plain(read_unsigned),
                          [](std::uint64_t v) { return Node::word(std::to_string(v)); }};
  s.grammar.schema.add("minimum", Node::word("0"));
  s.grammar.schema.add("maximum", Node::word("18446744073709551615"));
  return s;
}
Scalar<bool> truth() {
  return {"true or false", "true", number_schema("boolean"), plain(read_truth),
          [](bool v) { return Node::word(v ? "true" : "false"); }};
}
Scalar<std::string> text(std::size_t longest) {
  Scalar<std::string> s{"text", "some words", number_schema("string"), plain(read_text),
                        [](const std::string& v) { return Node::string(v); }};
  s.grammar.schema.add("maxLength", Node::word(std::to_string(longest)));
  return s.where(fmt::format("at most {} characters long", longest), [longest](const std::string& v) {
    // characters, not bytes, as a schema counts them
    std::size_t n = 0;
    for (const char c : v) n += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
    return n <= longest;
  });
}
Scalar<std::string> name() {
  Scalar<std::string> s{"name", "ottawa", text_schema("[a-z0-9-]{1,40}"), plain(read_text),
                        [](const std::string& v) { return Node::string(v); }};
  return s.where("1 to 40 letters a-z, digits and hyphens", is_name);
}
Scalar<double> duration() {
  return {"duration", "45 min", zero_or(duration_pattern()), plain(read_duration),
          [](double v) { return Node::string(write_duration(v)); }};
}
Scalar<double> share() {
  Node schema = Node::mapping(
      {{"anyOf", Node::sequence({text_schema(share_pattern()), Node::mapping({{"type", Node::string("number")},
                                                                              {"minimum", Node::word("0")},
                                                                              {"maximum", Node::word("1")}})})}});
  return {"share", "8 %", std::move(schema), plain(read_share), [](double v) {
            std::string written = write_share(v);
            return written.back() == '%' ? Node::string(std::move(written)) : Node::word(std::move(written));
          }};
}
Scalar<double> rate(double per_s) {
  return {"rate", "1.7 per day", zero_or(rate_pattern()),
          [per_s](const Node& n, const Reading&) { return read_rate(n, per_s); },
          [per_s](double v) { return Node::string(write_rate(v, per_s)); }};
}
Scalar<Law> law(Quantity quantity) {
  const bool durations = quantity == Quantity::duration;
  Node bare = durations ? Node::mapping({{"const", Node::word("0")}}) : number_schema("number");
  if (!durations) bare.add("minimum", Node::word("0"));
  Node schema = Node::mapping({{"anyOf", Node::sequence({text_schema(law_pattern(quantity)), std::move(bare)})}});
  return {durations ? "law of durations" : "law of numbers",
          durations ? "lognormal(median 2 h, sigma 1.2)" : "lognormal(median 2, sigma 1.2)", std::move(schema),
          [quantity](const Node& n, const Reading&) { return read_law(n, quantity); },
          [quantity](const Law& v) {
            return quantity == Quantity::number && v.kind == Law::Kind::fixed ? Node::word(write_law(v, quantity))
                                                                              : Node::string(write_law(v, quantity));
          }};
}
Scalar<std::int64_t> date() {
  return {"date", "2013-04-08", text_schema(date_pattern()), plain(read_date),
          [](std::int64_t v) { return Node::string(write_date(v)); }};
}
Scalar<std::int64_t> moment() {
  return {"moment", "2013-04-15 14:50 America/New_York", text_schema(moment_pattern()), plain(read_moment),
          [](std::int64_t v) { return Node::string(write_moment(v)); }};
}
Scalar<std::string> zone() {
  return {"time zone", "America/Toronto", text_schema("[A-Za-z][A-Za-z0-9_+/-]*"),
          [](const Node& n, const Reading&) -> Parsed<std::string> {
            try {
              return calendar::zone(n.text).name;
            } catch (const InputError& e) {
              return e.problem();
            }
          },
          [](const std::string& v) { return Node::string(v); }};
}

std::string resolve(const std::string& folder, const std::string& file) {
  return folder.empty() || std::filesystem::path(file).is_absolute() ? file
                                                                     : (std::filesystem::path(folder) / file).string();
}

Scalar<std::string> file() {
  const auto read = [](const Node& node, const Reading& reading) -> Parsed<std::string> {
    namespace fs = std::filesystem;
    const auto parsed = read_text(node);
    if (!parsed) return parsed.problem;
    const std::string& name = *parsed;
    if (name == "none") return std::string{};
    const auto wrong = [&](std::string why, std::string what) {
      return Problem{fmt::format("the file '{:.80}' cannot be used", name), std::move(why), std::move(what)};
    };
    if (name.empty()) return wrong("its name is empty", "name a file beneath the scenario's folder");
    // what the person at the keyboard names is as trusted as the person; what a scenario names is not
    const bool trusted = reading.options().files_anywhere || node.at.source > 0;
    const fs::path path(name);
    if (!trusted) {
      if (path.is_absolute()) return wrong("its name begins at the root", "name it relative to the scenario's folder");
      for (const fs::path& part : path)
        if (part == "..")
          return wrong("'..' leaves the scenario's folder",
                       "copy the file beneath it, or name it with --set on the command line");
    }
    const std::string& folder = reading.options().folder;
    if (folder.empty()) return name;
    const fs::path whole = resolve(folder, name);
    std::error_code error;
    if (!fs::exists(whole, error)) return wrong(fmt::format("there is no {}", whole.string()), "check its name");
    if (!fs::is_regular_file(whole, error)) return wrong("it is no ordinary file", "");
    if (!trusted) {
      const auto inside = fs::canonical(whole, error).lexically_relative(fs::canonical(folder, error));
      if (error || inside.empty() || *inside.begin() == "..")
        return wrong("a link leads out of the scenario's folder", "copy the file beneath it");
    }
    return name;
  };
  return {"file", "data/missions.csv",
          Node::mapping({{"type", Node::string("string")}, {"minLength", Node::word("1")}}), read,
          [](const std::string& v) { return Node::string(v.empty() ? "none" : v); }};
}

}  // namespace demarche::scenarios
