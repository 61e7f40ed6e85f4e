#include "scenarios/reader/tree.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "scenarios/reader/source.hpp"

namespace demarche::scenarios {

Node Node::word(std::string text) {
  Node n;
  n.kind = Kind::scalar;
  n.text = std::move(text);
  return n;
}

Node Node::string(std::string text) {
  Node n = word(std::move(text));
  n.quoted = true;
  return n;
}

Node Node::sequence(std::vector<Node> items) {
  Node n;
  n.kind = Kind::sequence;
  n.items = std::move(items);
  return n;
}

Node Node::mapping() {
  return mapping(std::vector<Entry>{});
}

Node Node::mapping(std::vector<Entry> entries) {
  Node n;
  n.kind = Kind::mapping;
  n.entries = std::move(entries);
  return n;
}

const Node* Node::find(std::string_view key) const {
  for (const Entry& e : entries)
    if (e.key == key) return &e.value;
  return nullptr;
}

Node& Node::add(std::string key, Node value) {
  entries.push_back({std::move(key), std::move(value), {}});
  return entries.back().value;
}

bool Node::same(const Node& other) const {
  if (kind != other.kind || text != other.text || items.size() != other.items.size() ||
      entries.size() != other.entries.size())
    return false;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (!items[i].same(other.items[i])) return false;
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (entries[i].key != other.entries[i].key || !entries[i].value.same(other.entries[i].value)) return false;
  return true;
}

Located Document::locate(Place at, Problem problem) const {
  return {at.source < sources.size() ? sources[at.source] : std::string{}, at.line, at.column, std::move(problem)};
}

namespace {

bool ends_with(const std::string& s, std::string_view tail) {
  return s.size() >= tail.size() && s.compare(s.size() - tail.size(), tail.size(), tail) == 0;
}

bool looks_like_json(std::string_view text) {
  const auto skip = [&](std::size_t i) {
    const std::size_t found = text.find_first_not_of(" \t\r\n", i);
    return found == std::string_view::npos ? text.size() : found;
  };
  const std::size_t brace = skip(0);
  if (brace >= text.size() || text[brace] != '{') return false;
  const std::size_t next = skip(brace + 1);
  return next < text.size() && text[next] == '"';
}

[[noreturn]] void refuse_file(const std::string& path, Problem problem) {
  throw InputErrors({Located{path, 0, 0, std::move(problem)}});
}

}  // namespace

Document parse(std::string_view text, const std::string& name) {
  if (ends_with(name, ".json")) return parse_json(text, name);
  const bool yaml = ends_with(name, ".yaml") || ends_with(name, ".yml");
  return !yaml && looks_like_json(text) ? parse_json(text, name) : parse_yaml(text, name);
}

Document load(const std::string& path) {
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status))
    refuse_file(path, {"there is no such file", "", "check the name and the folder"});
  if (std::filesystem::is_directory(status))
    refuse_file(path, {"this is a folder", "", "name the scenario file inside it"});
  std::ifstream in(path, std::ios::binary);
  if (!in) refuse_file(path, {"the file cannot be opened", std::strerror(errno), ""});
  // One byte more than allowed is enough to know; a device or pipe without end is cut off the same way.
  std::string text(Limits::bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad()) refuse_file(path, {"the file cannot be read", std::strerror(errno), ""});
  return parse(text, path);
}

}  // namespace demarche::scenarios
