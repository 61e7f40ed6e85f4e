#pragma once
#include <functional>
#include <string>
#include <vector>

#include "scenarios/reader/rule.hpp"
#include "scenarios/reader/units.hpp"

namespace demarche::scenarios {

/// One written value: how it is read, how it is written back, and which values are allowed. Made by the functions below
/// and narrowed by chaining: duration().at_least(1).at_most(86400).
template <class T>
class Scalar {
 public:
  using Read = std::function<Parsed<T>(const Node&, const Reading&)>;
  using Write = std::function<Node(const T&)>;
  struct Condition {
    std::string text;  // as in "must be at least 1 s"
    std::function<bool(const T&)> holds;
  };

  Scalar(std::string name, std::string example, Node schema, Read reader, Write writer)
      : read(std::move(reader)), write(std::move(writer)) {
    grammar.name = std::move(name);
    grammar.example = std::move(example);
    grammar.schema = std::move(schema);
  }

  Scalar& at_least(T low) {
    return bounded("at least ", "minimum", low, [low](const T& v) { return v >= low; });
  }
  Scalar& at_most(T high) {
    return bounded("at most ", "maximum", high, [high](const T& v) { return v <= high; });
  }
  Scalar& above(T low) {
    return bounded("above ", "exclusiveMinimum", low, [low](const T& v) { return v > low; });
  }
  Scalar& below(T high) {
    return bounded("below ", "exclusiveMaximum", high, [high](const T& v) { return v < high; });
  }
  /// Any other condition; `text` completes "must be ...".
  Scalar& where(std::string text, std::function<bool(const T&)> holds) {
    grammar.range += (grammar.range.empty() ? "" : ", ") + text;
    conditions.push_back({std::move(text), std::move(holds)});
    return *this;
  }

  Grammar grammar;
  Read read;
  Write write;
  std::vector<Condition> conditions;

 private:
  Scalar& bounded(const char* relation, const char* keyword, T bound, std::function<bool(const T&)> holds) {
    const Node text = write(bound);
    // a schema compares numbers only; quantities with units are text to it
    if (const Node* type = grammar.schema.find("type");
        type != nullptr && (type->text == "number" || type->text == "integer"))
      grammar.schema.add(keyword, text);
    return where(relation + text.text, std::move(holds));
  }
};

Problem out_of_range(const Node& node, const std::string& range);

template <class T>
class ScalarForm : public Form {
 public:
  explicit ScalarForm(Scalar<T> scalar) : Form(scalar.grammar), scalar_(std::move(scalar)) {}
  void read(const Node& node, void* value, Reading& reading) const override {
    if (node.kind != Node::Kind::scalar)
      return reading.problem(node.at, wrong_kind(node, grammar()->name, "write one such as " + grammar()->example));
    const Parsed<T> parsed = scalar_.read(node, reading);
    if (!parsed) return reading.problem(node.at, parsed.problem);
    for (const auto& condition : scalar_.conditions)
      if (!condition.holds(*parsed)) return reading.problem(node.at, out_of_range(node, condition.text));
    *static_cast<T*>(value) = *parsed;
  }
  Node write(const void* value) const override { return scalar_.write(*static_cast<const T*>(value)); }

 private:
  Scalar<T> scalar_;
};
template <class T>
Rule<T> rule_of(const Scalar<T>& scalar) {
  return Rule<T>(std::make_shared<ScalarForm<T>>(scalar));
}

Scalar<double> number();
Scalar<std::int64_t> integer();
Scalar<std::uint64_t> seed();  ///< any 64-bit number
Scalar<bool> truth();
Scalar<std::string> text(std::size_t longest = 2000);
Scalar<std::string> name();  ///< of something in the same scenario: [a-z0-9-]{1,40}
Scalar<double> duration();   ///< seconds
Scalar<double> share();
Scalar<double> rate(double per_s = 1);  ///< events in per_s seconds
Scalar<Law> law(Quantity quantity = Quantity::duration);
Scalar<std::int64_t> date();    ///< days since 1970-01-01
Scalar<std::int64_t> moment();  ///< UTC seconds
Scalar<std::string> zone();     ///< a time zone of the table
/// A file beneath the scenario's folder (anywhere when named on the command line); the name stays as written, see
/// resolve(); `none` stands for no file and is kept as the empty name.
Scalar<std::string> file();
std::string resolve(const std::string& folder, const std::string& file);

bool is_name(const std::string& text);
Node text_schema(const std::string& pattern);  ///< schema of text that matches as a whole

/// One word of a fixed list.
template <class E>
struct Choice {
  std::string word;
  E value;
  std::string doc;
};
Parsed<std::size_t> read_choice(const Node& node, const std::vector<std::string>& words, const std::string& what);
Node choice_schema(const std::vector<std::string>& words);

template <class E>
Scalar<E> choice(std::string name, std::vector<Choice<E>> choices) {
  std::vector<std::string> words;
  for (const auto& c : choices) words.push_back(c.word);
  Scalar<E> scalar(
      name, words.front(), choice_schema(words),
      [choices, words, name](const Node& node, const Reading&) -> Parsed<E> {
        const auto index = read_choice(node, words, name);
        if (!index) return index.problem;
        return choices[*index].value;
      },
      [choices](const E& value) {
        for (const auto& c : choices)
          if (c.value == value) return Node::string(c.word);
        throw ContractError("a value without a word");
      });
  for (const auto& c : choices) scalar.grammar.words.push_back({c.word, c.doc, nullptr});
  return scalar;
}

}  // namespace demarche::scenarios
