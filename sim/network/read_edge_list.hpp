#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "sim/network/actor_table.hpp"
#include "sim/network/network.hpp"
#include "sim/network/text_input.hpp"

namespace demarche::network {

/// A network from outside: one layer, who its vertices are, and what was dropped on the way.
struct ImportedNetwork {
  Layer layer;
  ActorTable actors;
  BuildReport report;
};

struct EdgeListOptions {
  std::string layer = "ties";
  /// Columns of a CSV file that hold the two ends; "" takes from/to, source/target, sender/receiver or sender/host.
  std::string from_column = "", to_column = "";
  bool reversed = false;    ///< a line names the follower first
  bool undirected = false;  ///< a line stands for both directions
  /// Accept further blank-separated fields after the two ids (weights, times) and leave them unread.
  bool surplus_fields = false;
  TiePolicy policy = TiePolicy::drop;
  TextLimits limits = {};
};

/// A list of ties, `from` before `to` (`to` receives what `from` says):
/// - two whole numbers below 2^32 - 1 on each line, separated by blanks or a tab, # or % before comments (as SNAP has
/// it);
/// - or CSV with a header line (comma, semicolon or tab, RFC 4180 quotes), ends by name.
/// Vertices are numbered in ascending order of the ids, of the names where not all are numbers, or in the order of the
/// actor table when one is given: then a tie with an end that the table does not know is an error; no actor is ever
/// invented. Lists of numbers without an actor table are read by several threads, with the same result.
/// Throws FileError, InputErrors (all located, up to 20), InputError (policy refuse).
ImportedNetwork read_edge_list(const std::string& path, const EdgeListOptions& options = {},
                               const ActorTable* actors = nullptr, unsigned threads = 1);
/// The same from memory; `name` stands in errors.
ImportedNetwork parse_edge_list(std::string_view text, const std::string& name, const EdgeListOptions& options = {},
                                const ActorTable* actors = nullptr, unsigned threads = 1);

/// What takes a text piece by piece.
using TextSink = std::function<void(std::string_view)>;
/// "from,to" as CSV with names where `actors` is given, else blank-separated vertex numbers.
/// Pieces of a few hundred KiB: the list is never held as a whole.
void write_edge_list(const Layer& layer, const ActorTable* actors, const TextSink& sink);
/// The same as one text.
std::string edge_list_text(const Layer& layer, const ActorTable* actors = nullptr);

}  // namespace demarche::network
