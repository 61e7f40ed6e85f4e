// Times of the kernels of kernels.cpp. Whole workloads: `demarche bench`, scripts/bench-peers.
#include <benchmark/benchmark.h>

#include "tests/bench/kernels.hpp"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  for (const demarche::bench::Kernel& kernel : demarche::bench::kernels()) {
    // enough units in one turn that the clock is not what is measured
    const std::uint64_t units = kernel.counted > 1000 ? 1000 : 1;
    benchmark::RegisterBenchmark(kernel.name.c_str(), [kernel, units](benchmark::State& state) {
      const demarche::bench::Work work = kernel.make();
      for (auto _ : state) benchmark::DoNotOptimize(work(units));
      state.SetLabel(kernel.unit);
      state.counters["each"] = benchmark::Counter(
          static_cast<double>(units), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    });
  }
  benchmark::RunSpecifiedBenchmarks();
}
