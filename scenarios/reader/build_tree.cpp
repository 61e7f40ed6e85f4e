#include "scenarios/reader/build_tree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace demarche::scenarios {

namespace {

struct Size {
  std::size_t nodes = 0, bytes = 0, height = 0;
};

Size size_of(const Node& node) {
  Size s{1, node.text.size(), node.kind >= Node::Kind::sequence ? 1u : 0u};
  const auto take = [&s](const Node& child) {
    const Size c = size_of(child);
    s.nodes += c.nodes;
    s.bytes += c.bytes;
    s.height = std::max(s.height, c.height + 1);
  };
  for (const Node& item : node.items) take(item);
  for (const Entry& entry : node.entries) {
    take(entry.value);
    s.bytes += entry.key.size();
  }
  return s;
}

Problem too_deep() {
  return {"the values nest too deep", fmt::format("at most {} levels", Limits::depth), "flatten them"};
}

}  // namespace

TreeBuilder::TreeBuilder(const Source& source) {
  document_.sources = {source.name()};
}

void TreeBuilder::problem(Place at, Problem p) {
  if (document_.problems.size() < Limits::problems) document_.problems.push_back(document_.locate(at, std::move(p)));
}

void TreeBuilder::stop(Place at, Problem p) {
  document_.problems.push_back(document_.locate(at, std::move(p)));
  throw InputErrors(document_.problems);
}

void TreeBuilder::count(Place at, std::size_t nodes, std::size_t bytes) {
  nodes_ += nodes;
  bytes_ += bytes;
  if (nodes_ > Limits::nodes)
    stop(at, {"the scenario has too many values", fmt::format("at most {}, aliases written out", Limits::nodes),
              "keep tables in files of their own"});
  if (bytes_ > Limits::bytes)
    stop(at, {"the scenario has too much text", fmt::format("at most {} MiB, aliases written out", Limits::bytes >> 20),
              "keep tables in files of their own"});
}

bool TreeBuilder::awaits_key() const {
  return !open_.empty() && open_.back().node.kind == Node::Kind::mapping && !open_.back().key_pending;
}

void TreeBuilder::take_key(Place at, const std::string& text) {
  Level& level = open_.back();
  level.key = text;
  level.key_at = at;
  level.key_pending = true;
  level.skip = true;
  if (text == "<<") {
    problem(at, {"merge keys '<<' are not read", "what they mean differs between programs",
                 "write the keys out, or use a preset"});
    return;
  }
  const auto [found, fresh] = level.seen.emplace(text, at.line);
  if (!fresh) {
    problem(at, {fmt::format("the key '{:.80}' is given twice", text), fmt::format("first at line {}", found->second),
                 "keep one of them"});
    return;
  }
  level.skip = false;
}

void TreeBuilder::place_value(Node node) {
  if (open_.empty()) {
    document_.root = std::move(node);
    last_ = &document_.root;
    complete_ = true;
    return;
  }
  Level& level = open_.back();
  if (level.node.kind == Node::Kind::sequence) {
    level.node.items.push_back(std::move(node));
    last_ = &level.node.items.back();
  } else if (level.skip) {
    discarded_ = std::move(node);
    last_ = &discarded_;
  } else {
    level.node.entries.push_back({std::move(level.key), std::move(node), level.key_at});
    last_ = &level.node.entries.back().value;
  }
  level.key_pending = false;
}

void TreeBuilder::scalar(Place at, std::string text, bool quoted) {
  count(at, 1, text.size());
  if (text.size() > Limits::string_bytes)
    stop(at, {"the text is too long", fmt::format("one value has at most {} MiB", Limits::string_bytes >> 20),
              "shorten it"});
  // what an escape such as \0 stands for was not seen when the file's own characters were checked
  if (quoted)
    if (const char* what = unwanted_in(text))
      stop(at, {fmt::format("the text holds {}", what), "written as an escape", "delete it"});
  Node node = quoted ? Node::string(std::move(text)) : Node::word(std::move(text));
  node.at = at;
  if (awaits_key()) {
    take_key(at, node.text);
    discarded_ = std::move(node);
    last_ = &discarded_;
  } else {
    place_value(std::move(node));
  }
}

void TreeBuilder::null(Place at) {
  count(at, 1, 0);
  if (awaits_key()) stop(at, {"a key is missing before the ':'", "", "write KEY: VALUE"});
  Node node;
  node.at = at;
  place_value(std::move(node));
}

void TreeBuilder::begin(Node::Kind kind, Place at) {
  count(at, 1, 0);
  if (awaits_key())
    stop(at, {"a list or a section cannot be a key", "keys are words",
              "close its bracket, or put quotes around it if it is text"});
  if (open_.size() == Limits::depth) stop(at, too_deep());
  Level level;
  level.node.kind = kind;
  level.node.at = at;
  open_.push_back(std::move(level));
}

void TreeBuilder::end() {
  Node node = std::move(open_.back().node);
  open_.pop_back();
  place_value(std::move(node));
}

void TreeBuilder::keep(Place at, const Node& node) {
  const Size size = size_of(node);
  count(at, size.nodes, size.bytes);
}

void TreeBuilder::copy(Place at, const Node& node) {
  const Size size = size_of(node);
  count(at, size.nodes, size.bytes);
  if (open_.size() + size.height > Limits::depth) stop(at, too_deep());
  if (awaits_key()) {
    if (node.kind != Node::Kind::scalar) stop(at, {"a list or a section cannot be a key", "keys are words", ""});
    take_key(at, node.text);
    return;
  }
  place_value(node);
}

}  // namespace demarche::scenarios
