#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace demarche::study {

/// Which direction of a measure is good news.
enum class Better : std::uint8_t { lower, higher, neither };

struct MeasureInfo {
  std::string name;   ///< stable, e.g. "publication-delay" or "unique-reach/europe"
  std::string label;  ///< in words, e.g. "time from opportunity to publication"
  std::string unit;   ///< "h", "actors", "share", ...; "1" for pure numbers
  Better better = Better::neither;
  std::string meaning;  ///< one sentence for `show` and the reference page
};

/// Points over which curves run: moments (unit "h" since the start) or bins of another quantity (upper edges).
struct Axis {
  std::string name;  ///< "time", "delay"
  std::string unit;
  std::vector<double> points;
};

struct CurveInfo {
  std::string name, label, unit;
  std::uint32_t axis = 0;  ///< index into Results::axes
};

/// What one replicate under one regime came to: one value a measure (NaN: it has none, e.g. nothing was published), and
/// every curve's points one after the other.
struct Outcome {
  std::vector<double> measures;
  std::vector<double> curves;
};

/// Everything a run came to, in index order whatever the number of threads.
struct Results {
  std::string scenario;
  std::uint64_t seed = 0;
  std::uint32_t replicates = 0;
  std::vector<std::string> regimes;
  std::vector<std::string> regime_summaries;
  std::vector<MeasureInfo> measures;
  std::vector<Axis> axes;
  std::vector<CurveInfo> curves;
  std::vector<Outcome> outcomes;  ///< regime-major: outcomes[regime * replicates + replicate]
  std::string assumptions;        ///< one sentence
  std::string start;              ///< ISO 8601 moment of time 0, UTC

  const Outcome& at(std::size_t regime, std::size_t replicate) const {
    return outcomes[regime * replicates + replicate];
  }
  /// Values of one measure under one regime, by replicate.
  std::vector<double> values(std::size_t regime, std::size_t measure) const {
    std::vector<double> v(replicates);
    for (std::size_t r = 0; r < replicates; ++r) v[r] = at(regime, r).measures[measure];
    return v;
  }
  std::size_t curve_points() const {
    std::size_t n = 0;
    for (const CurveInfo& c : curves) n += axes[c.axis].points.size();
    return n;
  }
};

}  // namespace demarche::study
