#include "models/theory_parts.hpp"
#include "sim/base/math.hpp"

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
    const double answered = (1 - s.never_answer) * (1 - s.reject);
    const std::uint32_t required = s.required == 0 ? s.reviewers : s.required;
    const bool corrects = s.on_fault == workflow::OnFault::correct;
    good *= binomial_tail(s.reviewers, required, (corrects ? 1 : s.pass_good) * answered);
    bad *= binomial_tail(s.reviewers, required, s.pass_bad * answered);
  }
  if (!screens) return;
  const std::string formula =
      "screening by " + std::to_string(chain.size()) + (chain.size() == 1 ? " stage" : " stages in series");
  out.push_back({name, "sound-published", good, formula, "Sah & Stiglitz 1986"});
  out.push_back({name, "faulty-published", bad, formula, "Sah & Stiglitz 1986"});
}

}  // namespace demarche::models
