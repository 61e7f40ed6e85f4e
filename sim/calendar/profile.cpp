#include <array>

#include "sim/base/error.hpp"
#include "sim/base/text.hpp"
#include "sim/calendar/activity.hpp"

namespace demarche::calendar {
namespace {

using Day = std::array<double, 24>;

/// Five equal working days and two equal days of rest; `rest_share` is the share of the week's activity on the latter.
ActivityProfile week_of(const Day& working, const Day& resting, double rest_share) {
  double working_sum = 0, resting_sum = 0;
  for (double w : working) working_sum += w;
  for (double w : resting) resting_sum += w;
  ActivityProfile p;
  for (int day = 0; day < 7; ++day) {
    const Day& shape = day < 5 ? working : resting;
    const double weight = day < 5 ? (1 - rest_share) / 5 / working_sum : rest_share / 2 / resting_sum;
    for (double w : shape) p.weight.push_back(w * weight);
  }
  return p;
}

/// Mail of a European institution (email-Eu-core, computed): 2.7 % of it on weekends, the peak hour has 12 % and the
/// trough 0.1 % of a day. The hours between are assumed: a morning and an afternoon hump.
constexpr Day email_day{0.3, 0.2, 0.1,  0.1,  0.1, 0.2, 0.7, 2.8, 8.0, 11.2, 12.0, 10.0,
                        6.2, 7.6, 10.4, 10.2, 8.6, 5.6, 2.4, 1.0, 0.8, 0.7,  0.5,  0.3};
constexpr double email_weekend_share = 0.027;

/// assumed: people at their desks from 9 to 17, with a glance now and then in the other waking hours.
constexpr Day office_day{0, 0, 0, 0, 0, 0, 1, 2, 5, 10, 10, 10, 8, 10, 10, 10, 10, 5, 2, 1, 1, 1, 0.5, 0};
constexpr double office_weekend_share = 0.04;

/// assumed: social media after work; the same on every day of the week.
constexpr Day evening_day{2, 1, 0.5, 0.3, 0.3, 0.5, 1.5, 3, 4, 4, 4, 4.5, 5.5, 5, 4.5, 4.5, 5, 6, 7.5, 9, 9.5, 9, 7, 4};
constexpr double evening_weekend_share = 2.0 / 7;

}  // namespace

ActivityProfile ActivityProfile::flat() {
  return {std::vector<double>(168, 1.0)};
}

const std::vector<std::string>& profile_names() {
  static const std::vector<std::string> names{"flat", "office", "evening", "email-eu"};
  return names;
}

ActivityProfile profile(std::string_view name) {
  if (name == "flat") return ActivityProfile::flat();
  if (name == "office") return week_of(office_day, office_day, office_weekend_share);
  if (name == "evening") return week_of(evening_day, evening_day, evening_weekend_share);
  if (name == "email-eu") return week_of(email_day, email_day, email_weekend_share);
  const std::string near = nearest(name, profile_names());
  throw InputError({"unknown activity profile \"" + std::string(name) + "\"",
                    "known are flat, office, evening and email-eu",
                    near.empty() ? "" : "did you mean \"" + near + "\"?"});
}

}  // namespace demarche::calendar
