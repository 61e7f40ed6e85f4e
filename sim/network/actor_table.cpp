#include "sim/network/actor_table.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

#include "sim/network/fields.hpp"

namespace demarche::network {
namespace {

constexpr std::size_t most_columns = 1000;

bool is_comment_or_empty(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first == std::string_view::npos || line[first] == '#';
}

std::size_t identity_column(const std::vector<std::string>& header, const std::string& wanted, std::size_t line,
                            Problems& problems) {
  const auto find = [&header](std::string_view name) {
    return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  if (!wanted.empty()) {
    const std::size_t at = find(wanted);
    if (at < header.size()) return at;
    std::string known;
    for (const std::string& name : header) known += (known.empty() ? "" : ", ") + quoted(name);
    problems.fail(line, 0,
                  {"no column " + quoted(wanted), "it was named as the actors' identity", "the columns are: " + known});
  }
  for (const char* usual : {"id", "code", "name", "actor"}) {
    if (const std::size_t at = find(usual); at < header.size()) return at;
  }
  return 0;
}

ActorTable read_table(LineReader& reader, const ActorTableOptions& options, Problems& problems) {
  ActorTable table;
  std::vector<std::string> header = options.header;
  std::size_t identity = 0;
  std::unordered_map<std::string, std::size_t> line_of;
  FieldSplitter splitter(',');
  bool first = true;
  for (std::string_view line; reader.next(line);) {
    if (is_comment_or_empty(line)) continue;
    if (first) splitter = FieldSplitter(FieldSplitter::separator_of(line));
    const std::vector<Field>* fields = splitter.split(line, reader.line(), problems);
    const bool is_header = first && options.header.empty();
    if (first) {
      first = false;
      if (is_header) {
        if (fields == nullptr) problems.throw_if_any();
        if (fields->size() > most_columns) {
          problems.fail(reader.line(), 0,
                        {std::to_string(fields->size()) + " columns",
                         "at most " + std::to_string(most_columns) + " are read", "check that this is the right file"});
        }
        for (const Field& field : *fields) {
          if (std::find(header.begin(), header.end(), field.text) != header.end()) {
            problems.add(reader.line(), field.column,
                         {"a second column " + quoted(field.text), "columns are told apart by name", "rename one"});
          }
          header.emplace_back(field.text);
        }
      }
      identity = identity_column(header, options.id_column, is_header ? reader.line() : 0, problems);
      for (std::size_t i = 0; i < header.size(); ++i) {
        if (i != identity) table.columns.push_back({header[i], {}});
      }
      if (is_header) continue;
    }
    if (fields == nullptr) continue;
    if (fields->size() != header.size()) {
      problems.add(
          reader.line(), 0,
          {std::to_string(fields->size()) + " fields", "there are " + std::to_string(header.size()) + " columns",
           "put fields that contain the separator in quotes"});
      continue;
    }
    const Field& id = (*fields)[identity];
    if (id.text.empty()) {
      problems.add(
          reader.line(), id.column,
          {"an actor without identity", "column " + quoted(header[identity]) + " is empty", "name every actor"});
      continue;
    }
    const auto [known, is_new] = line_of.emplace(id.text, reader.line());
    if (!is_new) {
      problems.add(reader.line(), id.column,
                   {"a second actor " + quoted(id.text), "the first stands on line " + std::to_string(known->second),
                    "remove one of them"});
      continue;
    }
    if (table.names.size() == std::numeric_limits<Vertex>::max() - 1) {
      problems.fail(reader.line(), 0, {"too many actors", "they are numbered with 32 bits", ""});
    }
    table.names.emplace_back(id.text);
    std::size_t column = 0;
    for (std::size_t i = 0; i < fields->size(); ++i) {
      if (i != identity) table.columns[column++].values.emplace_back((*fields)[i].text);
    }
  }
  problems.throw_if_any();
  if (table.names.empty()) problems.fail(0, 0, {"no actors", "the table has no rows", "add a line for each actor"});
  return table;
}

}  // namespace

const ActorTable::Column* ActorTable::column(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [name](const Column& c) { return c.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

ActorTable read_actor_table(const std::string& path, const ActorTableOptions& options) {
  Problems problems(path);
  LineReader reader(path, options.limits, problems);
  return read_table(reader, options, problems);
}

ActorTable parse_actor_table(std::string_view text, const std::string& name, const ActorTableOptions& options) {
  Problems problems(name);
  LineReader reader(text, options.limits, problems);
  return read_table(reader, options, problems);
}

}  // namespace demarche::network
