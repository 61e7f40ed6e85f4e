#include "scenarios/reader/moments.hpp"

#include <fmt/format.h>

#include "sim/calendar/calendar.hpp"

namespace demarche::scenarios {

namespace {

// The number in exactly `length` digits at `from`; -1 when there is none.
int digits(std::string_view text, std::size_t from, std::size_t length) {
  if (from + length > text.size()) return -1;
  int value = 0;
  for (const char c : text.substr(from, length)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

Parsed<std::int64_t> date(std::string_view text) {
  const auto wrong = [&](const char* why) {
    return Problem{fmt::format("'{:.40}' is not a date", text), why, "write one such as 2013-04-08"};
  };
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || year < 0 || month < 0 || day < 0)
    return wrong("year-month-day in digits is expected");
  if (year < 1900 || year > 2199) return wrong("years go from 1900 to 2199");
  if (month < 1 || month > 12) return wrong("there is no such month");
  const std::int64_t days = calendar::days_from_civil(year, month, day);
  const calendar::CivilDate back = calendar::civil_from_days(days);
  if (day < 1 || back.month != month || back.day != day) return wrong("there is no such day in that month");
  return days;
}

}  // namespace

Parsed<int> read_clock_time(std::string_view text) {
  const int hour = digits(text, 0, 2), minute = digits(text, 3, 2);
  if (text.size() != 5 || text[2] != ':' || hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 1440)
    return Problem{fmt::format("'{:.40}' is not a time of the day", text), "", "write one such as 09:30"};
  return hour * 60 + minute;
}

Parsed<std::int64_t> read_date(const Node& scalar) {
  return date(scalar.text);
}

std::string write_date(std::int64_t days) {
  const calendar::CivilDate d = calendar::civil_from_days(days);
  return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
}

Parsed<std::int64_t> read_moment(const Node& scalar) {
  const std::string_view text = scalar.text;
  const auto wrong = [&](std::string why) {
    return Problem{fmt::format("'{:.60}' is not a moment", text), std::move(why),
                   "write one such as 2013-04-15 14:50 America/New_York"};
  };
  const auto day = date(text.substr(0, 10));
  if (!day) return wrong(day.problem.why);
  if (text.size() < 16 || text[10] != ' ') return wrong("the time of the day is missing");
  const bool with_seconds = text.size() >= 19 && text[16] == ':';
  const auto minute = read_clock_time(text.substr(11, 5));
  const int second = with_seconds ? digits(text, 17, 2) : 0;
  if (!minute || *minute == 1440 || second < 0 || second > 59)
    return wrong("the time of the day is not of the form 14:50");
  std::string_view rest = text.substr(with_seconds ? 19 : 16);
  if (rest.size() < 2 || rest[0] != ' ') return wrong("the time zone is missing");
  rest.remove_prefix(1);
  const calendar::Zone* zone = nullptr;
  try {
    zone = &calendar::zone(rest);
  } catch (const InputError& e) {
    return e.problem();
  }
  const std::int64_t local = *day * 86400 + *minute * 60 + second;
  const std::int64_t utc = zone->utc_of_local(local);
  if (zone->local_s(utc) != local) return wrong("the clocks of that zone skip it");
  return utc;
}

std::string write_moment(std::int64_t utc_s) {
  const std::int64_t days = (utc_s >= 0 ? utc_s : utc_s - 86399) / 86400;
  const std::int64_t s = utc_s - days * 86400;
  const std::string seconds = s % 60 != 0 ? fmt::format(":{:02}", s % 60) : "";
  return fmt::format("{} {:02}:{:02}{} UTC", write_date(days), s / 3600, s / 60 % 60, seconds);
}

std::string date_pattern() {
  return "(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
}
std::string moment_pattern() {
  return date_pattern() + " (?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])? [A-Za-z][A-Za-z0-9_+/-]*";
}

}  // namespace demarche::scenarios
