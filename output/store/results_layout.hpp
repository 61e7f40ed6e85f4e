#pragma once
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

/// Names in results files that writer, reader and the Python package must agree on.
namespace demarche::output::layout {

inline constexpr int format_number = 1;
inline constexpr const char* format = "demarche_format";
inline constexpr const char* values = "values";
inline constexpr const char* digest = "digest";
inline constexpr const char* seed_hex = "seed_hex";
inline constexpr const char* start = "start";
inline constexpr const char* assumptions = "assumptions";
inline constexpr const char* question = "question";
inline constexpr const char* scenario_hash = "scenario_hash";
inline constexpr const char* scenario_text = "scenario";
inline constexpr const char* version = "version_";  ///< and the name of the library
inline constexpr const char* axis_unit = "axis_unit";
inline constexpr const char* curve_name = "curve_name";
inline constexpr const char* curve_number = "curve_number";
inline constexpr const char* input_file = "input_file";  ///< dimension: names of files the scenario reads
inline constexpr const char* input_text = "input_text";  ///< what they held
inline constexpr std::array<std::string_view, 3> better{"lower", "higher", "neither"};  ///< by study::Better

/// A slash would open a group.
inline std::string variable_of(std::string curve) {
  std::replace(curve.begin(), curve.end(), '/', '.');
  return curve;
}

}  // namespace demarche::output::layout
