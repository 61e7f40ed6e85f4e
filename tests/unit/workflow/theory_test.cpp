#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <array>
#include <cstdint>

#include "tests/unit/workflow/crowd.hpp"

namespace demarche::workflow::test {
namespace {

/// A chain without queues: exponential stages, each sent back with its own probability to its own earlier stage after
/// exponential rework.
struct Step {
  double mean, back;
  std::uint32_t back_to;
  double rework;
};

struct Moments {
  double mean, variance;
};

/// Q7: states are the stages, then the rework of each; T the generator among them. mean = -a T^-1 1, second moment
/// = 2 a T^-2 1.
Moments phase_type(const std::vector<Step>& steps) {
  const auto k = static_cast<Eigen::Index>(steps.size());
  Eigen::MatrixXd t = Eigen::MatrixXd::Zero(2 * k, 2 * k);
  for (Eigen::Index i = 0; i < k; ++i) {
    const Step& s = steps[static_cast<std::size_t>(i)];
    t(i, i) = -1 / s.mean;
    t(i, k + i) += s.back / s.mean;
    if (i + 1 < k) t(i, i + 1) += (1 - s.back) / s.mean;
    t(k + i, k + i) = -1 / s.rework;
    t(k + i, s.back_to) = 1 / s.rework;
  }
  const Eigen::VectorXd first = (-t).fullPivLu().solve(Eigen::VectorXd::Ones(2 * k));
  const Eigen::VectorXd second = (-t).fullPivLu().solve(first);
  return {first(0), 2 * second(0) - first(0) * first(0)};
}

TEST(Theory, q7_a_chain_with_revisions_is_an_absorbing_markov_chain) {
  const std::vector<Step> steps{{2, .1, 0, 1}, {1, .3, 0, 4}, {5, .2, 1, .5}, {.5, .4, 2, 2}};
  Crowd c;
  for (const Step& s : steps) {
    Stage& stage = c.stage(0, Law::exponential(hour * s.mean));
    stage.reviews[0].send_back = s.back;
    stage.send_back_to = s.back_to;
    stage.rework = Law::exponential(hour * s.rework);
  }
  c.run(100000, {{1}}, 12);
  const Moments exact = phase_type(steps);
  const double mean = exact.mean, variance = exact.variance;
  const Estimate m = c.clearance_time();
  // 4 standard errors: alpha 3e-4; 5.3 of them are found with power .9
  EXPECT_NEAR(m.value, mean, 4 * m.error);
  EXPECT_LT(m.error, .01 * mean);
  const Estimate v = c.mean([&](std::size_t i) {
    const double d = static_cast<double>(c.decision[i].at - c.came[i]) / hour - mean;
    return d * d;
  });
  EXPECT_NEAR(v.value, variance, 4 * v.error);
  EXPECT_LT(v.error, .03 * variance);
}

/// Shares of sound and of faulty drafts that pass.
std::array<double, 2> passing(const Route& route) {
  std::array<double, 2> result{};
  for (const bool faulty : {false, true}) {
    Crowd c;
    c.stage(0, Law::fixed(60));
    c.workflow.routes[0] = route;
    const Luck luck(13, faulty ? 1 : 0);
    Clearance clearance(c.workflow, luck, 10000);
    for (std::uint32_t i = 0; i < 20000; ++i) {
      Submission s;
      s.key = s.slot = i;
      s.route = RouteId{0};
      s.faulty = faulty;
      clearance.submit(s, 0);
    }
    std::vector<Decision> decisions;
    while (clearance.next() != never) clearance.step(decisions);
    for (const Decision& d : decisions) result[faulty ? 1 : 0] += d.fate == Fate::released ? 1.0 / 20000 : 0;
  }
  return result;
}

TEST(Theory, s1_screening_by_hierarchies_polyarchies_and_committees) {
  Review r;
  r.desks = {DeskId{0}};
  r.service = Law::fixed(60);
  r.pass_good = .8;
  r.pass_bad = .3;
  const auto series = [&](std::size_t n) {
    Route route;
    for (std::size_t i = 0; i < n; ++i) route.stages.emplace_back().reviews = {r};
    return route;
  };
  const auto group = [&](std::size_t n, std::uint32_t required) {
    Route route;
    Stage& s = route.stages.emplace_back();
    s.reviews.assign(n, r);
    s.required = required;
    return route;
  };
  struct Case {
    Route route;
    double good, bad;
  };
  for (const Case& x : {Case{series(2), .64, .09}, Case{group(2, 2), .64, .09}, Case{group(2, 1), .96, .51},
                        Case{series(3), .512, .027}, Case{group(3, 2), .896, .216}, Case{group(1, 1), .8, .3}}) {
    const auto [good, bad] = passing(x.route);
    // 4 binomial standard errors: alpha 6e-5; 5.3 of them (at most .019) are found with power .9
    EXPECT_NEAR(good, x.good, 4 * std::sqrt(x.good * (1 - x.good) / 20000));
    EXPECT_NEAR(bad, x.bad, 4 * std::sqrt(x.bad * (1 - x.bad) / 20000));
  }
}

}  // namespace
}  // namespace demarche::workflow::test
