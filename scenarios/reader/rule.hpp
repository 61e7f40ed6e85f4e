#pragma once
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <type_traits>

#include "scenarios/reader/grammar.hpp"
#include "scenarios/reader/reading.hpp"

namespace demarche::scenarios {

/// Reads and writes values of one C++ type, whose address it is given untyped so that the tables themselves are
/// compiled once.
class Form {
 public:
  explicit Form(Grammar grammar) : grammar_(std::make_shared<const Grammar>(std::move(grammar))) {}
  virtual ~Form() = default;
  /// `value` holds the default or the preset on entry and is changed where the node says otherwise.
  virtual void read(const Node& node, void* value, Reading& reading) const = 0;
  virtual Node write(const void* value) const = 0;
  const GrammarPtr& grammar() const { return grammar_; }

 protected:
  Grammar copy_grammar() const { return *grammar_; }

 private:
  GrammarPtr grammar_;
};
using FormPtr = std::shared_ptr<const Form>;

/// The typed handle of a form: how a T is written in a scenario.
template <class T>
class Rule {
 public:
  explicit Rule(FormPtr form) : form_(std::move(form)) {}
  void read(const Node& node, T& value, Reading& reading) const { form_->read(node, &value, reading); }
  Node write(const T& value) const { return form_->write(&value); }
  const GrammarPtr& grammar() const { return form_->grammar(); }
  const FormPtr& form() const { return form_; }

 private:
  FormPtr form_;
};
template <class T>
Rule<T> rule_of(const Rule<T>& rule) {
  return rule;
}

/// The document as a T, all of it in order; otherwise every problem at once as InputErrors.
template <class T>
T read(const Rule<T>& rule, const Document& document, const ReadOptions& options = {}, Places* places = nullptr,
       T value = T{}) {
  Reading reading(options);
  rule.read(document.root, value, reading);
  reading.finish(document);
  if (places != nullptr) *places = reading.places();
  return value;
}

Problem wrong_kind(const Node& node, const std::string& wanted, const std::string& suggestion);
Grammar optional_grammar(const Grammar& inner);
Problem does_not_fit(const Node& node, const std::string& why);

/// A member that holds less than what the rule reads (uint32_t for integers, int64_t for seconds).
template <class Member, class Value>
class ConvertForm : public Form {
 public:
  explicit ConvertForm(FormPtr inner) : Form(*inner->grammar()), inner_(std::move(inner)) {}
  void read(const Node& node, void* value, Reading& reading) const override {
    Member& member = *static_cast<Member*>(value);
    auto wide = static_cast<Value>(member);
    const std::size_t before = reading.problems();
    inner_->read(node, &wide, reading);
    if (reading.problems() != before) return;
    if constexpr (std::is_integral_v<Member> && std::is_floating_point_v<Value>) {
      if (wide != std::floor(wide))
        return reading.problem(node.at, does_not_fit(node, "it is not whole in the unit it is kept in"));
      if (std::fabs(wide) > 9e15) return reading.problem(node.at, does_not_fit(node, "it is too large"));
    }
    if constexpr (std::is_integral_v<Member>)
      if (static_cast<Value>(static_cast<Member>(wide)) != wide || (std::is_unsigned_v<Member> && wide < Value{}))
        return reading.problem(node.at, does_not_fit(node, "it is too large or negative"));
    member = static_cast<Member>(wide);
  }
  Node write(const void* value) const override {
    const auto wide = static_cast<Value>(*static_cast<const Member*>(value));
    return inner_->write(&wide);
  }

 private:
  FormPtr inner_;
};

/// A value that may be left out; the word `none` undoes what a preset says.
template <class T>
class OptionalForm : public Form {
 public:
  explicit OptionalForm(FormPtr inner) : Form(optional_grammar(*inner->grammar())), inner_(std::move(inner)) {}
  void read(const Node& node, void* value, Reading& reading) const override {
    auto& optional = *static_cast<std::optional<T>*>(value);
    if (node.kind == Node::Kind::scalar && node.text == "none") return optional.reset();
    if (!optional) optional.emplace();
    inner_->read(node, &*optional, reading);
  }
  Node write(const void* value) const override {
    const auto& optional = *static_cast<const std::optional<T>*>(value);
    return optional ? inner_->write(&*optional) : Node::string("none");
  }

 private:
  FormPtr inner_;
};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// The rule as one of the member's own type.
template <class Member, class Value>
FormPtr fitted(const Rule<Value>& rule) {
  if constexpr (std::is_same_v<Member, Value>)
    return rule.form();
  else if constexpr (IsOptional<Member>::value)
    return std::make_shared<OptionalForm<typename Member::value_type>>(fitted<typename Member::value_type>(rule));
  else {
    static_assert(std::is_arithmetic_v<Member> && std::is_arithmetic_v<Value>,
                  "the rule reads another type than the member has");
    return std::make_shared<ConvertForm<Member, Value>>(rule.form());
  }
}

}  // namespace demarche::scenarios
