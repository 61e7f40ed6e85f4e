#include <charconv>

#include "sim/network/read_edge_list.hpp"

namespace demarche::network {
namespace {

constexpr std::size_t piece = std::size_t{1} << 18;

void append_number(std::string& text, Vertex v) {
  char digits[10];
  text.append(digits, std::to_chars(digits, digits + sizeof digits, v).ptr);
}

void append_csv_field(std::string& text, const std::string& name) {
  if (name.find_first_of(",;\t\r\n\" #") == std::string::npos) {
    text += name;
    return;
  }
  text += '"';
  for (const char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

}  // namespace

void write_edge_list(const Layer& layer, const ActorTable* actors, const TextSink& sink) {
  std::string text, begin;
  if (actors != nullptr) text = "from,to\n";
  for (Vertex from = 0; from < layer.actors(); ++from) {
    begin.clear();
    if (actors != nullptr) {
      append_csv_field(begin, actors->names[from]);
      begin += ',';
    } else {
      append_number(begin, from);
      begin += ' ';
    }
    const Followers followers = layer.row(from);
    for (std::uint64_t i = 0; i < followers.size(); ++i) {
      const Vertex to = followers[i];
      text += begin;
      if (actors != nullptr) {
        append_csv_field(text, actors->names[to]);
      } else {
        append_number(text, to);
      }
      text += '\n';
      if (text.size() < piece) continue;
      sink(text);
      text.clear();
    }
  }
  if (!text.empty()) sink(text);
}

std::string edge_list_text(const Layer& layer, const ActorTable* actors) {
  std::string text;
  write_edge_list(layer, actors, [&text](std::string_view some) { text += some; });
  return text;
}

}  // namespace demarche::network
