#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/estimate.hpp"
#include "output/cli/story.hpp"
#include "output/cli/words.hpp"
#include "output/tables/text.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"
#include "sim/calendar/calendar.hpp"

namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;

/// Moments of a story as people on the spot and in the capital read their clocks.
class Clocks {
 public:
  Clocks(const models::World& world, const run::Draft& draft) : clock_(world.plan().clock), draft_(draft) {
    const models::Scenario& s = world.scenario();
    const auto& missions = s.inputs.missions;
    capital_ = &calendar::zone(s.ministry.capital_zone);
    here_ = draft.origin < missions.size() ? &calendar::zone(missions[draft.origin].zone) : capital_;
  }

  std::string moment(Tick at) const {
    const std::string here = local(*here_, at);
    return here_ == capital_ ? here : here + " (" + local(*capital_, at).substr(4) + " in the capital)";
  }
  std::string age(Tick at) const {
    const double s = static_cast<double>((at - draft_.at) * clock_.tick_s);
    if (s < 3600) return fmt::format("{:.0f} min", s / 60);
    return s < 172800 ? fmt::format("{:.1f} h", s / 3600) : fmt::format("{:.1f} d", s / 86400);
  }
  double hours(Tick at) const { return clock_.hours(static_cast<double>(at - draft_.at)); }
  std::string utc(Tick at) const { return local(calendar::zone("UTC"), at).substr(4) + " UTC"; }

 private:
  std::string local(const calendar::Zone& zone, Tick at) const {
    static constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    const std::int64_t s = zone.local_s(clock_.utc_s(at));
    const std::int64_t day = calendar::day_of(s);
    const calendar::CivilDate date = calendar::civil_from_days(day);
    const std::int32_t of_day = calendar::second_of_day(s);
    return fmt::format("{} {:04}-{:02}-{:02} {:02}:{:02}", days[calendar::weekday(day)], date.year, date.month,
                       date.day, of_day / 3600, of_day / 60 % 60);
  }

  Clock clock_;
  run::Draft draft_;
  const calendar::Zone *capital_, *here_;
};

std::string origin_of(const models::World& world, const run::Draft& draft) {
  const auto& missions = world.scenario().inputs.missions;
  if (draft.author != run::no_author)
    return fmt::format("actor {} of the audience", draft.author - world.plan().audience_first);
  if (draft.origin >= missions.size()) return "the capital";
  const models::Mission& m = missions[draft.origin];
  return m.name + (m.host.empty() ? "" : " in " + m.host);
}

std::string story_text(const MessageStory& story, const run::Draft& draft, const Clocks& clocks) {
  std::string text = story.regime + "\n";
  for (const StoryMoment& m : story.moments)
    text += fmt::format("  {}  {}  {}  {}\n", output::padded_left("+" + clocks.age(m.at), 9), clocks.moment(m.at),
                        output::padded_left(percent(relevance_at(draft, m.at)), 7), output::printable(m.what));
  text += fmt::format("  in the end: {}", story.end);
  if (story.views > 0)
    text += fmt::format(", {} saw it at a mean relevance of {}, {} shared it", story.views,
                        percent(story.relevance_seen), story.shares);
  return text + "\n\n";
}

/// How much of the message's worth each regime let go by while it waited.
std::string verdict(const std::vector<MessageStory>& stories, const run::Draft& draft, const Clocks& clocks) {
  std::string text;
  for (const MessageStory& s : stories) {
    text += text.empty() ? "" : "; ";
    if (s.published == never) {
      text += "under " + s.regime + " it never came out (" + s.end + ")";
      continue;
    }
    text += fmt::format("under {} it came out {} after the opportunity with {} of its relevance left{}", s.regime,
                        clocks.age(s.published), percent(relevance_at(draft, s.published)),
                        s.faulty ? " and an error in it" : "");
  }
  if (draft.half_life <= 0) return text + ". Its relevance never fades, so waiting cost nothing but time.";
  const auto rank = [&](const MessageStory& s) { return s.published == never ? 0 : relevance_at(draft, s.published); };
  const auto [worst, best] = std::minmax_element(
      stories.begin(), stories.end(), [&](const MessageStory& a, const MessageStory& b) { return rank(a) < rank(b); });
  if (stories.size() > 1 && rank(*best) > rank(*worst))
    text += fmt::format(". Waiting under {} lost {} percentage points of relevance more than under {}", worst->regime,
                        number_text(std::round(1000 * (rank(*best) - rank(*worst))) / 10), best->regime);
  return text + ".";
}

Json story_json(const MessageStory& story, const run::Draft& draft, const Clocks& clocks) {
  Json moments = Json::array();
  for (const StoryMoment& m : story.moments)
    moments.push_back({{"hours", clocks.hours(m.at)},
                       {"utc", clocks.utc(m.at)},
                       {"relevance", relevance_at(draft, m.at)},
                       {"what", m.what}});
  return {{"regime", story.regime},
          {"end", story.end},
          {"published_after_hours", story.published == never ? Json(nullptr) : Json(clocks.hours(story.published))},
          {"relevance_at_publication",
           story.published == never ? Json(nullptr) : Json(relevance_at(draft, story.published))},
          {"published_with_error", story.published != never && story.faulty},
          {"views", story.views},
          {"shares", story.shares},
          {"relevance_seen", story.relevance_seen},
          {"moments", moments}};
}

}  // namespace

int trace(const Common& common, const TraceOptions& options) {
  const models::Scenario scenario = read_choice(options.scenario);
  refuse_if_too_large(estimate(scenario, 1), memory_limit(), {~std::uint64_t{0}, ""});
  const std::uint64_t which = scenario.worlds == models::Worlds::one ? models::World::shared_world : options.replicate;
  const models::World world(scenario, which);
  const std::size_t message = chosen_message(world, 0, options.replicate, options.message);
  const run::Draft draft = world.drafts(Luck(scenario.seed, options.replicate)).at(message);
  const Clocks clocks(world, draft);

  std::vector<MessageStory> stories;
  for (std::size_t arm = 0; arm < world.arms().size(); ++arm)
    stories.push_back(story_of(world, arm, options.replicate, message));
  const std::string comparison = verdict(stories, draft, clocks);
  const std::string& stimulus = scenario.stimuli[draft.stimulus].first;

  if (common.json) {
    Json regimes = Json::array();
    for (const MessageStory& story : stories) regimes.push_back(story_json(story, draft, clocks));
    const Json document{{"scenario", scenario.name},
                        {"replicate", options.replicate},
                        {"message", message},
                        {"stimulus", stimulus},
                        {"origin", origin_of(world, draft)},
                        {"opportunity", clocks.utc(draft.at)},
                        {"urgent", draft.priority == 0},
                        {"error", draft.faulty},
                        {"regimes", regimes},
                        {"comparison", comparison}};
    print(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return 0;
  }
  std::string text =
      output::printable(fmt::format("Message {} of replicate {}: {}, from {}{}{}{}", message, options.replicate,
                                    stimulus, origin_of(world, draft), draft.priority == 0 ? ", urgent" : "",
                                    draft.faulty ? ", with an error in the draft" : "",
                                    draft.measured ? "" : " (outside the measured time)")) +
      "\n";
  text +=
      "The opportunity: " + clocks.moment(draft.at) + "\nTime since then, local time, relevance left, what happens\n\n";
  for (const MessageStory& story : stories) text += story_text(story, draft, clocks);
  for (const std::string& line : output::wrapped(output::printable(comparison), 110)) text += line + "\n";
  print(text);
  return 0;
}

}  // namespace demarche::cli
