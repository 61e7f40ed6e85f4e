#include <cmath>
#include <string>

#include "sim/base/error.hpp"
#include "sim/workflow/event_heap.hpp"
#include "sim/workflow/workflow.hpp"

namespace demarche::workflow {
namespace {

[[noreturn]] void refuse(std::string problem, std::string why, std::string suggestion) {
  throw InputError({std::move(problem), std::move(why), std::move(suggestion)});
}

void check_share(double p, const std::string& what) {
  if (!(p >= 0 && p <= 1)) refuse(what + " is not a probability", "it must lie between 0 and 1", "");
}

void check_law(const Law& law, const std::string& what) {
  const bool ranges = law.a >= 0 && std::isfinite(law.a) && law.b >= 0 && std::isfinite(law.b);
  bool points = law.kind != Law::Kind::quantiles || law.points.size() >= 2;
  for (const auto& [p, value] : law.points) points = points && p >= 0 && p <= 1 && value >= 0 && std::isfinite(value);
  const bool shape = (law.kind != Law::Kind::gamma && law.kind != Law::Kind::seismic) || (law.a > 0 && law.b > 0);
  if (!ranges || !points || !shape)
    refuse("the time of " + what + " cannot be drawn", "its parameters must be finite and not negative", "");
}

void check_review(const Workflow& workflow, const Review& review, const std::string& name) {
  if (review.desks.empty()) refuse(name + " has no desk", "", "name one desk, or one for each origin");
  for (const DeskId desk : review.desks)
    if (!desk.valid() || desk.value() >= workflow.desks.size())
      refuse(name + " names a desk that is not there", "", "");
  check_law(review.service, name);
  check_law(review.edit_service, name + " (edit)");
  check_share(review.pass_good, name + ": pass good");
  check_share(review.pass_bad, name + ": pass bad");
  check_share(review.never_answer, name + ": never answer");
  check_share(review.reject, name + ": reject");
  check_share(review.send_back, name + ": send back");
  check_share(review.edit, name + ": edit");
  if (review.never_answer + review.reject + review.send_back + review.edit > 1 + 1e-9)
    refuse(name + ": the outcomes add up to more than 1", "never answer, reject, send back and edit exclude each other",
           "lower one of them");
}

void check_stage(const Workflow& workflow, const Stage& stage, std::size_t index, const std::string& name) {
  if (stage.reviews.empty() || stage.reviews.size() > 64)
    refuse(name + " has " + std::to_string(stage.reviews.size()) + " reviews", "a stage has 1 to 64", "");
  if (stage.required < 1 || stage.required > stage.reviews.size())
    refuse(name + " requires " + std::to_string(stage.required) + " of " + std::to_string(stage.reviews.size()) +
               " reviews",
           "", "require at least one and at most all");
  if (stage.send_back_to > index)
    refuse(name + " sends back to a later stage", "", "name this stage or an earlier one");
  check_law(stage.rework, name + " (rework)");
  if (stage.expiry.after < 0) refuse(name + " expires before it begins", "", "give a time above 0, or 0 for never");
  if (stage.expiry.patience_drawn) check_law(stage.expiry.patience, name + " (patience)");
  for (std::size_t r = 0; r < stage.reviews.size(); ++r)
    check_review(workflow, stage.reviews[r], name + ", review " + std::to_string(r + 1));
}

}  // namespace

void validate(const Workflow& workflow) {
  if (workflow.desks.size() >= (std::size_t{1} << Event::desk_bits))
    refuse("too many desks", "a workflow has fewer than 2^29", "");
  for (const Desk& desk : workflow.desks) {
    const std::string name = "desk \"" + desk.name + "\"";
    if (!desk.calendar.valid() || desk.calendar.value() >= workflow.calendars.size())
      refuse(name + " has no calendar", "", "");
    if (desk.meeting.size() > 1) refuse(name + " has two rhythms of meetings", "", "give one");
    if (!desk.meeting.empty() && desk.meeting[0].every < 1)
      refuse(name + " never meets again", "the time between meetings must be at least one tick", "");
    if (!desk.meeting.empty() && desk.meeting[0].first < 0)
      refuse(name + " meets before the scenario begins", "", "move its first meeting to 0 or later");
  }
  for (const Route& route : workflow.routes) {
    // 2^24 draws a question, 8 a visit (random.hpp)
    if (route.max_rounds >= 1U << 21 || route.stages.size() >= 1U << 25)
      refuse("route \"" + route.name + "\" is too long", "2^21 rounds and 2^25 stages are the limits", "");
    for (std::size_t i = 0; i < route.stages.size(); ++i)
      check_stage(workflow, route.stages[i], i,
                  "route \"" + route.name + "\", stage " + std::to_string(i + 1) + " \"" + route.stages[i].name + "\"");
  }
}

}  // namespace demarche::workflow
