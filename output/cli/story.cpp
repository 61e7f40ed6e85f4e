#include "output/cli/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "models/simulate.hpp"
#include "output/cli/words.hpp"
#include "sim/base/error.hpp"

namespace demarche::cli {
namespace {

using What = workflow::StoryStep::What;

std::string words_of(What what) {
  switch (what) {
    case What::submitted:
      return "handed in";
    case What::arrived:
      return "arrives at";
    case What::started:
      return "is taken up by";
    case What::interrupted:
      return "is laid aside for something urgent at";
    case What::resumed:
      return "is taken up again by";
    case What::passed:
      return "is passed by";
    case What::failed:
      return "is refused by";
    case What::corrected:
      return "has its error found and mended by";
    case What::edited:
      return "is edited and passed by";
    case What::sent_back:
      return "is sent back by";
    case What::unanswered:
      return "is left lying for ever at";
    case What::expired:
      return "has waited too long";
    case What::released:
      return "is released";
    case What::rejected:
      break;
  }
  return "is rejected";
}

bool at_a_desk(What what) {
  return what != What::submitted && what != What::expired && what != What::released && what != What::rejected;
}

void tell_clearance(const std::vector<workflow::StoryStep>& steps, std::uint32_t slot, const workflow::Workflow& work,
                    const std::string& before, std::vector<StoryMoment>& moments) {
  std::vector<workflow::StoryStep> own;
  for (const workflow::StoryStep& step : steps)
    if (step.slot == slot) own.push_back(step);
  for (std::size_t i = 0; i < own.size(); ++i) {
    const workflow::StoryStep& step = own[i];
    // who is taken up on arrival has not waited: one line is enough
    if (step.what == What::arrived && i + 1 < own.size() && own[i + 1].what == What::started &&
        own[i + 1].at == step.at && own[i + 1].desk == step.desk)
      continue;
    std::string text = before + words_of(step.what);
    if (at_a_desk(step.what) && step.desk.valid()) text += " " + work.desks[step.desk.value()].name;
    moments.push_back({step.at, text});
  }
}

void tell_sights(const models::World& world, const run::Record& record, std::uint32_t slot, MessageStory& story) {
  std::vector<Tick> seen;
  std::map<std::uint8_t, Tick> first;
  for (const run::View& view : record.views) {
    if (view.slot != slot) continue;
    seen.push_back(view.at);
    first.try_emplace(view.channel, view.at);
  }
  for (const auto& [channel, at] : first)
    story.moments.push_back({at, "is seen for the first time on " + world.scenario().channels[channel].first});
  for (const int percent : {10, 50, 90}) {
    if (seen.size() < 2) break;
    const std::size_t rank = (seen.size() * static_cast<std::size_t>(percent) + 99) / 100;
    story.moments.push_back({seen[rank - 1], fmt::format("{} % of all who will see it have seen it", percent)});
  }
}

std::string end_of(const run::MessageRecord& m) {
  if (m.published != never) return "published";
  switch (m.decision.fate) {
    case workflow::Fate::rejected:
      return "rejected";
    case workflow::Fate::expired:
      return "expired";
    case workflow::Fate::unanswered:
      return "never answered";
    case workflow::Fate::released:
      return "released, but there is no channel for it";
    case workflow::Fate::pending:
      break;
  }
  return "still in clearance at the end";
}

}  // namespace

double relevance_at(const run::Draft& draft, Tick at) {
  return spread::relevance({.key = draft.key, .born = draft.at, .half_life = draft.half_life}, at);
}

MessageStory story_of(const models::World& world, std::size_t arm, std::uint64_t replicate, std::size_t message) {
  std::vector<workflow::StoryStep> steps;
  const run::Record record = models::simulate_one(world, arm, replicate, &steps);
  const auto slot = static_cast<std::uint32_t>(message);
  const run::MessageRecord& m = record.messages.at(message);
  MessageStory story;
  story.regime = world.arms()[arm].name;
  const bool raw_error = m.draft.faulty && !world.arms()[arm].habits_at(m.draft.at).perfect;
  if (raw_error) story.moments.push_back({m.draft.at, "the author makes an error"});
  tell_clearance(steps, slot, world.arms()[arm].workflow, "", story.moments);
  if (m.published != never)
    story.moments.push_back(
        {m.published, fmt::format("is published on {} channel{}{}", m.posts, m.posts == 1 ? "" : "s",
                                  m.faulty    ? " with its error"
                                  : raw_error ? ", its error mended"
                                              : "")});
  tell_sights(world, record, slot, story);
  if (m.noticed != never) story.moments.push_back({m.noticed, "its error is noticed"});
  if (m.corrected_by != run::no_message) {
    const run::MessageRecord& correction = record.messages[m.corrected_by];
    tell_clearance(steps, m.corrected_by, world.arms()[arm].workflow, "the correction ", story.moments);
    if (correction.published != never)
      story.moments.push_back(
          {correction.published, fmt::format("the correction is published; {} saw it, {} of them had seen the error",
                                             correction.views, correction.corrected)});
  }
  std::stable_sort(story.moments.begin(), story.moments.end(),
                   [](const StoryMoment& a, const StoryMoment& b) { return a.at < b.at; });
  story.published = m.published;
  story.faulty = m.faulty;
  story.end = end_of(m);
  story.views = m.views;
  story.shares = m.shares;
  if (m.views > 0)
    story.relevance_seen = static_cast<double>(m.relevance) * run::relevance_unit / static_cast<double>(m.views);
  return story;
}

std::size_t chosen_message(const models::World& world, std::size_t arm, std::uint64_t replicate,
                           const std::string& choice) {
  const std::vector<run::Draft> drafts = world.drafts(Luck(world.scenario().seed, replicate));
  if (drafts.empty())
    throw InputError(
        {fmt::format("nobody says anything in replicate {}", replicate), "", "choose another --replicate"});
  if (choice == "first-error") {
    std::size_t found = drafts.size();
    for (std::size_t i = 0; i < drafts.size(); ++i)
      if (drafts[i].faulty && drafts[i].measured && (found == drafts.size() || drafts[i].at < drafts[found].at))
        found = i;
    if (found == drafts.size())
      throw InputError({fmt::format("no draft of replicate {} has an error", replicate), "",
                        "choose another --replicate or --message"});
    return found;
  }
  if (choice == "slowest" || choice == "median") {
    const run::Record record = models::simulate_one(world, arm, replicate);
    std::vector<std::pair<Tick, std::size_t>> delays;
    for (std::size_t i = 0; i < drafts.size(); ++i)
      if (drafts[i].measured && record.messages[i].published != never)
        delays.emplace_back(record.messages[i].published - drafts[i].at, i);
    if (delays.empty())
      throw InputError({fmt::format("nothing is published in replicate {} under {}", replicate, world.arms()[arm].name),
                        "", "choose another --replicate, or --message by its number"});
    std::sort(delays.begin(), delays.end());
    return choice == "slowest" ? delays.back().second : delays[delays.size() / 2].second;
  }
  std::size_t number = 0;
  const auto end = std::from_chars(choice.data(), choice.data() + choice.size(), number);
  if (end.ec != std::errc() || end.ptr != choice.data() + choice.size())
    throw InputError(
        {"--message " + choice + " names no message", "", "give a number from 0, first-error, slowest or median"});
  if (number >= drafts.size())
    throw InputError({fmt::format("replicate {} has no message {}", replicate, number),
                      fmt::format("they are numbered 0 to {}", drafts.size() - 1), ""});
  return number;
}

}  // namespace demarche::cli
