#include "sim/network/xml_scan.hpp"

#include <algorithm>

namespace demarche::network {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool ends_name(char c) {
  return is_space(c) || std::string_view("/>=<\"'&").find(c) != std::string_view::npos;
}

void append_utf8(std::string& out, unsigned code) {
  const auto byte = [&out](unsigned b) { out += static_cast<char>(b); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

/// The character a reference such as #233 or #xE9 stands for; 0 for none.
unsigned numbered_character(std::string_view reference) {
  reference.remove_prefix(1);
  const unsigned base = reference.starts_with('x') ? 16 : 10;
  if (base == 16) reference.remove_prefix(1);
  if (reference.empty() || reference.size() > 8) return 0;
  unsigned code = 0;
  for (const char c : reference) {
    const unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                           : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a') + 10
                           : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A') + 10
                                                  : 99;
    if (digit >= base) return 0;
    code = code * base + digit;
    if (code > 0x10FFFF) return 0;
  }
  return code >= 0xD800 && code < 0xE000 ? 0 : code;
}

}  // namespace

XmlScanner::XmlScanner(std::string_view text, Problems& problems) : text_(text), problems_(problems) {
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    fail(nul, {"a NUL byte", "this is not a UTF-8 text file", "save it as UTF-8"});
  }
  if (const std::size_t bad = invalid_utf8(text); bad != std::string_view::npos) {
    fail(bad, {"invalid UTF-8", "names are read as UTF-8 text", "save the file as UTF-8"});
  }
  if (text.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

XmlScanner::Kind XmlScanner::next() {
  begin_ = at_;
  if (closes_itself_) {
    closes_itself_ = false;
    name_ = open_.back();
    open_.pop_back();
    return Kind::close;
  }
  content_.clear();
  while (at_ < text_.size()) {
    if (text_[at_] == '<') {
      if (rest_starts_with("<!--")) {
        skip_past("-->", "comment");
      } else if (rest_starts_with("<?")) {
        skip_past("?>", "processing instruction");
      } else if (rest_starts_with("<![CDATA[")) {
        const std::size_t begin = at_ + 9;
        skip_past("]]>", "CDATA section");
        content_ += text_.substr(begin, at_ - 3 - begin);
      } else {
        if (!content_.empty()) break;
        begin_ = at_;
        return take_markup();
      }
      continue;
    }
    const std::size_t end = std::min(text_.find('<', at_), text_.size());
    const std::string_view raw = text_.substr(at_, end - at_);
    if (open_.empty() && !std::all_of(raw.begin(), raw.end(), is_space)) {
      fail(at_, {"text outside the root element", "this is no well-formed XML", "check that this is the right file"});
    }
    if (!open_.empty()) content_ += decoded(raw, at_);
    at_ = end;
  }
  if (!content_.empty()) return Kind::text;
  if (!open_.empty()) {
    fail(at_,
         {"element " + quoted(open_.back()) + " is not closed", "the file ends before it", "the file may be cut off"});
  }
  if (!had_root_) fail(0, {"no element at all", "the file holds no XML", "check that this is the right file"});
  return Kind::end;
}

XmlScanner::Kind XmlScanner::take_markup() {
  if (rest_starts_with("<!")) {
    fail(at_,
         {"a document type or entity declaration",
          "they are refused: a graph needs none, and they can expand without end", "remove the <!...> declaration"});
  }
  return rest_starts_with("</") ? take_close() : take_open();
}

XmlScanner::Kind XmlScanner::take_close() {
  at_ += 2;
  name_ = take_name("closing tag");
  skip_space();
  if (!rest_starts_with(">")) fail(at_, {"a closing tag without '>'", "", "the file may be cut off"});
  ++at_;
  if (open_.empty() || open_.back() != name_) {
    fail(begin_, {"closing tag " + quoted(name_),
                  open_.empty() ? std::string("no element is open") : "the open element is " + quoted(open_.back()),
                  "close elements in the order of their opening"});
  }
  open_.pop_back();
  return Kind::close;
}

XmlScanner::Kind XmlScanner::take_open() {
  if (open_.empty() && had_root_) fail(at_, {"a second root element", "an XML file has one", "keep one graph a file"});
  if (open_.size() >= most_depth) {
    fail(at_, {"elements are nested deeper than " + std::to_string(most_depth), "graph files are flat",
               "check that this is the right file"});
  }
  had_root_ = true;
  ++at_;
  name_ = take_name("tag");
  attributes_.clear();
  for (;;) {
    const std::size_t before = at_;
    skip_space();
    if (rest_starts_with(">")) {
      ++at_;
      break;
    }
    if (rest_starts_with("/>")) {
      at_ += 2;
      closes_itself_ = true;
      break;
    }
    if (at_ == before) fail(at_, {"a tag is not closed", "", "the file may be cut off"});
    const std::size_t attribute_at = at_;
    const std::string_view attribute_name = take_name("attribute");
    skip_space();
    if (!rest_starts_with("="))
      fail(at_, {"attribute " + quoted(attribute_name) + " has no value", "", "write name=\"value\""});
    ++at_;
    skip_space();
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '"' && quote != '\'')
      fail(at_, {"attribute " + quoted(attribute_name) + " is not quoted", "", "write name=\"value\""});
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) fail(at_, {"a quote is not closed", "", "the file may be cut off"});
    if (attribute(attribute_name) != nullptr)
      fail(attribute_at, {"attribute " + quoted(attribute_name) + " is given twice", "", "remove one"});
    if (attributes_.size() == most_attributes)
      fail(attribute_at, {"too many attributes", "elements of a graph have a handful", ""});
    attributes_.emplace_back(attribute_name, decoded(text_.substr(at_ + 1, end - at_ - 1), at_ + 1));
    at_ = end + 1;
  }
  open_.push_back(name_);
  return Kind::open;
}

const std::string* XmlScanner::attribute(std::string_view name) const {
  for (const Attribute& a : attributes_) {
    if (a.first == name) return &a.second;
  }
  return nullptr;
}

void XmlScanner::skip_past(std::string_view what, const char* inside) {
  const std::size_t end = text_.find(what, at_);
  if (end == std::string_view::npos)
    fail(at_, {std::string("a ") + inside + " is not closed", "", "the file may be cut off"});
  at_ = end + what.size();
}

void XmlScanner::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

std::string_view XmlScanner::take_name(const char* of_what) {
  const std::size_t begin = at_;
  while (at_ < text_.size() && !ends_name(text_[at_])) ++at_;
  if (at_ == begin) fail(at_, {std::string("a ") + of_what + " without a name", "this is no well-formed XML", ""});
  return text_.substr(begin, at_ - begin);
}

std::string XmlScanner::decoded(std::string_view raw, std::size_t at) const {
  constexpr std::pair<std::string_view, char> named[] = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  std::string out;
  for (std::size_t i = 0; i < raw.size();) {
    const std::size_t next = std::min(raw.find('&', i), raw.size());
    out += raw.substr(i, next - i);
    i = next;
    if (i == raw.size()) break;
    const std::size_t end = raw.substr(i, 16).find(';');
    const std::string_view reference = end == std::string_view::npos ? std::string_view() : raw.substr(i + 1, end - 1);
    const auto known =
        std::find_if(std::begin(named), std::end(named), [&](const auto& n) { return n.first == reference; });
    const unsigned code = known != std::end(named)     ? static_cast<unsigned char>(known->second)
                          : reference.starts_with('#') ? numbered_character(reference)
                                                       : 0U;
    if (code == 0) {
      fail(at + i, {"entity " + quoted(raw.substr(i, end == std::string_view::npos ? 10 : end + 1)),
                    "only lt, gt, amp, quot, apos and numbered characters are known", "write & as &amp;"});
    }
    append_utf8(out, code);
    i += end + 1;
  }
  return out;
}

std::pair<std::size_t, std::size_t> XmlScanner::place(std::size_t at) const {
  const std::string_view before = text_.substr(0, at);
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t last = before.rfind('\n');
  return {line, last == std::string_view::npos ? at + 1 : at - last};
}

void XmlScanner::fail(std::size_t at, Problem problem) const {
  const auto [line, column] = place(at);
  problems_.fail(line, column, std::move(problem));
}

void XmlScanner::add(std::size_t at, Problem problem) const {
  const auto [line, column] = place(at);
  problems_.add(line, column, std::move(problem));
}

}  // namespace demarche::network
