// One kernel with its fixed amount of work, for scripts/check-instructions, which counts the instructions of the work
// alone. usage: instructions [KERNEL]      (without: what this build is, then the kernels)
#include <valgrind/callgrind.h>

#include <cstdio>
#include <string_view>

#include "tests/bench/kernels.hpp"

int main(int argc, char** argv) {
  const auto kernels = demarche::bench::kernels();
  if (argc < 2) {
#if defined(__clang__)
    std::printf("compiler clang %s%s\n", __clang_version__,
#else
    std::printf("compiler g++ %s%s\n", __VERSION__,
#endif
#if !defined(__OPTIMIZE__)
                ", not optimized"
#elif defined(__AVX2__)
                ", for newer processors only"
#else
                ""
#endif
    );
    for (const auto& kernel : kernels)
      std::printf("%s %llu %s\n", kernel.name.c_str(), static_cast<unsigned long long>(kernel.counted),
                  kernel.unit.c_str());
    return 0;
  }
  for (const auto& kernel : kernels) {
    if (kernel.name != std::string_view(argv[1])) continue;
    const demarche::bench::Work work = kernel.make();
    work(1);  // scratch as large as it will be, tables touched
    CALLGRIND_START_INSTRUMENTATION;
    const std::uint64_t sum = work(kernel.counted);
    CALLGRIND_STOP_INSTRUMENTATION;
    std::printf("%llu\n", static_cast<unsigned long long>(sum));
    return 0;
  }
  std::fprintf(stderr, "instructions: no kernel %s\n", argv[1]);
  return 2;
}
