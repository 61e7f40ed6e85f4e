#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "scenarios/reader/grammar.hpp"

namespace demarche::scenarios {

namespace {

std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '|' ? "\\|" : c == '\n' ? " " : std::string(1, c);
  return out;
}

std::string code(const std::string& text) {
  return text.empty() ? "" : "`" + cell(text) + "`";
}

std::string kind(const Grammar& g) {
  std::string text = g.name;
  if (g.shape == Grammar::Shape::scalar && !g.words.empty()) {
    text.clear();
    for (const auto& w : g.words) text += (text.empty() ? "" : ", ") + w.name;
  }
  if (!g.range.empty()) text += ", " + g.range;
  return text;
}

void walk_rows(const Grammar& g, const std::string& path, std::vector<Row>& out) {
  for (const auto& key : g.keys) {
    const std::string here = path.empty() ? key.name : path + "." + key.name;
    out.push_back({here, kind(*key.value), key.value->range, key.default_text, key.doc, key.source, key.required});
    walk_rows(*key.value, here, out);
  }
  if (g.shape == Grammar::Shape::list) walk_rows(*g.element, path + "[]", out);
  if (g.shape == Grammar::Shape::names) walk_rows(*g.element, path + ".*", out);
  if (g.shape == Grammar::Shape::tagged)
    for (const auto& word : g.words) walk_rows(*word.section, fmt::format("{}({})", path, word.name), out);
}

class Page {
 public:
  explicit Page(const std::string& title) : text_("# " + title + "\n") {}

  void describe(const Grammar& g) {
    if (g.element) return describe(*g.element);
    if (g.shape == Grammar::Shape::scalar || !seen_.insert(&g).second) return;
    std::string heading = g.name;
    text_ += fmt::format("\n## {}\n\n", heading);
    if (!g.doc.empty()) text_ += g.doc + "\n\n";
    if (g.shape == Grammar::Shape::tagged) return alternatives(g);
    keys(g);
    if (!g.words.empty()) {
      text_ += "\nPresets (`preset: NAME`; the other keys override it):\n\n";
      for (const auto& w : g.words) text_ += fmt::format("- `{}`: {}\n", w.name, w.doc);
    }
    for (const auto& key : g.keys) describe(*key.value);
  }
  const std::string& text() const { return text_; }

 private:
  void keys(const Grammar& g) {
    text_ += "| key | takes | default | meaning | source |\n|---|---|---|---|---|\n";
    for (const auto& key : g.keys)
      text_ += fmt::format("| `{}` | {} | {} | {} | {} |\n", key.name, cell(kind(*key.value)),
                           key.required ? "required" : code(key.default_text), cell(key.doc), cell(key.source));
  }
  void alternatives(const Grammar& g) {
    text_ += fmt::format("`{}` chooses:\n", g.tag);
    for (const auto& word : g.words) {
      text_ += fmt::format("\n### {}: {}\n\n{}\n\n", g.tag, word.name, word.doc);
      if (!word.section->keys.empty()) keys(*word.section);
    }
    for (const auto& word : g.words)
      for (const auto& key : word.section->keys) describe(*key.value);
  }

  std::string text_;
  std::set<const Grammar*> seen_;
};

}  // namespace

std::vector<Row> rows(const Grammar& grammar) {
  std::vector<Row> out;
  walk_rows(grammar, "", out);
  return out;
}

std::string reference(const Grammar& grammar, const std::string& title) {
  Page page(title);
  page.describe(grammar);
  return page.text();
}

}  // namespace demarche::scenarios
