#include <gtest/gtest.h>

#include "tests/unit/counted_allocations.hpp"
#include "tests/unit/run/stage.hpp"

namespace demarche::run {
namespace {

using demarche::test::allocations;

/// Clearance in two steps, errors and corrections, two thousand people: once a worker has run a replicate, running it
/// again asks for no memory.
TEST(Allocation, AWarmReplicateAllocatesNothing) {
  constexpr network::Vertex origins = 10, actors = 2000;
  std::vector<network::Tie> ties;
  for (std::uint32_t t = 0; t < 20000; ++t)
    ties.push_back({static_cast<network::Vertex>(mix64(t) % actors), static_cast<network::Vertex>(mix64(~t) % actors)});
  test::Stage stage(origins, actors, ties, 100000);
  stage.channel(0.5, Law::exponential(300), 0.3);
  stage.plan.discovery.corrections = true;
  stage.plan.discovery.noticed_by_reader = Coin(0.05);
  Arm arm = test::arm_of(100000, {Law::exponential(500), Law::lognormal(300, 1)});
  arm.habits[0].corrections = true;
  std::vector<Draft> drafts;
  for (std::uint32_t k = 0; k < 200; ++k) {
    drafts.push_back(test::draft_of(mix64(k), k % origins, 100 * k));
    drafts.back().measured = true;
    drafts.back().faulty = k % 3 == 0;
  }
  Replicate replicate(stage.plan, arm);
  Record record;
  replicate.run(Luck(5, 0), drafts, record);
  const std::size_t views = record.views.size(), messages = record.messages.size();
  const std::uint64_t before = allocations;
  replicate.run(Luck(5, 0), drafts, record);
  const std::uint64_t warm = allocations - before;
  EXPECT_EQ(warm, 0U);
  EXPECT_GT(views, 10000U);
  EXPECT_GT(messages, drafts.size());  // corrections among them
  EXPECT_EQ(record.views.size(), views);
}

}  // namespace
}  // namespace demarche::run
