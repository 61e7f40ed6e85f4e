#include "sim/calendar/zone.hpp"

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/base/text.hpp"
#include "sim/calendar/zone_table.hpp"

namespace demarche::calendar {
namespace {

constexpr std::int64_t table_start_s = 946684800;  // 2000-01-01 00:00 UTC

const std::vector<Zone>& all_zones() {
  static const std::vector<Zone> zones = [] {
    std::vector<Zone> made(table::entry_count);
    for (std::size_t i = 0; i < made.size(); ++i) {
      const table::Entry& entry = table::entries[i];
      made[i].name = entry.name;
      made[i].offsets.reserve(entry.count);
      for (const table::Change* c = table::changes + entry.first; c != table::changes + entry.first + entry.count; ++c)
        made[i].offsets.emplace_back(table_start_s + std::int64_t{c->minute} * 60, c->offset_min * 60);
    }
    return made;
  }();
  return zones;
}

const Zone* find(std::string_view name) {
  const auto& zones = all_zones();
  const auto at =
      std::lower_bound(zones.begin(), zones.end(), name, [](const Zone& z, std::string_view n) { return z.name < n; });
  return at != zones.end() && at->name == name ? &*at : nullptr;
}

/// "Toronto" for "America/Toronto": people remember the city.
std::string_view city(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

std::string suggestion(std::string_view name) {
  const std::string near = nearest(name, zone_names());
  if (!near.empty()) return near;
  for (const std::string& known : zone_names())
    if (edit_distance(city(known), city(name)) <= 1) return known;
  return "";
}

}  // namespace

std::int32_t Zone::offset_at(std::int64_t utc_s) const {
  const auto after = std::upper_bound(offsets.begin() + 1, offsets.end(), utc_s,
                                      [](std::int64_t t, const auto& change) { return t < change.first; });
  return (after - 1)->second;
}

std::int64_t Zone::utc_of_local(std::int64_t local) const {
  // the first stretch of constant offset that has not ended when its own clock shows this time
  std::size_t i = 0, beyond = offsets.size() - 1;
  while (i < beyond) {
    const std::size_t middle = (i + beyond) / 2;
    if (local - offsets[middle].second < offsets[middle + 1].first)
      beyond = middle;
    else
      i = middle + 1;
  }
  const std::int64_t utc = local - offsets[i].second;
  return i == 0 ? utc : std::max(utc, offsets[i].first);
}

const Zone& zone(std::string_view name) {
  if (const Zone* z = find(name)) return *z;
  const std::string near = suggestion(name);
  throw InputError({"unknown time zone \"" + std::string(name) + "\"",
                    "zones have IANA names such as America/Toronto, table of " + std::string(zone_table_version()),
                    near.empty() ? "" : "did you mean \"" + near + "\"?"});
}

bool zone_known(std::string_view name) {
  return find(name) != nullptr;
}

const std::vector<std::string>& zone_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> made;
    for (const Zone& z : all_zones()) made.push_back(z.name);
    return made;
  }();
  return names;
}

std::string_view zone_table_version() {
  return table::version;
}

}  // namespace demarche::calendar
