#include <cstring>

#include "sim/base/distribution.hpp"
#include "sim/base/law.hpp"
#include "sim/base/quantile_table.hpp"
#include "tests/unit/base/sample.hpp"

// The same bits with every compiler, optimization level and processor: these constants were the same for g++ -O0, g++
// -O3 -march=native and clang++ -O2. A change here changes everybody's results.
namespace demarche {
namespace {

class Digest {
 public:
  void add(std::uint64_t word) { value_ = hash_key(value_, word); }
  void add(double x) {
    std::uint64_t bits;
    std::memcpy(&bits, &x, sizeof bits);
    add(bits);
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

template <class Draw>
std::uint64_t digest(std::uint32_t entity, Draw draw) {
  Stream s = testing::stream(entity);
  Digest d;
  for (int i = 0; i < 10000; ++i) d.add(draw(s));
  return d.value();
}

TEST(Digest, OfEverySampler) {
  EXPECT_EQ(digest(100, [](Stream& s) { return draw_uniform(s); }), 0x2dbfc73ab36388a4ULL);
  EXPECT_EQ(digest(101, [](Stream& s) { return draw_open(s); }), 0x63a1b4b0427f79feULL);
  EXPECT_EQ(digest(102, [](Stream& s) { return draw_below(s, 1000); }), 0x4fabefdc069336aaULL);
  EXPECT_EQ(digest(103, [](Stream& s) { return draw_below(s, std::uint64_t{3} << 60); }), 0xcf8997a65eff6f22ULL);
  EXPECT_EQ(digest(104, [](Stream& s) { return draw_exponential(s, 3); }), 0x27f69605b09114afULL);
  EXPECT_EQ(digest(105, [](Stream& s) { return draw_normal(s); }), 0xf0b602225afc1511ULL);
  EXPECT_EQ(digest(106, [](Stream& s) { return draw_lognormal(s, 2, 1.2); }), 0xd942407efdcf43b4ULL);
  EXPECT_EQ(digest(107, [](Stream& s) { return draw_gamma(s, 0.4, 2); }), 0x00ed02809efbb33bULL);
  EXPECT_EQ(digest(108, [](Stream& s) { return draw_gamma(s, 7, 2); }), 0x2d2610197134c562ULL);
  EXPECT_EQ(digest(109, [](Stream& s) { return draw_beta(s, 8, 2); }), 0x6985776044a3db8cULL);
  EXPECT_EQ(digest(110, [](Stream& s) { return draw_beta(s, 0.5, 0.2); }), 0xb2f36484c25b08ddULL);
  EXPECT_EQ(digest(111, [](Stream& s) { return draw_poisson(s, 4); }), 0xb251c1a62902903aULL);
  EXPECT_EQ(digest(112, [](Stream& s) { return draw_poisson(s, 400); }), 0xb17609f9876ccaa2ULL);
  EXPECT_EQ(digest(113, [](Stream& s) { return draw_binomial(s, 20, 0.3); }), 0xef78279191a9d60cULL);
  EXPECT_EQ(digest(114, [](Stream& s) { return draw_binomial(s, 5000, 0.6); }), 0x076a9a1d829c2358ULL);
  EXPECT_EQ(digest(115, [](Stream& s) { return draw_geometric(s, 1e-3); }), 0x48a9426b4726ad33ULL);
  EXPECT_EQ(digest(116, [](Stream& s) { return PowerLaw(2.276, 1)(s); }), 0xe7190d444d65a22cULL);
  EXPECT_EQ(digest(117, [](Stream& s) { return PowerLaw(1, 3, 5000)(s); }), 0x803f154be95852eaULL);
  EXPECT_EQ(digest(118, [](Stream& s) { return Law::seismic(300, 0.2314843).sample(s); }), 0x5c16fd3e441ea655ULL);
  EXPECT_EQ(digest(119,
                   [](Stream& s) {
                     return Law::quantiles({{0, 60}, {0.5, 2460}, {1, 86400}}).sample(s);
                   }),
            0x1caea3b4a33ba671ULL);
  EXPECT_EQ(digest(120, [](Stream& s) { return std::uint64_t{draw_bernoulli(s, 0.3)}; }), 0x8e1f9c1ec55459b8ULL);
}

TEST(Digest, OfEveryTable) {
  const QuantileTable lognormal(Law::lognormal(7200, 1.2), 60, 1), gamma(Law::gamma(3600, 3), 60, 1);
  const QuantileTable seismic(Law::seismic(300, 0.2314843), 60, 1);
  const GeometricTable one_in_ten(0.1), one_in_million(1e-6);
  EXPECT_EQ(digest(200, [&](Stream& s) { return static_cast<std::uint64_t>(lognormal(s.next32())); }),
            0x2639c5164b19ee90ULL);
  EXPECT_EQ(digest(201, [&](Stream& s) { return static_cast<std::uint64_t>(gamma(s.next32())); }),
            0x98758780ac055cf6ULL);
  EXPECT_EQ(digest(202, [&](Stream& s) { return static_cast<std::uint64_t>(seismic(s.next32())); }),
            0x459bb7e669c2f4abULL);
  EXPECT_EQ(digest(210, [&](Stream& s) { return std::uint64_t{one_in_ten(s.next32())}; }), 0x35ebb853416b20c9ULL);
  EXPECT_EQ(digest(211, [&](Stream& s) { return std::uint64_t{one_in_million(s.next32())}; }), 0x4252312e5cac12ebULL);
}

}  // namespace
}  // namespace demarche
