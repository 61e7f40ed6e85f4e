#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace demarche::calendar {

/// Offsets from UTC of one time zone: (from this UTC second on, seconds east of UTC), sorted by time, never empty. The
/// first holds before its moment too, the last for ever after: the committed table is true from 2000 to 2050.
struct Zone {
  std::string name;  ///< IANA name, e.g. "America/Toronto"
  std::vector<std::pair<std::int64_t, std::int32_t>> offsets;

  std::int32_t offset_at(std::int64_t utc_s) const;
  std::int64_t local_s(std::int64_t utc_s) const { return utc_s + offset_at(utc_s); }
  /// The UTC second of a local wall-clock moment; in a gap the first moment after it, in an overlap the earlier one.
  std::int64_t utc_of_local(std::int64_t local_s) const;
};

/// A zone of the committed table (data from the IANA time zone database, see zone_table_version()); throws InputError
/// with the nearest known name. "UTC" is always known. The reference stays good for the life of the program.
const Zone& zone(std::string_view name);
bool zone_known(std::string_view name);
/// Every known name, sorted.
const std::vector<std::string>& zone_names();
std::string_view zone_table_version();

}  // namespace demarche::calendar
