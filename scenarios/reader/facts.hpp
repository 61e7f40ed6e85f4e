#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/scenario.hpp"
#include "scenarios/reader/csv.hpp"

namespace demarche::scenarios {

/// The table of countries: who there is, by the code of ISO 3166 and by the one of the Correlates of War project.
class Facts {
 public:
  Facts() = default;
  /// Columns iso3, name, region, zone, weight, and maybe cow. Throws InputErrors.
  Facts(std::string_view text, const std::string& file);

  const std::vector<models::Country>& countries() const { return countries_; }
  /// Null where the table has no such country.
  const models::Country* find(const std::string& code) const;  ///< iso3
  const models::Country* find_cow(const std::string& code) const;
  std::vector<std::string> codes() const;
  std::vector<std::string> regions() const;  ///< each once, ascending

 private:
  std::vector<models::Country> countries_;
  std::map<std::string, std::size_t> index_, cow_;
};

/// Missions of the project's own form: host, zone, region, and maybe city. Hosts must be in `facts` unless it is empty.
std::vector<models::Mission> missions_of(CsvTable& table, const Facts& facts);
/// Hosts of one sender in a table of diplomatic exchange (sender, host, and maybe level: 0 means none); codes may be
/// either of the table of countries', which gives zone and region.
std::vector<models::Mission> exchange_missions_of(CsvTable& table, const Facts& facts, const std::string& sender);

/// Days of the column `date`, ascending.
std::vector<std::int64_t> holidays_of(CsvTable& table);

}  // namespace demarche::scenarios
