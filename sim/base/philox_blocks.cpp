#include <algorithm>

#include "sim/base/random.hpp"

// Philox is ten rounds of two multiplications of 32-bit words to 64 bits. Vector units do them in 64-bit lanes and look
// at the lower halves only, so a counter word may keep garbage in its upper half: four (AVX2) or eight (AVX-512) blocks
// are made at once. Words are integers, so every version gives the same ones; a test compares them.
#if defined(__x86_64__) && !defined(DEMARCHE_NARROW)
#define DEMARCHE_WIDE
#include <immintrin.h>
#if defined(__GNUC__) && !defined(__clang__)
// g++ 12 takes the undefined inputs inside its own AVX-512 header for mistakes (its bug 105593)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#endif

namespace demarche {
namespace {

using Key = std::array<std::uint32_t, 2>;

void one_by_one(std::size_t count, const std::uint32_t* entity, MessageKey message, std::uint32_t tag,
                const std::uint32_t* draw, Key key, Block* out) {
  for (std::size_t k = 0; k < count; ++k)
    out[k] = philox4x32(
        {entity[k], static_cast<std::uint32_t>(message), static_cast<std::uint32_t>(message >> 32), tag | draw[k]},
        key);
}

#if defined(DEMARCHE_WIDE)

constexpr std::uint32_t multiplier_0 = 0xD2511F53U, multiplier_2 = 0xCD9E8D57U;
constexpr std::uint32_t weyl_0 = 0x9E3779B9U, weyl_1 = 0xBB67AE85U;

__attribute__((target("avx2"))) void four_at_once(const std::uint32_t* entity, MessageKey message, std::uint32_t tag,
                                                  const std::uint32_t* draw, Key key, Block* out) {
  const __m256i m0 = _mm256_set1_epi64x(multiplier_0), m2 = _mm256_set1_epi64x(multiplier_2);
  __m256i c0 = _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(entity)));
  __m256i c1 = _mm256_set1_epi64x(static_cast<std::int64_t>(message));
  __m256i c2 = _mm256_srli_epi64(c1, 32);
  __m256i c3 = _mm256_or_si256(_mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(draw))),
                               _mm256_set1_epi64x(tag));
  for (int round = 0; round < 10; ++round) {
    const __m256i p0 = _mm256_mul_epu32(c0, m0), p2 = _mm256_mul_epu32(c2, m2);
    c0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p2, 32), c1), _mm256_set1_epi64x(key[0]));
    c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), c3), _mm256_set1_epi64x(key[1]));
    c1 = p2;
    c3 = p0;
    key[0] += weyl_0;
    key[1] += weyl_1;
  }
  const __m256i low = _mm256_blend_epi32(c0, _mm256_slli_epi64(c1, 32), 0xaa);
  const __m256i high = _mm256_blend_epi32(c2, _mm256_slli_epi64(c3, 32), 0xaa);
  const __m256i even = _mm256_unpacklo_epi64(low, high), odd = _mm256_unpackhi_epi64(low, high);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_permute2x128_si256(even, odd, 0x20));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + 2), _mm256_permute2x128_si256(even, odd, 0x31));
}

__attribute__((target("avx512f"))) void eight_at_once(const std::uint32_t* entity, MessageKey message,
                                                      std::uint32_t tag, const std::uint32_t* draw, Key key,
                                                      Block* out) {
  const __m512i m0 = _mm512_set1_epi64(multiplier_0), m2 = _mm512_set1_epi64(multiplier_2);
  __m512i c0 = _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(entity)));
  __m512i c1 = _mm512_set1_epi64(static_cast<std::int64_t>(message));
  __m512i c2 = _mm512_srli_epi64(c1, 32);
  __m512i c3 = _mm512_or_si512(_mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(draw))),
                               _mm512_set1_epi64(tag));
  constexpr int three_way_xor = 0x96;
  for (int round = 0; round < 10; ++round) {
    const __m512i p0 = _mm512_mul_epu32(c0, m0), p2 = _mm512_mul_epu32(c2, m2);
    c0 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p2, 32), c1, _mm512_set1_epi64(key[0]), three_way_xor);
    c2 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p0, 32), c3, _mm512_set1_epi64(key[1]), three_way_xor);
    c1 = p2;
    c3 = p0;
    key[0] += weyl_0;
    key[1] += weyl_1;
  }
  const __m512i low = _mm512_mask_blend_epi32(0xaaaa, c0, _mm512_slli_epi64(c1, 32));
  const __m512i high = _mm512_mask_blend_epi32(0xaaaa, c2, _mm512_slli_epi64(c3, 32));
  const __m512i first = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0), last = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
  _mm512_storeu_si512(out, _mm512_permutex2var_epi64(low, first, high));
  _mm512_storeu_si512(out + 4, _mm512_permutex2var_epi64(low, last, high));
}

template <std::size_t width, auto group>
void in_groups(std::size_t count, const std::uint32_t* entity, MessageKey message, std::uint32_t tag,
               const std::uint32_t* draw, Key key, Block* out) {
  for (std::size_t k = 0; k < count; k += width) group(entity + k, message, tag, draw + k, key, out + k);
}

#endif

std::vector<PhiloxVersion> supported() {
  std::vector<PhiloxVersion> versions;
#if defined(DEMARCHE_WIDE)
  if (__builtin_cpu_supports("avx512f")) versions.push_back({"AVX-512", in_groups<8, eight_at_once>});
  if (__builtin_cpu_supports("avx2")) versions.push_back({"AVX2", in_groups<4, four_at_once>});
#endif
  versions.push_back({"plain", one_by_one});
  return versions;
}

}  // namespace

const std::vector<PhiloxVersion>& philox_versions() {
  static const std::vector<PhiloxVersion> versions = supported();
  return versions;
}

void Luck::blocks(Purpose purpose, std::size_t count, const std::uint32_t* entity, MessageKey message,
                  const std::uint32_t* draw, Block* out) const {
  static const PhiloxBlocks widest = philox_versions().front().blocks;
  widest(count, entity, message, static_cast<std::uint32_t>(purpose) << 24, draw, key_, out);
}

}  // namespace demarche
