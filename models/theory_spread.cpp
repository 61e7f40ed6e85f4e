#include <algorithm>
#include <cmath>

#include "models/theory_parts.hpp"
#include "models/world.hpp"

namespace demarche::models {

namespace {

/// One message on one channel of plain ties: whoever hears it tells each follower with probability `p`.
struct PlainCascade {
  const Channel* channel = nullptr;
  const Stimulus* seed = nullptr;
  double p = 0;
  bool prompt = false;   ///< no law between the seed's moment and its post: it lies at `posted_h`
  double posted_h = 0;   ///< latest moment of the post, hours after the start
  double slowest_h = 0;  ///< a delay that hardly any step exceeds
  double horizon_h = 0;

  /// All that `steps` steps in a row can reach is reached before the end.
  bool ends(double steps) const { return posted_h + steps * slowest_h < horizon_h; }
};

double latest(const Law& law) {
  return law.kind == Law::Kind::fixed ? law.a : law.quantile(0.9999);
}

bool plain_cascade(const Scenario& scenario, const Regime& regime, PlainCascade& c) {
  if (scenario.channels.size() != 1 || scenario.stimuli.size() != 1) return false;
  c.channel = &scenario.channels[0].second;
  c.seed = &scenario.stimuli[0].second;
  c.p = c.channel->visibility;
  const Law &drafting = scenario.ministry.drafting, &check = regime.self_check, &lag = c.channel->lag;
  c.prompt = drafting.kind == Law::Kind::fixed && check.kind == Law::Kind::fixed && lag.kind == Law::Kind::fixed;
  c.posted_h = (c.seed->at_s + latest(drafting) + latest(check) + latest(lag)) / 3600;
  // steps take whole ticks, and on the audience's rhythm up to a week more than their share of attention
  c.slowest_h = std::max(latest(c.channel->delay), scenario.time.resolution_s) / 3600;
  const bool rhythmic = c.channel->rhythm && scenario.audience.rhythm != "flat";
  c.horizon_h = scenario.time.horizon_s / 3600 - (rhythmic ? 168 : 0);
  if (c.seed->at_s < scenario.time.warm_up_s || c.seed->at_s >= scenario.time.horizon_s - scenario.time.cool_down_s)
    return false;
  return c.seed->kind == Stimulus::Kind::seed && c.seed->count == 1 && c.channel->pickup == 1 &&
         c.channel->mode == Mode::network && c.channel->share == 1 && !c.channel->share_decays &&
         c.channel->access == 1 && scenario.audience.online == 1 && scenario.audience.online_by_region.empty() &&
         scenario.errors.rate == 0 && scenario.audience.has_ties && !scenario.inputs.ties;
}

/// Largest root of s = 1 - exp(-mean s) in [0, 1], by the monotone iteration from 1.
double giant_share(double mean) {
  double s = 1;
  for (int i = 0; i < 10000; ++i) {
    const double next = 1 - std::exp(-mean * s);
    if (std::abs(next - s) < 1e-15) break;
    s = next;
  }
  return s;
}

double regular_share(double degree, double t) {
  double u = 0;
  for (int i = 0; i < 100000; ++i) {
    const double next = std::pow(1 - t + t * u, degree - 1);
    if (std::abs(next - u) < 1e-15) break;
    u = next;
  }
  return 1 - std::pow(1 - t + t * u, degree);
}

/// `branching`: new hearers of one hearer, on average, while few have heard.
void predict_percolation(const PlainCascade& c, const std::string& name, double share, double branching, double actors,
                         const std::string& formula, const std::string& source, std::vector<Prediction>& out) {
  // an epidemic of fewer than one in twenty is not told apart from a small outbreak by these measures
  if (share < 0.1 || c.seed->actor != "random") return;
  // the longest shortest path is some multiple of the typical one, log n / log R
  if (!c.ends(20 + 3 * std::log(actors) / std::log(branching))) return;
  const double finite = 60 / actors;  // +-.003 at 20,000 actors (VALIDATION D2)
  out.push_back({name, "reach-when-taken-off", share, formula, source, finite});
  out.push_back({name, "takes-off", share, formula, source, finite});
}

void predict_complete(const Scenario& scenario, const PlainCascade& c, const std::string& name, double n,
                      std::vector<Prediction>& out) {
  if (c.p == 1 && c.channel->delay.kind == Law::Kind::exponential && c.prompt &&
      (!c.channel->rhythm || scenario.audience.rhythm == "flat")) {
    // each of k who know reaches each of n - k who do not at rate 1 / mean
    const double mean = c.channel->delay.mean() / 3600;
    const auto time_to = [&](double known) {
      double sum = 0;
      for (double k = 1; k < known; ++k) sum += mean / (k * (n - k));
      return c.posted_h + sum;
    };
    // delays are whole ticks: half a tick on average for each of the steps that lie on the way
    const double tick = scenario.time.resolution_s / 3600;
    const std::string formula =
        "complete graph of " + std::to_string(static_cast<std::uint32_t>(n)) + ", exponential delays";
    // both ends of the growth are Gumbel-like with scale mean / n
    if (time_to(n) + 20 * mean / n >= c.horizon_h) return;
    out.push_back({name, "time-to-last", time_to(n), formula, "Daley & Gani 1999", tick});
    out.push_back({name, "time-to-50-percent", time_to(1 + std::ceil(0.5 * n)), formula, "Daley & Gani 1999", tick});
  }
  if (n == 3 && c.ends(2))
    out.push_back({name, "cascade-size", 2 * (c.p + (1 - c.p) * c.p * c.p), "undirected triangle, beside the seed",
                   "Kempe, Kleinberg & Tardos 2003"});
}

void predict_line(const PlainCascade& c, const std::string& name, double n, std::vector<Prediction>& out) {
  if (c.seed->actor != "0" || !c.ends(n)) return;
  double sum = 0, term = 1;
  for (double i = 1; i < n; ++i) sum += term *= c.p;
  out.push_back({name, "cascade-size", sum, "line from its head, beside the seed", "Kempe, Kleinberg & Tardos 2003"});
}

}  // namespace

void predict_spread(const Scenario& scenario, const std::string& name, const Regime& regime,
                    std::vector<Prediction>& out) {
  PlainCascade c;
  if (!plain_cascade(scenario, regime, c)) return;
  const auto n = static_cast<double>(scenario.audience.actors);
  std::visit(
      [&](const auto& g) {
        using Kind = std::decay_t<decltype(g)>;
        if constexpr (std::is_same_v<Kind, network::ErdosRenyi>) {
          predict_percolation(c, name, giant_share(g.mean_degree * c.p), g.mean_degree * c.p, n, "S = 1 - exp(-c T S)",
                              "Newman 2002", out);
        } else if constexpr (std::is_same_v<Kind, network::RandomRegular>) {
          predict_percolation(c, name, regular_share(g.degree, c.p), (g.degree - 1) * c.p, n, "u = (1 - T + T u)^(z-1)",
                              "Newman 2002", out);
        } else if constexpr (std::is_same_v<Kind, network::Complete>) {
          predict_complete(scenario, c, name, n, out);
        } else if constexpr (std::is_same_v<Kind, network::Line>) {
          predict_line(c, name, n, out);
        } else if constexpr (std::is_same_v<Kind, network::Star>) {
          if ((c.seed->actor == "0" || c.seed->actor == "largest-hub") && c.ends(1))
            out.push_back({name, "cascade-size", (n - 1) * c.p, "star from its centre, beside the seed",
                           "Kempe, Kleinberg & Tardos 2003"});
        }
      },
      scenario.audience.ties);
}

}  // namespace demarche::models
