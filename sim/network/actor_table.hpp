#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/network/text_input.hpp"

namespace demarche::network {

/// Who the vertices are: names[v] identifies actor v, columns hold what else is known of them (group, country, kind,
/// ...) as text, one value an actor.
struct ActorTable {
  struct Column {
    std::string name;
    std::vector<std::string> values;
  };
  std::vector<std::string> names;
  std::vector<Column> columns;

  Vertex size() const { return static_cast<Vertex>(names.size()); }
  /// Null when there is no such column.
  const Column* column(std::string_view name) const;
};

struct ActorTableOptions {
  /// The column that identifies an actor; "" takes the first of id, code, name, actor, else the first column.
  std::string id_column = "";
  /// Names of the columns of a file without header line, e.g. {"id", "group"}; empty: the first line is the header.
  std::vector<std::string> header = {};
  TextLimits limits = {};
};

/// CSV (comma, semicolon or tab, as the first line has; RFC 4180 quotes, no line breaks inside them), or
/// blank-separated columns where `header` names them and the first line has none of these. Lines beginning with # are
/// comments. Throws FileError, InputErrors (repeated or empty identities, missing or surplus fields, invalid UTF-8,
/// limits).
ActorTable read_actor_table(const std::string& path, const ActorTableOptions& options = {});
/// The same from memory; `name` stands in errors.
ActorTable parse_actor_table(std::string_view text, const std::string& name, const ActorTableOptions& options = {});

}  // namespace demarche::network
