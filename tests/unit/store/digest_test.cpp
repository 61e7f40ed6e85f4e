#include "output/store/digest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/unit/store/sample.hpp"

namespace demarche::output {
namespace {

TEST(Sha256, KnownAnswers) {
  // FIPS 180-4 examples
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, CanonicalForm) {
  EXPECT_EQ(canonical_bits(-0.0), canonical_bits(0.0));
  EXPECT_EQ(canonical_bits(-std::numeric_limits<double>::quiet_NaN()), 0x7ff8000000000000ULL);
  EXPECT_EQ(canonical_bits(1.0), 0x3ff0000000000000ULL);
}

// A change of the canonical bytes makes every stored digest unverifiable: this one is to change only on purpose.
TEST(Digest, IsThePublishedOne) {
  study::Results r;
  r.seed = 1;
  r.replicates = 1;
  r.regimes = {"a"};
  r.measures = {{"m", "", "h", study::Better::lower, ""}};
  r.outcomes = {{{1.5}, {}}};
  EXPECT_EQ(digests_of(r, "00").regimes[0], "3896e028a6891c8140a976c0ffd887e7013fe071d6c4f7c4caaf3c5b123e2fa1");
}

TEST(Digest, EveryValueCounts) {
  const study::Results original = sample_results(2, 2);
  std::set<std::string> seen{digests_of(original, "00").overall};
  for (std::size_t o = 0; o < original.outcomes.size(); ++o) {
    for (std::size_t m = 0; m < original.measures.size(); ++m) {
      study::Results changed = original;
      double& value = changed.outcomes[o].measures[m];
      value = std::isnan(value) ? 0 : std::nextafter(value, 1e9);
      EXPECT_TRUE(seen.insert(digests_of(changed, "00").overall).second);
    }
    for (std::size_t p = 0; p < original.curve_points(); ++p) {
      study::Results changed = original;
      double& value = changed.outcomes[o].curves[p];
      value = std::isnan(value) ? 0 : std::nextafter(value, 1e9);
      EXPECT_TRUE(seen.insert(digests_of(changed, "00").overall).second);
    }
  }
}

TEST(Digest, InputsAndNamesCountAndWordingDoesNot) {
  const study::Results original = sample_results();
  const std::string digest = digests_of(original, "00").overall;
  EXPECT_NE(digests_of(original, "01").overall, digest);
  study::Results r = original;
  r.seed ^= 1;
  EXPECT_NE(digests_of(r, "00").overall, digest);
  r = original;
  r.measures[0].unit = "d";
  EXPECT_NE(digests_of(r, "00").overall, digest);
  r = original;
  r.axes[1].points[0] = 0.5;
  EXPECT_NE(digests_of(r, "00").overall, digest);
  r = original;
  r.measures[0].label = "another wording";
  r.assumptions = "another sentence";
  EXPECT_EQ(digests_of(r, "00").overall, digest);
}

TEST(Digest, ARegimeAloneEqualsItselfInCompany) {
  const study::Results together = sample_results(3, 4);
  const Digests all = digests_of(together, "00");
  for (std::size_t k = 0; k < 3; ++k) {
    study::Results alone = together;
    alone.regimes = {together.regimes[k]};
    alone.outcomes.assign(together.outcomes.begin() + static_cast<std::ptrdiff_t>(4 * k),
                          together.outcomes.begin() + static_cast<std::ptrdiff_t>(4 * (k + 1)));
    EXPECT_EQ(digests_of(alone, "00").regimes[0], all.regimes[k]);
  }
}

TEST(Digest, TheOrderOfRegimesDoesNotCount) {
  const study::Results r = sample_results(2, 3);
  study::Results swapped = r;
  std::swap(swapped.regimes[0], swapped.regimes[1]);
  std::rotate(swapped.outcomes.begin(), swapped.outcomes.begin() + 3, swapped.outcomes.end());
  EXPECT_EQ(digests_of(swapped, "00").overall, digests_of(r, "00").overall);
  std::swap(swapped.regimes[0], swapped.regimes[1]);  // but which regime had which results does
  EXPECT_NE(digests_of(swapped, "00").overall, digests_of(r, "00").overall);
}

}  // namespace
}  // namespace demarche::output
