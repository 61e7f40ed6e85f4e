#include <algorithm>
#include <cmath>

#include "models/compile_regime.hpp"
#include "models/theory_parts.hpp"
#include "models/world.hpp"

namespace demarche::models {

double binomial_tail(std::uint32_t n, std::uint32_t k, double p) {
  double sum = 0;
  for (std::uint32_t i = k; i <= n; ++i) {
    double term = 1;  // C(n, i) p^i (1-p)^(n-i)
    for (std::uint32_t j = 0; j < i; ++j) term *= p * static_cast<double>(n - j) / static_cast<double>(i - j);
    for (std::uint32_t j = i; j < n; ++j) term *= 1 - p;
    sum += term;
  }
  return sum;
}

namespace {

/// Expected number of measured drafts in a replicate.
double measured_drafts(const Scenario& scenario) {
  const Time& time = scenario.time;
  double rate = 0;
  for (const auto& [name, s] : scenario.stimuli)
    if (s.kind == Stimulus::Kind::routine)
      rate += s.rate_per_s * (s.from_capital ? 1.0 : static_cast<double>(scenario.inputs.missions.size()));
  return rate * (time.horizon_s - time.warm_up_s - time.cool_down_s);
}

}  // namespace

bool surely_decided(const Scenario& scenario, const std::vector<StageSpec>& chain) {
  const Clock clock = clock_of(scenario);
  const Tick end = end_of(scenario);
  double rate = 0, mean = 0, variance = 0;
  for (const auto& [name, s] : scenario.stimuli)
    rate += s.rate_per_s * (s.kind == Stimulus::Kind::crisis ? s.surge : 1) *
            (s.from_capital ? 1 : static_cast<double>(scenario.inputs.missions.size()));
  const auto work_of = [](const StageSpec& s) { return s.service.mean() + s.edit * s.edit_service.mean(); };
  for (const StageSpec& s : chain) {
    mean += work_of(s);
    variance += s.service.second_moment() - s.service.mean() * s.service.mean();
  }
  const double bound = mean + 8 * std::sqrt(std::max(variance, 0.0));
  if (!(bound < scenario.time.horizon_s)) return false;  // infinite moments end here too
  const auto latest = [](const Law& law) { return law.kind == Law::Kind::fixed ? law.a : law.quantile(0.9999); };
  Tick at = end - clock.ticks(scenario.time.cool_down_s) + clock.ticks(latest(scenario.ministry.drafting));
  for (const StageSpec& s : chain) {
    if (s.meeting_capacity > 0) return false;
    // a desk in another zone opens up to a day later than the capital's
    at += clock.ticks(2 * s.meeting_every_s + (s.placement == Placement::capital ? 0 : 86400));
    if (at >= end) return false;
    const calendar::WorkCalendar calendar(calendar::zone(scenario.ministry.capital_zone),
                                          office_hours(s.office ? *s.office : scenario.ministry.office), clock, end);
    const double open = static_cast<double>(calendar.work_before(end)) / static_cast<double>(end);
    if (s.clerks > 0 && 3 * rate * work_of(s) >= s.clerks * open) return false;
    at = calendar.finish(at, clock.ticks(mean > 0 ? bound * work_of(s) / mean : 0, 1));
    if (at >= end) return false;
  }
  return true;
}

void predict_screening(const Scenario& scenario, const std::string& name, const Regime& regime,
                       std::vector<Prediction>& out) {
  const std::vector<StageSpec> chain = only_chain(regime);
  if (chain.empty() || scenario.errors.rate <= 0 || scenario.errors.rate >= 1) return;
  if (regime.perfect || regime.self_check_catch > 0) return;
  double good = 1, bad = 1;
  bool screens = false;
  for (const StageSpec& s : chain) {
    if (s.expiry_s > 0 || s.patience || s.send_back > 0 || s.translation) return;
    if (s.on_fault == workflow::OnFault::send_back) return;
    if (s.on_fault == workflow::OnFault::correct && s.reviewers > 1) return;
    screens = screens || s.pass_good < 1 || s.pass_bad < 1;
    // these outcomes exclude each other, and only what was believed sound meets them
    const double answered = 1 - s.never_answer - s.reject;
    const std::uint32_t required = s.required == 0 ? s.reviewers : s.required;
    const double mended = s.on_fault == workflow::OnFault::correct ? 1 - s.pass_good : 0;
    good *= binomial_tail(s.reviewers, required, std::clamp(s.pass_good * answered + mended, 0.0, 1.0));
    bad *= binomial_tail(s.reviewers, required, std::clamp(s.pass_bad * answered, 0.0, 1.0));
  }
  if (!screens || !surely_decided(scenario, chain)) return;
  const std::string formula =
      "screening by " + std::to_string(chain.size()) + (chain.size() == 1 ? " stage" : " stages in series");
  const double drafts = measured_drafts(scenario) * scenario.replicates;
  out.push_back(
      {name, "sound-published", good, formula, "Sah & Stiglitz 1986", 0, drafts * (1 - scenario.errors.rate)});
  out.push_back({name, "faulty-published", bad, formula, "Sah & Stiglitz 1986", 0, drafts * scenario.errors.rate});
}

}  // namespace demarche::models
