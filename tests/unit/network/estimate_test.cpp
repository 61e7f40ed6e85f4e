#include "sim/network/estimate.hpp"

#include <fstream>
#include <string>

#ifdef __linux__
#include <sys/wait.h>
#include <unistd.h>
#endif

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

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

/// A line of /proc/self/status in bytes.
double status_bytes(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(name + ":")) return 1024 * std::stod(line.substr(name.size() + 1));
  }
  return 0;
}

/// The largest memory held while a layer is generated, above what was held before; -1 where the system does not tell.
/// In a process of its own, so that neither other tests nor the memory they left behind count.
double measured_peak(const Generator& g) {
  int channel[2];
  if (pipe(channel) != 0) return -1;
  const pid_t child = fork();
  if (child == 0) {
    double peak = -1;
    const double before = status_bytes("VmRSS");
    std::ofstream("/proc/self/clear_refs") << "5" << std::flush;
    if (status_bytes("VmHWM") < before + 1e6) {
      const Layer layer = testing::made(g);
      peak = layer.ties() > 0 ? status_bytes("VmHWM") - before : 0;
    }
    const bool told = write(channel[1], &peak, sizeof peak) == sizeof peak;
    _exit(told ? 0 : 1);
  }
  double peak = -1;
  if (child < 0 || read(channel[0], &peak, sizeof peak) != sizeof peak) peak = -1;
  close(channel[0]);
  close(channel[1]);
  if (child > 0) waitpid(child, nullptr, 0);
  return peak;
}

// Within a quarter and one large page: these round every array up, and bins are filled unevenly.
TEST(BytesNeeded, IsWhatTheBuildTakes) {
  constexpr double page = 1 << 21;
  for (const Generator& g :
       {Generator(RMat{200000, 3000000}), Generator(HeavyTailed{200000, 2.276, 12, .22}),
        Generator(HeavyTailed{100000, 2.276, 20, .6}), Generator(ErdosRenyi{200000, 12, true}),
        Generator(ErdosRenyi{200000, 12, false}), Generator(BlockModel{{100000, 100000}, {8, 6, 9, 7}}),
        Generator(RandomRegular{200000, 6}), Generator(RandomRegular{2500, 2200}), Generator(Hierarchy{1000000, 5, .1}),
        Generator(RingLattice{300000, 12}), Generator(Complete{2500})}) {
    const double peak = measured_peak(g);
    if (peak < 0) GTEST_SKIP() << "the system does not tell the peak memory of a process";
    const auto estimate = static_cast<double>(bytes_needed(g).build_peak);
    EXPECT_LT(peak, 1.25 * estimate + page) << kind_name(g) << " of " << actors_of(g);
    EXPECT_GT(peak, 0.75 * estimate) << kind_name(g) << " of " << actors_of(g);
  }
}

#endif

TEST(BytesNeeded, DoesNotOverflow) {
  EXPECT_GT(bytes_needed(Complete{4000000000U}).finished, std::uint64_t{1} << 62);
  EXPECT_LE(bytes_needed(Complete{4000000000U}).build_peak, std::uint64_t{1} << 63);
}

}  // namespace
}  // namespace demarche::network
