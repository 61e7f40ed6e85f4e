#pragma once
#include <cstddef>
#include <cstdint>

/// The committed table behind zone(): made by scripts/generate-zones, read by zone.cpp only.
namespace demarche::calendar::table {

struct Change {
  std::int32_t minute;      ///< since 2000-01-01 00:00 UTC
  std::int16_t offset_min;  ///< minutes east of UTC from then on
};
/// One name: its run of `changes`. Zones with the same history since 2000 share it.
struct Entry {
  const char* name;
  std::uint16_t first, count;
};

extern const char* const version;
extern const Change changes[];
extern const Entry entries[];  // sorted by name
extern const std::size_t entry_count;

}  // namespace demarche::calendar::table
