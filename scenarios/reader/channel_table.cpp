#include "models/presets.hpp"
#include "scenarios/reader/tables.hpp"

namespace demarche::scenarios {

using models::Channel;
using models::Holder;
using models::Mode;

Rule<Channel> channel_rule() {
  std::vector<Preset<Channel>> presets;
  for (const auto& info : models::channel_presets())
    presets.push_back({info.name, models::channel_preset(info.name), info.summary});
  Table<Channel> t("channel",
                   "How a post travels from who holds the channel to who hears it. Values of the presets: "
                   "docs/channels-sources.md.");
  t.presets(std::move(presets), &Channel::preset)
      .field("mode", &Channel::mode,
             choice<Mode>("mode",
                          {{"network", Mode::network, "followers see it and may pass it on"},
                           {"subscription", Mode::subscription, "followers see it; it is not passed on"},
                           {"broadcast", Mode::broadcast, "an outlet carries it to the people of the host country"}}),
             "who hears it")
      .field("held-by", &Channel::holder,
             choice<Holder>(
                 "holder", {{"accounts", Holder::accounts, "missions that have accounts of their own, and the capital"},
                            {"missions", Holder::missions, "every mission, and the capital"},
                            {"capital", Holder::capital, "the capital only"}}),
             "who speaks on it")
      .field("visibility", &Channel::visibility, share(), "share of the followers who see one post or share")
      .source("impressions 1-8.3 % of followers [S: newsplexer, ksablan]")
      .field("delay", &Channel::delay, law(), "from a post to its being seen; at least one tick")
      .field("rhythm", &Channel::rhythm, truth(), "the delay runs on the audience's rhythm of the day")
      .field("share", &Channel::share, share(), "probability that who sees it passes it on")
      .source("share per impression 0.05-1 % [D]")
      .field("share-decays", &Channel::share_decays, truth(), "that probability falls with the message's relevance")
      .field("access", &Channel::access, share(), "share of the online audience that uses the channel")
      .source("assumed")
      .field("offline-access", &Channel::offline_access, share(), "share of the others who do")
      .source("assumed")
      .field("followers", &Channel::followers_mean, number().at_least(0).at_most(1e9),
             "mean number of followers of a mission's account or list")
      .source("average Canadian ambassador: 306 [S: thestar]")
      .field("followers-sigma", &Channel::followers_sigma, number().at_least(0).at_most(5),
             "lognormal spread of that number over missions")
      .field("local", &Channel::local, share(), "share of these followers who live in the host country")
      .source("assumed")
      .field("pickup", &Channel::pickup, share(), "broadcast: probability that the outlet carries a message")
      .source("assumed")
      .field("lag", &Channel::lag, law(), "from release to appearing on this channel")
      .field("layer", &Channel::layer, text(40), "channels with the same word share one network of ties");
  return rule_of(t);
}

Rule<network::Generator> ties_rule() {
  using namespace network;
  const auto degree = [] { return number().at_least(0).at_most(1e6); };
  Tagged<Generator> t("ties");
  t.alternative(
       "hierarchy",
       Table<Hierarchy>("hierarchy",
                        "A tree in which everyone has the same number of subordinates; ties are rewired with a "
                        "probability, from tree to small world.")
           .field("branching", &Hierarchy::branching, integer().at_least(1).at_most(1000000), "subordinates of each")
           .field("rewiring", &Hierarchy::rewiring, share(), "probability that a tie leads to anybody instead"),
       "tree, rewired towards a small world")
      .alternative("dodds-watts-sabel",
                   Table<DoddsWattsSabel>(
                       "dodds-watts-sabel",
                       "A hierarchy with extra ties whose places fall with depth and distance (PNAS 100:12516, 2003).")
                       .field("branching", &DoddsWattsSabel::branching, integer().at_least(2).at_most(1000000),
                              "subordinates of each")
                       .field("extra", &DoddsWattsSabel::extra, integer().at_least(0), "ties beside the tree")
                       .field("lambda", &DoddsWattsSabel::lambda, number().above(0), "how far down extra ties reach")
                       .field("zeta", &DoddsWattsSabel::zeta, number().above(0), "how far apart they connect"),
                   "organization between tree and team")
      .alternative("heavy-tailed",
                   Table<HeavyTailed>("heavy-tailed", "Follower counts with a power-law tail.")
                       .field("exponent", &HeavyTailed::exponent, number().above(1).at_most(10),
                              "of the density of follower counts")
                       .source("2.276, Kwak 2010 [M+]")
                       .field("mean-degree", &HeavyTailed::mean_degree, degree(), "mean number of followers")
                       .source("35, Kwak 2010")
                       .field("reciprocity", &HeavyTailed::reciprocity, share(), "share of ties that are returned")
                       .source("22 % [M+]"),
                   "few have many followers")
      .alternative("block-model",
                   Table<BlockModel>("block-model", "Ties within and between countries.")
                       .field("mean-ties", &BlockModel::mean_ties, list(degree(), 2),
                              "ties of an actor: [to the own country, to all others together]")
                       .required(),
                   "by country")
      .alternative("erdos-renyi",
                   Table<ErdosRenyi>("erdos-renyi", "Every pair is tied with the same probability.")
                       .field("mean-degree", &ErdosRenyi::mean_degree, degree(), "mean number of followers")
                       .required()
                       .field("directed", &ErdosRenyi::directed, truth(), "ties in one direction only"),
                   "random graph")
      .alternative("random-regular",
                   Table<RandomRegular>("random-regular", "Everyone has the same number of ties, at random.")
                       .field("degree", &RandomRegular::degree, integer().at_least(1), "ties of each"),
                   "everyone has as many")
      .alternative("ring",
                   Table<RingLattice>("ring", "Neighbours on a circle.")
                       .field("degree", &RingLattice::degree, integer().at_least(2), "ties of each, an even number"),
                   "a circle")
      .alternative("torus",
                   Table<Torus>("torus", "A grid without edges.")
                       .field("rows", &Torus::rows, integer().at_least(3), "rows")
                       .required()
                       .field("columns", &Torus::columns, integer().at_least(3), "columns; rows x columns actors")
                       .required()
                       .field("moore", &Torus::moore, truth(), "eight neighbours instead of four"),
                   "a grid without edges")
      .alternative("complete", Table<Complete>("complete", "Everyone is tied to everyone."), "everyone to everyone")
      .alternative("line", Table<Line>("line", "Each tells the next."), "each tells the next")
      .alternative("star", Table<Star>("star", "One centre is tied to all others."), "one centre")
      .alternative("r-mat",
                   Table<RMat>("r-mat", "Recursive matrix (Chakrabarti et al. 2004), ids shuffled.")
                       .field("ties", &RMat::ties, integer().at_least(1), "number of ties")
                       .required()
                       .field("a", &RMat::a, share(), "weight of the first quarter")
                       .field("b", &RMat::b, share(), "of the second")
                       .field("c", &RMat::c, share(), "of the third"),
                   "benchmark graphs")
      .alternative(
          "country-blocks",
          Table<CountryBlocks>("country-blocks",
                               "Countries of the audience with heavy-tailed follower counts (degree-corrected block "
                               "model, Karrer & Newman 2011).")
              .field("mean-degree", &CountryBlocks::mean_degree, degree(), "mean number of followers")
              .source("35, Kwak 2010")
              .field("exponent", &CountryBlocks::exponent, number().above(1).at_most(10),
                     "of the density of follower counts")
              .source("2.276, Kwak 2010 [M+]")
              .field("home", &CountryBlocks::home, share(),
                     "probability that a follower is drawn from the own country, otherwise from everybody")
              .source("assumed")
              .field("following-exponent", &CountryBlocks::following_exponent, number().at_least(0).at_most(10),
                     "of how much each follows, above 1; 0: all as much")
              .source("assumed")
              .field("implicit", &CountryBlocks::implicit, truth(),
                     "ties are recomputed whenever asked for and need no memory; the whole audience uses the channel"),
          "by country, heavy tails, any size");
  return rule_of(t);
}

}  // namespace demarche::scenarios
