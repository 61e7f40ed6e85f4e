#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "models/compile_regime.hpp"
#include "models/theory_parts.hpp"
#include "models/world.hpp"

namespace demarche::models {

namespace {

constexpr double hour = 3600;

/// A steady stream of drafts: what the formulas assume about how they arise.
struct Arrivals {
  bool poisson = true;       ///< every stimulus routine, at any hour alike, straight from the author to the first desk
  double missions_rate = 0;  ///< of one mission, per hour
  double capital_rate = 0;
  double missions = 0;
  std::vector<std::pair<std::string, std::pair<double, double>>>
      classes;  ///< stimulus: (rate at one desk of the capital, urgent share)

  double total() const { return missions_rate * missions + capital_rate; }
};

Arrivals arrivals_of(const Scenario& scenario, const Regime& regime) {
  Arrivals a;
  a.missions = static_cast<double>(scenario.inputs.missions.size());
  const Law nothing = Law::fixed(0);
  a.poisson = scenario.ministry.drafting == nothing && regime.self_check == nothing && !scenario.errors.corrections;
  for (const auto& [name, s] : scenario.stimuli) {
    a.poisson = a.poisson && s.kind == Stimulus::Kind::routine && s.rhythm == "flat";
    const double per_hour = s.rate_per_s * hour;
    (s.from_capital ? a.capital_rate : a.missions_rate) += per_hour;
    a.classes.push_back({name, {per_hour * (s.from_capital ? 1 : a.missions), s.urgent}});
  }
  a.poisson = a.poisson && a.total() > 0;
  return a;
}

const OfficePlan& office_of(const Scenario& scenario, const StageSpec& stage) {
  return stage.office ? *stage.office : scenario.ministry.office;
}

bool never_closes(const OfficePlan& plan) {
  return plan.holidays.empty() && (plan.days.empty() || plan.days.size() == 7) &&
         (plan.hours.empty() || plan.hours == std::vector<std::pair<int, int>>{{0, 1440}});
}

/// A desk where drafts only wait, are worked on once and pass, or come back with `send_back`.
bool plain(const Scenario& scenario, const StageSpec& s) {
  return s.reviewers == 1 && s.pass_good == 1 && (s.pass_bad == 1 || scenario.errors.rate == 0) &&
         s.never_answer == 0 && s.reject == 0 && s.edit == 0 && s.meeting_every_s == 0 && !s.translation &&
         never_closes(office_of(scenario, s)) && s.rework == Law::fixed(0);
}
bool no_expiry(const StageSpec& s) {
  return s.expiry_s == 0 && !s.patience;
}

/// Erlang C: probability to wait at c clerks under the load a = rate / service rate; a < c.
double erlang_c(double c, double a) {
  double term = 1, sum = 0;
  for (double k = 0; k < c; ++k) {
    sum += term;
    term *= a / (k + 1);
  }
  const double waiting = term * c / (c - a);
  return waiting / (sum + waiting);
}

/// Mean wait at one desk with Poisson arrivals `rate` per hour; negative: no closed form, or not stable.
double mean_wait(const StageSpec& s, double rate, std::string& formula, std::string& source) {
  const double mean = s.service.mean() / hour, c = s.clerks;
  if (rate * mean >= c) return -1;
  if (s.service.kind == Law::Kind::exponential) {
    formula = c == 1 ? "M/M/1" : "Erlang C, " + std::to_string(s.clerks) + " clerks";
    source = "Erlang 1917";
    return erlang_c(c, rate * mean) / (c / mean - rate);
  }
  if (c != 1) return -1;
  formula = "M/G/1, Pollaczek-Khinchine";
  source = "Pollaczek 1930; Khinchine 1932";
  return rate * (s.service.second_moment() / (hour * hour)) / (2 * (1 - rate * mean));
}

/// How far the mean wait of a measured stretch may be off the steady state, because the desk begins empty and the run
/// ends: at both ends about one relaxation time (of the queue's diffusion limit, Cohen 1982, ch. III.7) is biased, as
/// far as warm-up and cool-down have not cut it off.
double edge_effect(const Scenario& scenario, const StageSpec& s, double rate, double wait) {
  const double mean = s.service.mean() / hour, c = s.clerks;
  const double spread = s.service.second_moment() / (s.service.mean() * s.service.mean());  // 2 when exponential
  const double slack = 1 - std::sqrt(rate * mean / c);
  const double relaxation = spread / 2 * mean / (c * slack * slack);
  const double warm_up = scenario.time.warm_up_s / hour, cool_down = scenario.time.cool_down_s / hour;
  const double measured = scenario.time.horizon_s / hour - warm_up - cool_down;
  const double edges = std::exp(-warm_up / relaxation) + std::exp(-cool_down / relaxation);
  return wait * std::min(1.0, relaxation / measured * edges);
}

/// Where drafts meet at one desk: rate per hour, negative where desks of one stage are unlike.
double rate_at_desk(const StageSpec& s, const Arrivals& a) {
  if (s.placement == Placement::capital) return a.total();
  if (s.placement == Placement::mission && a.capital_rate == 0) return a.missions_rate;
  return -1;
}

void predict_single_desk(const Scenario& scenario, const std::string& name, const StageSpec& s, const Arrivals& a,
                         std::vector<Prediction>& out) {
  const double rate = rate_at_desk(s, a);
  if (rate <= 0 || s.send_back > 0) return;
  std::string formula, source;
  using workflow::Discipline;
  if (!no_expiry(s)) {
    // Erlang A: an impatient queue; the state is the number of drafts at the desk
    if (!s.patience || s.patience->kind != Law::Kind::exponential || !s.expiry_waiting_only ||
        s.on_expiry != workflow::OnExpiry::drop || s.service.kind != Law::Kind::exponential)
      return;
    const double m = hour / s.service.mean(), h = hour / s.patience->mean(), c = s.clerks;
    double p = 1, sum = 1, queue = 0;
    for (double n = 1; p > 1e-18 * sum || n <= c; ++n) {
      p *= rate / (std::min(n, c) * m + std::max(n - c, 0.0) * h);
      sum += p;
      queue += std::max(n - c, 0.0) * p;
    }
    out.push_back({name, "expired-share", h * (queue / sum) / rate, "Erlang A: impatience while waiting", "Palm 1957"});
    return;
  }
  if (s.discipline == Discipline::priority && s.clerks == 1) {
    // Cobham: two classes, each stimulus wholly urgent or wholly not
    double load[2] = {0, 0}, all = 0;
    const double mean = s.service.mean() / hour;
    for (const auto& [stimulus, c] : a.classes) {
      if (c.second != 0 && c.second != 1) return;
      load[c.second == 1 ? 0 : 1] += c.first * mean;
      all += c.first;
    }
    if (load[0] + load[1] >= 1 || s.placement != Placement::capital) return;
    const double residual = all * s.service.second_moment() / (hour * hour) / 2;
    const double urgent = residual / (1 - load[0]), routine = urgent / (1 - load[0] - load[1]);
    if (a.classes.size() < 2) return;
    for (const auto& [stimulus, c] : a.classes)
      out.push_back({name, "waiting-time/" + stimulus, c.second == 1 ? urgent : routine, "non-preemptive priority",
                     "Cobham 1954",
                     edge_effect(scenario, s, c.second == 1 ? load[0] / mean : all, c.second == 1 ? urgent : routine)});
    return;
  }
  if (s.discipline != Discipline::first_come && s.discipline != Discipline::last_in) return;
  const double wait = mean_wait(s, rate, formula, source);
  if (wait >= 0) out.push_back({name, "waiting-time", wait, formula, source, edge_effect(scenario, s, rate, wait)});
}

/// Transition matrix between stages: forward with 1 - r, back with r.
Eigen::MatrixXd routing_of(const std::vector<StageSpec>& chain) {
  const auto k = static_cast<Eigen::Index>(chain.size());
  Eigen::MatrixXd q = Eigen::MatrixXd::Zero(k, k);
  for (Eigen::Index i = 0; i < k; ++i) {
    const StageSpec& s = chain[static_cast<std::size_t>(i)];
    if (i + 1 < k) q(i, i + 1) += 1 - s.send_back;
    q(i, static_cast<Eigen::Index>(s.send_back_to)) += s.send_back;
  }
  return q;
}

/// Jackson 1957: traffic by the routing matrix, each desk an M/M/c of its own; Little's law for the whole.
void predict_jackson(const Scenario& scenario, const std::string& name, const std::vector<StageSpec>& chain,
                     const Arrivals& a, std::vector<Prediction>& out) {
  const auto k = static_cast<Eigen::Index>(chain.size());
  Eigen::VectorXd external = Eigen::VectorXd::Zero(k);
  external(0) = a.total();
  const Eigen::MatrixXd q = routing_of(chain);
  const Eigen::VectorXd traffic = (Eigen::MatrixXd::Identity(k, k) - q.transpose()).partialPivLu().solve(external);
  double inside = 0, edges = 0;
  for (Eigen::Index i = 0; i < k; ++i) {
    const StageSpec& s = chain[static_cast<std::size_t>(i)];
    std::string formula, source;
    if (s.placement != Placement::capital || s.service.kind != Law::Kind::exponential ||
        s.discipline != workflow::Discipline::first_come)
      return;
    const double wait = mean_wait(s, traffic(i), formula, source);
    if (wait < 0) return;
    inside += traffic(i) * (wait + s.service.mean() / hour);
    edges += traffic(i) * edge_effect(scenario, s, traffic(i), wait);
  }
  out.push_back({name, "publication-delay", inside / a.total(),
                 "Jackson network of " + std::to_string(chain.size()) + (chain.size() == 1 ? " desk" : " desks"),
                 "Jackson 1957", edges / a.total()});
}

/// An uncongested chain with returns as an absorbing Markov chain; any law of service, by its first two moments.
void predict_chain(const Scenario& scenario, const std::string& name, const std::vector<StageSpec>& chain,
                   std::vector<Prediction>& out) {
  const auto k = static_cast<Eigen::Index>(chain.size());
  const Eigen::MatrixXd q = routing_of(chain);
  Eigen::VectorXd first(k), second(k);
  for (Eigen::Index i = 0; i < k; ++i) {
    first(i) = chain[static_cast<std::size_t>(i)].service.mean() / hour;
    second(i) = chain[static_cast<std::size_t>(i)].service.second_moment() / (hour * hour);
  }
  const auto lu = (Eigen::MatrixXd::Identity(k, k) - q).partialPivLu();
  const Eigen::VectorXd t = lu.solve(first);
  const Eigen::VectorXd onward = q * t;
  const Eigen::VectorXd t2 = lu.solve(second + 2 * first.cwiseProduct(onward));
  const double variance = t2(0) - t(0) * t(0);
  // what would last into the end of the run is missing from the simulated mean; infinite moments end here too
  if (!((t(0) + 8 * std::sqrt(std::max(variance, 0.0))) * hour < scenario.time.cool_down_s)) return;
  const std::string formula = "absorbing Markov chain of " + std::to_string(chain.size()) + " stages";
  out.push_back({name, "publication-delay", t(0), formula, "Neuts 1981"});
  out.push_back({name, "clearance-variance", variance, formula, "Neuts 1981"});
}

/// Office hours and no queue: a fixed amount of work begun at a moment that is uniform over the measured time.
void predict_office_hours(const Scenario& scenario, const std::string& name, const std::vector<StageSpec>& chain,
                          std::vector<Prediction>& out) {
  const Clock clock = clock_of(scenario);
  const Tick end = end_of(scenario);
  std::vector<calendar::WorkCalendar> calendars;
  for (const StageSpec& s : chain) {
    if (s.service.kind != Law::Kind::fixed || s.send_back > 0 || s.placement != Placement::capital) return;
    calendars.emplace_back(calendar::zone(scenario.ministry.capital_zone), office_hours(office_of(scenario, s)), clock,
                           end);
  }
  const Tick from = clock.ticks(scenario.time.warm_up_s), until = end - clock.ticks(scenario.time.cool_down_s);
  double sum = 0;
  for (Tick t = from; t < until; ++t) {
    Tick at = t;
    for (std::size_t i = 0; i < chain.size() && at != never; ++i)
      at = calendars[i].finish(at, clock.ticks(chain[i].service.a, 1));
    if (at == never) return;  // some would not be published: leave a cool-down
    sum += static_cast<double>(at - t);
  }
  if (until > from)
    out.push_back({name, "publication-delay", clock.hours(sum / static_cast<double>(until - from)),
                   "every starting moment of the calendar", "exact enumeration"});
}

}  // namespace

std::vector<StageSpec> only_chain(const Regime& regime) {
  std::vector<StageSpec> chain;
  if (!regime.rules.empty() || regime.switch_at_s) return chain;
  for (const StageSpec& s : regime.stages)
    for (std::uint32_t i = 0; i < s.repeat; ++i) chain.push_back(s);
  return chain;
}

void predict_queues(const Scenario& scenario, const std::string& name, const Regime& regime,
                    std::vector<Prediction>& out) {
  const std::vector<StageSpec> chain = only_chain(regime);
  const Arrivals a = arrivals_of(scenario, regime);
  if (chain.empty() || !a.poisson) return;
  const bool all_plain =
      std::all_of(chain.begin(), chain.end(), [&](const StageSpec& s) { return plain(scenario, s); });
  const bool unlimited =
      std::all_of(chain.begin(), chain.end(), [](const StageSpec& s) { return s.clerks == 0 && no_expiry(s); });
  const bool limited = std::all_of(chain.begin(), chain.end(), [](const StageSpec& s) { return s.clerks > 0; });
  const bool patient = std::all_of(chain.begin(), chain.end(), no_expiry);
  if (all_plain && limited && chain.size() == 1) predict_single_desk(scenario, name, chain[0], a, out);
  if (all_plain && limited && patient) predict_jackson(scenario, name, chain, a, out);
  if (all_plain && unlimited) predict_chain(scenario, name, chain, out);
  const auto outcome_free = [&](const StageSpec& s) {
    StageSpec open = s;
    open.office = OfficePlan{};
    return plain(scenario, open);
  };
  if (!all_plain && unlimited && std::all_of(chain.begin(), chain.end(), outcome_free))
    predict_office_hours(scenario, name, chain, out);
}

}  // namespace demarche::models
