#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/workflow/twin.hpp"

namespace demarche::workflow::test {
namespace {

/// The whole range from the first case on: by itself, rapidcheck begins with the low end.
int pick(int low, int high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high + 1));
}
/// A probability that is 0 or 1 now and then: certain outcomes show most mistakes.
double share(double at_most = 1) {
  return std::array{0.0, 0.0, 0.2, 0.5, 0.9, 1.0}[static_cast<std::size_t>(pick(0, 5))] * at_most;
}
/// In hours, which are ticks here; often short, so that many things fall into one tick.
Law law(int most) {
  const double hours = pick(0, most);
  return pick(0, 2) == 0 ? Law::exponential(3600 * hours) : Law::fixed(3600 * hours);
}

void add_desk(Office& o) {
  const auto discipline = static_cast<Discipline>(pick(0, 4));
  const CalendarId hours{static_cast<std::uint32_t>(pick(0, 3))};
  const DeskId desk = o.desk(static_cast<std::uint32_t>(pick(0, 3)), discipline, hours);
  if (pick(0, 4) == 0)
    o.workflow.desks[desk.value()].meeting = {
        {.first = pick(0, 20), .every = pick(1, 30), .capacity = static_cast<std::uint32_t>(pick(0, 2))}};
}

Review review(const Office& o) {
  const auto any_desk = [&o] { return DeskId{static_cast<std::uint32_t>(pick(0, int(o.workflow.desks.size()) - 1))}; };
  Review r;
  r.desks = {any_desk()};
  if (pick(0, 3) == 0) r.desks.push_back(any_desk());
  r.service = law(12);
  if (pick(0, 1) == 0) {
    r.pass_good = 1 - share(0.5);
    r.pass_bad = share();
    r.on_fault = static_cast<OnFault>(pick(0, 2));
  }
  if (pick(0, 1) == 0) {
    r.never_answer = share(0.25);
    r.reject = share(0.25);
    r.send_back = share(0.25);
    r.edit = share(0.25);
    r.edit_service = law(5);
  }
  return r;
}

Stage stage(const Office& o, std::uint32_t index) {
  Stage s;
  const int reviews = std::array{1, 1, 2, 3}[static_cast<std::size_t>(pick(0, 3))];
  for (int i = 0; i < reviews; ++i) s.reviews.push_back(review(o));
  s.required = static_cast<std::uint32_t>(pick(1, reviews));
  s.send_back_to = static_cast<std::uint32_t>(pick(0, static_cast<int>(index)));
  s.rework = law(6);
  if (pick(0, 4) == 0) s.only_flags = static_cast<std::uint32_t>(pick(1, 3));
  if (pick(0, 1) == 0) {
    s.expiry.after = pick(1, 30);
    s.expiry.working_time = pick(0, 1) == 0;
    s.expiry.waiting_only = pick(0, 1) == 0;
    s.expiry.action = static_cast<OnExpiry>(pick(0, 2));
    s.expiry.patience_drawn = pick(0, 2) == 0;
    s.expiry.patience = law(30);
  }
  return s;
}

Office arbitrary_office(int most_drafts) {
  Office o(24 * pick(1, 20) + pick(0, 23), 3600);
  o.daily(9 * 60, 17 * 60);
  o.daily(60 * pick(0, 10), 60 * pick(11, 24));
  calendar::OfficeHours week;
  for (int d = 0; d < 5; ++d) week.week.push_back({d, 8 * 60, 18 * 60});
  o.add_hours(week);
  for (int i = pick(1, 4); i > 0; --i) add_desk(o);
  for (int i = pick(0, 1); i > 0; --i) o.workflow.routes.emplace_back();
  for (Route& route : o.workflow.routes) {
    const auto stages = static_cast<std::uint32_t>(pick(0, 4));
    for (std::uint32_t i = 0; i < stages; ++i) route.stages.push_back(stage(o, i));
    route.max_rounds = static_cast<std::uint32_t>(pick(0, 4));
  }
  o.luck = Luck(static_cast<std::uint64_t>(pick(0, 1 << 30)), 0);
  const int last = pick(0, 60);
  for (int i = pick(0, most_drafts); i > 0; --i) {
    Submission& s = o.submit(pick(0, last), static_cast<std::uint8_t>(pick(0, 3)));
    s.key = mix64(s.key);
    s.route = RouteId{static_cast<std::uint32_t>(pick(0, int(o.workflow.routes.size()) - 1))};
    s.origin = static_cast<std::uint32_t>(pick(0, 1));
    s.deadline = pick(0, 100);
    s.faulty = pick(0, 1) == 0;
    s.flags = static_cast<std::uint32_t>(pick(0, 3));
  }
  return o;
}

auto fields(const Decision& d) {
  return std::tuple(d.slot, d.at, static_cast<int>(d.fate), d.by_silence, d.faulty, d.edited, d.rounds, d.reviews,
                    d.waiting, d.work);
}
auto fields(const DeskUse& u) {
  return std::tuple(u.busy, u.open, u.served, u.longest_queue);
}
template <class T>
auto all_fields(const std::vector<T>& items) {
  std::vector<decltype(fields(items[0]))> result;
  for (const T& item : items) result.push_back(fields(item));
  return result;
}

RC_GTEST_PROP(Twin, decides_as_the_engine, ()) {
  for (int i = 0; i < 10; ++i) {
    Office o = arbitrary_office(12);
    const auto decisions = o.run();
    Twin twin(o.workflow, o.luck, o.end, o.drafts);
    RC_ASSERT(all_fields(decisions) == all_fields(twin.run()));
    RC_ASSERT(all_fields(o.use) == all_fields(twin.use()));
  }
}

RC_GTEST_PROP(Clearance, every_draft_gets_exactly_one_decision_and_clerks_only_do_the_drafts_work, ()) {
  Office o = arbitrary_office(60);
  const auto decisions = o.run();
  RC_ASSERT(decisions.size() == o.drafts.size());
  Ticks work = 0, busy = 0;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    RC_ASSERT(decisions[i].slot == i);
    const bool decided = decisions[i].fate != Fate::pending && decisions[i].fate != Fate::unanswered;
    RC_ASSERT(decided == (decisions[i].at != never));
    if (decided) RC_ASSERT(decisions[i].at >= o.drafts[i].second && decisions[i].at < o.end);
    work += decisions[i].work;
  }
  for (const DeskUse& u : o.use) {
    busy += u.busy;
    if (u.open > 0) RC_ASSERT(u.busy <= u.open);
  }
  RC_ASSERT(work == busy);
  RC_ASSERT(std::is_sorted(o.story.begin(), o.story.end(),
                           [](const StoryStep& a, const StoryStep& b) { return a.at < b.at; }));
}

RC_GTEST_PROP(Clearance, the_order_of_calls_does_not_matter, ()) {
  Office o = arbitrary_office(30);
  o.run();
  const auto first = all_fields(o.order);
  o.drafts = *rc::gen::map(rc::gen::arbitrary<std::uint32_t>(), [&o](std::uint32_t seed) {
    auto drafts = o.drafts;
    std::sort(drafts.begin(), drafts.end(), [seed](const auto& a, const auto& b) {
      return hash_key(seed, a.first.key) < hash_key(seed, b.first.key);
    });
    return drafts;
  });
  o.run();
  RC_ASSERT(first == all_fields(o.order));
}

RC_GTEST_PROP(Clearance, a_reset_engine_is_as_new, ()) {
  Office o = arbitrary_office(20);
  const auto fresh = o.run();
  const auto use = o.use;
  Clearance engine(o.workflow, Luck(99, 1), o.end);
  std::vector<Decision> decisions;
  // left in the middle of the work of another replicate
  for (const auto& [what, at] : o.drafts) engine.submit(what, at);
  for (int i = pick(0, 20); i > 0; --i) engine.step(decisions);
  engine.reset(o.luck);
  decisions.clear();
  // drafts are handed over tick by tick, as a coupled simulation does
  auto drafts = o.drafts;
  std::stable_sort(drafts.begin(), drafts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  for (const auto& [what, at] : drafts) {
    while (engine.next() < at) engine.step(decisions);
    engine.submit(what, at);
  }
  while (engine.next() != never) engine.step(decisions);
  engine.close(decisions);
  std::sort(decisions.begin(), decisions.end(), [](const Decision& a, const Decision& b) { return a.slot < b.slot; });
  RC_ASSERT(all_fields(fresh) == all_fields(decisions));
  std::vector<DeskUse> engine_use;
  engine.desk_use(engine_use);
  RC_ASSERT(all_fields(use) == all_fields(engine_use));
}

}  // namespace
}  // namespace demarche::workflow::test
