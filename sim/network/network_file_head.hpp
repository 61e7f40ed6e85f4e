#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/network_file_format.hpp"

namespace demarche::network::file_format {

struct Contents {
  Head head;
  std::vector<Section> sections;
  /// Null where the file has none.
  const Section* find(Kind kind, std::uint32_t index = 0) const;
};

/// Of the file's first bytes (all of them, or at least most_head_bytes) and its size: everything that can be said
/// without the body, so that afterwards each section lies within the file, on a page, behind the one before it, and has
/// the size that the actors give it. Throws InputError.
Contents read_head(std::string_view front, std::uint64_t file_bytes, const std::string& path);
constexpr std::uint64_t most_head_bytes = head_bytes(most_sections);

/// What is wrong with a string of this kind, or nullptr. Values of columns and the source are free text, which may have
/// tabs and line ends (GraphML's data has); all others identify something: no control characters at all, and no actor
/// is without a name.
const char* string_problem(Kind kind, std::string_view text);

[[noreturn]] void refuse(const std::string& path, std::string what, std::string why);

}  // namespace demarche::network::file_format
