#include <fmt/format.h>

#include "scenarios/reader/numbers.hpp"
#include "scenarios/reader/tree.hpp"

namespace demarche::scenarios {

namespace {

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else
      out += c;
  }
  return out + '"';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Text that YAML reads as the same text without quotes, judged with a wide margin.
bool plain_is_safe(const std::string& text) {
  if (text.empty() || !(is_letter(text.front()) || is_digit(text.front())) || text.back() == ' ' ||
      !is_text(Node::word(text)))
    return false;
  for (const char c : text)
    if (!is_letter(c) && !is_digit(c) && std::string_view(" -_./%(),+").find(c) == std::string_view::npos) return false;
  return true;
}

std::string scalar_text(const Node& node) {
  const bool bare = node.quoted ? plain_is_safe(node.text) : !is_text(node) || plain_is_safe(node.text);
  return bare ? node.text : quote(node.text);
}

void write_yaml(const Node& node, std::size_t indent, bool in_list, std::string& out) {
  const std::string margin(indent, ' ');
  bool first = in_list;  // what follows "- " stands on the same line
  for (const Entry& e : node.entries) {
    if (!std::exchange(first, false)) out += margin;
    out += (plain_is_safe(e.key) ? e.key : quote(e.key)) + ":";
    const bool nested = !e.value.entries.empty() || !e.value.items.empty();
    out += nested ? "\n" : " ";
    write_yaml(e.value, indent + 2, false, out);
  }
  for (const Node& item : node.items) {
    if (!std::exchange(first, false)) out += margin;
    out += "- ";
    write_yaml(item, indent + 2, true, out);
  }
  if (!node.entries.empty() || !node.items.empty()) return;
  switch (node.kind) {
    case Node::Kind::null:
      out += "~\n";
      break;
    case Node::Kind::scalar:
      out += scalar_text(node) + "\n";
      break;
    case Node::Kind::sequence:
      out += "[]\n";
      break;
    case Node::Kind::mapping:
      out += "{}\n";
      break;
  }
}

void write_json(const Node& node, int indent, int depth, std::string& out) {
  const auto line = [&](int d) {
    if (indent > 0) (out += '\n').append(static_cast<std::size_t>(indent * d), ' ');
  };
  const auto between = [&](bool& first) {
    if (!std::exchange(first, false)) out += ',';
    line(depth + 1);
  };
  bool first = true;
  switch (node.kind) {
    case Node::Kind::null:
      out += "null";
      break;
    case Node::Kind::scalar:
      out += is_text(node) ? quote(node.text) : node.text;
      break;
    case Node::Kind::sequence:
      out += '[';
      for (const Node& item : node.items) {
        between(first);
        write_json(item, indent, depth + 1, out);
      }
      if (!first) line(depth);
      out += ']';
      break;
    case Node::Kind::mapping:
      out += '{';
      for (const Entry& e : node.entries) {
        between(first);
        out += quote(e.key) + (indent > 0 ? ": " : ":");
        write_json(e.value, indent, depth + 1, out);
      }
      if (!first) line(depth);
      out += '}';
      break;
  }
}

}  // namespace

std::string yaml_text(const Node& node) {
  std::string out;
  write_yaml(node, 0, false, out);
  return out;
}

std::string json_text(const Node& node, int indent) {
  std::string out;
  write_json(node, indent, 0, out);
  return out;
}

}  // namespace demarche::scenarios
