#pragma once
#include "sim/study/comparison.hpp"

/// Private to output/tables: enumerations as files spell them.
namespace demarche::output {

constexpr const char* word(study::Better better) {
  switch (better) {
    case study::Better::lower:
      return "lower";
    case study::Better::higher:
      return "higher";
    case study::Better::neither:
      break;
  }
  return "neither";
}

constexpr const char* word(study::Verdict verdict) {
  switch (verdict) {
    case study::Verdict::identical:
      return "identical";
    case study::Verdict::not_told_apart:
      return "cannot be told apart";
    case study::Verdict::only_unadjusted:
      return "told apart only without Holm's adjustment";
    case study::Verdict::told_apart:
      return "told apart";
    case study::Verdict::nothing_to_say:
      break;
  }
  return "too few values";
}

}  // namespace demarche::output
