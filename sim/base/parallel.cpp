#include "sim/base/parallel.hpp"

#include <atomic>
#include <exception>
#include <mutex>

#include "sim/base/error.hpp"

// The thread sanitizer cannot see through libtbb, which is not compiled for it, and would call the hand-over of every
// task a race; under it plain threads run the same workers, so that races of the work itself show.
#if defined(__SANITIZE_THREAD__)
#define DEMARCHE_PLAIN_THREADS
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define DEMARCHE_PLAIN_THREADS
#endif
#endif

#if !defined(DEMARCHE_SERIAL)
#include <thread>
#endif
#if !defined(DEMARCHE_SERIAL) && !defined(DEMARCHE_PLAIN_THREADS)
#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#endif

namespace demarche {
namespace {

class Handout {
 public:
  Handout(std::size_t count, const std::function<void(std::size_t, std::size_t)>& work,
          const std::function<bool(std::size_t)>& progress)
      : work_(work), progress_(progress) {
    done_.finished.assign(count, 0);
  }

  void begin() {
    if (progress_ && !progress_(0)) stop_.store(true);
  }

  void serve(std::size_t worker) noexcept {
    while (!stop_.load()) {
      const std::size_t index = next_.fetch_add(1);
      if (index >= done_.finished.size()) return;
      try {
        work_(worker, index);
        finish(index);
      } catch (...) {
        stop_.store(true);
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
      }
    }
  }

  WorkDone end() {
    const std::lock_guard lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
    return std::move(done_);
  }

 private:
  void finish(std::size_t index) {
    const std::lock_guard lock(mutex_);
    done_.finished[index] = 1;
    ++done_.count;
    if (progress_ && !progress_(done_.count)) stop_.store(true);
  }

  const std::function<void(std::size_t, std::size_t)>& work_;
  const std::function<bool(std::size_t)>& progress_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;  // guards what follows, and the calls of progress
  WorkDone done_;
  std::exception_ptr failure_;
};

#if defined(DEMARCHE_SERIAL)
void serve_all(Handout& handout, unsigned) {
  handout.serve(0);
}
#elif defined(DEMARCHE_PLAIN_THREADS)
void serve_all(Handout& handout, unsigned threads) {
  std::vector<std::thread> others;
  for (std::size_t worker = 1; worker < threads; ++worker) others.emplace_back([&, worker] { handout.serve(worker); });
  handout.serve(0);
  for (std::thread& t : others) t.join();
}
#else
// A task takes indices until none are left, so there are as many tasks as threads and the task's number is the
// worker's: two threads never run one task. If oneTBB lends fewer threads than asked for, the last tasks find nothing
// left to do; who did an index shows in nothing but the scratch memory used.
void serve_all(Handout& handout, unsigned threads) {
  // without the limit lifted, oneTBB lends no more threads than there are cores
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(static_cast<int>(threads));
  arena.execute([&handout, threads] {
    tbb::task_group group;
    for (std::size_t worker = 1; worker < threads; ++worker) group.run([&handout, worker] { handout.serve(worker); });
    handout.serve(0);
    group.wait();
  });
}
#endif

}  // namespace

WorkDone parallel_for_each_index(std::size_t count, unsigned threads,
                                 const std::function<void(std::size_t worker, std::size_t index)>& work,
                                 const std::function<bool(std::size_t done)>& progress) {
  DEMARCHE_EXPECT(threads >= 1, "work needs at least one thread");
  Handout handout(count, work, progress);
  handout.begin();
  if (threads == 1)
    handout.serve(0);
  else
    serve_all(handout, threads);
  return handout.end();
}

void Barrier::wait() {
  const std::uint32_t round = round_.load(std::memory_order_relaxed);
  if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == threads_) {
    arrived_.store(0, std::memory_order_relaxed);
    round_.store(round + 1, std::memory_order_release);
    return;
  }
  for (unsigned spins = 0; round_.load(std::memory_order_acquire) == round; ++spins) {
    if (broken_.load(std::memory_order_relaxed)) throw Broken{};
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
#if !defined(DEMARCHE_SERIAL)
    if (spins > 256) std::this_thread::yield();
#endif
  }
}

void run_together(unsigned threads, const std::function<void(unsigned, Barrier&)>& work) {
  DEMARCHE_EXPECT(threads >= 1, "work needs at least one thread");
  Barrier barrier(threads);
#if defined(DEMARCHE_SERIAL)
  DEMARCHE_EXPECT(threads == 1, "a serial build has one thread");
  work(0, barrier);
#else
  std::mutex mutex;
  std::exception_ptr failure;
  const auto serve = [&](unsigned worker) noexcept {
    try {
      work(worker, barrier);
    } catch (const Barrier::Broken&) {
      // who broke it has the reason
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      barrier.broken_.store(true);
    }
  };
  std::vector<std::thread> others;
  try {
    for (unsigned worker = 1; worker < threads; ++worker) others.emplace_back(serve, worker);
    serve(0);
  } catch (...) {
    // the system makes no more threads: those that wait for them must not wait for ever
    barrier.broken_.store(true);
    failure = std::current_exception();
  }
  for (std::thread& t : others) t.join();
  if (failure) std::rethrow_exception(failure);
#endif
}

}  // namespace demarche
