#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/base/id.hpp"

namespace demarche::network {

using Vertex = std::uint32_t;  ///< raw value of an ActorId, for the inside of kernels
using TieIndex = std::uint64_t;

/// One tie of a builder's input: `to` receives what `from` says.
struct Tie {
  Vertex from, to;
  friend bool operator==(const Tie&, const Tie&) = default;
  friend auto operator<=>(const Tie&, const Tie&) = default;
};

/// One layer in compressed sparse rows: followers(v) are those who receive what v says, ascending.
/// offsets: actors + 1 entries; targets: one entry a tie. Immutable; complete after construction.
class Layer {
 public:
  Layer(std::string name, std::vector<TieIndex> offsets, std::vector<Vertex> targets);
  /// Rows that lie elsewhere, a mapped file for one; `owner` keeps them alive.
  Layer(std::string name, std::span<const TieIndex> offsets, std::span<const Vertex> targets,
        std::shared_ptr<const void> owner);
  const std::string& name() const { return name_; }
  Vertex actors() const { return static_cast<Vertex>(offsets_.size() - 1); }
  TieIndex ties() const { return targets_.size(); }
  std::span<const Vertex> followers(Vertex v) const {
    return {targets_.data() + offsets_[v], static_cast<std::size_t>(offsets_[v + 1] - offsets_[v])};
  }
  std::uint64_t out_degree(Vertex v) const { return offsets_[v + 1] - offsets_[v]; }
  std::span<const TieIndex> offsets() const { return offsets_; }
  std::span<const Vertex> targets() const { return targets_; }

 private:
  std::string name_;
  std::span<const TieIndex> offsets_;
  std::span<const Vertex> targets_;
  std::shared_ptr<const void> owner_;
};

/// Directed layers over the same actors; immutable and shared by every replicate and thread.
class Network {
 public:
  Network(Vertex actors, std::vector<Layer> layers);
  Vertex actors() const { return actors_; }
  std::size_t layer_count() const { return layers_.size(); }
  const Layer& layer(LayerId id) const { return layers_[id.value()]; }
  /// Throws InputError with the known names.
  LayerId layer_named(const std::string& name) const;

 private:
  Vertex actors_;
  std::vector<Layer> layers_;
};

/// What a builder does with ties that a simple directed layer does not have; counts are always reported.
enum class TiePolicy : std::uint8_t { drop, refuse };
struct BuildReport {
  std::uint64_t given = 0, kept = 0, self_loops = 0, duplicates = 0;
};
/// Sorted rows by counting sort, O(actors + ties); ids must be below `actors` (InputError otherwise).
/// Self-ties and repeated ties are dropped and counted, or refused with the first one named.
Layer build_layer(std::string name, Vertex actors, std::span<const Tie> ties, TiePolicy policy = TiePolicy::drop,
                  BuildReport* report = nullptr);

}  // namespace demarche::network
