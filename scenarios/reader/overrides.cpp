#include "scenarios/reader/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace demarche::scenarios {

namespace {

void relocate(Node& node, std::uint16_t source, std::uint32_t line, std::uint32_t shift) {
  node.at = {source, line, node.at.column + shift};
  for (Node& item : node.items) relocate(item, source, line, shift);
  for (Entry& e : node.entries) {
    e.at = {source, line, e.at.column + shift};
    relocate(e.value, source, line, shift);
  }
}

// The node beneath `key`, made where a section has none; null with a problem where there can be none.
Node* step(Document& document, Node& node, const std::string& key, Place at) {
  if (node.kind == Node::Kind::null) {
    node.kind = Node::Kind::mapping;
    node.at = at;
  }
  if (node.kind == Node::Kind::mapping) {
    for (Entry& e : node.entries)
      if (e.key == key) return &e.value;
    Node& made = node.add(key, Node{});
    made.at = node.entries.back().at = at;
    return &made;
  }
  if (node.kind == Node::Kind::sequence) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
    if (error == std::errc{} && end == key.data() + key.size() && index < node.items.size()) return &node.items[index];
    document.problems.push_back(document.locate(
        at, {fmt::format("'{:.60}' is not an item of the list", key),
             fmt::format("items are numbered from 0 to {}", node.items.size() - (node.items.empty() ? 0 : 1)), ""}));
    return nullptr;
  }
  document.problems.push_back(
      document.locate(at, {fmt::format("'{:.60}' has nothing to stand in", key),
                           fmt::format("'{:.60}' is a value and not a section", node.text), ""}));
  return nullptr;
}

void apply(Document& document, const std::string& text, std::uint16_t source, std::uint32_t number) {
  const std::string& label = document.sources[source];
  const auto column = [](std::size_t offset) { return static_cast<std::uint32_t>(offset + 1); };
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    document.problems.push_back(
        document.locate({source, number, 1}, {fmt::format("'{:.60}' is not of the form KEY.PATH=VALUE", text), "",
                                              "write one such as --set time.horizon=\"14 d\""}));
    return;
  }
  Node value;
  try {
    Document parsed = parse_yaml(std::string_view(text).substr(equals + 1), label);
    value = std::move(parsed.root);
    for (Located& p : parsed.problems) document.problems.push_back({label, number, p.column + equals + 1, p.problem});
  } catch (const InputErrors& e) {
    for (const Located& p : e.all())
      document.problems.push_back({label, number, std::max<std::size_t>(p.column, 1) + equals + 1, p.problem});
    return;
  }
  relocate(value, source, number, static_cast<std::uint32_t>(equals + 1));
  Node* node = &document.root;
  for (std::size_t begin = 0; begin <= equals;) {
    const std::size_t dot = std::min(text.find('.', begin), equals);
    node = step(document, *node, text.substr(begin, dot - begin), {source, number, column(begin)});
    if (node == nullptr) return;
    begin = dot + 1;
  }
  *node = std::move(value);
}

}  // namespace

void apply_overrides(Document& document, const std::vector<std::string>& overrides, const std::string& label) {
  if (overrides.empty()) return;
  document.sources.push_back(label);
  const auto source = static_cast<std::uint16_t>(document.sources.size() - 1);
  for (std::size_t i = 0; i < overrides.size(); ++i)
    apply(document, overrides[i], source, static_cast<std::uint32_t>(i + 1));
}

}  // namespace demarche::scenarios
