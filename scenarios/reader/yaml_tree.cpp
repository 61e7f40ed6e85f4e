#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <map>
#include <sstream>

#include "scenarios/reader/build_tree.hpp"

namespace demarche::scenarios {

namespace {

class Handler : public YAML::EventHandler {
 public:
  explicit Handler(const Source& source) : source_(source), builder_(source) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (std::exchange(started_, true))
      builder_.stop(place(mark),
                    {"a second document begins here", "a scenario file holds one", "keep each in a file of its own"});
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    builder_.null(place(mark));
    remember(mark, anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    const std::size_t begin = content(mark);
    check_tag(mark, tag, begin);
    check_closed(begin);
    builder_.scalar(place(mark), text, tag == "!");
    remember(mark, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = kept_.find(anchor);
    if (found == kept_.end())
      builder_.stop(place(mark),
                    {"an alias stands inside what it repeats", "it would never end", "write the value out"});
    builder_.copy(place(mark), found->second);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(Node::Kind::sequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(Node::Kind::mapping, mark, tag, anchor);
  }
  void OnMapEnd() override { end(); }

  TreeBuilder& builder() { return builder_; }
  Place place(const YAML::Mark& mark) const {
    // yaml-cpp counts from 0 and, at an end of input, one line too far
    return source_.place(
        source_.offset(static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1));
  }

 private:
  void begin(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    check_tag(mark, tag, content(mark));
    builder_.begin(kind, place(mark));
    anchors_.emplace_back(mark, anchor);
  }

  void end() {
    builder_.end();
    const auto [mark, anchor] = anchors_.back();
    anchors_.pop_back();
    remember(mark, anchor);
  }

  void remember(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    builder_.keep(place(mark), builder_.last());
    kept_.emplace(anchor, builder_.last());
  }

  // Where the value itself begins; a mark points to its anchor, where it has one.
  std::size_t content(const YAML::Mark& mark) const {
    const std::string& text = source_.text();
    std::size_t i = source_.offset(static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1);
    if (i < text.size() && text[i] == '&') {
      i = std::min(text.find_first_of(" \t\n", i), text.size());
      i = std::min(text.find_first_not_of(" \t\n", i), text.size());
    }
    return i;
  }

  // yaml-cpp says "?" of plain values, "!" of quoted ones and of the tag '!'.
  void check_tag(const YAML::Mark& mark, const std::string& tag, std::size_t begin) {
    const bool written = begin < source_.text().size() && source_.text()[begin] == '!';
    if ((tag != "?" && tag != "!" && !tag.empty()) || written)
      builder_.problem(place(mark), {"tags are not read", "the keys already say what a value is", "delete the '!...'"});
  }

  // yaml-cpp 0.7 takes a quoted text that runs to the end of the file for a closed one when a line end comes last.
  void check_closed(std::size_t begin) {
    const std::string& text = source_.text();
    if (begin >= text.size() || (text[begin] != '"' && text[begin] != '\'')) return;
    for (std::size_t i = begin + 1; i < text.size(); ++i) {
      if (text[begin] == '"' && text[i] == '\\') {
        ++i;
      } else if (text[i] == text[begin]) {
        if (text[begin] == '"' || i + 1 == text.size() || text[i + 1] != '\'') return;
        ++i;
      }
    }
    const Place at = source_.place(begin);
    builder_.stop(at, {"the quote is never closed", "", fmt::format("end the text with {}", text[begin])});
  }

  const Source& source_;
  TreeBuilder builder_;
  bool started_ = false;
  std::map<YAML::anchor_t, Node> kept_;
  std::vector<std::pair<YAML::Mark, YAML::anchor_t>> anchors_;  // of the open sequences and mappings
};

Problem explain(const std::string& message) {
  struct Advice {
    std::string_view message, problem, suggestion;
  };
  static constexpr Advice known[] = {
      {"illegal tab when looking for indentation", "a tab cannot indent", "use spaces"},
      {"illegal block entry", "a list entry '-' cannot stand here",
       "indent with spaces and put the list on lines of its own"},
      {"illegal map value", "a ':' cannot stand here",
       "quote text that holds ': ', and give each key a line of its own, equally indented"},
      {"illegal EOF in scalar", "the quote is never closed", "close it"},
      {"end of map flow not found", "the '{' is never closed", "close it with '}', and quote text that holds commas"},
      {"end of sequence flow not found", "the '[' is never closed", "close it with ']'"},
      {"end of map not found", "the section breaks off here", "give every key of a section the same indentation"},
      {"end of sequence not found", "the list breaks off here", "give every '-' of a list the same indentation"},
      {"illegal flow end", "a bracket closes what was never opened", "delete it"},
      {"unknown token", "a value cannot begin with this character", "put the value in quotes"},
      {"the referenced anchor is not defined", "the alias names an anchor that does not exist",
       "write &NAME before the value to repeat"},
      {"illegal document indicator in scalar", "a document marker stands inside a text", "indent it"},
  };
  for (const Advice& a : known)
    if (message == a.message) return {std::string(a.problem), "", std::string(a.suggestion)};
  return {"this is not YAML", message, ""};
}

}  // namespace

Document parse_yaml(std::string_view text, const std::string& name) {
  const Source source(text, name);
  source.check_for_yaml();
  Handler handler(source);
  std::istringstream in(source.text());
  try {
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(handler)) {
    }
  } catch (const YAML::Exception& e) {
    const bool tab_indents = [&] {
      const std::size_t at = source.offset(handler.place(e.mark).line, 1);
      const std::size_t first = source.text().find_first_not_of(' ', at);
      return first != std::string::npos && source.text()[first] == '\t';
    }();
    handler.builder().stop(handler.place(e.mark),
                           explain(tab_indents ? "illegal tab when looking for indentation" : e.msg));
  }
  const bool nothing = !handler.builder().complete();
  Document document = handler.builder().finish();
  if (nothing || document.root.kind == Node::Kind::null)
    source.refuse(0, {"the file says nothing", "", "write at least 'demarche: 1'"});
  return document;
}

}  // namespace demarche::scenarios
