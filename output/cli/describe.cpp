#include "output/cli/describe.hpp"

#include <fmt/format.h>

#include <set>

#include "output/cli/words.hpp"
#include "output/tables/text.hpp"
#include "sim/base/text.hpp"
#include "sim/calendar/calendar.hpp"

namespace demarche::cli {
namespace {

using models::Scenario;
using models::Stimulus;

constexpr std::size_t text_width = 110;

/// A heading and what belongs to it, wrapped and indented.
std::string entry(const std::string& heading, const std::string& text) {
  std::string lines;
  bool first = true;
  for (const std::string& line : output::wrapped(output::printable(heading + ": " + text), text_width - 4)) {
    lines += (first ? "  " : "      ") + line + "\n";
    first = false;
  }
  return lines;
}

std::string moment(std::int64_t utc_s) {
  const calendar::CivilDate date = calendar::civil_from_days(calendar::day_of(utc_s));
  const std::int32_t s = calendar::second_of_day(utc_s);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", date.year, date.month, date.day, s / 3600, s / 60 % 60);
}

std::string office_text(const models::OfficePlan& office) {
  if (office.hours.empty()) return "open around the clock";
  std::string text = "open";
  for (const auto& [from, to] : office.hours)
    text += fmt::format(" {:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60);
  const std::size_t days = office.days.empty() ? 7 : office.days.size();
  return text + fmt::format(" local time on {} days a week, {} holidays known", days, office.holidays.size());
}

std::string stimulus_text(const Scenario& scenario, const Stimulus& s, double expected) {
  std::string text;
  switch (s.kind) {
    case Stimulus::Kind::routine:
      text = fmt::format("routine, {} a day {}", about(s.rate_per_s * 86400),
                         s.from_capital ? "from the capital" : "at each mission");
      break;
    case Stimulus::Kind::crisis:
      text = fmt::format("crisis at {} with {} a day {}{}",
                         moment(scenario.time.start_utc_s + static_cast<std::int64_t>(s.at_s)),
                         about(s.rate_per_s * s.surge * 86400), s.from_capital ? "from the capital" : "at each mission",
                         s.duration_s > 0 ? " for " + duration_text(s.duration_s) : "");
      break;
    case Stimulus::Kind::seed:
      text = fmt::format("{} posts its own message after {}",
                         s.actor == "largest-hub" ? "the actor with the most followers"
                         : s.actor == "random"    ? "a random actor"
                                                  : "actor " + s.actor,
                         duration_text(s.at_s));
      break;
  }
  text += fmt::format("; {} messages expected a replicate", about(expected));
  if (s.half_life_s > 0) text += ", relevance halves every " + duration_text(s.half_life_s);
  if (s.urgent > 0) text += fmt::format(", {} urgent", percent(s.urgent));
  for (const auto& [tier, share] : s.tiers) text += fmt::format(", {} of tier {}", percent(share), tier);
  if (s.translated > 0) text += fmt::format(", {} to be translated", percent(s.translated));
  if (scenario.errors.rate > 0) text += fmt::format(", {} with an error", percent(scenario.errors.rate));
  return text;
}

std::string audience_text(const Scenario& scenario, const Workload& work) {
  const auto& inputs = scenario.inputs;
  std::string text = fmt::format("{} actors in {} countr{}", about(scenario.audience.actors), inputs.countries.size(),
                                 inputs.countries.size() == 1 ? "y" : "ies");
  if (inputs.ties)
    text += fmt::format(", {} imported ties", about(static_cast<double>(inputs.ties->ties())));
  else if (scenario.audience.has_ties)
    text += ", tied as " + network::kind_name(scenario.audience.ties);
  text += fmt::format("; {} ties in all layers, rhythm {}", about(work.ties), scenario.audience.rhythm);
  if (scenario.audience.online < 1)
    text += fmt::format(", {} online where no region says otherwise", percent(scenario.audience.online));
  return text;
}

std::string ministry_text(const Scenario& scenario) {
  std::set<std::string> hosts, zones;
  for (const models::Mission& m : scenario.inputs.missions) {
    hosts.insert(m.host);
    zones.insert(m.zone);
  }
  const auto& ministry = scenario.ministry;
  return fmt::format("{}{} missions in {} host countries and {} time zones, capital in {}, {}; drafting takes {}",
                     ministry.country.empty() ? "" : ministry.country + ", ", scenario.inputs.missions.size(),
                     hosts.size(), zones.size(), ministry.capital_zone, office_text(ministry.office),
                     ministry.drafting.text());
}

std::string errors_text(const models::Errors& e) {
  std::string text = fmt::format("{} of drafts", percent(e.rate));
  if (e.share_multiplier != 1) text += fmt::format(", shared {:.3g} times as readily", e.share_multiplier);
  if (e.noticed_by_reader > 0) text += fmt::format(", reported by {} of readers", percent(e.noticed_by_reader));
  if (e.monitoring != Law::fixed(0)) text += ", noticed by the sender after " + e.monitoring.text();
  return text + (e.corrections ? ", then corrected through the regime" : ", not corrected");
}

}  // namespace

std::string channel_sentence(const Scenario& scenario, const models::Channel& c) {
  const char* holder = c.holder == models::Holder::accounts   ? "missions with accounts"
                       : c.holder == models::Holder::missions ? "all missions"
                                                              : "the capital";
  std::string text;
  switch (c.mode) {
    case models::Mode::network:
      text = fmt::format("{} post, {} followers each on average ({} in the host country)", holder,
                         about(c.followers_mean), percent(c.local));
      break;
    case models::Mode::subscription:
      text = fmt::format("{} write to {} subscribers each on average", holder, about(c.followers_mean));
      break;
    case models::Mode::broadcast:
      text = fmt::format("outlets of the host country carry {} of messages of {}", percent(c.pickup), holder);
      break;
  }
  text +=
      fmt::format("; {} of the audience use it, {} of them see one post after {}{}", percent(users_share(scenario, c)),
                  percent(c.visibility), c.delay.text(), c.rhythm ? " of their own waking rhythm" : "");
  if (c.share > 0)
    text += fmt::format(", {} of viewers share it{}", percent(c.share),
                        c.share_decays ? ", less as its relevance fades" : "");
  if (c.lag != Law::fixed(0)) text += "; posted " + c.lag.text() + " after release";
  return text;
}

std::string described(const Scenario& scenario, const Workload& work) {
  std::string text = output::printable(scenario.title.empty() ? scenario.name : scenario.title) + "\n";
  if (!scenario.question.empty()) text += entry("question", scenario.question);
  text += entry("time", fmt::format("{} from {} in ticks of {}", duration_text(scenario.time.horizon_s),
                                    moment(scenario.time.start_utc_s), duration_text(scenario.time.resolution_s)));
  text += entry("ministry", ministry_text(scenario));
  text += entry("audience", audience_text(scenario, work));
  if (scenario.errors.rate > 0) text += entry("errors", errors_text(scenario.errors));
  text += "Channels\n";
  for (const auto& [name, channel] : scenario.channels) text += entry(name, channel_sentence(scenario, channel));
  text += "What makes people want to speak\n";
  for (std::size_t s = 0; s < scenario.stimuli.size(); ++s)
    text += entry(scenario.stimuli[s].first,
                  stimulus_text(scenario, scenario.stimuli[s].second, work.by_stimulus[s].second));
  text += "Regimes\n";
  for (const auto& [name, regime] : scenario.regimes) text += entry(name, regime_sentence(scenario, regime));
  if (!scenario.assumptions.empty()) text += "Assumed\n" + entry("throughout", scenario.assumptions);
  return text;
}

std::string estimate_text(const Estimate& e, const Limit& memory) {
  std::string text = "Estimate\n";
  text += entry("work",
                fmt::format("{} messages and about {} first sights a replicate and regime{}", about(e.work.messages),
                            about(e.work.views), e.work.may_explode ? ", if every message that can go far does" : ""));
  text += entry("memory", fmt::format("about {} with {} thread{} ({} may be used)", bytes_text(e.memory), e.threads,
                                      e.threads == 1 ? "" : "s", bytes_text(memory.bytes)));
  text += entry("time", fmt::format("about {}", rough_duration(e.seconds)));
  text += entry("disk", fmt::format("at most about {}", bytes_text(e.disk)));
  return text;
}

}  // namespace demarche::cli
