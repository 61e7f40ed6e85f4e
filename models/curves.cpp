#include "models/curves.hpp"

#include <algorithm>
#include <string_view>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"

namespace demarche::models {

namespace {

constexpr std::size_t moments = 168;       // points of a curve over time: twelve a day over two weeks
constexpr std::size_t delay_points = 120;  // of the distribution of delays, equal steps of the logarithm

/// Adds up values by the moments they happened in: cumulative at each point of the axis.
class Cumulative {
 public:
  Cumulative(const study::Axis& axis, const Clock& clock) : axis_(axis), clock_(clock), sums_(axis.points.size(), 0) {}
  void add(Tick at, double value) {
    const double h = clock_.hours(static_cast<double>(at));
    const auto point = std::lower_bound(axis_.points.begin(), axis_.points.end(), h);
    if (point != axis_.points.end()) sums_[static_cast<std::size_t>(point - axis_.points.begin())] += value;
  }
  void append_to(std::vector<double>& points) const {
    double sum = 0;
    for (const double s : sums_) points.push_back(sum += s);
  }

 private:
  const study::Axis& axis_;
  const Clock& clock_;
  std::vector<double> sums_;
};

}  // namespace

void add_curves(const Scenario& scenario, MeasurePlan& plan) {
  const Clock clock = clock_of(scenario);
  const double horizon = clock.hours(static_cast<double>(end_of(scenario)));
  if (!scenario.channels.empty()) {
    study::Axis time{"time", "h", {}};
    for (std::size_t i = 0; i <= moments; ++i) time.points.push_back(horizon * static_cast<double>(i) / moments);
    const auto axis = static_cast<std::uint32_t>(plan.axes.size());
    plan.axes.push_back(std::move(time));
    plan.curves.push_back({"unique-reach-over-time", "people who saw at least one true message", "actors", axis});
    plan.curves.push_back(
        {"relevant-reach-over-time", "true views, weighted by how relevant they still were", "views", axis});
    if (scenario.errors.rate > 0)
      plan.curves.push_back({"error-reach-over-time", "people who saw at least one error", "actors", axis});
  }
  const bool written = std::any_of(scenario.stimuli.begin(), scenario.stimuli.end(),
                                   [](const auto& s) { return s.second.kind != Stimulus::Kind::seed; });
  if (written) {
    study::Axis delay{"delay", "h", {}};
    const double least = clock.hours(1);
    const double step = math::log(horizon / least) / static_cast<double>(delay_points - 1);
    for (std::size_t i = 0; i < delay_points; ++i)
      delay.points.push_back(least * math::exp(step * static_cast<double>(i)));
    delay.points.back() = horizon;
    const auto axis = static_cast<std::uint32_t>(plan.axes.size());
    plan.axes.push_back(std::move(delay));
    plan.curves.push_back(
        {"publication-delay-distribution", "opportunities published within that time", "share", axis});
  }
}

void append_curves(const MeasurePlan& plan, const World& world, const run::Record& record, const Tally& tally,
                   std::vector<double>& points) {
  const Clock& clock = world.plan().clock;
  for (const study::CurveInfo& curve : plan.curves) {
    const study::Axis& axis = plan.axes[curve.axis];
    const std::string_view name = curve.name;
    if (name == "publication-delay-distribution") {
      const auto drafts = static_cast<double>(tally.all.drafts);
      for (const double edge : axis.points) {
        const auto within =
            std::upper_bound(tally.all.delays.begin(), tally.all.delays.end(), edge) - tally.all.delays.begin();
        points.push_back(drafts > 0 ? static_cast<double>(within) / drafts : 0);
      }
      continue;
    }
    Cumulative sum(axis, clock);
    if (name == "relevant-reach-over-time") {
      for (const run::View& v : record.views) {
        const run::MessageRecord& m = record.messages[v.slot];
        if (m.faulty || m.corrects != run::no_message) continue;
        sum.add(v.at, v.relevance * run::relevance_unit);
      }
    } else {
      for (const Tick t : name == "unique-reach-over-time" ? record.first_view : record.first_error)
        if (t != never) sum.add(t, 1);
    }
    sum.append_to(points);
  }
}

}  // namespace demarche::models
