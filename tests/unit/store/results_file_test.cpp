#include "output/store/results_file.hpp"

#include <gtest/gtest.h>

#include "sim/base/error.hpp"
#include "tests/unit/store/sample.hpp"

namespace demarche::output {
namespace {

void expect_equal(const study::Results& a, const study::Results& b) {
  EXPECT_EQ(a.scenario, b.scenario);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.replicates, b.replicates);
  EXPECT_EQ(a.regimes, b.regimes);
  EXPECT_EQ(a.regime_summaries, b.regime_summaries);
  EXPECT_EQ(a.assumptions, b.assumptions);
  EXPECT_EQ(a.start, b.start);
  ASSERT_EQ(a.measures.size(), b.measures.size());
  for (std::size_t m = 0; m < a.measures.size(); ++m) {
    EXPECT_EQ(a.measures[m].name, b.measures[m].name);
    EXPECT_EQ(a.measures[m].label, b.measures[m].label);
    EXPECT_EQ(a.measures[m].unit, b.measures[m].unit);
    EXPECT_EQ(a.measures[m].better, b.measures[m].better);
    EXPECT_EQ(a.measures[m].meaning, b.measures[m].meaning);
  }
  ASSERT_EQ(a.axes.size(), b.axes.size());
  for (std::size_t x = 0; x < a.axes.size(); ++x) {
    EXPECT_EQ(a.axes[x].name, b.axes[x].name);
    EXPECT_EQ(a.axes[x].unit, b.axes[x].unit);
    EXPECT_EQ(a.axes[x].points, b.axes[x].points);
  }
  ASSERT_EQ(a.curves.size(), b.curves.size());
  for (std::size_t c = 0; c < a.curves.size(); ++c) {
    EXPECT_EQ(a.curves[c].name, b.curves[c].name);
    EXPECT_EQ(a.curves[c].label, b.curves[c].label);
    EXPECT_EQ(a.curves[c].unit, b.curves[c].unit);
    EXPECT_EQ(a.curves[c].axis, b.curves[c].axis);
  }
  ASSERT_EQ(a.outcomes.size(), b.outcomes.size());
  const auto bits = [](const std::vector<double>& v) {
    std::vector<std::uint64_t> all;
    for (const double x : v) all.push_back(canonical_bits(x));
    return all;
  };
  for (std::size_t o = 0; o < a.outcomes.size(); ++o) {
    EXPECT_EQ(bits(a.outcomes[o].measures), bits(b.outcomes[o].measures));
    EXPECT_EQ(bits(a.outcomes[o].curves), bits(b.outcomes[o].curves));
  }
}

TEST(ResultsFile, ComesBackBitByBit) {
  const study::Results results = sample_results();
  const RunRecord record = sample_record();
  const StoredRun back = results_from_bytes(results_file_bytes(results, record), "file");
  expect_equal(back.results, results);
  EXPECT_EQ(back.record.scenario_text, record.scenario_text);
  EXPECT_EQ(back.record.scenario_hash, record.scenario_hash);
  EXPECT_EQ(back.record.question, record.question);
  EXPECT_EQ(back.record.versions, record.versions);
  EXPECT_EQ(back.record.files, record.files);
  EXPECT_EQ(back.digests.overall, digests_of(results, record.scenario_hash).overall);
}

TEST(ResultsFile, HoldsLongScenariosAndManyValues) {
  study::Results results = sample_results(8, 60);
  results.curves.resize(1);
  results.axes.resize(1);
  results.axes[0].points.assign(3000, 0);
  for (std::size_t i = 0; i < 3000; ++i) results.axes[0].points[i] = static_cast<double>(i);
  for (study::Outcome& o : results.outcomes) o.curves.assign(3000, o.measures[0]);
  RunRecord record = sample_record();
  record.scenario_text.assign(200'000, 'y');
  const StoredRun back = results_from_bytes(results_file_bytes(results, record), "file");
  expect_equal(back.results, results);
  EXPECT_EQ(back.record.scenario_text, record.scenario_text);
}

TEST(ResultsFile, HoldsResultsWithoutCurvesOrSummaries) {
  study::Results results = sample_results(1, 1);
  results.curves.clear();
  results.axes.clear();
  results.regime_summaries.clear();
  results.assumptions.clear();
  for (study::Outcome& o : results.outcomes) o.curves.clear();
  const StoredRun back = results_from_bytes(results_file_bytes(results, {}), "file");
  results.regime_summaries = {""};
  expect_equal(back.results, results);
}

TEST(ResultsFile, SameResultsSameBytes) {
  const std::string once = results_file_bytes(sample_results(), sample_record());
  // other memory contents in between: bytes that nobody set would differ
  std::vector<std::string> dirt(100, std::string(10'000, 'z'));
  dirt.clear();
  EXPECT_EQ(results_file_bytes(sample_results(), sample_record()), once);
}

TEST(ResultsFile, RefusesNul) {
  study::Results results = sample_results();
  results.regimes[1] = std::string("a\0b", 3);
  EXPECT_THROW(results_file_bytes(results, sample_record()), InputError);
}

TEST(ResultsFile, RefusesEveryDamage) {
  const std::string good = results_file_bytes(sample_results(1, 2), sample_record());
  ASSERT_NO_THROW(unseal(good, "file"));
  for (std::size_t at = 0; at < good.size(); at += at < good.size() - 200 ? 97 : 1) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    EXPECT_THROW(results_from_bytes(bad, "file"), InputError) << "flipped at " << at;
    EXPECT_THROW(results_from_bytes(good.substr(0, at), "file"), InputError) << "cut at " << at;
  }
  EXPECT_THROW(results_from_bytes(good + "x", "file"), InputError);
  EXPECT_THROW(results_from_bytes(good.substr(1), "file"), InputError);
}

// What has a right checksum but is no results file must not get past the reader either.
TEST(ResultsFile, RefusesOtherFilesUnderARightChecksum) {
  EXPECT_THROW(results_from_bytes(seal("name: Canada\n"), "file"), InputError);
  EXPECT_THROW(results_from_bytes(seal(""), "file"), InputError);
  std::string image(unseal(results_file_bytes(sample_results(1, 2), sample_record()), "file"));
  const std::size_t digest = image.find(digests_of(sample_results(1, 2), "00ff").overall);
  ASSERT_NE(digest, std::string::npos);
  image[digest] = image[digest] == '0' ? '1' : '0';
  EXPECT_THROW(results_from_bytes(seal(image), "file"), InputError);
}

TEST(ResultsFile, MessagesNameTheFile) {
  try {
    results_from_bytes("short", "results/x/results.h5");
    FAIL();
  } catch (const InputError& e) {
    EXPECT_EQ(std::string(e.what()).find("results/x/results.h5 does not end with the checksum"), 0U);
  }
}

}  // namespace
}  // namespace demarche::output
