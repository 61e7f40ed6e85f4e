#pragma once
#include <cstdint>
#include <string>

#include "scenarios/reader/units.hpp"

namespace demarche::scenarios {

/// "2013-04-08" as days since 1970-01-01.
Parsed<std::int64_t> read_date(const Node& scalar);
std::string write_date(std::int64_t days);
std::string date_pattern();

/// "2013-04-15 14:50 America/New_York" as UTC seconds. A moment that the zone's clocks skip is a problem; of one that
/// they show twice the earlier is meant.
Parsed<std::int64_t> read_moment(const Node& scalar);
/// In UTC, since the zone of the author is not kept.
std::string write_moment(std::int64_t utc_s);
std::string moment_pattern();

/// "09:30" as minutes of the day, 24:00 included.
Parsed<int> read_clock_time(std::string_view text);

}  // namespace demarche::scenarios
