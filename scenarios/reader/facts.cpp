#include "scenarios/reader/facts.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "scenarios/reader/moments.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"
#include "sim/calendar/calendar.hpp"

namespace demarche::scenarios {

using models::Country;
using models::Mission;

namespace {

void check_zone(CsvTable& table, const CsvTable::Row& row) {
  try {
    calendar::zone(table.cell(row, "zone").text);
  } catch (const InputError& e) {
    table.problem(row, table.cell(row, "zone"), e.problem());
  }
}

std::string meant(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = nearest(word, known, 1);
  return near.empty() ? "" : "did you mean \"" + near + "\"?";
}

}  // namespace

Facts::Facts(std::string_view text, const std::string& file) {
  CsvTable table(text, file);
  table.require({"iso3", "name", "region", "zone", "weight"});
  double sum = 0;
  for (const auto& row : table.rows()) {
    const auto& code = table.cell(row, "iso3");
    const auto& weight = table.cell(row, "weight");
    Country c{code.text, table.cell(row, "name").text, table.cell(row, "region").text, table.cell(row, "zone").text, 0};
    if (c.code.empty())
      table.problem(row, code, {"a country without a code", "", "write the three letters of ISO 3166"});
    if (!index_.emplace(c.code, countries_.size()).second)
      table.problem(row, code, {"country " + c.code + " stands twice", "", "keep one of the rows"});
    check_zone(table, row);
    const char* end_of_text = weight.text.data() + weight.text.size();
    const auto [end, error] = std::from_chars(weight.text.data(), end_of_text, c.weight);
    if (error != std::errc{} || end != end_of_text || !(c.weight >= 0 && c.weight < 1e12))
      table.problem(row, weight, {"\"" + weight.text + "\" is no weight", "a number from 0 is wanted", ""});
    sum += c.weight;
    if (table.has("cow") && !table.cell(row, "cow").text.empty())
      cow_.emplace(table.cell(row, "cow").text, countries_.size());
    countries_.push_back(std::move(c));
  }
  table.throw_if_any();
  if (!(sum > 0))
    throw InputError({"no country of " + file + " has a weight", "", "the column `weight` shares the audience out"});
}

const Country* Facts::find(const std::string& code) const {
  const auto found = index_.find(code);
  return found == index_.end() ? nullptr : &countries_[found->second];
}
const Country* Facts::find_cow(const std::string& code) const {
  const auto found = cow_.find(code);
  return found == cow_.end() ? nullptr : &countries_[found->second];
}

std::vector<std::string> Facts::codes() const {
  std::vector<std::string> all;
  for (const Country& c : countries_) all.push_back(c.code);
  return all;
}
std::vector<std::string> Facts::regions() const {
  std::set<std::string> all;
  for (const Country& c : countries_) all.insert(c.region);
  return {all.begin(), all.end()};
}

std::vector<Mission> missions_of(CsvTable& table, const Facts& facts) {
  table.require({"host", "zone", "region"});
  std::vector<Mission> missions;
  for (const auto& row : table.rows()) {
    const auto& host = table.cell(row, "host");
    if (!facts.countries().empty() && facts.find(host.text) == nullptr)
      table.problem(row, host,
                    {"no country has the code \"" + host.text + "\"", "hosts are rows of the table of countries",
                     meant(host.text, facts.codes())});
    check_zone(table, row);
    missions.push_back({table.has("city") ? table.cell(row, "city").text : host.text, host.text,
                        table.cell(row, "zone").text, table.cell(row, "region").text,
                        table.has("kind") ? table.cell(row, "kind").text : ""});
  }
  table.throw_if_any();
  return missions;
}

std::vector<Mission> exchange_missions_of(CsvTable& table, const Facts& facts, const std::string& sender) {
  table.require({"sender", "host"});
  std::vector<Mission> missions;
  std::set<std::string> seen, senders;
  for (const auto& row : table.rows()) {
    senders.insert(table.cell(row, "sender").text);
    if (table.cell(row, "sender").text != sender) continue;
    if (table.has("level") && table.cell(row, "level").text == "0") continue;
    const auto& host = table.cell(row, "host");
    const Country* country = facts.find_cow(host.text);
    if (country == nullptr) country = facts.find(host.text);
    if (country == nullptr) {
      table.problem(
          row, host,
          {"no country has the code \"" + host.text + "\"", "its time zone and region come from the table of countries",
           facts.countries().empty() ? "name that table: audience: {countries: FILE}"
                                     : "add it to that table, with its code in the column `cow`"});
    } else if (!seen.insert(country->code).second) {
      table.problem(row, host, {"host \"" + host.text + "\" stands twice", "", "keep one of the rows"});
    } else {
      missions.push_back({country->name, country->code, country->zone, country->region, "embassy"});
    }
  }
  table.throw_if_any();
  if (missions.empty())
    throw InputError(
        {"the table has no row of sender \"" + sender + "\"", "", meant(sender, {senders.begin(), senders.end()})});
  return missions;
}

std::vector<std::int64_t> holidays_of(CsvTable& table) {
  table.require({"date"});
  std::vector<std::int64_t> days;
  for (const auto& row : table.rows()) {
    const auto& cell = table.cell(row, "date");
    const auto date = read_date(Node::string(cell.text));
    if (date)
      days.push_back(*date);
    else
      table.problem(row, cell, date.problem);
  }
  table.throw_if_any();
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

}  // namespace demarche::scenarios
