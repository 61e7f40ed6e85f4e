#include <algorithm>
#include <array>

#include "scenarios/reader/moments.hpp"
#include "scenarios/reader/tables.hpp"

namespace demarche::scenarios {

using models::OfficePlan;

namespace {

using Hours = std::vector<std::pair<int, int>>;

std::string trimmed(std::string_view s) {
  const std::size_t from = s.find_first_not_of(' ');
  return from == std::string_view::npos ? "" : std::string(s.substr(from, s.find_last_not_of(' ') - from + 1));
}

std::vector<std::string> comma_parts(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (;;) {
    const std::size_t comma = text.find(',', from);
    parts.push_back(trimmed(std::string_view(text).substr(from, comma == std::string::npos ? comma : comma - from)));
    if (comma == std::string::npos) return parts;
    from = comma + 1;
  }
}

Parsed<Hours> read_hours(const Node& node, const Reading&) {
  Hours hours;
  if (node.text == "always") return hours;
  for (const std::string& part : comma_parts(node.text)) {
    const std::size_t dash = part.find('-');
    const auto open = read_clock_time(trimmed(std::string_view(part).substr(0, dash)));
    if (!open || dash == std::string::npos)
      return Problem{"\"" + node.text + "\" are no opening hours", "",
                     "write for example 09:00-17:00, or 09:00-12:00, 13:00-17:00, or always"};
    const auto close = read_clock_time(trimmed(std::string_view(part).substr(dash + 1)));
    if (!close) return close.problem;
    if (*close <= *open)
      return Problem{"the office closes before it opens", part,
                     "write the opening time first; hours past midnight are two intervals"};
    if (!hours.empty() && *open < hours.back().second)
      return Problem{"opening hours overlap or are out of order", part, "write them in the order of the day"};
    hours.emplace_back(*open, *close);
  }
  return hours;
}

std::string clock_text(int minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / 60) + ":" + two(minute % 60);
}

Node write_hours(const Hours& hours) {
  if (hours.empty()) return Node::string("always");
  std::string text;
  for (const auto& [open, close] : hours)
    text += (text.empty() ? "" : ", ") + clock_text(open) + "-" + clock_text(close);
  return Node::string(text);
}

constexpr std::array<const char*, 7> day_names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

int day_number(const std::string& word) {
  for (int d = 0; d < 7; ++d)
    if (word == day_names[static_cast<std::size_t>(d)]) return d;
  return -1;
}

Parsed<std::vector<int>> read_days(const Node& node, const Reading&) {
  std::vector<int> days;
  if (node.text == "every-day") return days;
  for (const std::string& part : comma_parts(node.text)) {
    const std::size_t dash = part.find('-');
    const int first = day_number(part.substr(0, dash));
    const int last = dash == std::string::npos ? first : day_number(part.substr(dash + 1));
    if (first < 0 || last < first)
      return Problem{"\"" + node.text + "\" are no days of the week", "",
                     "write for example mon-fri, or sun-thu as \"sun, mon-thu\", or every-day"};
    for (int d = first; d <= last; ++d) days.push_back(d);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

Node write_days(const std::vector<int>& days) {
  if (days.empty()) return Node::string("every-day");
  std::string text;
  for (const int d : days) text += std::string(text.empty() ? "" : ", ") + day_names[static_cast<std::size_t>(d)];
  return Node::string(text);
}

Scalar<Hours> hours() {
  const std::string interval = "[0-2]?[0-9]:[0-5][0-9] *- *[0-2]?[0-9]:[0-5][0-9]";
  return {"opening hours", "09:00-17:00", text_schema("always|" + interval + "( *, *" + interval + ")*"), read_hours,
          write_hours};
}

Scalar<std::vector<int>> days() {
  const std::string day = "(mon|tue|wed|thu|fri|sat|sun)", span = day + "(-" + day + ")?";
  return {"days of the week", "mon-fri", text_schema("every-day|" + span + "( *, *" + span + ")*"), read_days,
          write_days};
}

}  // namespace

Rule<OfficePlan> office_rule() {
  Table<OfficePlan> t(
      "office",
      "When an office works, in the local time of the place where it stands. Work stops at closing time and resumes.");
  t.field("hours", &OfficePlan::hours, hours(), "opening hours of a day")
      .field("days", &OfficePlan::days, days(), "days on which it opens")
      .field("holidays", &OfficePlan::holidays_file, file(),
             "table with a column `date`: days on which it stays closed");
  return rule_of(t);
}

}  // namespace demarche::scenarios
