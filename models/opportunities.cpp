#include <algorithm>
#include <charconv>

#include "models/compile_regime.hpp"
#include "models/world.hpp"
#include "sim/base/distribution.hpp"
#include "sim/base/error.hpp"

namespace demarche::models {

namespace {

/// What does not depend on the moment of an opportunity, prepared once a stimulus.
struct Traits {
  std::uint16_t stimulus;
  MessageKey key;
  std::uint32_t channels = 0;
  double half_life = 0;
  Coin faulty, urgent, translated;
  std::vector<double> tier_limit;  ///< cumulative shares
  std::vector<std::uint8_t> tier_index;
};

Traits traits_of(const Scenario& scenario, std::size_t index, const Clock& clock) {
  const auto& [name, stimulus] = scenario.stimuli[index];
  Traits t;
  t.stimulus = static_cast<std::uint16_t>(index);
  t.key = name_key(name);
  for (std::size_t c = 0; c < scenario.channels.size(); ++c) {
    const auto& wanted = stimulus.channels;
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), scenario.channels[c].first) != wanted.end())
      t.channels |= 1U << c;
  }
  t.half_life = stimulus.half_life_s / static_cast<double>(clock.tick_s);
  t.faulty = Coin(scenario.errors.rate);
  t.urgent = Coin(stimulus.urgent);
  t.translated = Coin(stimulus.translated);
  const std::vector<std::string> tiers = tier_names(scenario);
  if (stimulus.tiers.empty()) {  // whatever tiers others have
    t.tier_limit.push_back(1);
    t.tier_index.push_back(static_cast<std::uint8_t>(std::find(tiers.begin(), tiers.end(), "low") - tiers.begin()));
  }
  double sum = 0, total = 0;
  for (const auto& [tier, share] : stimulus.tiers) total += share;
  for (const auto& [tier, share] : stimulus.tiers) {
    sum += share / total;
    t.tier_limit.push_back(sum);
    t.tier_index.push_back(static_cast<std::uint8_t>(std::find(tiers.begin(), tiers.end(), tier) - tiers.begin()));
  }
  return t;
}

/// A message's content: four words, each for one question, so that a scenario that asks one of them less keeps the
/// others.
run::Draft draft_of(const Traits& t, const Luck& luck, std::uint32_t origin, MessageKey key, Tick at) {
  const Block words = luck.block(Purpose::draft, origin, key, 1U << 20);
  run::Draft d;
  d.key = key;
  d.origin = origin;
  d.stimulus = t.stimulus;
  d.at = at;
  d.faulty = t.faulty(words[0]);
  d.priority = t.urgent(words[1]) ? 0 : 1;
  d.translate = t.translated(words[2]);
  const double u = words[3] * 0x1p-32;
  if (!t.tier_index.empty()) {
    std::size_t k = 0;
    while (k + 1 < t.tier_limit.size() && u >= t.tier_limit[k]) ++k;
    d.tier = t.tier_index[k];
  }
  d.half_life = t.half_life;
  d.channels = t.channels;
  return d;
}

/// Moments of a Poisson process in operational time: exponential gaps of constant attention, then A^-1.
template <class Each>
void arrivals(const Luck& luck, std::uint32_t origin, MessageKey key, double rate_per_tick,
              const calendar::ActivityClock& clock, Tick from, Tick until, Each&& each) {
  if (rate_per_tick <= 0 || from >= until) return;
  Stream stream(luck, Purpose::opportunity, origin, key);
  // a stretch that begins within the horizon begins at its own point of operational time
  double elapsed = 0;
  for (std::uint32_t k = 0;; ++k) {
    elapsed += draw_exponential(stream, 1 / rate_per_tick);
    // beyond every horizon (2^31 ticks) at the highest attention (168 times the mean), and maybe beyond all integers
    if (elapsed >= 0x1p40) return;
    const Tick at = clock.after(from, static_cast<Ticks>(elapsed));
    if (at >= until) return;
    each(k, at);
  }
}

bool in_regions(const Stimulus& stimulus, const std::string& region) {
  return stimulus.regions.empty() ||
         std::find(stimulus.regions.begin(), stimulus.regions.end(), region) != stimulus.regions.end();
}

}  // namespace

std::vector<run::Draft> World::drafts(const Luck& luck) const {
  std::vector<run::Draft> drafts;
  const Inputs& inputs = scenario_.inputs;
  const auto missions = static_cast<std::uint32_t>(inputs.missions.size());
  const auto tick_s = static_cast<double>(plan_.clock.tick_s);
  for (std::size_t s = 0; s < scenario_.stimuli.size(); ++s) {
    const Stimulus& stimulus = scenario_.stimuli[s].second;
    const Traits traits = traits_of(scenario_, s, plan_.clock);
    const Tick at = plan_.clock.ticks(stimulus.at_s);
    if (stimulus.kind == Stimulus::Kind::seed) {
      for (std::uint32_t k = 0; k < stimulus.count; ++k) {
        const MessageKey key = hash_key(traits.key, missions, k);
        run::Draft d = draft_of(traits, luck, missions, key, at);
        Stream stream(luck, Purpose::opportunity, k, traits.key);
        if (stimulus.actor == "largest-hub") {
          d.author = hub_;
        } else if (stimulus.actor == "random") {
          d.author = plan_.audience_first + static_cast<network::Vertex>(draw_below(stream, audience()));
        } else {
          std::uint32_t number = 0;
          std::from_chars(stimulus.actor.data(), stimulus.actor.data() + stimulus.actor.size(), number);
          d.author = plan_.audience_first + number;
        }
        drafts.push_back(d);
      }
      continue;
    }
    const bool crisis = stimulus.kind == Stimulus::Kind::crisis;
    const double rate = stimulus.rate_per_s * tick_s * (crisis ? stimulus.surge : 1);
    const Tick from = crisis ? at : 0;
    const Tick until = crisis && stimulus.duration_s > 0
                           ? std::min(plan_.end, at + plan_.clock.ticks(stimulus.duration_s))
                           : plan_.end;
    const std::uint32_t first = stimulus.from_capital ? missions : 0;
    const std::uint32_t last = stimulus.from_capital ? missions + 1 : missions;
    for (std::uint32_t o = first; o < last; ++o) {
      if (o < missions && !in_regions(stimulus, inputs.missions[o].region)) continue;
      arrivals(luck, o, traits.key, rate, writing_[s][zone_of_origin_[o]], from, until, [&](std::uint32_t k, Tick t) {
        drafts.push_back(draft_of(traits, luck, o, hash_key(traits.key, o, k), t));
      });
    }
  }
  const Tick measured_from = plan_.clock.ticks(scenario_.time.warm_up_s);
  const Tick measured_until = plan_.end - plan_.clock.ticks(scenario_.time.cool_down_s);
  for (run::Draft& d : drafts) d.measured = d.at >= measured_from && d.at < measured_until;
  return drafts;
}

}  // namespace demarche::models
