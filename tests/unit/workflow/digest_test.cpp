#include <gtest/gtest.h>

#include "tests/unit/workflow/office.hpp"

namespace demarche::workflow::test {
namespace {

std::uint64_t digest(const std::vector<Decision>& decisions) {
  std::uint64_t h = 0;
  for (const Decision& d : decisions)
    for (const std::int64_t x : {std::int64_t{d.slot}, d.at, static_cast<std::int64_t>(d.fate),
                                 std::int64_t{d.by_silence}, std::int64_t{d.faulty}, std::int64_t{d.edited},
                                 std::int64_t{d.rounds}, std::int64_t{d.reviews}, d.waiting, d.work})
      h = hash_key(h, static_cast<std::uint64_t>(x));
  return h;
}

// Every mechanism at once. The constant is part of the results: it changes only with the meaning of a run, and then
// CHANGELOG.md says why.
TEST(Clearance, a_mixed_ministry_always_decides_the_same) {
  Office o(60 * 24 * 40, 60);
  const CalendarId office = o.daily(9 * 60, 17 * 60), evening = o.daily(14 * 60, 22 * 60);
  const DeskId post = o.desk(0, Discipline::first_come, office), hub = o.desk(1, Discipline::priority, evening),
               second = o.desk(2, Discipline::last_in, office),
               centre = o.desk(1, Discipline::preemptive_priority, office),
               lawyers = o.desk(2, Discipline::earliest_deadline, evening), board = o.desk(1);
  o.workflow.desks[board.value()].meeting = {{.first = 60 * 10, .every = 60 * 48, .capacity = 20}};

  o.stage(post, Law::lognormal(1800, 1.2)).only_flags = 1;
  Stage& first = o.stage(hub, Law::gamma(1200, 2));
  first.reviews[0].desks = {hub, second};
  first.reviews[0].pass_bad = .7;
  first.reviews[0].on_fault = OnFault::send_back;
  first.rework = Law::exponential(7200);
  Stage& group =
      o.stage({{centre, Law::exponential(600)}, {lawyers, Law::uniform(60, 1500)}, {second, Law::fixed(300)}});
  group.required = 2;
  group.send_back_to = 1;
  for (Review& r : group.reviews) {
    r.never_answer = .05;
    r.reject = .05;
    r.send_back = .1;
    r.edit = .2;
    r.edit_service = Law::exponential(900);
    r.pass_good = .95;
    r.pass_bad = .6;
    r.on_fault = OnFault::correct;
  }
  group.expiry = {.after = 60 * 8,
                  .working_time = true,
                  .waiting_only = false,
                  .action = OnExpiry::escalate,
                  .patience = {},
                  .patience_drawn = false};
  Stage& last = o.stage(board, Law::fixed(600));
  last.expiry = {.after = 0,
                 .working_time = false,
                 .waiting_only = true,
                 .action = OnExpiry::release,
                 .patience = Law::lognormal(86400, .5),
                 .patience_drawn = true};

  for (int i = 0; i < 2000; ++i) {
    Submission& s = o.submit(i * 20, static_cast<std::uint8_t>(i % 3));
    s.key = mix64(s.key);
    s.origin = static_cast<std::uint32_t>(i % 2);
    s.deadline = i * 20 + 4000 - i % 7 * 500;
    s.faulty = i % 5 == 0;
    s.flags = i % 4 == 0 ? 1 : 0;
  }
  const auto decisions = o.run();
  std::vector<int> fates(5);
  for (const Decision& d : decisions) ++fates[static_cast<std::size_t>(d.fate)];
  for (const Fate f : {Fate::released, Fate::rejected, Fate::pending}) EXPECT_GT(fates[static_cast<std::size_t>(f)], 0);
  EXPECT_EQ(digest(decisions), 6593299510361953532ULL)
      << fates[0] << ' ' << fates[1] << ' ' << fates[2] << ' ' << fates[3] << ' ' << fates[4];
}

}  // namespace
}  // namespace demarche::workflow::test
