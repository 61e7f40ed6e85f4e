#pragma once
#include "sim/network/generators.hpp"
#include "sim/network/rows.hpp"

/// One function a generator; for the .cpp files of this module only. Parameters have been validated. Every draw is
/// keyed by the vertex, tie or block it is about, never by its place in one long stream, so that several threads
/// (frame.threads) make the same bytes.
namespace demarche::network {

/// What the draws of a layer are keyed by.
struct Source {
  const Luck& luck;
  std::uint64_t layer_key;

  /// The stream of question `step` about `entity`.
  Stream stream(std::uint32_t entity, std::uint64_t step = 0) const {
    return Stream(luck, Purpose::network, entity, hash_key(layer_key, step));
  }
};

Layer generate_layer(const Hierarchy& g, Frame frame, Source source);
Layer generate_layer(const DoddsWattsSabel& g, Frame frame, Source source);
Layer generate_layer(const HeavyTailed& g, Frame frame, Source source);
Layer generate_layer(const BlockModel& g, Frame frame, Source source);
Layer generate_layer(const ErdosRenyi& g, Frame frame, Source source);
Layer generate_layer(const RandomRegular& g, Frame frame, Source source);
Layer generate_layer(const RingLattice& g, Frame frame, Source source);
Layer generate_layer(const Torus& g, Frame frame, Source source);
Layer generate_layer(const Complete& g, Frame frame, Source source);
Layer generate_layer(const Line& g, Frame frame, Source source);
Layer generate_layer(const Star& g, Frame frame, Source source);
Layer generate_layer(const RMat& g, Frame frame, Source source);
Layer generate_layer(const CountryBlocks& g, Frame frame, Source source);

}  // namespace demarche::network
