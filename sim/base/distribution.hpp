#pragma once
#include <cstdint>

#include "sim/base/random.hpp"

/// Samplers made of counter words and of sim/base/math.hpp: the same bits everywhere. Arguments outside the stated
/// ranges are defects of the caller (ContractError); the reader has refused them before.
namespace demarche {

/// A biased coin tossed with one 32-bit word: heads with probability p rounded to a multiple of 2^-32.
/// p = 0 never, p = 1 always; 0 <= p <= 1.
struct Coin {
  std::uint64_t threshold = 0;

  constexpr Coin() = default;
  explicit Coin(double p);
  constexpr bool operator()(std::uint32_t word) const { return word < threshold; }
};

/// Uniform on the multiples of 2^-53 in [0, 1). Two words.
inline double draw_uniform(Stream& stream) {
  return static_cast<double>(stream.next64() >> 11) * 0x1p-53;
}
/// Uniform on the odd multiples of 2^-53 in (0, 1). Two words.
inline double draw_open(Stream& stream) {
  return (static_cast<double>(stream.next64() >> 12) + 0.5) * 0x1p-52;
}
/// Uniform on 0 .. n-1 without bias, n >= 1 (Lemire 2019, doi 10.1145/3230636). One word, or two for n > 2^32, plus
/// rejections.
std::uint64_t draw_below(Stream& stream, std::uint64_t n);
/// True with probability p to 2^-64. Two words.
bool draw_bernoulli(Stream& stream, double p);
/// mean > 0. Two words.
double draw_exponential(Stream& stream, double mean);
/// Standard normal by inversion. Two words.
double draw_normal(Stream& stream);
/// median > 0, sigma >= 0 of the logarithm. Two words.
double draw_lognormal(Stream& stream, double median, double sigma);
/// shape > 0, scale > 0, mean shape * scale (Marsaglia & Tsang 2000, doi 10.1145/358407.358414). Four words and more.
double draw_gamma(Stream& stream, double shape, double scale);
/// a, b > 0; ratio of gammas, or Joehnk 1964 where both are below 1.
double draw_beta(Stream& stream, double a, double b);
/// mean >= 0: inversion below 10 (two words), else PTRS (Hoermann 1993, doi 10.1016/0167-6687(93)90997-4).
std::uint64_t draw_poisson(Stream& stream, double mean);
/// Successes in n trials, 0 <= p <= 1: inversion where n min(p, 1-p) < 10 (two words), else BTRS (Hoermann 1993,
/// doi 10.1080/00949659308811496).
std::uint64_t draw_binomial(Stream& stream, std::uint64_t n, double p);
/// Failures before the first success, 0 < p <= 1; saturates at 2^63. Two words.
std::uint64_t draw_geometric(Stream& stream, double p);

/// P(k) proportional to k^-exponent on least .. most, by rejection-inversion (Hoermann & Derflinger 1996,
/// doi 10.1145/235025.235029); Zipf's law when least = 1. exponent >= 0, and > 1 where unbounded; 1 <= least <= most.
class PowerLaw {
 public:
  static constexpr std::uint64_t unbounded = std::uint64_t{1} << 62;  ///< no value above it is ever drawn

  PowerLaw(double exponent, std::uint64_t least, std::uint64_t most = unbounded);
  /// Two words and more; under 1.3 tries on average.
  std::uint64_t operator()(Stream& stream) const;

 private:
  double area(double x) const;  // integral of x^-exponent up to x, up to a constant
  double area_inverse(double a) const;

  double exponent_;
  std::uint64_t least_, most_;
  double area_low_, area_high_, sure_;
};

}  // namespace demarche
