#include <gtest/gtest.h>

#include "tests/unit/workflow/crowd.hpp"

// VALIDATION.md Q1-Q5. Each mean must lie within 4 standard errors of its closed form (40 batch means: alpha 3e-4 a
// comparison; a deviation of 5.3 standard errors is found with power .9) and its standard error must be small enough
// to mean something.
namespace demarche::workflow::test {
namespace {

void expect_mean(const Estimate& e, double exact, double largest_error) {
  EXPECT_NEAR(e.value, exact, 4 * e.error);
  EXPECT_LT(e.error, largest_error * exact) << "the comparison is too weak";
}

TEST(Queues, q1_one_clerk_exponential_service) {
  Crowd c;
  c.stage(1, Law::exponential(hour));
  c.run(400000, {{.8}}, 1);
  expect_mean(c.waiting(), 4.0, .03);
  expect_mean(c.clearance_time(), 5.0, .03);
  for (const double t : {1.0, 5.0, 10.0}) {
    const auto longer = [&](std::size_t i) {
      return static_cast<double>(c.decision[i].at - c.came[i]) > t * hour ? 1.0 : 0.0;
    };
    expect_mean(c.mean(longer), std::exp(-.2 * t), .05);
  }
}

TEST(Queues, q1_one_clerk_fixed_service) {
  Crowd c;
  c.stage(1, Law::fixed(hour));
  c.run(200000, {{.8}}, 2);
  expect_mean(c.waiting(), 2.0, .03);
}

TEST(Queues, q1_pollaczek_khinchine_for_any_service) {
  for (const Law& law : {Law::lognormal(hour / 2, 1), Law::gamma(hour, 4), Law::uniform(0, 2 * hour)}) {
    Crowd c;
    c.stage(1, law);
    const double mean = law.mean() / hour, second = law.second_moment() / (hour * hour), rate = .7 / mean;
    c.run(200000, {{rate}}, 3);
    expect_mean(c.waiting(), rate * second / (2 * (1 - rate * mean)), .05);
  }
}

TEST(Queues, the_mean_wait_is_the_same_last_in_first_out) {
  Crowd c;
  c.stage(1, Law::exponential(hour), Discipline::last_in);
  c.run(400000, {{.8}}, 4);
  expect_mean(c.waiting(), 4.0, .03);
}

double erlang_c_wait(int clerks, double arrivals, double service_rate) {
  const double a = arrivals / service_rate;
  double term = 1, sum = 0;
  for (int k = 0; k < clerks; ++k) {
    sum += term;
    term *= a / (k + 1);
  }
  const double b = term * clerks / (clerks - a);
  return b / (sum + b) / (clerks * service_rate - arrivals);
}

TEST(Queues, q2_several_clerks) {
  EXPECT_NEAR(erlang_c_wait(3, .2, .1), 4.4444, 1e-4);
  struct Case {
    int clerks;
    double arrivals, service_rate;
  };
  for (const Case& x : {Case{3, .2, .1}, Case{5, 4, 1}, Case{2, .6, 1}}) {
    Crowd c;
    c.stage(static_cast<std::uint32_t>(x.clerks), Law::exponential(hour / x.service_rate));
    c.run(200000, {{x.arrivals}}, 5);
    expect_mean(c.waiting(), erlang_c_wait(x.clerks, x.arrivals, x.service_rate), .04);
  }
}

TEST(Queues, q2_one_pool_of_five_waits_far_less_than_five_desks) {
  Crowd pool, alone;
  pool.stage(5, Law::exponential(hour));
  pool.run(100000, {{4}}, 6);
  alone.stage(1, Law::exponential(hour));
  alone.run(100000, {{.8}}, 6);
  EXPECT_LT(5 * pool.waiting().value, alone.waiting().value);
}

TEST(Queues, q3_priority_without_interruption) {
  Crowd c;
  c.stage(1, Law::exponential(hour), Discipline::priority);
  c.run(300000, {{.3, 0}, {.4, 1}}, 7);
  expect_mean(c.waiting(0), 1.0, .02);
  expect_mean(c.waiting(1), 10.0 / 3, .03);
}

TEST(Queues, preemptive_resume_priority) {
  // time in system of class k, exponential service of rate 1: 1/[(1-s_{k-1})(1-s_k)]
  Crowd c;
  c.stage(1, Law::exponential(hour), Discipline::preemptive_priority);
  c.run(300000, {{.3, 0}, {.4, 1}}, 8);
  expect_mean(c.clearance_time(0), 1 / .7, .02);
  expect_mean(c.clearance_time(1), 1 / (.7 * .3), .03);
}

TEST(Queues, q4_desks_in_series) {
  Crowd c;
  for (int i = 0; i < 4; ++i) c.stage(1, Law::exponential(hour));
  c.run(200000, {{.8}}, 9);
  expect_mean(c.clearance_time(), 20.0, .03);
}

TEST(Queues, q4_drafts_sent_back) {
  Crowd c;
  c.stage(1, Law::exponential(hour)).reviews[0].send_back = .2;
  c.run(300000, {{.6}}, 10);
  expect_mean(c.clearance_time(), 5.0, .03);
  expect_mean(c.mean([&](std::size_t i) { return c.decision[i].rounds; }), .25, .02);
}

double erlang_a_expiry(int clerks, double arrivals, double service_rate, double patience_rate) {
  double weight = 1, sum = 0, queue = 0;
  for (int n = 0; n < 400; ++n) {
    sum += weight;
    queue += weight * std::max(0, n - clerks);
    const int in_service = std::min(n + 1, clerks);
    weight *= arrivals / (in_service * service_rate + (n + 1 - in_service) * patience_rate);
  }
  return patience_rate * queue / sum / arrivals;
}

TEST(Queues, q5_expiry_while_waiting) {
  EXPECT_NEAR(erlang_a_expiry(1, .8, 1, .1), .130648, 1e-6);
  struct Case {
    int clerks;
    double arrivals, patience_rate;
  };
  for (const Case& x : {Case{1, .8, .1}, Case{3, 4, .5}}) {
    Crowd c;
    Stage& s = c.stage(static_cast<std::uint32_t>(x.clerks), Law::exponential(hour));
    s.expiry.patience_drawn = true;
    s.expiry.patience = Law::exponential(hour / x.patience_rate);
    s.expiry.waiting_only = true;
    c.run(200000, {{x.arrivals}}, 11);
    const auto expired = [&](std::size_t i) { return c.decision[i].fate == Fate::expired ? 1.0 : 0.0; };
    expect_mean(c.mean(expired), erlang_a_expiry(x.clerks, x.arrivals, 1, x.patience_rate), .02);
  }
}

}  // namespace
}  // namespace demarche::workflow::test
