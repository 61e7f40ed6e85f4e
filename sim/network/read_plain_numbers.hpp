#pragma once
#include <optional>

#include "sim/network/read_edge_list.hpp"

/// The usual lists of numbers, fast; for the .cpp files of this module only.
namespace demarche::network {

/// Reads the list twice, by parts of it, and holds no pairs: once to see which ids there are and that every line is
/// two ids, a comment or blank, once to make the rows. Nothing where any line is another, where ids are strewn too
/// thinly, where `options` refuse what there is, where there is no tie, or where `path` is no plain file: the careful
/// reader then does it, or says what is wrong.
std::optional<ImportedNetwork> read_plain_numbers(const std::string& path, const EdgeListOptions& options,
                                                  unsigned threads);
std::optional<ImportedNetwork> parse_plain_numbers(std::string_view text, const EdgeListOptions& options,
                                                   unsigned threads);
/// The careful reader alone: what the fast one must agree with wherever it gives anything.
ImportedNetwork parse_carefully(std::string_view text, const std::string& name, const EdgeListOptions& options,
                                const ActorTable* actors);

}  // namespace demarche::network
