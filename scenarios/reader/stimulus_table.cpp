#include "scenarios/reader/tables.hpp"
#include "sim/calendar/calendar.hpp"

namespace demarche::scenarios {

using models::Stimulus;

Scalar<std::string> rhythm() {
  std::vector<Choice<std::string>> profiles;
  for (const std::string& name : calendar::profile_names())
    profiles.push_back({name, name, "activity profile of the local week"});
  return choice<std::string>("rhythm", std::move(profiles));
}

namespace {

/// What says something about another kind only would be left unread: it is refused.
void check_kind(const Stimulus& s, Check& c) {
  const Stimulus standard;
  const auto only = [&](const char* key, bool written, const char* kinds) {
    if (written)
      c.problem(key, {std::string("`") + key + "` has no meaning here", std::string("it belongs to ") + kinds,
                      "leave it out"});
  };
  const bool crisis = s.kind == Stimulus::Kind::crisis, seed = s.kind == Stimulus::Kind::seed;
  only("at", !crisis && !seed && s.at_s != standard.at_s, "crises and seeds");
  only("duration", !crisis && s.duration_s != standard.duration_s, "crises");
  only("surge", !crisis && s.surge != standard.surge, "crises");
  only("regions", !crisis && !s.regions.empty(), "crises");
  only("count", !seed && s.count != standard.count, "seeds");
  only("actor", !seed && s.actor != standard.actor, "seeds");
  only("rate", seed && s.rate_per_s != standard.rate_per_s, "routine and crises");
  only("rhythm", seed && s.rhythm != standard.rhythm, "routine and crises");
  only("from-capital", seed && s.from_capital, "routine and crises");
}

}  // namespace

Rule<Stimulus> stimulus_rule() {
  Table<Stimulus> t("stimulus", "What makes people want to speak.");
  t.field("kind", &Stimulus::kind,
          choice<Stimulus::Kind>("kind",
                                 {{"routine", Stimulus::Kind::routine, "opportunities at every mission, all the time"},
                                  {"crisis", Stimulus::Kind::crisis, "a surge of them from a moment on"},
                                  {"seed", Stimulus::Kind::seed, "a message by an actor of the audience"}}),
          "what kind of stimulus")
      .field("rate", &Stimulus::rate_per_s, rate(), "opportunities of one mission (or of the capital)")
      .source("1.7 originals per account and day [C], FACTS.md section 1")
      .field("rhythm", &Stimulus::rhythm, rhythm(), "when they arise, by hour of the mission's week")
      .field("from-capital", &Stimulus::from_capital, truth(), "they arise in the capital instead of at missions")
      .field("at", &Stimulus::at_s, since_start(), "crisis, seed: when")
      .field("duration", &Stimulus::duration_s, duration().at_least(0),
             "crisis: how long the surge lasts; 0 means to the end")
      .field("surge", &Stimulus::surge, number().at_least(0).at_most(10000), "crisis: multiplies the rate")
      .source("x 10 load, FACTS.md section 5")
      .field("regions", &Stimulus::regions, list(name()), "crisis: missions in these regions; none means all")
      .field("count", &Stimulus::count, integer().at_least(1).at_most(1000000), "seed: messages")
      .field("actor", &Stimulus::actor, text(20), "seed: largest-hub, random, or the number of an actor")
      .field("topic", &Stimulus::topic, text(40), "a word that rules of regimes may name")
      .field("channels", &Stimulus::channels, list(name()), "channels it is meant for; none means all")
      .field("urgent", &Stimulus::urgent, share(), "share of urgent messages")
      .source("assumed")
      .field("tiers", &Stimulus::tiers, names(share()), "risk tiers and their shares; none means all low")
      .source("three tiers [S: bidd copy]; shares assumed")
      .field("half-life", &Stimulus::half_life_s, duration().at_least(0),
             "age at which a message is half as relevant; 0 means it never fades")
      .source("5 min (breaking), 21 min, 3 h, days: FACTS.md section 5")
      .field("translated", &Stimulus::translated, share(), "share of messages that must be translated")
      .source("assumed")
      .check(check_kind)
      .check([](const Stimulus& s, Check& c) {
        if (s.kind != Stimulus::Kind::seed && s.rate_per_s <= 0)
          c.problem("rate",
                    {"a stimulus without a rate gives rise to nothing", "", "write for example rate: 1.7 per day"});
        double sum = 0;
        for (const auto& [tier, share] : s.tiers) sum += share;
        if (!s.tiers.empty() && (sum < 0.999 || sum > 1.001))
          c.problem("tiers", {"the shares of the risk tiers do not add up to 100 %", "", ""});
        const bool number = !s.actor.empty() && s.actor.find_first_not_of("0123456789") == std::string::npos;
        if (!number && s.actor != "largest-hub" && s.actor != "random")
          c.problem("actor", {"\"" + s.actor + "\" names no actor", "",
                              "write largest-hub, random, or a number from 0 in quotes"});
      });
  return rule_of(t);
}

}  // namespace demarche::scenarios
