#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/base/id.hpp"
#include "sim/network/implicit_ties.hpp"
#include "sim/network/vertex.hpp"

namespace demarche::network {

/// One tie of a builder's input: `to` receives what `from` says.
struct Tie {
  Vertex from, to;
  friend bool operator==(const Tie&, const Tie&) = default;
  friend auto operator<=>(const Tie&, const Tie&) = default;
};

/// The followers of one actor in either kind of layer, ascending. Kernels take Layer::followers() of stored layers and
/// ImplicitTies::row() of implicit ones instead, and spare themselves the branch. Valid while the layer lives.
class Followers {
 public:
  explicit Followers(std::span<const Vertex> stored) : stored_(stored.data()), size_(stored.size()) {}
  explicit Followers(const ImplicitTies::Row& row) : row_(row), size_(row.size()) {}
  std::uint64_t size() const { return size_; }
  Vertex operator[](std::uint64_t i) const { return stored_ != nullptr ? stored_[i] : row_[i]; }

 private:
  const Vertex* stored_ = nullptr;
  ImplicitTies::Row row_;
  std::uint64_t size_;
};

/// One layer: either stored in compressed sparse rows, or implicit, where ties are recomputed when asked for.
/// followers(v) are those who receive what v says, ascending. Immutable; complete after construction.
/// offsets: actors + 1 entries; targets: one entry a tie; only stored layers have them (ContractError otherwise).
class Layer {
 public:
  Layer(std::string name, std::vector<TieIndex> offsets, std::vector<Vertex> targets);
  /// Rows that lie elsewhere, a mapped file for one; `owner` keeps them alive.
  Layer(std::string name, std::span<const TieIndex> offsets, std::span<const Vertex> targets,
        std::shared_ptr<const void> owner);
  Layer(std::string name, std::shared_ptr<const ImplicitTies> ties);
  const std::string& name() const { return name_; }
  Vertex actors() const { return actors_; }
  /// Of an implicit layer see ImplicitTies::ties(): the first call takes its time.
  TieIndex ties() const { return implicit_ != nullptr ? implicit_->ties() : targets_.size(); }
  std::uint64_t out_degree(Vertex v) const {
    return implicit_ != nullptr ? implicit_->out_degree(v) : offsets_[v + 1] - offsets_[v];
  }
  /// For both kinds.
  Followers row(Vertex v) const {
    return implicit_ != nullptr ? Followers(implicit_->row(v)) : Followers(followers(v));
  }
  /// Null for stored layers.
  const ImplicitTies* implicit() const { return implicit_.get(); }

  std::span<const Vertex> followers(Vertex v) const {
    expect_stored();
    return {targets_.data() + offsets_[v], static_cast<std::size_t>(offsets_[v + 1] - offsets_[v])};
  }
  std::span<const TieIndex> offsets() const {
    expect_stored();
    return offsets_;
  }
  std::span<const Vertex> targets() const {
    expect_stored();
    return targets_;
  }

 private:
  void expect_stored() const {
    if (implicit_ != nullptr) [[unlikely]]
      throw_not_stored();
  }
  [[noreturn]] void throw_not_stored() const;

  std::string name_;
  Vertex actors_ = 0;
  std::span<const TieIndex> offsets_;
  std::span<const Vertex> targets_;
  std::shared_ptr<const void> owner_;
  std::shared_ptr<const ImplicitTies> implicit_;
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
/// Sorted rows by bins and counting (tie_bins.hpp), O(actors + ties); ids must be below `actors` (InputError
/// otherwise). Self-ties and repeated ties are dropped and counted, or refused with the first one named.
Layer build_layer(std::string name, Vertex actors, std::span<const Tie> ties, TiePolicy policy = TiePolicy::drop,
                  BuildReport* report = nullptr, unsigned threads = 1);

}  // namespace demarche::network
