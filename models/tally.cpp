#include "models/tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace demarche::models {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void add_message(MessageTally& t, const run::MessageRecord& m, const Clock& clock) {
  using workflow::Fate;
  const bool published = m.published != never;
  ++t.drafts;
  t.published += published;
  const workflow::Decision& d = m.decision;
  t.rejected += d.fate == Fate::rejected;
  t.expired += d.fate == Fate::expired;
  t.unanswered += d.fate == Fate::unanswered;
  t.pending += d.fate == Fate::pending;
  t.by_silence += d.fate == Fate::released && d.by_silence;
  if (d.fate == Fate::released || d.fate == Fate::rejected || d.fate == Fate::expired) {
    ++t.decided;
    t.waiting += clock.hours(static_cast<double>(d.waiting));
    t.rounds += d.rounds;
  }
  t.work += clock.hours(static_cast<double>(d.work));
  if (m.draft.faulty) {
    ++t.faulty;
    t.faulty_published += published && m.faulty;
  } else {
    ++t.sound;
    t.sound_published += published;
  }
  if (published) t.delays.push_back(clock.hours(static_cast<double>(m.published - m.draft.at)));
}

void add_correction(Tally& t, const run::Record& record, const run::MessageRecord& wrong, const Clock& clock) {
  if (wrong.noticed == never) return;
  ++t.errors_noticed;
  if (wrong.corrected_by == run::no_message) return;
  const run::MessageRecord& correction = record.messages[wrong.corrected_by];
  t.corrected_views += correction.corrected;
  if (correction.published == never) return;
  ++t.errors_corrected;
  t.correction_delay += clock.hours(static_cast<double>(correction.published - wrong.published));
}

void add_desks(Tally& t, const run::Record& record, const Clock& clock) {
  t.busiest = nan;
  for (const workflow::DeskUse& use : record.desks) {
    t.staff_hours += clock.hours(static_cast<double>(use.busy));
    t.longest_queue = std::max(t.longest_queue, use.longest_queue);
    if (use.open == 0) continue;
    const double share = static_cast<double>(use.busy) / static_cast<double>(use.open);
    if (!(t.busiest >= share)) t.busiest = share;
  }
}

}  // namespace

Tally tally_of(const World& world, const run::Record& record) {
  const run::Plan& plan = world.plan();
  const Scenario& scenario = world.scenario();
  Tally t;
  t.by_stimulus.resize(scenario.stimuli.size());
  std::vector<Tick> first(scenario.stimuli.size(), never);
  for (const run::MessageRecord& m : record.messages) {
    if (!m.draft.measured) continue;
    if (m.corrects != run::no_message) {
      t.all.work += plan.clock.hours(static_cast<double>(m.decision.work));
      continue;
    }
    add_message(t.all, m, plan.clock);
    add_message(t.by_stimulus[m.draft.stimulus], m, plan.clock);
    first[m.draft.stimulus] = std::min(first[m.draft.stimulus], m.published);
    if (m.posts == 0) continue;
    ++t.cascades;
    t.views += m.views;
    t.shares += m.shares;
    t.largest = std::max(t.largest, m.views);
    if (m.faulty) {
      t.error_views += m.views;
      add_correction(t, record, m, plan.clock);
    } else {
      t.sound_views += m.views;
      t.relevant_views += static_cast<double>(m.relevance) * run::relevance_unit;
    }
  }
  for (std::size_t s = 0; s < first.size(); ++s) {
    const Tick start = plan.clock.ticks(scenario.stimuli[s].second.at_s);
    t.first_post.push_back(first[s] == never ? nan : plan.clock.hours(static_cast<double>(first[s] - start)));
    std::sort(t.by_stimulus[s].delays.begin(), t.by_stimulus[s].delays.end());
  }
  std::sort(t.all.delays.begin(), t.all.delays.end());

  t.reached_by_country.assign(plan.groups, 0);
  for (std::size_t a = 0; a < record.first_view.size(); ++a) {
    t.misled += record.first_error[a] != never;
    if (record.first_view[a] == never) continue;
    ++t.reached_by_country[plan.group_of[a]];
    t.arrivals.push_back(record.first_view[a]);
  }
  std::sort(t.arrivals.begin(), t.arrivals.end());
  t.reached = t.arrivals.size();
  t.deliveries = record.deliveries;
  add_desks(t, record, plan.clock);
  return t;
}

}  // namespace demarche::models
