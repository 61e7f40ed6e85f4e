#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/located.hpp"

namespace demarche::scenarios {

/// Where something stands: line and column count from 1, columns in bytes. `source` indexes Document::sources.
struct Place {
  std::uint16_t source = 0;
  std::uint32_t line = 0, column = 0;
  friend bool operator==(const Place&, const Place&) = default;
  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Entry;

/// One value of a scenario with its place; aliases are already expanded, keys are unique, text is valid UTF-8 without
/// control characters other than tab and newline.
struct Node {
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };
  Kind kind = Kind::null;
  bool quoted = false;  ///< scalars: written in quotes or as a block, hence text and never a number or truth value
  Place at;
  std::string text;            ///< scalars
  std::vector<Node> items;     ///< sequences
  std::vector<Entry> entries;  ///< mappings, in the author's order

  // written out below, where Entry is complete
  Node();
  ~Node();
  Node(const Node&);
  Node(Node&&) noexcept;
  Node& operator=(const Node&);
  Node& operator=(Node&&) noexcept;

  static Node word(std::string text);    ///< a number, true, false
  static Node string(std::string text);  ///< text
  static Node sequence(std::vector<Node> items = {});
  static Node mapping();
  static Node mapping(std::vector<Entry> entries);

  const Node* find(std::string_view key) const;  ///< of a mapping; null when absent
  Node& add(std::string key, Node value);        ///< appends to a mapping; returns the value
  /// Same shape and same text; places do not count.
  bool same(const Node& other) const;
};

struct Entry {
  std::string key;
  Node value;
  Place at{};  ///< of the key
};

inline Node::Node() = default;
inline Node::~Node() = default;
inline Node::Node(const Node&) = default;
inline Node::Node(Node&&) noexcept = default;
inline Node& Node::operator=(const Node&) = default;
inline Node& Node::operator=(Node&&) noexcept = default;

/// What P7 of the reliability page promises: one located error in bounded time and memory.
struct Limits {
  static constexpr std::size_t bytes = 8u << 20;         ///< of a file, and of all text after alias expansion
  static constexpr std::size_t depth = 64;               ///< nested sequences and mappings
  static constexpr std::size_t nodes = 100'000;          ///< values, counted after alias expansion
  static constexpr std::size_t string_bytes = 1u << 20;  ///< one scalar
  static constexpr std::size_t line_bytes = 1u << 16;    ///< YAML only: its parser holds a line's tokens at once
  static constexpr std::size_t open_brackets = 1000;     ///< YAML only: refused before its parser sees them
  static constexpr std::size_t problems = 100;           ///< diagnostics of one input; more are counted
};

struct Document {
  std::vector<std::string> sources;  ///< names for messages; 0 is the file
  Node root;
  std::vector<Located>
      problems;  ///< what the text itself got wrong but did not stop the reading: duplicate keys, tags...

  Located locate(Place at, Problem problem) const;
};

/// The tree of a YAML or JSON text. JSON where the name ends in .json, or in neither .yaml nor .yml while the text
/// begins with `{"`. Throws InputErrors where nothing sensible can be read.
Document parse(std::string_view text, const std::string& name);
/// The same for a file, whose size is looked at before it is read. Throws InputErrors, also where it cannot be opened.
Document load(const std::string& path);

Document parse_yaml(std::string_view text, const std::string& name);
Document parse_json(std::string_view text, const std::string& name);

/// Block YAML that parse_yaml reads back as the same tree.
std::string yaml_text(const Node& node);
/// JSON; compact where `indent` is 0. Plain scalars that are not numbers, true, false or null become strings.
std::string json_text(const Node& node, int indent = 0);

}  // namespace demarche::scenarios
