#include "models/measure_definitions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace demarche::models {

namespace {

using study::Better;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double ratio(double a, double b) {
  return b > 0 ? a / b : nan;
}
double ratio(std::uint64_t a, std::uint64_t b) {
  return ratio(static_cast<double>(a), static_cast<double>(b));
}

double mean(const std::vector<double>& v) {
  double sum = 0;
  for (const double x : v) sum += x;
  return ratio(sum, static_cast<double>(v.size()));
}

double variance(const std::vector<double>& v) {
  if (v.size() < 2) return nan;
  const double m = mean(v);
  double sum = 0;
  for (const double x : v) sum += (x - m) * (x - m);
  return sum / static_cast<double>(v.size() - 1);
}

/// Delay within which a share p of all drafts was published; those never published count as later than any. NaN: less
/// than p was.
double delay_quantile(const MessageTally& t, double p) {
  const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(t.drafts)));
  return rank == 0 || rank > t.delays.size() ? nan : t.delays[rank - 1];
}

/// The moment at which a share of the audience had seen a sound message, hours after the start; NaN: never that many.
double time_to_audience(const Observed& o, double share) {
  const auto wanted = static_cast<std::size_t>(std::ceil(share * o.world.audience()));
  if (wanted == 0 || wanted > o.tally.arrivals.size()) return nan;
  return o.world.plan().clock.hours(static_cast<double>(o.tally.arrivals[wanted - 1]));
}

double time_to_own(const Observed& o, double share) {
  const std::size_t n = o.tally.arrivals.size();
  if (n == 0) return nan;
  const auto wanted = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(share * static_cast<double>(n))));
  return o.world.plan().clock.hours(static_cast<double>(o.tally.arrivals[wanted - 1]));
}

/// Actors of each country, in the order of the table.
std::vector<std::uint64_t> people_by_country(const World& world) {
  std::vector<std::uint64_t> people(world.plan().groups, 0);
  for (const std::uint16_t g : world.plan().group_of) ++people[g];
  return people;
}

/// Gini coefficient of reach per head over people, each holding his country's share reached.
double gini_of_reach(const Observed& o) {
  const std::vector<std::uint64_t> people = people_by_country(o.world);
  std::vector<std::pair<double, double>> countries;  // share reached, people
  for (std::size_t c = 0; c < people.size(); ++c)
    if (people[c] > 0)
      countries.push_back({ratio(o.tally.reached_by_country[c], people[c]), static_cast<double>(people[c])});
  std::sort(countries.begin(), countries.end());
  double total = 0, all = 0, area = 0, held = 0;
  for (const auto& [share, n] : countries) {
    total += share * n;
    all += n;
  }
  if (total <= 0) return nan;
  for (const auto& [share, n] : countries) {
    area += n * (2 * held + share * n);
    held += share * n;
  }
  return 1 - area / (all * total);
}

double share_of_region(const Observed& o) {
  const std::vector<std::uint64_t> people = people_by_country(o.world);
  std::uint64_t reached = 0, all = 0;
  for (std::size_t c = 0; c < people.size(); ++c)
    if (o.world.scenario().inputs.countries[c].region == o.region) {
      reached += o.tally.reached_by_country[c];
      all += people[c];
    }
  return ratio(reached, all);
}

}  // namespace

const std::vector<Definition>& definitions() {
  static const std::vector<Definition> all = {
      {{"publication-delay", "time from opportunity to publication, mean of what was published", "h", Better::lower,
        "Mean over published messages of the time from the opportunity to the first publication; what was never "
        "published is not in it."},
       Needs::drafts,
       Split::stimulus,
       [](const Observed& o) { return mean(o.messages.delays); }},
      {{"publication-delay-median", "time within which half of all opportunities were published", "h", Better::lower,
        "Median over all opportunities; those never published count as later than any. No value when less than half "
        "was published."},
       Needs::drafts,
       Split::none,
       [](const Observed& o) { return delay_quantile(o.messages, 0.5); }},
      {{"published-share", "opportunities that were published", "share", Better::higher,
        "Share of the measured opportunities that were published before the end."},
       Needs::drafts,
       Split::stimulus,
       [](const Observed& o) { return ratio(o.messages.published, o.messages.drafts); }},
      {{"rejected-share", "drafts rejected in clearance", "share", Better::neither,
        "Share of the measured opportunities that a desk rejected."},
       Needs::clearance,
       Split::none,
       [](const Observed& o) { return ratio(o.messages.rejected, o.messages.drafts); }},
      {{"unanswered-share", "drafts that never got an answer", "share", Better::lower,
        "Share of the measured opportunities that a desk left without any answer."},
       Needs::clearance,
       Split::none,
       [](const Observed& o) { return ratio(o.messages.unanswered, o.messages.drafts); }},
      {{"expired-share", "drafts dropped because time ran out", "share", Better::lower,
        "Share of the measured opportunities that expired at a stage that drops them."},
       Needs::clearance,
       Split::none,
       [](const Observed& o) { return ratio(o.messages.expired, o.messages.drafts); }},
      {{"silence-share", "drafts published by silence", "share", Better::neither,
        "Share of the measured opportunities published because nobody answered in time."},
       Needs::clearance,
       Split::none,
       [](const Observed& o) { return ratio(o.messages.by_silence, o.messages.drafts); }},
      {{"pending-share", "drafts still in clearance at the end", "share", Better::lower,
        "Share of the measured opportunities not decided before the end of the simulated time."},
       Needs::clearance,
       Split::none,
       [](const Observed& o) { return ratio(o.messages.pending, o.messages.drafts); }},
      {{"first-publication", "time to the first word", "h", Better::lower,
        "From the start of the crisis to the first publication of a message that it gave rise to."},
       Needs::crisis,
       Split::stimulus,
       [](const Observed& o) { return o.tally.first_post[o.stimulus]; }},
      {{"waiting-time", "time spent waiting at desks", "h", Better::lower,
        "Mean over decided drafts of the time between arriving at desks and being taken up, added over desks and "
        "rounds; closing hours count."},
       Needs::clearance,
       Split::stimulus,
       [](const Observed& o) { return ratio(o.messages.waiting, static_cast<double>(o.messages.decided)); }},
      {{"clearance-variance", "variance of the time from opportunity to publication", "h2", Better::neither,
        "Over the published messages of a replicate."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return variance(o.messages.delays); }},
      {{"staff-hours", "work of all desks for each published message", "working hours", Better::lower,
        "Work that desks spent on the measured drafts, those never published included, and on corrections of them, "
        "divided by the measured messages published."},
       Needs::clearance,
       Split::none,
       [](const Observed& o) { return ratio(o.messages.work, static_cast<double>(o.messages.published)); }},
      {{"utilization", "busiest desk's share of time at work", "share", Better::neither,
        "Highest over desks with a fixed number of clerks: working time over opening time times clerks."},
       Needs::desks,
       Split::none,
       [](const Observed& o) { return o.tally.busiest; }},
      {{"longest-queue", "longest queue at a desk", "drafts", Better::lower,
        "Most drafts that ever waited at one desk."},
       Needs::desks,
       Split::none,
       [](const Observed& o) { return static_cast<double>(o.tally.longest_queue); }},
      {{"sound-published", "sound drafts that were published", "share", Better::higher,
        "Of the drafts in which the author made no error."},
       Needs::errors,
       Split::none,
       [](const Observed& o) { return ratio(o.messages.sound_published, o.messages.sound); }},
      {{"faulty-published", "erroneous drafts published with the error", "share", Better::lower,
        "Of the drafts in which the author made an error: published with the error still in."},
       Needs::errors,
       Split::none,
       [](const Observed& o) { return ratio(o.messages.faulty_published, o.messages.faulty); }},
      {{"unique-reach", "people who saw at least one true message", "actors", Better::higher,
        "Distinct actors of the audience who saw at least one measured message without error before the end."},
       Needs::channels,
       Split::none,
       [](const Observed& o) { return static_cast<double>(o.tally.reached); }},
      {{"reach-share", "share of the audience who saw at least one true message", "share", Better::higher,
        "Distinct actors reached divided by the audience; by region where the audience has regions."},
       Needs::channels,
       Split::region,
       [](const Observed& o) {
         return o.region.empty() ? ratio(static_cast<double>(o.tally.reached), o.world.audience()) : share_of_region(o);
       }},
      {{"relevant-reach", "true views, weighted by how relevant they still were", "views", Better::higher,
        "Sum over first sights of messages without error of 2^-(age at seeing / half-life), age counted from the "
        "opportunity. The measure of the trade-off: it counts speed, reach and truth at once."},
       Needs::channels,
       Split::none,
       [](const Observed& o) { return o.tally.relevant_views; }},
      {{"views", "views of all messages", "views", Better::neither,
        "First sights of measured messages, erroneous ones included; one for each person and message."},
       Needs::channels,
       Split::none,
       [](const Observed& o) { return static_cast<double>(o.tally.views); }},
      {{"error-views", "views of messages with an error in them", "views", Better::lower,
        "First sights of erroneous messages."},
       Needs::errors,
       Split::none,
       [](const Observed& o) { return static_cast<double>(o.tally.error_views); }},
      {{"error-reach", "people who saw at least one error", "actors", Better::lower,
        "Distinct actors who saw at least one erroneous message."},
       Needs::errors,
       Split::none,
       [](const Observed& o) { return static_cast<double>(o.tally.misled); }},
      {{"time-to-correct", "time from an error's publication to its correction", "h", Better::lower,
        "Mean over errors whose correction was published before the end; those never corrected are not in it."},
       Needs::corrections,
       Split::none,
       [](const Observed& o) {
         return ratio(o.tally.correction_delay, static_cast<double>(o.tally.errors_corrected));
       }},
      {{"corrected-share", "views of an error that were reached by its correction", "share", Better::higher,
        "Of the first sights of erroneous messages: the same person later saw the correction."},
       Needs::corrections,
       Split::none,
       [](const Observed& o) { return ratio(o.tally.corrected_views, o.tally.error_views); }},
      {{"shares", "times a message was passed on", "shares", Better::neither,
        "Decisions to share, all measured messages together."},
       Needs::channels,
       Split::none,
       [](const Observed& o) { return static_cast<double>(o.tally.shares); }},
      {{"cascade-size", "people who saw a message", "actors", Better::neither,
        "Mean over published messages of the number of people who saw it."},
       Needs::channels,
       Split::none,
       [](const Observed& o) { return ratio(o.tally.views, o.tally.cascades); }},
      {{"largest-cascade", "people who saw the most seen message", "actors", Better::neither,
        "Largest over published messages."},
       Needs::channels,
       Split::none,
       [](const Observed& o) { return static_cast<double>(o.tally.largest); }},
      {{"inequality", "inequality of reach between countries", "1", Better::lower,
        "Gini coefficient over people of their country's share reached: 0 equal, towards 1 all reach in few small "
        "places."},
       Needs::channels,
       Split::none,
       gini_of_reach},
      {{"time-to-half-reach", "time to half of the final reach", "h", Better::lower,
        "From the start of the simulated time until half of those finally reached had seen a true message. Beware: a "
        "regime that reaches few can be quick at it."},
       Needs::channels,
       Split::none,
       [](const Observed& o) { return time_to_own(o, 0.5); }},
      {{"time-to-10-percent-reach", "time to 10 % of the final reach", "h", Better::lower,
        "As time-to-half-reach, for a tenth."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return time_to_own(o, 0.1); }},
      {{"time-to-90-percent-reach", "time to 90 % of the final reach", "h", Better::lower,
        "As time-to-half-reach, for nine tenths."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return time_to_own(o, 0.9); }},
      {{"time-to-10-percent", "time to 10 % of the audience", "h", Better::lower,
        "From the start until a tenth of the audience had seen a true message; no value when that never came."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return time_to_audience(o, 0.1); }},
      {{"time-to-50-percent", "time to half of the audience", "h", Better::lower,
        "As time-to-10-percent, for one half."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return time_to_audience(o, 0.5); }},
      {{"time-to-90-percent", "time to 90 % of the audience", "h", Better::lower,
        "As time-to-10-percent, for nine tenths."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return time_to_audience(o, 0.9); }},
      {{"time-to-last", "time until the last one reached saw it", "h", Better::lower,
        "From the start to the last first sight of a true message."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return time_to_own(o, 1); }},
      {{"arrival-time", "time until those reached saw it, mean", "h", Better::lower,
        "From the start, mean over the actors reached."},
       Needs::request,
       Split::none,
       [](const Observed& o) {
         double sum = 0;
         for (const Tick t : o.tally.arrivals) sum += static_cast<double>(t);
         return o.world.plan().clock.hours(ratio(sum, static_cast<double>(o.tally.arrivals.size())));
       }},
      {{"takes-off", "replicates in which more than 5 % of the audience were reached", "share", Better::neither,
        "1 when it is so, else 0."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return static_cast<double>(o.tally.reached) > 0.05 * o.world.audience() ? 1.0 : 0.0; }},
      {{"reach-when-taken-off", "share of the audience reached when more than 5 % were", "share", Better::neither,
        "No value in the other replicates."},
       Needs::request,
       Split::none,
       [](const Observed& o) {
         const double share = ratio(static_cast<double>(o.tally.reached), o.world.audience());
         return share > 0.05 ? share : nan;
       }},
      {{"cascade-depth", "longest chain of sharing in a cascade, mean", "steps", Better::neither,
        "Mean over cascades."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return o.shape->depth; }},
      {{"structural-virality", "mean distance between members of a cascade", "steps", Better::neither,
        "Goel et al. 2015: about 2 for a pure broadcast, larger the more it passes from hand to hand."},
       Needs::request,
       Split::none,
       [](const Observed& o) { return o.shape->structural_virality; }},
  };
  return all;
}

}  // namespace demarche::models
