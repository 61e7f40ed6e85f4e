#include <gmock/gmock.h>

#include <functional>

#include "sim/base/error.hpp"
#include "tests/unit/workflow/office.hpp"

namespace demarche::workflow::test {
namespace {

struct Mistake {
  const char* says;
  std::function<void(Workflow&)> make;
};

TEST(Validate, refuses_what_cannot_be_executed_and_says_why) {
  const auto review = [](Workflow& w) -> Review& { return w.routes[0].stages[1].reviews[0]; };
  const std::vector<Mistake> mistakes{
      {"has no desk", [&](Workflow& w) { review(w).desks.clear(); }},
      {"names a desk", [&](Workflow& w) { review(w).desks = {DeskId{9}}; }},
      {"pass good is not a probability", [&](Workflow& w) { review(w).pass_good = 1.5; }},
      {"reject is not a probability", [&](Workflow& w) { review(w).reject = -.1; }},
      {"edit is not a probability", [&](Workflow& w) { review(w).edit = std::nan(""); }},
      {"add up to more than 1", [&](Workflow& w) { review(w).reject = review(w).edit = .6; }},
      {"cannot be drawn", [&](Workflow& w) { review(w).service = Law::fixed(-1); }},
      {"cannot be drawn", [&](Workflow& w) { review(w).edit_service = Law::gamma(1, 0); }},
      {"cannot be drawn",
       [&](Workflow& w) {
         review(w).service = Law::quantiles({{0, 1}});
       }},
      {"has 0 reviews", [](Workflow& w) { w.routes[0].stages[1].reviews.clear(); }},
      {"has 65 reviews", [&](Workflow& w) { w.routes[0].stages[1].reviews.assign(65, review(w)); }},
      {"requires 0 of 1", [](Workflow& w) { w.routes[0].stages[1].required = 0; }},
      {"requires 2 of 1", [](Workflow& w) { w.routes[0].stages[1].required = 2; }},
      {"a later stage", [](Workflow& w) { w.routes[0].stages[0].send_back_to = 1; }},
      {"before it begins", [](Workflow& w) { w.routes[0].stages[0].expiry.after = -5; }},
      {"is too long", [](Workflow& w) { w.routes[0].max_rounds = 1U << 21; }},
      {"has no calendar", [](Workflow& w) { w.desks[0].calendar = {}; }},
      {"never meets again", [](Workflow& w) { w.desks[0].meeting = {{.first = 0, .every = 0}}; }},
      {"before the scenario", [](Workflow& w) { w.desks[0].meeting = {{.first = -1, .every = 5}}; }},
      {"two rhythms",
       [](Workflow& w) {
         w.desks[0].meeting = {{.every = 5}, {.every = 6}};
       }},
  };
  for (const Mistake& mistake : mistakes) {
    Office o;
    o.stage(o.desk(), Law::fixed(1));
    o.stage(o.desk(), Law::fixed(1));
    EXPECT_NO_THROW(validate(o.workflow));
    mistake.make(o.workflow);
    try {
      validate(o.workflow);
      ADD_FAILURE() << "accepted: " << mistake.says;
    } catch (const InputError& e) {
      EXPECT_THAT(e.what(), testing::HasSubstr(mistake.says));
    }
  }
}

TEST(Validate, a_calendar_must_last_as_long_as_the_run) {
  Office o(1000);
  o.stage(o.desk(), Law::fixed(1));
  EXPECT_THROW(Clearance(o.workflow, o.luck, 1001), ContractError);
}

}  // namespace
}  // namespace demarche::workflow::test
