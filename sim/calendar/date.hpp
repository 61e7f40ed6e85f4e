#pragma once
#include <cstdint>

namespace demarche::calendar {

/// Days since 1970-01-01 of a proleptic Gregorian date, and back (Hinnant, "chrono-compatible low-level date
/// algorithms").
std::int64_t days_from_civil(int year, int month, int day);
struct CivilDate {
  int year, month, day;
};
CivilDate civil_from_days(std::int64_t days);
/// 0 = Monday ... 6 = Sunday.
int weekday(std::int64_t days);

/// The day a local second falls on, and the second of that day; right before 1970 as well.
std::int64_t day_of(std::int64_t local_s);
std::int32_t second_of_day(std::int64_t local_s);

}  // namespace demarche::calendar
