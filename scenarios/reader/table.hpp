#pragma once
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "scenarios/reader/scalar.hpp"
#include "scenarios/reader/section.hpp"

namespace demarche::scenarios {

template <class T>
struct Preset {
  std::string name;
  T value;
  std::string doc;
};

/// How a struct is written: its keys, each with what it takes, what it means and where its default comes from.
/// Validation, filling, canonical text, JSON Schema, reference page and listings all come from this one table. The
/// default of a key is what a T that was just made holds.
///
///   Table<Desk> desk("desk", "who examines a draft");
///   desk.field("clerks", &Desk::clerks, integer().at_least(1), "people at the desk").source("assumed")
///       .field("service", &Desk::service, law(), "working time for one draft").source("FACTS.md section 1").required()
///       .check([](const Desk& d, Check& c) { if (...) c.problem("service", {"...", "...", "..."}); });
template <class T>
class Table {
 public:
  explicit Table(std::string name, std::string doc = {}, T defaults = T{})
      : defaults_(std::make_shared<T>(std::move(defaults))), parts_{std::move(name), std::move(doc)} {
    parts_.defaults = defaults_;
  }

  /// `rule` is anything rule_of() takes: a scalar, another table, list(), names(), tagged().
  template <class Base, class Member, class R>
  Table& field(std::string key, Member Base::*member, const R& rule, std::string doc) {
    parts_.fields.push_back(
        {std::move(key), offset(member), fitted<Member>(rule_of(rule)), std::move(doc), {}, false, {}});
    return *this;
  }
  // what follows speaks of the field just added
  Table& required() {
    parts_.fields.back().required = true;
    return *this;
  }
  Table& source(std::string text) {
    parts_.fields.back().source = std::move(text);
    return *this;
  }
  /// `member` tells whether the key was written; where it is false the key is not written back.
  Table& given(bool T::*member) {
    parts_.fields.back().given = offset(member);
    return *this;
  }

  /// `preset: NAME` sets every key of the section, before the others are read. Such a table has no required keys.
  Table& presets(std::vector<Preset<T>> presets) {
    for (auto& p : presets)
      parts_.presets.push_back({std::move(p.name), std::move(p.doc), std::make_shared<T>(std::move(p.value))});
    parts_.assign = [](void* to, const void* from) { *static_cast<T*>(to) = *static_cast<const T*>(from); };
    return *this;
  }
  /// The same, and the member keeps the name.
  Table& presets(std::vector<Preset<T>> list, std::string T::*member) {
    parts_.preset_member = offset(member);
    return presets(std::move(list));
  }

  /// A condition between keys; runs when the section itself was read without a problem.
  Table& check(std::function<void(const T&, Check&)> condition) {
    parts_.checks.push_back([condition = std::move(condition)](const void* value, Check& c) {
      condition(*static_cast<const T*>(value), c);
    });
    return *this;
  }

  std::shared_ptr<const SectionForm> form() const { return std::make_shared<SectionForm>(parts_); }

 private:
  template <class Base, class Member>
  std::ptrdiff_t offset(Member Base::*member) const {
    return reinterpret_cast<const char*>(&(defaults_.get()->*member)) - reinterpret_cast<const char*>(defaults_.get());
  }

  std::shared_ptr<T> defaults_;
  SectionParts parts_;
};
template <class T>
Rule<T> rule_of(const Table<T>& table) {
  return Rule<T>(table.form());
}

/// A list, replaced as a whole by what is written.
template <class T>
class ListForm : public Form {
 public:
  ListForm(FormPtr element, std::size_t least) : Form(list_grammar(*element, least)), element_(std::move(element)) {}
  void read(const Node& node, void* value, Reading& reading) const override {
    if (!check_list(node, *grammar(), reading)) return;
    auto& list = *static_cast<std::vector<T>*>(value);
    list.clear();
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Reading::Step step(reading, "[" + std::to_string(i) + "]", node.items[i].at);
      T item{};
      element_->read(node.items[i], &item, reading);
      list.push_back(std::move(item));
    }
  }
  Node write(const void* value) const override {
    Node node = Node::sequence();
    for (const T& item : *static_cast<const std::vector<T>*>(value)) node.items.push_back(element_->write(&item));
    return node;
  }

 private:
  FormPtr element_;
};
template <class R>
auto list(const R& element, std::size_t least = 0) {
  const auto rule = rule_of(element);
  return [&]<class T>(const Rule<T>& r) {
    return Rule<std::vector<T>>(std::make_shared<ListForm<T>>(r.form(), least));
  }(rule);
}
/// A list whose elements the rule reads as another arithmetic type.
template <class T, class R>
Rule<std::vector<T>> list_of(const R& element, std::size_t least = 0) {
  return Rule<std::vector<T>>(std::make_shared<ListForm<T>>(fitted<T>(rule_of(element)), least));
}

/// Values by names that the author chooses ([a-z0-9-]{1,40}), replaced as a whole by what is written.
template <class Container>
class NamesForm : public Form {
  using T = typename Container::value_type::second_type;

 public:
  NamesForm(FormPtr element, std::size_t least, bool preset_list)
      : Form(names_grammar(*element, least, preset_list)), element_(std::move(element)) {}
  void read(const Node& written, void* value, Reading& reading) const override {
    Node expanded;
    const Node& node = preset_list(written, *grammar(), expanded);
    if (!check_names(node, *grammar(), reading)) return;
    auto& all = *static_cast<Container*>(value);
    all.clear();
    for (const Entry& entry : node.entries) {
      const Reading::Step step(reading, entry.key, entry.value.at);
      T item{};
      element_->read(entry.value, &item, reading);
      all.insert(all.end(), {entry.key, std::move(item)});
    }
  }
  Node write(const void* value) const override {
    Node node = Node::mapping();
    for (const auto& [name, item] : *static_cast<const Container*>(value)) node.add(name, element_->write(&item));
    return node;
  }

 private:
  FormPtr element_;
};
/// In the author's order.
template <class R>
auto names(const R& element, std::size_t least = 0, bool preset_list = false) {
  const auto rule = rule_of(element);
  return [&]<class T>(const Rule<T>& r) {
    using Container = std::vector<std::pair<std::string, T>>;
    return Rule<Container>(std::make_shared<NamesForm<Container>>(r.form(), least, preset_list));
  }(rule);
}
/// `[a, b]` may stand for `{a: {preset: a}, b: {preset: b}}`.
template <class R>
auto names_or_presets(const R& element, std::size_t least = 0) {
  return names(element, least, true);
}
/// In the order of the names.
template <class R>
auto sorted_names(const R& element, std::size_t least = 0) {
  const auto rule = rule_of(element);
  return [&]<class T>(const Rule<T>& r) {
    return Rule<std::map<std::string, T>>(
        std::make_shared<NamesForm<std::map<std::string, T>>>(r.form(), least, false));
  }(rule);
}

/// A std::variant whose alternative is chosen by a key: {kind: heavy-tailed, exponent: 2.3}.
template <class Variant>
class Tagged {
 public:
  explicit Tagged(std::string name, std::string tag = "kind") {
    parts_.name = std::move(name), parts_.tag = std::move(tag);
  }

  template <class A>
  Tagged& alternative(std::string word, const Table<A>& table, std::string doc) {
    parts_.alternatives.push_back(
        {std::move(word), std::move(doc), table.form(),
         [](void* value) -> void* {
           auto& variant = *static_cast<Variant*>(value);
           if (!std::holds_alternative<A>(variant)) variant = A{};
           return &std::get<A>(variant);
         },
         [](const void* value) -> const void* { return std::get_if<A>(static_cast<const Variant*>(value)); }});
    return *this;
  }
  FormPtr form() const { return std::make_shared<TaggedForm>(parts_); }

 private:
  TaggedParts parts_;
};
template <class V>
Rule<V> rule_of(const Tagged<V>& tagged) {
  return Rule<V>(tagged.form());
}

}  // namespace demarche::scenarios
