#include "scenarios/reader/moments.hpp"
#include "scenarios/reader/tables.hpp"

namespace demarche::scenarios {

namespace {

Parsed<std::int64_t> moment_or_date(const Node& node) {
  if (node.text.size() > 10) return read_moment(node);
  const auto date = read_date(node);
  if (!date) return date.problem;
  return *date * 86400;
}

}  // namespace

Scalar<std::int64_t> start_moment() {
  return {"moment or date", "2013-04-08 00:00 America/Toronto", text_schema(moment_pattern() + "|" + date_pattern()),
          [](const Node& node, const Reading&) { return moment_or_date(node); },
          [](const std::int64_t& utc_s) { return Node::string(write_moment(utc_s)); }};
}

Scalar<double> since_start() {
  return {"moment or duration", "2013-04-15 14:50 America/New_York",
          text_schema(moment_pattern() + "|" + date_pattern() + "|" + duration_pattern()),
          [](const Node& node, const Reading& reading) -> Parsed<double> {
            // a moment begins with a date: four digits and a dash
            if (node.text.size() >= 10 && node.text[4] == '-') {
              const auto moment = moment_or_date(node);
              if (!moment) return moment.problem;
              return static_cast<double>(*moment - reading.start_utc_s);
            }
            return read_duration(node);
          },
          [](const double& seconds) { return Node::string(write_duration(seconds)); }};
}

}  // namespace demarche::scenarios
