#include <array>
#include <charconv>

#include "sim/network/read_edge_list.hpp"

namespace demarche::network {
namespace {

void append_number(std::string& text, Vertex v) {
  std::array<char, 10> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), v).ptr;
  text.append(digits.data(), end);
}

std::string csv_field(const std::string& name) {
  if (name.find_first_of(",;\t\" #") == std::string::npos) return name;
  std::string field = "\"";
  for (const char c : name) {
    if (c == '"') field += '"';
    field += c;
  }
  return field + '"';
}

}  // namespace

std::string edge_list_text(const Layer& layer, const ActorTable* actors) {
  std::string text;
  std::vector<std::string> fields;
  if (actors != nullptr) {
    text = "from,to\n";
    for (const std::string& name : actors->names) fields.push_back(csv_field(name));
  }
  for (Vertex from = 0; from < layer.actors(); ++from) {
    for (const Vertex to : layer.followers(from)) {
      if (actors != nullptr) {
        text += fields[from] + ',' + fields[to];
      } else {
        append_number(text, from);
        text += ' ';
        append_number(text, to);
      }
      text += '\n';
    }
  }
  return text;
}

}  // namespace demarche::network
