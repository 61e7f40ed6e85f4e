#include "scenarios/reader/section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scenarios/reader/scalar.hpp"
#include "sim/base/text.hpp"

namespace demarche::scenarios {

namespace {

void* at(void* object, std::ptrdiff_t member) {
  return static_cast<char*>(object) + member;
}
const void* at(const void* object, std::ptrdiff_t member) {
  return static_cast<const char*>(object) + member;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// A default as the reference shows it: one line, nothing for what is better read in its own table.
std::string default_text(const Node& node) {
  if (node.kind == Node::Kind::scalar) return node.text.empty() ? "\"\"" : node.text;
  if (node.kind == Node::Kind::sequence) return node.items.empty() ? "empty" : json_text(node);
  return node.entries.empty() ? "empty" : "";
}

Grammar section_grammar(const SectionParts& parts) {
  Grammar g;
  g.shape = Grammar::Shape::section;
  g.name = parts.name;
  g.doc = parts.doc;
  for (const auto& p : parts.presets) g.words.push_back({p.name, p.doc, nullptr});
  for (const auto& f : parts.fields) {
    DEMARCHE_EXPECT(!f.required || parts.presets.empty(), "a section with presets has a default for every key");
    DEMARCHE_EXPECT(f.key != "preset", "'preset' is the key of presets()");
    const bool shown = !f.required && !f.given;
    g.keys.push_back({f.key, f.doc, f.source,
                      shown ? default_text(f.form->write(at(parts.defaults.get(), f.member))) : "", f.required,
                      f.form->grammar()});
  }
  return g;
}

Grammar tagged_grammar(const TaggedParts& parts) {
  Grammar g;
  g.shape = Grammar::Shape::tagged;
  g.name = parts.name;
  g.tag = parts.tag;
  for (const auto& a : parts.alternatives) g.words.push_back({a.word, a.doc, a.section->grammar()});
  return g;
}

std::vector<std::string> words_of(const Grammar& g) {
  std::vector<std::string> words;
  for (const auto& w : g.words) words.push_back(w.name);
  return words;
}

}  // namespace

SectionForm::SectionForm(SectionParts parts) : Form(section_grammar(parts)), parts_(std::move(parts)) {}

bool SectionForm::read_preset(const Node& node, void* value, Reading& reading) const {
  const Node* preset = parts_.presets.empty() ? nullptr : node.find("preset");
  if (preset == nullptr) return true;
  const Reading::Step step(reading, "preset", preset->at);
  if (preset->kind != Node::Kind::scalar) {
    reading.problem(preset->at, wrong_kind(*preset, "preset", "write one such as " + parts_.presets.front().name));
    return false;
  }
  const auto index = read_choice(*preset, words_of(*grammar()), "preset of " + parts_.name);
  if (!index) {
    reading.problem(preset->at, index.problem);
    return false;
  }
  parts_.assign(value, parts_.presets[*index].value.get());
  if (parts_.preset_member) *static_cast<std::string*>(at(value, *parts_.preset_member)) = parts_.presets[*index].name;
  return true;
}

void SectionForm::report_unknown(const Entry& entry, Reading& reading, const std::string& tag) const {
  std::vector<std::string> known;
  if (!tag.empty()) known.push_back(tag);
  if (!parts_.presets.empty()) known.push_back("preset");
  for (const auto& f : parts_.fields) known.push_back(f.key);
  if (std::find(known.begin(), known.end(), entry.key) != known.end()) return;
  const std::string near = nearest(entry.key, known);
  const std::size_t colon = entry.key.find(':');
  std::string suggestion = near.empty() ? "" : fmt::format("did you mean '{}'?", near);
  if (entry.value.kind == Node::Kind::null && colon != std::string::npos) suggestion = "write a space after the ':'";
  reading.problem(entry.at, {fmt::format("unknown key '{:.60}' in {}", entry.key, parts_.name),
                             "known are " + joined(known), suggestion});
}

void SectionForm::read_keys(const Node& node, void* value, Reading& reading, const std::string& tag) const {
  const std::size_t before = reading.problems();
  if (node.kind != Node::Kind::mapping) {
    const std::string first = parts_.fields.empty() ? "KEY" : parts_.fields.front().key;
    return reading.problem(
        node.at, wrong_kind(node, parts_.name, fmt::format("write a section with keys such as '{}:'", first)));
  }
  for (const Entry& entry : node.entries) report_unknown(entry, reading, tag);
  read_preset(node, value, reading);
  for (const auto& f : parts_.fields) {
    const Node* found = node.find(f.key);
    if (found == nullptr) {
      if (f.required)
        reading.problem(
            node.at,
            {fmt::format("the key '{}' is missing in {}", f.key, parts_.name), f.doc,
             f.form->grammar()->example.empty() ? "" : fmt::format("write {}: {}", f.key, f.form->grammar()->example)});
      continue;
    }
    if (f.given) *static_cast<bool*>(at(value, *f.given)) = true;
    const Reading::Step step(reading, f.key, found->at);
    if (found->kind == Node::Kind::null)
      reading.problem(found->at, {fmt::format("'{}' has no value", f.key), "", "write one, or delete the key"});
    else
      f.form->read(*found, at(value, f.member), reading);
  }
  if (reading.problems() != before) return;
  Check check(reading, node.at);
  for (const auto& condition : parts_.checks) condition(value, check);
}

Node SectionForm::write(const void* value) const {
  Node node = Node::mapping();
  if (parts_.preset_member)
    if (const auto& preset = *static_cast<const std::string*>(at(value, *parts_.preset_member)); !preset.empty())
      node.add("preset", Node::string(preset));
  for (const auto& f : parts_.fields)
    if (!f.given || *static_cast<const bool*>(at(value, *f.given))) node.add(f.key, f.form->write(at(value, f.member)));
  return node;
}

TaggedForm::TaggedForm(TaggedParts parts) : Form(tagged_grammar(parts)), parts_(std::move(parts)) {}

void TaggedForm::read(const Node& node, void* value, Reading& reading) const {
  const std::string example = fmt::format("{}: {}", parts_.tag, parts_.alternatives.front().word);
  if (node.kind != Node::Kind::mapping)
    return reading.problem(node.at, wrong_kind(node, parts_.name, fmt::format("write {{{}}}", example)));
  const Node* tag = node.find(parts_.tag);
  if (tag == nullptr)
    return reading.problem(node.at, {fmt::format("the key '{}' is missing in {}", parts_.tag, parts_.name),
                                     "known are " + joined(words_of(*grammar())), "write one such as " + example});
  if (tag->kind != Node::Kind::scalar)
    return reading.problem(tag->at, wrong_kind(*tag, parts_.tag, "write one such as " + example));
  const auto index = read_choice(*tag, words_of(*grammar()), parts_.tag + " of " + parts_.name);
  if (!index) return reading.problem(tag->at, index.problem);
  const auto& chosen = parts_.alternatives[*index];
  chosen.section->read_keys(node, chosen.hold(value), reading, parts_.tag);
}

Node TaggedForm::write(const void* value) const {
  for (const auto& a : parts_.alternatives)
    if (const void* held = a.held(value)) {
      Node section = a.section->write(held);
      section.entries.insert(section.entries.begin(), {parts_.tag, Node::string(a.word), {}});
      return section;
    }
  throw ContractError("a variant without an alternative in its table");
}

Grammar list_grammar(const Form& element, std::size_t least) {
  Grammar g;
  g.shape = Grammar::Shape::list;
  g.name = "list of " + element.grammar()->name;
  g.element = element.grammar();
  g.least = least;
  return g;
}

Grammar names_grammar(const Form& element, std::size_t least, bool preset_list) {
  Grammar g = list_grammar(element, least);
  g.shape = Grammar::Shape::names;
  g.name = element.grammar()->name + " by name";
  g.preset_list = preset_list;
  return g;
}

bool check_list(const Node& node, const Grammar& grammar, Reading& reading) {
  if (node.kind != Node::Kind::sequence) {
    const std::string example =
        grammar.element->example.empty() ? "- ..." : fmt::format("[{}]", grammar.element->example);
    reading.problem(node.at, wrong_kind(node, grammar.name, "write a list such as " + example));
    return false;
  }
  if (node.items.size() < grammar.least) {
    reading.problem(node.at, {"the list is too short", fmt::format("at least {} are needed", grammar.least), ""});
    return false;
  }
  return true;
}

bool check_names(const Node& node, const Grammar& grammar, Reading& reading) {
  if (node.kind != Node::Kind::mapping) {
    reading.problem(node.at, wrong_kind(node, grammar.name, "write NAME: and its keys beneath"));
    return false;
  }
  bool good = true;
  std::set<std::string> seen;
  for (const Entry& entry : node.entries) {
    if (!seen.insert(entry.key).second) {
      reading.problem(entry.at, {fmt::format("'{:.60}' is given twice", entry.key), "", "keep one of them"});
      good = false;
    }
    if (!is_name(entry.key)) {
      reading.problem(entry.at, {fmt::format("'{:.60}' is not a name", entry.key),
                                 "names are 1 to 40 letters a-z, digits and hyphens", ""});
      good = false;
    }
  }
  if (node.entries.size() < grammar.least) {
    reading.problem(node.at, {fmt::format("there are too few of {}", grammar.element->name),
                              fmt::format("at least {} are needed", grammar.least), ""});
    good = false;
  }
  return good;
}

const Node& preset_list(const Node& node, const Grammar& grammar, Node& expanded) {
  if (!grammar.preset_list || node.kind != Node::Kind::sequence) return node;
  for (const Node& item : node.items)
    if (item.kind != Node::Kind::scalar) return node;
  expanded = Node::mapping();
  expanded.at = node.at;
  for (const Node& item : node.items) {
    Node& section = expanded.add(item.text, Node::mapping());
    expanded.entries.back().at = section.at = item.at;
    section.add("preset", item);
  }
  return expanded;
}

}  // namespace demarche::scenarios
