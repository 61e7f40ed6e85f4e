#include "sim/network/read_edge_list.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <limits>
#include <unordered_map>

#include "sim/network/fields.hpp"
#include "sim/network/read_plain_numbers.hpp"
#include "sim/network/tie_names.hpp"

namespace demarche::network {
namespace {

constexpr std::uint64_t most_id = std::numeric_limits<Vertex>::max() - 1;

Problem unknown_actor(std::string_view name) {
  return {"unknown actor " + quoted(name), "the actor table has no such identity",
          "correct the name or add the actor to the table"};
}

bool blank(char c) {
  return c == ' ' || c == '\t';
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
}

/// Pairs of whole numbers, one a line.
class NumberPairs {
 public:
  NumberPairs(const EdgeListOptions& options, Problems& problems) : options_(options), problems_(problems) {}

  bool take(std::string_view line, std::size_t number, Tie& tie) {
    const std::string_view whole = line;
    const auto column = [&] { return whole.size() - line.size() + 1; };
    skip_blanks(line);
    for (Vertex* end : {&tie.from, &tie.to}) {
      if (line.empty()) {
        problems_.add(number, column(), {"only one id", "a tie has two ends", "write both ends on the line"});
        return false;
      }
      std::uint64_t id = 0;
      const std::string_view at = line;
      if (!take_number(line, id) || (!line.empty() && !blank(line.front()))) {
        line = at;
        problems_.add(number, column(), not_a_number(at));
        return false;
      }
      if (id > most_id) {
        line = at;
        problems_.add(number, column(),
                      {"id " + std::to_string(id) + " is too large", "ids are numbers below 2^32 - 1",
                       "renumber the actors, or give them names in a CSV file"});
        return false;
      }
      *end = static_cast<Vertex>(id);
      skip_blanks(line);
    }
    if (line.empty() || options_.surplus_fields) return true;
    problems_.add(number, column(),
                  {"surplus field " + quoted(word(line)), "a line holds two ids",
                   "remove it, or accept surplus fields (they stay unread)"});
    return false;
  }

 private:
  static std::string_view word(std::string_view line) { return line.substr(0, line.find_first_of(" \t")); }
  static Problem not_a_number(std::string_view line) {
    const std::string_view shown = word(line);
    if (shown.starts_with('-')) return {"id " + quoted(shown) + " is negative", "ids are whole numbers from 0", ""};
    if (shown.size() > 1 && shown.find_first_not_of("0123456789") == std::string_view::npos) {
      return shown[0] == '0'
                 ? Problem{"id " + quoted(shown) + " has a leading zero", "007 and 7 could be meant as two actors",
                           "remove the zeros, or give names in a CSV file"}
                 : Problem{"id " + quoted(shown) + " is too large", "ids are numbers below 2^32 - 1",
                           "renumber the actors, or give them names in a CSV file"};
    }
    return {quoted(shown) + " is no id", "this list holds whole numbers separated by blanks",
            "for names use CSV with a header line such as from,to"};
  }

  const EdgeListOptions& options_;
  Problems& problems_;
};

ImportedNetwork finish(std::vector<Tie>& ties, ActorTable actors, const EdgeListOptions& options) {
  BuildReport report;
  if (options.reversed) {
    for (Tie& tie : ties) std::swap(tie.from, tie.to);
  }
  if (options.undirected) {
    const std::size_t given = ties.size();
    for (std::size_t i = 0; i < given; ++i) {
      if (ties[i].from != ties[i].to) ties.push_back({ties[i].to, ties[i].from});
    }
  }
  Layer layer = build_layer(options.layer, actors.size(), ties, options.policy, &report);
  return {std::move(layer), std::move(actors), report};
}

ImportedNetwork numbers_to_network(std::vector<Tie>& ties, const EdgeListOptions& options) {
  const std::vector<Vertex> ids = number_densely(ties);
  ActorTable actors;
  actors.names.reserve(ids.size());
  for (const Vertex id : ids) actors.names.push_back(std::to_string(id));
  return finish(ties, std::move(actors), options);
}

/// Numbers names as they appear, or by the actor table.
class Names {
 public:
  static constexpr Vertex absent = std::numeric_limits<Vertex>::max();
  explicit Names(const ActorTable* actors) {
    if (actors == nullptr) return;
    for (std::size_t v = 0; v < actors->names.size(); ++v) vertex_of_.emplace(actors->names[v], static_cast<Vertex>(v));
    closed_ = true;
  }
  Vertex vertex(std::string_view name) {
    const auto found = vertex_of_.find(name);
    if (found != vertex_of_.end()) return found->second;
    if (closed_) return Names::absent;
    const auto next = static_cast<Vertex>(kept_.size());
    vertex_of_.emplace(kept_.emplace_back(name), next);
    return next;
  }
  std::vector<std::string> take() {
    vertex_of_.clear();
    return {std::make_move_iterator(kept_.begin()), std::make_move_iterator(kept_.end())};
  }

 private:
  std::unordered_map<std::string_view, Vertex> vertex_of_;
  std::deque<std::string> kept_;  // grows without moving what the map points to
  bool closed_ = false;
};

ImportedNetwork read_numbers(std::string_view line, LineReader& reader, Problems& problems,
                             const EdgeListOptions& options, const ActorTable* actors) {
  NumberPairs pairs(options, problems);
  std::vector<Tie> ties;
  Names names(actors);
  do {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] == '#' || line[first] == '%') continue;
    Tie tie{};
    if (!pairs.take(line, reader.line(), tie)) continue;
    if (actors != nullptr) {
      for (Vertex* end : {&tie.from, &tie.to}) {
        const std::string name = std::to_string(*end);
        *end = names.vertex(name);
        if (*end == Names::absent) problems.add(reader.line(), first + 1, unknown_actor(name));
      }
    }
    ties.push_back(tie);
  } while (reader.next(line));
  problems.throw_if_any();
  if (ties.empty()) problems.fail(0, 0, {"no ties", "the list is empty", "check that this is the right file"});
  return actors != nullptr ? finish(ties, *actors, options) : numbers_to_network(ties, options);
}

std::size_t column_named(const std::vector<std::string>& header, std::string_view name) {
  return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
}

std::pair<std::size_t, std::size_t> end_columns(const std::vector<std::string>& header, std::size_t line,
                                                const EdgeListOptions& options, Problems& problems) {
  using Ends = std::pair<std::string_view, std::string_view>;
  std::vector<Ends> usual{{"from", "to"}, {"source", "target"}, {"sender", "receiver"}, {"sender", "host"}};
  if (!options.from_column.empty() || !options.to_column.empty()) usual = {{options.from_column, options.to_column}};
  for (const auto& [from, to] : usual) {
    const std::size_t a = column_named(header, from), b = column_named(header, to);
    if (a < header.size() && b < header.size()) return {a, b};
  }
  std::string known;
  for (const std::string& name : header) known += (known.empty() ? "" : ", ") + quoted(name);
  problems.fail(line, 0,
                {"no columns " + quoted(usual[0].first) + " and " + quoted(usual[0].second),
                 "the header line has " + known, "name the columns of the two ends"});
}

ImportedNetwork read_csv(std::string_view header_line, LineReader& reader, Problems& problems,
                         const EdgeListOptions& options, const ActorTable* actors) {
  FieldSplitter splitter(FieldSplitter::separator_of(header_line));
  const std::vector<Field>* fields = splitter.split(header_line, reader.line(), problems);
  problems.throw_if_any();
  std::vector<std::string> header;
  for (const Field& field : *fields) header.emplace_back(field.text);
  const auto [from, to] = end_columns(header, reader.line(), options, problems);
  Names names(actors);
  std::vector<Tie> ties;
  for (std::string_view line; reader.next(line);) {
    if (line.find_first_not_of(" \t") == std::string_view::npos || line.front() == '#') continue;
    fields = splitter.split(line, reader.line(), problems);
    if (fields == nullptr) continue;
    if (fields->size() != header.size()) {
      problems.add(
          reader.line(), 0,
          {std::to_string(fields->size()) + " fields", "there are " + std::to_string(header.size()) + " columns",
           "put fields that contain the separator in quotes"});
      continue;
    }
    std::array<Vertex, 2> ends{};
    for (std::size_t i = 0; i < 2; ++i) {
      const Field& end = (*fields)[i == 0 ? from : to];
      if (end.text.empty()) {
        problems.add(reader.line(), end.column,
                     {"an end without a name", "a tie has two ends", "name both ends or remove the line"});
        continue;
      }
      ends[i] = names.vertex(end.text);
      if (ends[i] == Names::absent) problems.add(reader.line(), end.column, unknown_actor(end.text));
    }
    ties.push_back({ends[0], ends[1]});
  }
  problems.throw_if_any();
  if (ties.empty()) problems.fail(0, 0, {"no ties", "the list is empty", "check that this is the right file"});
  if (actors != nullptr) return finish(ties, *actors, options);
  ActorTable found;
  found.names = names.take();
  sort_names(found.names, ties);
  return finish(ties, std::move(found), options);
}

ImportedNetwork read_ties(LineReader& reader, Problems& problems, const EdgeListOptions& options,
                          const ActorTable* actors) {
  for (std::string_view line; reader.next(line);) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || line[first] == '#' || line[first] == '%') continue;
    // A header names its columns; a list of numbers begins with a number (or a mistaken one) and has no comma.
    const bool starts_like_number = std::string_view("-0123456789").find(line[first]) != std::string_view::npos;
    const char separator = FieldSplitter::separator_of(line);
    const bool csv = separator == ',' || separator == ';' || (separator == '\t' && !starts_like_number);
    return csv ? read_csv(line, reader, problems, options, actors)
               : read_numbers(line, reader, problems, options, actors);
  }
  problems.fail(0, 0, {"no ties", "the list is empty", "check that this is the right file"});
}

}  // namespace

ImportedNetwork read_edge_list(const std::string& path, const EdgeListOptions& options, const ActorTable* actors,
                               unsigned threads) {
  if (actors == nullptr) {
    if (auto network = read_plain_numbers(path, options, threads)) return std::move(*network);
  }
  Problems problems(path);
  LineReader reader(path, options.limits, problems);
  return read_ties(reader, problems, options, actors);
}

ImportedNetwork parse_edge_list(std::string_view text, const std::string& name, const EdgeListOptions& options,
                                const ActorTable* actors, unsigned threads) {
  if (actors == nullptr) {
    if (auto network = parse_plain_numbers(text, options, threads)) return std::move(*network);
  }
  return parse_carefully(text, name, options, actors);
}

ImportedNetwork parse_carefully(std::string_view text, const std::string& name, const EdgeListOptions& options,
                                const ActorTable* actors) {
  Problems problems(name);
  LineReader reader(text, options.limits, problems);
  return read_ties(reader, problems, options, actors);
}

}  // namespace demarche::network
