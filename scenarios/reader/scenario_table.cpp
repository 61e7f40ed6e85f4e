#include <algorithm>
#include <set>

#include "models/measures.hpp"
#include "scenarios/reader/tables.hpp"
#include "sim/base/text.hpp"
#include "sim/calendar/calendar.hpp"

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

Scalar<std::string> rhythm() {
  std::vector<Choice<std::string>> profiles;
  for (const std::string& name : calendar::profile_names())
    profiles.push_back({name, name, "activity profile of the local week"});
  return choice<std::string>("rhythm", std::move(profiles));
}

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
             "without a file: their time zones, taken in turn; the capital's where left out");
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
      .field("online-by-region", &Audience::online_by_region, sorted_names(share()), "share online by region")
      .source("ITU 2013, FACTS.md section 3")
      .field("rhythm", &Audience::rhythm, rhythm(), "when people look, by hour of the local week")
      .field("network", &Audience::network_file, file(), "ties from a file: edge list, CSV or GraphML")
      .field("actor-table", &Audience::actors_file, file(), "who the actors of that file are: id and group")
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
      .check([](const Stimulus& s, Check& c) {
        if (s.kind != Stimulus::Kind::seed && s.rate_per_s <= 0)
          c.problem("rate",
                    {"a stimulus without a rate gives rise to nothing", "", "write for example rate: 1.7 per day"});
        double sum = 0;
        for (const auto& [tier, share] : s.tiers) sum += share;
        if (!s.tiers.empty() && (sum < 0.999 || sum > 1.001))
          c.problem("tiers", {"the shares of the risk tiers do not add up to 100 %", "", ""});
        if (s.tiers.size() > 60) c.problem("tiers", {"more than 60 risk tiers", "", ""});
        const bool number = !s.actor.empty() && s.actor.find_first_not_of("0123456789") == std::string::npos;
        if (!number && s.actor != "largest-hub" && s.actor != "random")
          c.problem("actor", {"\"" + s.actor + "\" names no actor", "",
                              "write largest-hub, random, or a number from 0 in quotes"});
      });
  return rule_of(t);
}

Rule<Scenario> scenario_rule() {
  Table<Scenario> t("scenario", "One comparison of regimes over the same worlds and the same luck.");
  t.field("demarche", &Scenario::format,
          integer().where("1, the only format there is", [](std::int64_t v) { return v == 1; }), "format of the file")
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
      .field("measures", &Scenario::measures, list(text(80)), "what is measured; all that can be filled where left out")
      .check([](const Scenario& s, Check& c) {
        const auto known = [](const auto& list, const std::string& wanted) {
          return std::any_of(list.begin(), list.end(), [&](const auto& e) { return e.first == wanted; });
        };
        const auto nearest_of = [](const auto& list, const std::string& wanted) {
          std::vector<std::string> names;
          for (const auto& e : list) names.push_back(e.first);
          const std::string near = nearest(wanted, names, 3);
          return near.empty() ? std::string() : "did you mean \"" + near + "\"?";
        };
        if (s.channels.size() > 16) c.problem("channels", {"more than 16 channels", "", "leave some out"});
        if (s.stimuli.size() > 60) c.problem("stimuli", {"more than 60 stimuli", "", "leave some out"});
        if (!s.channels.empty() && s.audience.actors == 0 && s.audience.network_file.empty())
          c.problem("audience.actors",
                    {"there are channels but nobody who hears", "", "write audience: {actors: 10000}"});
        for (const auto& [name, stimulus] : s.stimuli) {
          const std::string at = "stimuli." + name;
          for (std::size_t i = 0; i < stimulus.channels.size(); ++i)
            if (!known(s.channels, stimulus.channels[i]))
              c.problem(at + ".channels[" + std::to_string(i) + "]",
                        {"there is no channel \"" + stimulus.channels[i] + "\"", "",
                         nearest_of(s.channels, stimulus.channels[i])});
          if (stimulus.kind == Stimulus::Kind::seed && s.channels.empty())
            c.problem(at, {"a seed needs a channel", "", "write channels: {tie: {preset: tie}}"});
          if (stimulus.at_s < 0 || stimulus.at_s >= s.time.horizon_s)
            c.problem(at + ".at",
                      {"that moment lies outside the simulated time", "", "see time.start and time.horizon"});
        }
      });
  return rule_of(t);
}

}  // namespace demarche::scenarios
