#include "output/store/digest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

#include "sim/base/error.hpp"

namespace demarche::output {
namespace {

// Canonical bytes: integers and doubles as 8 bytes, least first; texts as their length and bytes.
class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    DEMARCHE_EXPECT(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1, "SHA-256 is available");
  }

  void bytes(std::string_view b) {
    DEMARCHE_EXPECT(EVP_DigestUpdate(context_.get(), b.data(), b.size()) == 1, "SHA-256 takes bytes");
  }
  void number(std::uint64_t x) {
    std::array<char, 8> b;
    for (std::size_t i = 0; i < 8; ++i) b[i] = static_cast<char>((x >> (8 * i)) & 0xffU);
    bytes({b.data(), b.size()});
  }
  void value(double x) { number(canonical_bits(x)); }
  void text(std::string_view t) {
    number(t.size());
    bytes(t);
  }
  void values(const std::vector<double>& v) {
    number(v.size());
    for (const double x : v) value(x);
  }
  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    DEMARCHE_EXPECT(EVP_DigestFinal_ex(context_.get(), digest.data(), &size) == 1 && size == 32, "SHA-256 ends");
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
      constexpr std::string_view digits = "0123456789abcdef";
      text += digits[digest[i] >> 4U];
      text += digits[digest[i] & 15U];
    }
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

std::string regime_digest(const study::Results& results, std::size_t regime) {
  Hasher h;
  h.text("demarche regime 1");
  h.number(results.seed);
  h.number(results.replicates);
  h.number(results.measures.size());
  for (const study::MeasureInfo& m : results.measures) {
    h.text(m.name);
    h.text(m.unit);
  }
  h.number(results.axes.size());
  for (const study::Axis& a : results.axes) {
    h.text(a.name);
    h.text(a.unit);
    h.values(a.points);
  }
  h.number(results.curves.size());
  for (const study::CurveInfo& c : results.curves) {
    h.text(c.name);
    h.text(c.unit);
    h.number(c.axis);
  }
  for (std::size_t r = 0; r < results.replicates; ++r) {
    h.values(results.at(regime, r).measures);
    h.values(results.at(regime, r).curves);
  }
  return h.hex();
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  Hasher h;
  h.bytes(bytes);
  return h.hex();
}

std::uint64_t canonical_bits(double value) {
  if (value != value) return 0x7ff8000000000000ULL;
  if (value == 0) return 0;
  return std::bit_cast<std::uint64_t>(value);
}

Digests digests_of(const study::Results& results, std::string_view scenario_hash) {
  Digests d;
  std::vector<std::pair<std::string, std::string>> named;
  for (std::size_t k = 0; k < results.regimes.size(); ++k) {
    d.regimes.push_back(regime_digest(results, k));
    named.emplace_back(results.regimes[k], d.regimes[k]);
  }
  std::sort(named.begin(), named.end());
  Hasher h;
  h.text("demarche results 1");
  h.text(scenario_hash);
  h.number(named.size());
  for (const auto& [name, digest] : named) {
    h.text(name);
    h.text(digest);
  }
  d.overall = h.hex();
  return d;
}

}  // namespace demarche::output
