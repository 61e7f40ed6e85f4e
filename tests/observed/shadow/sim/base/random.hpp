#pragma once
/// Stands before the real header in the build of tests/observed: the same luck, but every question is told to an
/// observer, with the line that asks. The inline namespace makes code that saw the other header fail to link.
#define Luck PlainLuck
#define Stream PlainStream
#include "../../../../../sim/base/random.hpp"
#undef Luck
#undef Stream

namespace demarche {
inline namespace observed {

struct Asked {
  std::array<std::uint32_t, 2> luck;  ///< tells one Luck from another
  Purpose purpose;
  std::uint32_t entity;
  MessageKey message;
  std::uint32_t draw;
};
void observe(const Asked& question, const char* file, int line);

/// What is not named here of PlainLuck does not compile in the observed build: name it, and tell the observer.
class Luck : private PlainLuck {
 public:
  Luck(std::uint64_t seed, std::uint64_t replicate) : PlainLuck(seed, replicate) {
    const Block name = PlainLuck::block(Purpose::test, 0, 0);
    name_ = {name[0], name[1]};
  }
  Block block(Purpose purpose, std::uint32_t entity, MessageKey message, std::uint32_t draw = 0,
              const char* file = __builtin_FILE(), int line = __builtin_LINE()) const {
    observe({name_, purpose, entity, message, draw}, file, line);
    return PlainLuck::block(purpose, entity, message, draw);
  }
  void blocks(Purpose purpose, std::size_t count, const std::uint32_t* entity, MessageKey message,
              const std::uint32_t* draw, Block* out, const char* file = __builtin_FILE(),
              int line = __builtin_LINE()) const {
    for (std::size_t k = 0; k < count; ++k) out[k] = block(purpose, entity[k], message, draw[k], file, line);
  }

 private:
  std::array<std::uint32_t, 2> name_;
};

class Stream {
 public:
  Stream(const Luck& luck, Purpose purpose, std::uint32_t entity, MessageKey message, std::uint32_t first_draw = 0,
         const char* file = __builtin_FILE(), int line = __builtin_LINE())
      : luck_(luck),
        purpose_(purpose),
        entity_(entity),
        message_(message),
        draw_(first_draw),
        file_(file),
        line_(line) {}
  std::uint32_t next32() {
    if (used_ == 4) {
      words_ = luck_.block(purpose_, entity_, key_of_draw(message_, draw_), draw_ & 0xffffffU, file_, line_);
      ++draw_;
      used_ = 0;
    }
    return words_[used_++];
  }
  std::uint64_t next64() {
    const std::uint64_t high = next32();
    return (high << 32) | next32();
  }

 private:
  const Luck& luck_;
  Purpose purpose_;
  std::uint32_t entity_;
  MessageKey message_;
  std::uint32_t draw_;
  const char* file_;
  int line_;
  Block words_{};
  unsigned used_ = 4;
};

}  // namespace observed
}  // namespace demarche
