#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/reader/build_tree.hpp"

namespace demarche::scenarios {

namespace {

// nlohmann's events carry no places. They come in the order of the text, so a cursor that steps over the same tokens
// knows them, and the digits of a number as they were written.
class Handler : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Handler(const Source& source) : source_(source), builder_(source) {}

  bool null() override {
    const Place at = next();
    cursor_ += 4;
    builder_.null(at);
    return true;
  }
  bool boolean(bool value) override {
    const Place at = next();
    cursor_ += value ? 4u : 5u;
    builder_.scalar(at, value ? "true" : "false", false);
    return true;
  }
  bool number_integer(number_integer_t) override { return number(); }
  bool number_unsigned(number_unsigned_t) override { return number(); }
  bool number_float(number_float_t, const string_t&) override { return number(); }
  bool string(string_t& value) override { return text(value); }
  bool key(string_t& value) override { return text(value); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Node::Kind::mapping); }
  bool start_array(std::size_t) override { return open(Node::Kind::sequence); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) override {
    const std::string message = e.what();
    // "[json.exception...] parse error at line 1, column 5: WHAT; last read: ..."
    const std::size_t colon = message.find(": ");
    std::string why = colon == std::string::npos ? message : message.substr(colon + 2);
    if (const std::size_t last = why.find("; last read"); last != std::string::npos) why.resize(last);
    builder_.stop(source_.place(position > 0 ? position - 1 : 0), {"this is not JSON", why.substr(0, 200), ""});
  }

  TreeBuilder& builder() { return builder_; }

 private:
  Place next() {
    cursor_ = std::min(source_.text().find_first_not_of(" \t\n,:", cursor_), source_.text().size());
    return source_.place(cursor_);
  }
  bool number() {
    const Place at = next();
    const std::size_t end =
        std::min(source_.text().find_first_not_of("+-.0123456789eE", cursor_), source_.text().size());
    builder_.scalar(at, source_.text().substr(cursor_, end - cursor_), false);
    cursor_ = end;
    return true;
  }
  bool text(const std::string& value) {
    const Place at = next();
    for (++cursor_; source_.text()[cursor_] != '"'; ++cursor_)
      if (source_.text()[cursor_] == '\\') ++cursor_;
    ++cursor_;
    builder_.scalar(at, value, true);
    return true;
  }
  bool open(Node::Kind kind) {
    const Place at = next();
    ++cursor_;
    builder_.begin(kind, at);
    return true;
  }
  bool close() {
    next();
    ++cursor_;
    builder_.end();
    return true;
  }

  const Source& source_;
  TreeBuilder builder_;
  std::size_t cursor_ = 0;
};

}  // namespace

Document parse_json(std::string_view text, const std::string& name) {
  const Source source(text, name);
  if (source.text().find_first_not_of(" \t\n") == std::string::npos)
    source.refuse(0, {"the file says nothing", "", "write at least {\"demarche\": 1}"});
  Handler handler(source);
  nlohmann::json::sax_parse(source.text(), &handler);
  return handler.builder().finish();
}

}  // namespace demarche::scenarios
