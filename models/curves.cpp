#include "models/curves.hpp"

#include <algorithm>
#include <string_view>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"

namespace demarche::models {

namespace {

constexpr std::size_t moments = 168;       // points of a curve over time: twelve a day over two weeks
constexpr std::size_t delay_points = 120;  // of the distribution of delays, equal steps of the logarithm

/// Adds up whole numbers by the moments they happened in: cumulative at each point of the axis.
class Cumulative {
 public:
  Cumulative(const study::Axis& axis, const Clock& clock, Tick end) : sums_(axis.points.size(), 0), end_(end) {
    // the last tick at or before each point; times of equal steps are found without a search
    for (const double point : axis.points) {
      Tick t = static_cast<Tick>(point * 3600.0 / static_cast<double>(clock.tick_s));
      while (clock.hours(static_cast<double>(t + 1)) <= point) ++t;
      while (clock.hours(static_cast<double>(t)) > point) --t;
      last_.push_back(t);
    }
  }
  void add(Tick at, std::uint64_t value) {
    auto i = static_cast<std::size_t>(static_cast<std::uint64_t>(at) * (last_.size() - 1) /
                                      static_cast<std::uint64_t>(end_));
    while (i > 0 && last_[i - 1] >= at) --i;
    while (i < last_.size() && last_[i] < at) ++i;
    if (i < last_.size()) sums_[i] += value;
  }
  void append_to(std::vector<double>& points, double unit) const {
    std::uint64_t sum = 0;
    for (const std::uint64_t s : sums_) points.push_back(static_cast<double>(sum += s) * unit);
  }

 private:
  std::vector<Tick> last_;
  std::vector<std::uint64_t> sums_;
  Tick end_;
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
    Cumulative sum(axis, clock, world.plan().end);
    if (name == "relevant-reach-over-time") {
      for (const run::View& v : record.views) {
        const run::MessageRecord& m = record.messages[v.slot];
        if (m.faulty || m.corrects != run::no_message) continue;
        sum.add(v.at, v.relevance);
      }
    } else {
      for (const Tick t : name == "unique-reach-over-time" ? record.first_view : record.first_error)
        if (t != never) sum.add(t, 1);
    }
    sum.append_to(points, name == "relevant-reach-over-time" ? run::relevance_unit : 1);
  }
}

}  // namespace demarche::models
