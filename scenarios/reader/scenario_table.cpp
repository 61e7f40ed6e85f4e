#include <algorithm>
#include <set>

#include "models/measures.hpp"
#include "scenarios/reader/tables.hpp"
#include "sim/base/text.hpp"

namespace demarche::scenarios {

using models::Audience;
using models::Errors;
using models::Ministry;
using models::Missions;
using models::Scenario;
using models::Stimulus;
using models::Time;
using models::Worlds;

namespace {

constexpr double day = 86400, year = 366 * day;

Table<Time> time_table() {
  Table<Time> t("time", "The clock of the scenario.");
  t.field("start", &Time::start_utc_s, start_moment(), "moment 0; a date alone begins at midnight UTC")
      .field("horizon", &Time::horizon_s, duration().above(0).at_most(100 * year), "how long the simulated time lasts")
      .field("resolution", &Time::resolution_s, duration().at_least(1).at_most(day), "length of a tick, whole seconds")
      .field("warm-up", &Time::warm_up_s, duration().at_least(0), "opportunities before it happen but are not measured")
      .field("cool-down", &Time::cool_down_s, duration().at_least(0),
             "nor those of the last stretch before the horizon")
      .check([](const Time& time, Check& c) {
        c.reading().start_utc_s = time.start_utc_s;
        if (time.resolution_s != static_cast<double>(static_cast<std::int64_t>(time.resolution_s)))
          c.problem("resolution", {"a tick is not a whole number of seconds", "", "write 1 s, 1 min or 1 h"});
        if (time.horizon_s < time.resolution_s)
          c.problem("horizon", {"the horizon is shorter than one tick", "", "lengthen it"});
        if (time.horizon_s / time.resolution_s > 2147483000.0)
          c.problem("resolution", {"the horizon has more than 2^31 ticks", "", "take a coarser resolution"});
        if (time.warm_up_s + time.cool_down_s >= time.horizon_s)
          c.problem("horizon", {"nothing would be measured", "warm-up and cool-down leave no time between them",
                                "lengthen the horizon"});
      });
  return t;
}

Table<Missions> missions_table() {
  Table<Missions> t("missions", "Where missions stand.");
  t.field("file", &Missions::file, file(),
          "table with columns host, zone, region (and city); or an exchange table: sender, host, level")
      .field("sender", &Missions::sender, text(10), "of an exchange table: code of the sending state")
      .field("count", &Missions::count, integer().at_least(1).at_most(100000),
             "without a file: that many alike missions")
      .field("zones", &Missions::zones, list(zone()),
             "without a file: their time zones, taken in turn; the capital's where left out")
      .check([](const Missions& m, Check& c) {
        if (!m.file.empty() && m.count != 1)
          c.problem("count", {"missions are counted and listed in a file", "", "leave one of the two out"});
        if (!m.file.empty() && !m.zones.empty())
          c.problem("zones", {"the table of missions has time zones of its own", "", "leave `zones` out"});
        if (m.file.empty() && !m.sender.empty())
          c.problem("sender", {"a sender without a table of exchange", "", "name the table: file"});
        if (m.zones.size() > m.count)
          c.problem("zones", {"more time zones than missions", "count is " + std::to_string(m.count), "raise it"});
      });
  return t;
}

Table<Ministry> ministry_table() {
  Table<Ministry> t("ministry", "The foreign ministry whose messages are followed.");
  t.field("country", &Ministry::country, text(10), "its country's code in the table of countries")
      .field("capital-zone", &Ministry::capital_zone, zone(), "time zone of the capital")
      .field("office", &Ministry::office, office_rule(), "opening hours of every desk that has none of its own")
      .field("missions", &Ministry::missions, missions_table(), "where missions stand")
      .field("accounts", &Ministry::accounts, integer().at_least(0).at_most(100000),
             "missions that hold accounts of their own: presence")
      .source("heads of mission with channels, April 2013: UK 73, US 39, Canada 4 [S: rolandparis.com]")
      .field("drafting", &Ministry::drafting, law(), "from an opportunity to the finished draft")
      .source("assumed");
  return t;
}

Table<Audience> audience_table() {
  Table<Audience> t("audience", "Who may hear.");
  t.field("actors", &Audience::actors, integer().at_least(0).at_most(4000000000LL), "how many people are simulated")
      .field("countries", &Audience::countries, file(), "table with columns iso3, name, region, zone, weight")
      .field("online", &Audience::online, share(),
             "share of the audience that is online, where regions say nothing else")
      .field("online-by-region", &Audience::online_by_region, sorted_names(share()),
             "share online by region of the table of countries")
      .source("ITU 2013, FACTS.md section 3")
      .field("rhythm", &Audience::rhythm, rhythm(), "when people look, by hour of the local week")
      .field(
          "network", &Audience::network_file, file(),
          "ties from a file: edge list, CSV, GraphML or .dnet; its actors are the audience, their groups its countries")
      .field("actor-table", &Audience::actors_file, file(), "who the actors of that file are: id, and country or group")
      .field("ties", &Audience::ties, ties_rule(), "who follows whom, where no file says it")
      .given(&Audience::has_ties)
      .check([](const Audience& a, Check& c) {
        if (!a.network_file.empty() && a.has_ties)
          c.problem("ties", {"the audience has ties twice", "from a file and from a generator", "leave one out"});
        if (a.network_file.empty() && !a.actors_file.empty())
          c.problem("actor-table", {"an actor table without a network", "", "name the network's file too"});
        if (a.has_ties && a.actors == 0)
          c.problem("actors", {"an audience with ties has no actors", "", "write actors: 1000"});
      });
  return t;
}

Table<Errors> errors_table() {
  Table<Errors> t("errors", "Mistakes of authors, and how they come to light.");
  t.field("rate", &Errors::rate, share(), "share of drafts with an error")
      .source("0.5-5 % a post, FACTS.md section 1, Sweeps")
      .field("share-multiplier", &Errors::share_multiplier, number().at_least(0).at_most(100),
             "erroneous messages are passed on this much more readily")
      .source("1.7, Vosoughi 2018")
      .field("noticed-by-reader", &Errors::noticed_by_reader, share(),
             "probability that one who sees an error reports it to the sender")
      .source("assumed")
      .field("monitoring", &Errors::monitoring, law(),
             "from publication until the sender notices by itself; 0 means never")
      .source("correction delay lognormal, median 24 h, tail to 14 d, FACTS.md section 1, Sweeps")
      .field("corrections", &Errors::corrections, truth(),
             "errors that are noticed are corrected, through the regime's own clearance")
      .field("correction-drafting", &Errors::correction_drafting, law(), "from notice to the correction's draft")
      .source("assumed");
  return t;
}

Scalar<std::int64_t> format() {
  Scalar<std::int64_t> s = integer().where("1, the only format there is", [](std::int64_t v) { return v == 1; });
  s.grammar.schema.add("const", Node::word("1"));
  return s;
}

Scalar<std::string> measure() {
  std::vector<std::string> known;
  std::string pattern;
  for (const auto& m : models::known_measures()) {
    known.push_back(m.name);
    pattern += (pattern.empty() ? "" : "|") + m.name;
  }
  return {"measure", "unique-reach", text_schema("(" + pattern + ")(/[^\\n]+)?"),
          [known](const Node& node, const Reading&) -> Parsed<std::string> {
            const std::string base = node.text.substr(0, node.text.find('/'));
            if (is_text(node) && std::find(known.begin(), known.end(), base) != known.end()) return node.text;
            const std::string near = nearest(base, known, 3);
            return Problem{"there is no measure \"" + node.text.substr(0, 60) + "\"", "",
                           near.empty() ? "`demarche list measures` names them" : "did you mean \"" + near + "\"?"};
          },
          [](const std::string& v) { return Node::string(v); }};
}

using Names = std::vector<std::string>;

std::string meant(const std::string& wanted, const Names& names) {
  const std::string near = nearest(wanted, names, 3);
  return near.empty() ? std::string() : "did you mean \"" + near + "\"?";
}

bool is_in(const Names& names, const std::string& wanted) {
  return std::find(names.begin(), names.end(), wanted) != names.end();
}

template <class List>
Names names_of(const List& list) {
  Names names;
  for (const auto& e : list) names.push_back(e.first);
  return names;
}

void check_stimuli(const Scenario& s, Check& c) {
  const Names channels = names_of(s.channels);
  std::set<std::string> tiers;
  for (const auto& [name, stimulus] : s.stimuli) {
    const std::string at = "stimuli." + name;
    for (std::size_t i = 0; i < stimulus.channels.size(); ++i)
      if (!is_in(channels, stimulus.channels[i]))
        c.problem(at + ".channels[" + std::to_string(i) + "]",
                  {"there is no channel \"" + stimulus.channels[i] + "\"", "", meant(stimulus.channels[i], channels)});
    if (stimulus.kind == Stimulus::Kind::seed && s.channels.empty())
      c.problem(at, {"a seed needs a channel", "", "write channels: {tie: {preset: tie}}"});
    if (stimulus.at_s < 0 || stimulus.at_s >= s.time.horizon_s)
      c.problem(at + ".at", {"that moment lies outside the simulated time", "", "see time.start and time.horizon"});
    for (const auto& [tier, share] : stimulus.tiers) tiers.insert(tier);
  }
  // one bit a tier in a rule's mask
  if (tiers.size() > 60) c.problem("stimuli", {"more than 60 risk tiers", "", "join some of them"});
}

void check_regimes(const Scenario& s, Check& c) {
  const Names stimuli = names_of(s.stimuli), channels = names_of(s.channels);
  for (const auto& [name, regime] : s.regimes) {
    const std::string at = "regimes." + name;
    if (regime.switch_at_s && (*regime.switch_at_s < 0 || *regime.switch_at_s >= s.time.horizon_s))
      c.problem(at + ".switch-at",
                {"that moment lies outside the simulated time", "", "see time.start and time.horizon"});
    Names routes = names_of(regime.routes);
    routes.insert(routes.end(), {"main", "none"});
    for (std::size_t i = 0; i < regime.rules.size(); ++i) {
      const std::string rule = at + ".rules[" + std::to_string(i) + "]";
      const auto known = [&](const char* key, const Names& named, const Names& names, const char* what) {
        for (std::size_t k = 0; k < named.size(); ++k)
          if (!is_in(names, named[k]))
            c.problem(rule + "." + key + "[" + std::to_string(k) + "]",
                      {std::string("there is no ") + what + " \"" + named[k] + "\"", "", meant(named[k], names)});
      };
      known("stimuli", regime.rules[i].stimuli, stimuli, "stimulus");
      known("channels", regime.rules[i].channels, channels, "channel");
      if (!is_in(routes, regime.rules[i].route))
        c.problem(rule + ".route",
                  {"there is no route \"" + regime.rules[i].route + "\"", "", meant(regime.rules[i].route, routes)});
    }
  }
}

}  // namespace

Rule<Scenario> scenario_rule() {
  Table<Scenario> t("scenario", "One comparison of regimes over the same worlds and the same luck.");
  t.field("demarche", &Scenario::format, format(), "format of the file")
      .required()
      .field("name", &Scenario::name, name(), "names the output folder and the results")
      .required()
      .field("title", &Scenario::title, text(200), "what readers of figures see")
      .field("question", &Scenario::question, text(1000), "what the comparison is to answer")
      .field("assumptions", &Scenario::assumptions, text(1000),
             "one sentence on what was assumed; stands beneath every table and figure")
      .field("seed", &Scenario::seed, seed(), "of all luck")
      .field("replicates", &Scenario::replicates, integer().at_least(1).at_most(10000000),
             "how often everything is simulated anew")
      .field("worlds", &Scenario::worlds,
             choice<Worlds>("worlds", {{"one", Worlds::one, "one network for all replicates"},
                                       {"fresh", Worlds::fresh, "a network of its own for each"}}),
             "whether intervals include the network's own uncertainty")
      .field("time", &Scenario::time, time_table(), "the clock")
      .field("ministry", &Scenario::ministry, ministry_table(), "who speaks")
      .field("audience", &Scenario::audience, audience_table(), "who may hear")
      .field("channels", &Scenario::channels, names_or_presets(channel_rule()), "how posts travel")
      .field("stimuli", &Scenario::stimuli, names(stimulus_rule(), 1), "what makes people want to speak")
      .required()
      .field("errors", &Scenario::errors, errors_table(), "mistakes")
      .field("regimes", &Scenario::regimes, names_or_presets(regime_rule(), 1),
             "the arms of the comparison; the first is the baseline")
      .required()
      .field("measures", &Scenario::measures, list(measure()),
             "what is measured; all that can be filled where left out")
      .check([](const Scenario& s, Check& c) {
        if (s.channels.size() > 16) c.problem("channels", {"more than 16 channels", "", "leave some out"});
        if (s.stimuli.size() > 60) c.problem("stimuli", {"more than 60 stimuli", "", "leave some out"});
        if (!s.channels.empty() && s.audience.actors == 0 && s.audience.network_file.empty())
          c.problem("audience.actors",
                    {"there are channels but nobody who hears", "", "write audience: {actors: 10000}"});
        std::set<std::string> measured;
        for (std::size_t i = 0; i < s.measures.size(); ++i)
          if (!measured.insert(s.measures[i]).second)
            c.problem("measures[" + std::to_string(i) + "]",
                      {"\"" + s.measures[i] + "\" is given twice", "", "keep one of them"});
        if (s.measures.size() > 1000) c.problem("measures", {"more than 1,000 measures", "", "leave some out"});
      })
      .check(check_stimuli)
      .check(check_regimes);
  return rule_of(t);
}

}  // namespace demarche::scenarios
