#include "sim/network/network.hpp"

#include <limits>

#include "sim/base/error.hpp"

namespace demarche::network {

namespace {

struct Rows {
  std::vector<TieIndex> offsets;
  std::vector<Vertex> targets;
};

}  // namespace

Layer::Layer(std::string name, std::vector<TieIndex> offsets, std::vector<Vertex> targets) : name_(std::move(name)) {
  auto rows = std::make_shared<const Rows>(Rows{std::move(offsets), std::move(targets)});
  *this = Layer(std::move(name_), rows->offsets, rows->targets, rows);
}

Layer::Layer(std::string name, std::span<const TieIndex> offsets, std::span<const Vertex> targets,
             std::shared_ptr<const void> owner)
    : name_(std::move(name)), offsets_(offsets), targets_(targets), owner_(std::move(owner)) {
  DEMARCHE_EXPECT(!offsets_.empty(), "a layer has one offset more than actors");
  DEMARCHE_EXPECT(offsets_.size() - 1 < std::numeric_limits<Vertex>::max(), "a layer has fewer than 2^32 - 1 actors");
  DEMARCHE_EXPECT(offsets_.front() == 0 && offsets_.back() == targets_.size(), "the offsets of a layer span its ties");
  actors_ = static_cast<Vertex>(offsets_.size() - 1);
}

Layer::Layer(std::string name, std::shared_ptr<const ImplicitTies> ties)
    : name_(std::move(name)), implicit_(std::move(ties)) {
  DEMARCHE_EXPECT(implicit_ != nullptr, "an implicit layer has ties");
  actors_ = implicit_->actors();
}

void Layer::throw_not_stored() const {
  throw ContractError("the ties of layer '" + name_ + "' are implicit: ask for row(v), or store them first (defect)");
}

Network::Network(Vertex actors, std::vector<Layer> layers) : actors_(actors), layers_(std::move(layers)) {
  for (const Layer& layer : layers_) {
    DEMARCHE_EXPECT(layer.actors() == actors_, "every layer has a row for every actor of the network");
  }
}

LayerId Network::layer_named(const std::string& name) const {
  std::string known;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    if (layers_[i].name() == name) return LayerId(static_cast<LayerId::Value>(i));
    known += (known.empty() ? "" : ", ") + layers_[i].name();
  }
  throw InputError({"unknown layer '" + name + "'", "the network has no layer of that name",
                    known.empty() ? "the network has no layers" : "use one of: " + known});
}

}  // namespace demarche::network
