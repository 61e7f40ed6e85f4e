#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/reader/rule.hpp"

namespace demarche::scenarios {

/// What Table collects about a struct: members by their offset, since the code that reads sections is compiled once for
/// all.
struct SectionParts {
  struct Field {
    std::string key;
    std::ptrdiff_t member;
    FormPtr form;
    std::string doc, source;
    bool required = false;
    std::optional<std::ptrdiff_t> given;  // a bool member
  };
  struct Preset {
    std::string name, doc;
    std::shared_ptr<const void> value;
  };
  std::string name, doc;
  std::shared_ptr<const void> defaults{};
  std::vector<Field> fields{};
  std::vector<Preset> presets{};
  std::optional<std::ptrdiff_t> preset_member{};  // a std::string member
  std::function<void(void*, const void*)> assign{};
  std::vector<std::function<void(const void*, Check&)>> checks{};
};

class SectionForm : public Form {
 public:
  explicit SectionForm(SectionParts parts);
  void read(const Node& node, void* value, Reading& reading) const override { read_keys(node, value, reading, {}); }
  Node write(const void* value) const override;
  /// `tag` is a key that somebody else has read.
  void read_keys(const Node& node, void* value, Reading& reading, const std::string& tag) const;

 private:
  bool read_preset(const Node& node, void* value, Reading& reading) const;
  void report_unknown(const Entry& entry, Reading& reading, const std::string& tag) const;
  SectionParts parts_;
};

struct TaggedParts {
  struct Alternative {
    std::string word, doc;
    std::shared_ptr<const SectionForm> section;
    std::function<void*(void*)> hold;              // makes the variant hold this alternative
    std::function<const void*(const void*)> held;  // null where it holds another
  };
  std::string name, tag;
  std::vector<Alternative> alternatives{};
};

class TaggedForm : public Form {
 public:
  explicit TaggedForm(TaggedParts parts);
  void read(const Node& node, void* value, Reading& reading) const override;
  Node write(const void* value) const override;

 private:
  TaggedParts parts_;
};

Grammar list_grammar(const Form& element, std::size_t least);
Grammar names_grammar(const Form& element, std::size_t least, bool preset_list);
bool check_list(const Node& node, const Grammar& grammar, Reading& reading);
bool check_names(const Node& node, const Grammar& grammar, Reading& reading);
/// `node`, or in `expanded` what a list of presets stands for.
const Node& preset_list(const Node& node, const Grammar& grammar, Node& expanded);

}  // namespace demarche::scenarios
