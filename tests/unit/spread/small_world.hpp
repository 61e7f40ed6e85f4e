#pragma once
#include <algorithm>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/spread/medium.hpp"

namespace demarche::spread::test {

/// Dice of the tests: every question to them is a new one.
class Dice {
 public:
  explicit Dice(std::uint64_t number)
      : luck_(std::make_unique<Luck>(number, 0)), stream_(*luck_, Purpose::test, 0, 0) {}
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(draw_below(stream_, n)); }
  bool heads() { return below(2) == 1; }
  template <class T>
  T one_of(std::initializer_list<T> list) {
    return *(list.begin() + below(static_cast<std::uint32_t>(list.size())));
  }

 private:
  std::unique_ptr<Luck> luck_;
  Stream stream_;
};

/// What is posted: by an actor to the followers, or by an outlet to the actors first .. last - 1.
struct Post {
  std::uint32_t message;
  std::uint32_t channel;
  Tick at;
  network::Vertex first, last;
  bool broadcast;
};

/// Every visibility with every delay: tables take longer to make than a small world takes to run.
inline const std::vector<ChannelKernel>& prototypes() {
  static const std::vector<ChannelKernel> all = [] {
    std::vector<ChannelKernel> list;
    for (const double visibility : {0.0, 0.3, 0.8, 1.0})
      for (const Law& delay : {Law::fixed(1), Law::exponential(4), Law::lognormal(300, 2), Law::uniform(1, 5000)})
        list.emplace_back("c", LayerId{}, visibility, QuantileTable(delay, 1, 1), 0);
    return list;
  }();
  return all;
}

/// A few actors with random ties on some layers, random channels, rhythms, access, messages and posts.
struct SmallWorld {
  std::unique_ptr<network::Network> network;
  Medium medium;
  std::vector<MessageTraits> messages;
  std::vector<Post> posts;  // by tick

  SmallWorld(std::uint64_t number, network::Vertex actors) {
    Dice dice(number);
    std::vector<network::Layer> layers;
    const std::uint32_t layer_count = 1 + dice.below(3);
    for (std::uint32_t l = 0; l < layer_count; ++l) {
      std::vector<network::Tie> ties;
      const std::uint32_t wanted = dice.below(actors * 4);
      for (std::uint32_t t = 0; t < wanted; ++t) ties.push_back({dice.below(actors), dice.below(actors)});
      layers.push_back(network::build_layer("l", actors, ties));
    }
    network = std::make_unique<network::Network>(actors, std::move(layers));
    medium.network = network.get();
    medium.end = dice.one_of<Tick>({50, 3000, 20000});
    const Clock clock{dice.below(7) * 86400, 3600};
    if (dice.heads()) {
      medium.clocks.emplace_back(calendar::zone("UTC"), calendar::profile("evening"), clock, medium.end);
      medium.clocks.emplace_back(calendar::zone("Asia/Tokyo"), calendar::profile("office"), clock, medium.end);
      if (dice.heads())
        for (network::Vertex v = 0; v < actors; ++v)
          medium.clock_of.push_back(static_cast<std::uint8_t>(dice.below(2)));
    }
    if (dice.heads())
      for (network::Vertex v = 0; v < actors; ++v) medium.access.push_back(static_cast<std::uint16_t>(dice.below(16)));
    const std::uint32_t channels = 1 + dice.below(4);
    for (std::uint32_t c = 0; c < channels; ++c) {
      const bool by_ties = c == 0 || dice.below(4) > 0;
      ChannelKernel kernel = prototypes()[dice.below(16)];
      kernel.key = c;
      kernel.layer = by_ties ? LayerId(dice.below(layer_count)) : LayerId{};
      kernel.share = dice.one_of({0.0, 0.5, 1.0});
      kernel.rhythm = dice.heads();
      kernel.share_decays = dice.heads();
      medium.channels.push_back(std::move(kernel));
    }
    const std::uint32_t count = 1 + dice.below(5);
    for (std::uint32_t m = 0; m < count; ++m) {
      const Tick born = dice.below(40);
      messages.push_back({.key = hash_key(number, m),
                          .born = born,
                          .half_life = dice.one_of({0.0, 10.0, 2000.0}),
                          .share_multiplier = dice.one_of({1.0, 1.7})});
      // an actor speaks at most once on a channel about one message
      for (std::uint32_t c = 0; c < channels; ++c) {
        if (dice.below(3) == 0) continue;
        const Tick at = born + dice.below(dice.heads() ? 4 : 5000);
        if (!medium.channels[c].layer.valid()) {
          const network::Vertex first = dice.below(actors), last = first + dice.below(actors - first + 1);
          posts.push_back({m, c, at, first, last, true});
        } else {
          posts.push_back({m, c, at, dice.below(actors), 0, false});
        }
      }
    }
    std::sort(posts.begin(), posts.end(), [](const Post& a, const Post& b) {
      return std::tie(a.at, a.message, a.channel) < std::tie(b.at, b.message, b.channel);
    });
    std::erase_if(posts, [&](const Post& p) { return p.at >= medium.end; });
  }
};

/// A first sight as the tests compare it: message, tick, who, channel, from, passes it on.
using Seen = std::tuple<std::uint32_t, Tick, network::Vertex, std::uint32_t, network::Vertex, bool>;

}  // namespace demarche::spread::test
