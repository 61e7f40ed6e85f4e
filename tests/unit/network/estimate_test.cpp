#include "sim/network/estimate.hpp"

#include "tests/unit/network/layers.hpp"

namespace demarche::network {
namespace {

TEST(BytesNeeded, EqualsTheFinishedSize) {
  for (const Generator& g :
       {Generator(RandomRegular{1000, 4}), Generator(Torus{20, 30, true}), Generator(RMat{1000, 9000}),
        Generator(Hierarchy{1000, 5, .5}), Generator(DoddsWattsSabel{1000, 5, 300, 1, 1})}) {
    const Layer layer = testing::made(g);
    EXPECT_EQ(bytes_needed(g).finished, layer.offsets().size_bytes() + layer.targets().size_bytes()) << kind_name(g);
  }
  EXPECT_EQ(bytes_needed(Line{10}, 100).finished, 101U * 8 + 9 * 4);
}

TEST(BytesNeeded, KeepsTheBuildBelowTwiceTheNetwork) {
  for (const Generator& g : {Generator(RMat{1000000, 16000000}), Generator(HeavyTailed{1000000}),
                             Generator(ErdosRenyi{1000000, 16, true})}) {
    const LayerBytes bytes = bytes_needed(g);
    EXPECT_GE(bytes.build_peak, bytes.finished);
    EXPECT_LE(bytes.build_peak, 2 * bytes.finished) << kind_name(g);
  }
}

TEST(BytesNeeded, DoesNotOverflow) {
  EXPECT_GT(bytes_needed(Complete{4000000000U}).finished, std::uint64_t{1} << 62);
  EXPECT_LE(bytes_needed(Complete{4000000000U}).build_peak, std::uint64_t{1} << 63);
}

}  // namespace
}  // namespace demarche::network
