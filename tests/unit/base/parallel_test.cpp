#include "sim/base/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <stdexcept>

namespace demarche {
namespace {

class ParallelTest : public ::testing::TestWithParam<unsigned> {};

TEST_P(ParallelTest, DoesEachIndexOnceAndNeverSharesAWorker) {
  const unsigned threads = GetParam();
  constexpr std::size_t count = 500;
  std::vector<std::atomic<int>> times(count);
  std::vector<std::atomic<int>> busy(threads);
  std::atomic<bool> shared{false};
  std::size_t last = 0, calls = 0;
  const WorkDone done = parallel_for_each_index(
      count, threads,
      [&](std::size_t worker, std::size_t index) {
        ASSERT_LT(worker, threads);
        if (busy[worker].fetch_add(1) != 0) shared = true;
        ++times[index];
        --busy[worker];
      },
      [&](std::size_t n) {
        EXPECT_EQ(n, calls == 0 ? 0 : last + 1);
        last = n;
        ++calls;
        return true;
      });
  EXPECT_TRUE(done.complete());
  EXPECT_EQ(done.count, count);
  EXPECT_EQ(calls, count + 1);
  EXPECT_FALSE(shared);
  for (const auto& t : times) EXPECT_EQ(t, 1);
}

TEST_P(ParallelTest, StopsHandingOutWhenProgressSaysSo) {
  const WorkDone done = parallel_for_each_index(
      1000, GetParam(), [](std::size_t, std::size_t) {}, [](std::size_t n) { return n < 10; });
  EXPECT_FALSE(done.complete());
  EXPECT_GE(done.count, 10U);
  EXPECT_LT(done.count, 10U + GetParam());
  EXPECT_EQ(std::accumulate(done.finished.begin(), done.finished.end(), std::size_t{0}), done.count);
  // handed out lowest first: nobody starts an index more than one hand of every thread ahead
  for (std::size_t i = done.count + GetParam(); i < 1000; ++i) EXPECT_EQ(done.finished[i], 0);
}

TEST_P(ParallelTest, StartsNothingWhenToldAtOnce) {
  const WorkDone done = parallel_for_each_index(
      10, GetParam(), [](std::size_t, std::size_t) { FAIL(); }, [](std::size_t) { return false; });
  EXPECT_EQ(done.count, 0U);
}

TEST_P(ParallelTest, ThrowsAgainAfterAllHaveStopped) {
  std::atomic<int> inside{0};
  std::atomic<int> started{0};
  EXPECT_THROW(parallel_for_each_index(1000, GetParam(),
                                       [&](std::size_t, std::size_t index) {
                                         ++inside;
                                         ++started;
                                         if (index == 7) {
                                           --inside;
                                           throw std::runtime_error("seven");
                                         }
                                         --inside;
                                       }),
               std::runtime_error);
  EXPECT_EQ(inside, 0);
  EXPECT_GE(started, 8);
}

TEST_P(ParallelTest, DoesNothingForNoIndices) {
  EXPECT_TRUE(parallel_for_each_index(0, GetParam(), [](std::size_t, std::size_t) { FAIL(); }).complete());
}

INSTANTIATE_TEST_SUITE_P(Threads, ParallelTest, ::testing::Values(1U, 2U, 8U));

// Each index waits for all eight to be inside: only eight threads at once can end this, on however many cores.
TEST(Executor, RunsMoreThreadsThanCores) {
  std::mutex mutex;
  std::condition_variable all;
  unsigned inside = 0;
  const WorkDone done = parallel_for_each_index(8, 8, [&](std::size_t, std::size_t) {
    std::unique_lock lock(mutex);
    ++inside;
    all.notify_all();
    ASSERT_TRUE(all.wait_for(lock, std::chrono::seconds(20), [&] { return inside == 8; }));
  });
  EXPECT_TRUE(done.complete());
}

TEST(RunTogether, EveryThreadSeesWhatTheOthersWroteBeforeTheBarrier) {
  constexpr unsigned threads = 4;
  std::vector<int> written(threads, 0);
  std::vector<std::vector<int>> seen(threads);
  run_together(threads, [&](unsigned worker, Barrier& barrier) {
    for (int round = 1; round <= 200; ++round) {
      written[worker] = round;
      barrier.wait();
      for (unsigned other = 0; other < threads; ++other)
        if (written[other] != round) seen[worker].push_back(written[other]);
      barrier.wait();
    }
  });
  for (const auto& wrong : seen) EXPECT_TRUE(wrong.empty());
}

TEST(RunTogether, AnExceptionEndsEverybodyAndIsThrownAgain) {
  EXPECT_THROW(run_together(3,
                            [](unsigned worker, Barrier& barrier) {
                              barrier.wait();
                              if (worker == 1) throw std::runtime_error("planted");
                              barrier.wait();
                            }),
               std::runtime_error);
}

}  // namespace
}  // namespace demarche
