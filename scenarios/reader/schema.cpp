#include <fmt/format.h>

#include <map>

#include "scenarios/reader/grammar.hpp"
#include "scenarios/reader/scalar.hpp"

namespace demarche::scenarios {

namespace {

class Writer {
 public:
  Node of(const Grammar& g) {
    Node node = required(g);
    if (!g.optional || g.shape == Grammar::Shape::scalar) return node;
    return Node::mapping({{"anyOf", Node::sequence({std::move(node), choice_schema({"none"})})}});
  }
  Node definitions() const {
    Node all = Node::mapping();
    for (const auto& [name, node] : definitions_) all.add(name, node);
    return all;
  }

 private:
  Node required(const Grammar& g) {
    switch (g.shape) {
      case Grammar::Shape::scalar:
        return g.schema;
      case Grammar::Shape::section:
        return reference(g, g.name, "", nullptr);
      case Grammar::Shape::list: {
        Node node = Node::mapping({{"type", Node::string("array")}, {"items", of(*g.element)}});
        if (g.least > 0) node.add("minItems", Node::word(std::to_string(g.least)));
        return node;
      }
      case Grammar::Shape::names:
        return names(g);
      case Grammar::Shape::tagged: {
        // each alternative is complete in itself: exactly one can hold, since the words differ
        Node any = Node::sequence();
        for (const auto& word : g.words)
          any.items.push_back(reference(*word.section, g.name + "-" + word.name, g.tag, &word));
        return Node::mapping({{"oneOf", std::move(any)}});
      }
    }
    return Node::mapping();
  }

  Node names(const Grammar& g) {
    Node node = Node::mapping({{"type", Node::string("object")},
                               {"propertyNames", text_schema("[a-z0-9-]{1,40}")},
                               {"additionalProperties", of(*g.element)}});
    if (g.least > 0) node.add("minProperties", Node::word(std::to_string(g.least)));
    if (!g.preset_list) return node;
    Node list = Node::mapping(
        {{"type", Node::string("array")}, {"items", presets(*g.element)}, {"uniqueItems", Node::word("true")}});
    if (g.least > 0) list.add("minItems", Node::word(std::to_string(g.least)));
    return Node::mapping({{"anyOf", Node::sequence({std::move(node), std::move(list)})}});
  }

  static Node presets(const Grammar& g) {
    std::vector<std::string> words;
    for (const auto& w : g.words) words.push_back(w.name);
    return choice_schema(words);
  }

  // Sections are described once, under "$defs".
  Node reference(const Grammar& g, const std::string& wanted, const std::string& tag, const Grammar::Word* word) {
    std::string name;
    for (const char c : wanted) name += c == ' ' ? '-' : c;
    // an alternative chosen by a word is another schema than the same section elsewhere
    auto [known, fresh] = numbers_.emplace(std::pair(&g, word == nullptr ? std::string{} : name), name);
    if (fresh) {
      for (int n = 2; definitions_.count(known->second) > 0; ++n) known->second = fmt::format("{}-{}", name, n);
      const std::string own = known->second;
      definitions_[own] = Node::mapping();  // takes the name while the keys are written
      definitions_[own] = section(g, tag, word);
    }
    const std::string& own = numbers_.at(std::pair(&g, word == nullptr ? std::string{} : name));
    return Node::mapping({{"$ref", Node::string("#/$defs/" + own)}});
  }

  Node section(const Grammar& g, const std::string& tag, const Grammar::Word* word) {
    Node keys = Node::mapping(), needed = Node::sequence();
    if (word != nullptr) {
      keys.add(tag, Node::mapping({{"const", Node::string(word->name)}, {"description", Node::string(word->doc)}}));
      needed.items.push_back(Node::string(tag));
    } else if (!g.words.empty()) {
      Node preset = presets(g);
      preset.add("description", Node::string("values to begin with; the other keys override them"));
      keys.add("preset", std::move(preset));
    }
    for (const auto& key : g.keys) {
      if (key.required) needed.items.push_back(Node::string(key.name));
      Node value = of(*key.value);
      std::string text = key.doc;
      if (!key.value->range.empty()) text += "; " + key.value->range;
      if (!key.default_text.empty()) text += "; default " + key.default_text;
      if (!key.source.empty()) text += " [" + key.source + "]";
      value.add("description", Node::string(std::move(text)));
      keys.add(key.name, std::move(value));
    }
    Node node = Node::mapping({{"type", Node::string("object")},
                               {"properties", std::move(keys)},
                               {"additionalProperties", Node::word("false")}});
    if (!g.doc.empty()) node.add("description", Node::string(g.doc));
    if (!needed.items.empty()) node.add("required", std::move(needed));
    return node;
  }

  std::map<std::string, Node> definitions_;
  std::map<std::pair<const Grammar*, std::string>, std::string> numbers_;
};

}  // namespace

Node schema(const Grammar& grammar, const std::string& title) {
  Writer writer;
  Node root = Node::mapping(
      {{"$schema", Node::string("https://json-schema.org/draft/2020-12/schema")}, {"title", Node::string(title)}});
  for (Entry& e : writer.of(grammar).entries) root.add(e.key, std::move(e.value));
  if (Node all = writer.definitions(); !all.entries.empty()) root.add("$defs", std::move(all));
  return root;
}

}  // namespace demarche::scenarios
