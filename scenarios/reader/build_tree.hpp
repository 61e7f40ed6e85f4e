#pragma once
#include <map>
#include <vector>

#include "scenarios/reader/source.hpp"

namespace demarche::scenarios {

/// Receives the events of a parser and makes the tree of them, under the limits. Problems that leave the rest readable
/// (a key given twice) are collected in the document, the others throw InputErrors together with what was collected
/// before.
class TreeBuilder {
 public:
  explicit TreeBuilder(const Source& source);

  void scalar(Place at, std::string text, bool quoted);
  void null(Place at);
  void begin(Node::Kind kind, Place at);
  void end();
  /// A copy of a finished node: the expansion of an alias, counted like anything written out.
  void copy(Place at, const Node& node);

  /// A finished node is kept for aliases: it counts once more.
  void keep(Place at, const Node& node);

  void problem(Place at, Problem p);
  [[noreturn]] void stop(Place at, Problem p);

  bool complete() const { return complete_; }
  std::size_t depth() const { return open_.size(); }
  /// The last node that was finished, wherever it stands now; valid until the next event.
  const Node& last() const { return *last_; }
  Document finish() { return std::move(document_); }

 private:
  struct Level {
    Node node;
    bool key_pending = false;  // mappings: the key has been read, its value comes next
    bool skip = false;         // ... and the value is thrown away, since the key is not usable
    std::string key;
    Place key_at;
    std::map<std::string, std::uint32_t> seen;  // keys with the line of each
  };
  void count(Place at, std::size_t nodes, std::size_t bytes);
  bool awaits_key() const;
  void take_key(Place at, const std::string& text);
  void place_value(Node node);

  Document document_;
  std::vector<Level> open_;
  const Node* last_ = nullptr;
  Node discarded_;
  std::size_t nodes_ = 0, bytes_ = 0;
  bool complete_ = false;
};

}  // namespace demarche::scenarios
