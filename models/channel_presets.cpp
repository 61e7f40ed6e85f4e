#include "models/presets.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"

namespace demarche::models {

namespace {

constexpr double minute = 60, hour = 3600, day = 86400;

struct Entry {
  PresetInfo info;
  Channel channel;
};

Channel channel(Mode mode, Holder holder, double visibility, Law delay, double share, double access, double followers,
                double followers_sigma, Law lag) {
  Channel c;
  c.mode = mode;
  c.holder = holder;
  c.visibility = visibility;
  c.delay = std::move(delay);
  c.share = share;
  c.share_decays = share > 0;
  c.access = access;
  c.followers_mean = followers;
  c.followers_sigma = followers_sigma;
  c.lag = std::move(lag);
  return c;
}

Channel press() {
  Channel c = channel(Mode::broadcast, Holder::missions, 0.02, Law::lognormal(6 * hour, 1), 0, 0.6, 0, 1,
                      Law::lognormal(12 * hour, 1));
  c.offline_access = 0.4;
  c.pickup = 0.05;
  c.rhythm = false;
  return c;
}

/// docs/channels-sources.md derives every number; sweep ranges stand there.
const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = {
      {{"twitter", "short public posts that followers see and may pass on",
        "visibility 1-8.3 % [S: newsplexer, ksablan]; share 0.05-1 % [D]; delay SEISMIC [S: rdrr.io]; 306 followers "
        "[S: "
        "thestar]; access assumed"},
       channel(Mode::network, Holder::accounts, 0.03, {Law::Kind::seismic, 300, 0.2314843, {}}, 0.005, 0.08, 306, 1.5,
               Law::fixed(0))},
      {{"facebook", "posts on a page, passed on among friends",
        "visibility up to 8.3 % [S: ksablan]; clicks' half-life 3.2 h (bitly); share [D]; access, followers, lag "
        "assumed"},
       channel(Mode::network, Holder::accounts, 0.083, Law::lognormal(3.2 * hour, 1.5), 0.002, 0.45, 1000, 1.5,
               Law::lognormal(10 * minute, 1))},
      {{"blog", "longer texts for regular readers",
        "half-life between 3.4 h (bitly) and ~2 years [M~]; the rest assumed"},
       channel(Mode::subscription, Holder::accounts, 0.10, Law::lognormal(1 * day, 2.5), 0, 0.2, 300, 1.5,
               Law::lognormal(12 * hour, 1))},
      {{"website", "the mission's official pages, read by regular visitors",
        "direct links' half-life 3.4 h (bitly); the rest assumed"},
       channel(Mode::subscription, Holder::missions, 0.05, Law::lognormal(3.4 * hour, 2), 0, 0.3, 200, 1,
               Law::lognormal(1 * hour, 1))},
      {{"email", "a subscribed newsletter",
        "government open rate 30.5 % (2020), 14 % (US federal, 2016); median 47 min (Kooti 2015); lists assumed"},
       channel(Mode::subscription, Holder::missions, 0.305, Law::lognormal(47 * minute, 3), 0, 0.9, 100, 1,
               Law::lognormal(12 * hour, 1))},
      {{"press", "newspapers and broadcasters of the host country that may carry the message", "assumed"}, press()},
      {{"tie", "a plain tie: everyone who hears tells everyone after a fixed minute; for validation and teaching",
        "no claim about the world"},
       [] {
         Channel c = channel(Mode::network, Holder::accounts, 1, Law::fixed(minute), 1, 1, 0, 1, Law::fixed(0));
         c.share_decays = false;
         c.rhythm = false;
         return c;
       }()},
  };
  return all;
}

}  // namespace

const std::vector<PresetInfo>& channel_presets() {
  static const std::vector<PresetInfo> infos = [] {
    std::vector<PresetInfo> list;
    for (const Entry& e : entries()) list.push_back(e.info);
    return list;
  }();
  return infos;
}

Channel channel_preset(const std::string& name) {
  std::vector<std::string> names;
  for (const Entry& e : entries()) {
    if (e.info.name == name) {
      Channel c = e.channel;
      c.preset = name;
      return c;
    }
    names.push_back(e.info.name);
  }
  const std::string near = nearest(name, names, 3);
  throw InputError({"there is no channel preset \"" + name + "\"", "",
                    near.empty() ? "`demarche list channels` names them" : "did you mean \"" + near + "\"?"});
}

}  // namespace demarche::models
