#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/network/text_input.hpp"

namespace demarche::network {

/// Walks through an XML text without building a tree, in constant memory beside the open elements. Refuses what a graph
/// file has no use for and attackers have: document types, entities of their own, deep nesting, NUL, invalid UTF-8.
class XmlScanner {
 public:
  enum class Kind { open, close, text, end };
  using Attribute = std::pair<std::string_view, std::string>;
  static constexpr std::size_t most_depth = 64;
  static constexpr std::size_t most_attributes = 256;

  XmlScanner(std::string_view text, Problems& problems);

  /// The next piece; `<a/>` comes as open, then close. Ill-formed text throws InputErrors.
  Kind next();
  /// Of an open or close piece.
  std::string_view name() const { return name_; }
  /// Value with entities replaced; null when absent.
  const std::string* attribute(std::string_view name) const;
  /// Of a text piece, entities replaced.
  const std::string& text() const { return content_; }
  std::size_t depth() const { return open_.size(); }
  /// Where the last piece begins and ends.
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return at_; }

  [[noreturn]] void fail(std::size_t at, Problem problem) const;
  void add(std::size_t at, Problem problem) const;

 private:
  std::pair<std::size_t, std::size_t> place(std::size_t at) const;
  bool rest_starts_with(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  void skip_past(std::string_view what, const char* inside);
  void skip_space();
  std::string_view take_name(const char* of_what);
  std::string decoded(std::string_view raw, std::size_t at) const;
  Kind take_markup();
  Kind take_close();
  Kind take_open();

  std::string_view text_;
  Problems& problems_;
  std::size_t at_ = 0, begin_ = 0;
  std::string_view name_;
  std::vector<Attribute> attributes_;
  std::string content_;
  std::vector<std::string_view> open_;
  bool closes_itself_ = false;
  bool had_root_ = false;
};

}  // namespace demarche::network
