#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/reader/table.hpp"

// A small scenario of its own, so that the machinery is tested apart from the real keys.
namespace demarche::scenarios::toy {

enum class Discipline : std::uint8_t { first_come, priority };

struct Desk {
  std::uint32_t clerks = 1;
  Law service = Law::fixed(3600);
  Discipline discipline = Discipline::first_come;
  std::optional<double> expiry_s;
  friend bool operator==(const Desk&, const Desk&) = default;
};

struct Regime {
  std::string preset;
  double screening = 0.5;
  std::vector<Desk> stages;
  friend bool operator==(const Regime&, const Regime&) = default;
};

struct Ring {
  std::uint32_t reach = 1;
  friend bool operator==(const Ring&, const Ring&) = default;
};
struct Heavy {
  double exponent = 2.5;
  friend bool operator==(const Heavy&, const Heavy&) = default;
};

struct Time {
  std::int64_t start_utc_s = 0;
  double horizon_s = 86400;
  std::int64_t resolution_s = 60;
  friend bool operator==(const Time&, const Time&) = default;
};

struct Scenario {
  std::string title;
  std::uint64_t seed = 1;
  bool corrections = false;
  Time time;
  double rate_per_s = 0;
  std::variant<Ring, Heavy> ties;
  bool has_ties = false;
  std::string file;
  std::vector<std::pair<std::string, Regime>> regimes;
  std::vector<std::string> measures;
  friend bool operator==(const Scenario&, const Scenario&) = default;
};

inline Rule<Scenario> table() {
  Table<Desk> desk("desk", "who examines a draft");
  desk.field("clerks", &Desk::clerks, integer().at_least(1).at_most(10000), "people at the desk")
      .source("assumed")
      .field("service", &Desk::service, law(), "working time for one draft")
      .field("discipline", &Desk::discipline,
             choice<Discipline>("discipline", {{"first-come", Discipline::first_come, "in order of arrival"},
                                               {"priority", Discipline::priority, "urgent drafts first"}}),
             "which draft is next")
      .field("expiry", &Desk::expiry_s, duration().at_least(60), "when a waiting draft is dropped");

  Table<Regime> regime("regime", "a named workflow");
  regime.field("screening", &Regime::screening, share(), "probability to notice an error")
      .field("stages", &Regime::stages, list(desk), "desks in series")
      .presets(
          {Preset<Regime>{"strict",
                          Regime{"", 0.9, {Desk{}, Desk{3, Law::lognormal(7200, 1.2), Discipline::priority, 86400.0}}},
                          "two desks"},
           Preset<Regime>{"loose", Regime{"", 0.1, {}}, "no desk"}},
          &Regime::preset);

  Table<Time> time("time", "the clock");
  time.field("start", &Time::start_utc_s, moment(), "tick 0")
      .required()
      .field("horizon", &Time::horizon_s, duration().at_least(60).at_most(3650 * 86400.0),
             "how long the simulated time lasts")
      .field("resolution", &Time::resolution_s, duration().at_least(1), "length of a tick")
      .check([](const Time& t, Check& c) {
        if (t.horizon_s < static_cast<double>(t.resolution_s))
          c.problem("horizon", {"the horizon is shorter than one tick", "", "lengthen it"});
      });

  Table<Ring> ring("ring");
  ring.field("reach", &Ring::reach, integer().at_least(1), "neighbours on each side");
  Table<Heavy> heavy("heavy-tailed");
  heavy.field("exponent", &Heavy::exponent, number().above(2), "of the degree density").required();
  Tagged<std::variant<Ring, Heavy>> ties("ties");
  ties.alternative("ring", ring, "a circle").alternative("heavy-tailed", heavy, "few have many");

  Table<Scenario> scenario("scenario", "one comparison");
  scenario.field("title", &Scenario::title, text(), "what readers see")
      .field("seed", &Scenario::seed, seed(), "of all luck")
      .field("corrections", &Scenario::corrections, truth(), "are errors corrected")
      .field("time", &Scenario::time, time, "when")
      .required()
      .field("rate", &Scenario::rate_per_s, rate(), "opportunities")
      .field("ties", &Scenario::ties, ties, "who hears whom")
      .given(&Scenario::has_ties)
      .field("file", &Scenario::file, file(), "a table")
      .field("regimes", &Scenario::regimes, names_or_presets(regime, 1), "the arms")
      .required()
      .field("measures", &Scenario::measures, list(name()), "what is measured");
  return rule_of(scenario);
}

/// The problems that reading `text` gives, one line each; "" when there are none.
inline std::string problems(const std::string& text, const std::string& name = "f.yaml") {
  try {
    read(table(), parse(text, name));
  } catch (const InputErrors& e) {
    return e.what();
  }
  return "";
}

}  // namespace demarche::scenarios::toy
