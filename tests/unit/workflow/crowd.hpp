#pragma once
#include <cmath>
#include <cstddef>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/workflow/clearance.hpp"

namespace demarche::workflow::test {

/// Long runs against closed forms: rates are per hour, one tick is a second, so that rounding to ticks is below 1e-3 of
/// a service.
inline constexpr double hour = 3600;

struct Estimate {
  double value = 0, error = 0;
};

/// Mean and standard error by 40 batch means, the first 2 % left out: the batches are much longer than the queues'
/// memory, so that they are nearly independent.
inline Estimate batch_mean(const std::vector<double>& x) {
  constexpr std::size_t batches = 40;
  const std::size_t first = x.size() / 50, length = (x.size() - first) / batches;
  std::vector<double> means;
  double mean = 0, squares = 0;
  for (std::size_t b = 0; b < batches; ++b) {
    double sum = 0;
    for (std::size_t i = 0; i < length; ++i) sum += x[first + b * length + i];
    means.push_back(sum / static_cast<double>(length));
    mean += means.back() / batches;
  }
  for (const double m : means) squares += (m - mean) * (m - mean);
  return {mean, std::sqrt(squares / (batches - 1) / batches)};
}

/// One kind of draft that comes in at a constant rate.
struct Arrivals {
  double per_hour;
  std::uint8_t priority = 1;
};

struct Crowd {
  Workflow workflow;
  std::vector<std::uint8_t> priority;  // by slot
  std::vector<Tick> came;
  std::vector<Decision> decision;

  Crowd() {
    workflow.clock.tick_s = 1;
    workflow.calendars.emplace_back(calendar::zone("UTC"), calendar::OfficeHours::always(), workflow.clock, end);
    workflow.routes.emplace_back();
  }
  Stage& stage(std::uint32_t clerks, Law service, Discipline discipline = Discipline::first_come) {
    workflow.desks.push_back({"desk", clerks, CalendarId{0}, discipline, {}});
    Review r;
    r.desks = {DeskId{static_cast<std::uint32_t>(workflow.desks.size() - 1)}};
    r.service = service;
    workflow.routes[0].stages.emplace_back().reviews = {r};
    return workflow.routes[0].stages.back();
  }

  /// `n` drafts with exponential gaps; kinds are mixed by their rates.
  void run(std::size_t n, const std::vector<Arrivals>& kinds, std::uint64_t seed) {
    validate(workflow);
    const Luck luck(seed, 0);
    Stream stream(luck, Purpose::test, 0, 0);
    double rate = 0, time = 0;
    for (const Arrivals& kind : kinds) rate += kind.per_hour;
    Clearance clearance(workflow, luck, end);
    std::vector<Decision> decisions;
    for (std::uint32_t slot = 0; slot < n; ++slot) {
      time += draw_exponential(stream, hour / rate);
      double which = draw_uniform(stream) * rate;
      std::size_t kind = 0;
      while (kind + 1 < kinds.size() && which >= kinds[kind].per_hour) which -= kinds[kind++].per_hour;
      const Tick at = static_cast<Tick>(time);
      Submission s;
      s.key = slot;
      s.slot = slot;
      s.route = RouteId{0};
      s.priority = kinds[kind].priority;
      priority.push_back(s.priority);
      came.push_back(at);
      while (clearance.next() < at) clearance.step(decisions);
      clearance.submit(s, at);
    }
    while (clearance.next() != never) clearance.step(decisions);
    decision.resize(n);
    for (const Decision& d : decisions) decision[d.slot] = d;
  }

  template <class Value>
  Estimate mean(Value value, int of_priority = -1) const {
    std::vector<double> x;
    for (std::size_t i = 0; i < decision.size(); ++i)
      if (of_priority < 0 || priority[i] == of_priority) x.push_back(static_cast<double>(value(i)));
    return batch_mean(x);
  }
  /// Hours between arrival and start of work, and between arrival and decision.
  Estimate waiting(int of_priority = -1) const {
    return mean([this](std::size_t i) { return static_cast<double>(decision[i].waiting) / hour; }, of_priority);
  }
  Estimate clearance_time(int of_priority = -1) const {
    return mean([this](std::size_t i) { return static_cast<double>(decision[i].at - came[i]) / hour; }, of_priority);
  }

 private:
  static constexpr Tick end = Tick{1} << 40;
};

}  // namespace demarche::workflow::test
