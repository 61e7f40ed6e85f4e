#include "sim/calendar/date.hpp"

namespace demarche::calendar {
namespace {

constexpr std::int64_t days_in_era = 146097;   // 400 years
constexpr std::int64_t epoch_in_era = 719468;  // 1970-01-01 counted from 0000-03-01

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b < 0);
}

}  // namespace

std::int64_t days_from_civil(int year, int month, int day) {
  // the year begins in March: the leap day is its last
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = floor_divide(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
  return era * days_in_era + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - epoch_in_era;
}

CivilDate civil_from_days(std::int64_t days) {
  const std::int64_t d = days + epoch_in_era;
  const std::int64_t era = floor_divide(d, days_in_era);
  const std::int64_t day_of_era = d - era * days_in_era;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (days_in_era - 1)) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t m = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(m < 10 ? m + 3 : m - 9);
  return {static_cast<int>(year_of_era + era * 400 + (month <= 2)), month,
          static_cast<int>(day_of_year - (153 * m + 2) / 5 + 1)};
}

int weekday(std::int64_t days) {
  const std::int64_t from_monday = days + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(from_monday - floor_divide(from_monday, 7) * 7);
}

std::int64_t day_of(std::int64_t local_s) {
  return floor_divide(local_s, 86400);
}
std::int32_t second_of_day(std::int64_t local_s) {
  return static_cast<std::int32_t>(local_s - day_of(local_s) * 86400);
}

}  // namespace demarche::calendar
