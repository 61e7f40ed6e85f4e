#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/reader/tree.hpp"

namespace demarche::scenarios {

struct Grammar;
using GrammarPtr = std::shared_ptr<const Grammar>;

/// What may stand at one place of a scenario, without the C++ types behind it. From this one description come the JSON
/// Schema, the reference page and the listings; the forms that carry it do the reading and writing.
struct Grammar {
  enum class Shape : std::uint8_t { scalar, section, list, names, tagged };
  struct Key {
    std::string name, doc, source, default_text;
    bool required = false;
    GrammarPtr value;
  };
  struct Word {  // an allowed word, a preset, or an alternative of a tagged section
    std::string name, doc;
    GrammarPtr section;  // alternatives only
  };

  Shape shape = Shape::scalar;
  std::string name;          ///< "duration", "list of stage", "regime"
  std::string example;       ///< scalars
  std::string range;         ///< "at least 1 min, at most 3650 d"
  Node schema;               ///< scalars: their JSON Schema
  std::string doc;           ///< sections
  std::vector<Key> keys;     ///< sections
  std::vector<Word> words;   ///< scalars of fixed words; sections: presets; tagged: alternatives
  std::string tag;           ///< tagged: the key that chooses
  GrammarPtr element;        ///< lists and names
  std::size_t least = 0;     ///< lists and names: how many at least
  bool optional = false;     ///< the word `none` may stand for it
  bool preset_list = false;  ///< names: a list of words stands for sections with the presets of these names
};

/// JSON Schema, draft 2020-12, of files that follow the grammar. It accepts and refuses the same files as the reader up
/// to what a schema cannot say: ranges of quantities with units, conditions between keys, files that exist.
Node schema(const Grammar& grammar, const std::string& title);

/// The reference page (Markdown): a table for each section, each described once.
std::string reference(const Grammar& grammar, const std::string& title);

/// One line for each key, for listings: path with `*` for chosen names and `[]` for lists.
struct Row {
  std::string path, kind, range, default_text, doc, source;
  bool required = false;
};
std::vector<Row> rows(const Grammar& grammar);

}  // namespace demarche::scenarios
