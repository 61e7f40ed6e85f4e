#include "scenarios/reader/inputs.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "scenarios/reader/csv.hpp"
#include "scenarios/reader/moments.hpp"
#include "sim/base/error.hpp"
#include "sim/calendar/calendar.hpp"
#include "sim/network/read_edge_list.hpp"
#include "sim/network/read_graphml.hpp"

namespace demarche::scenarios {

namespace {

using models::Country;
using models::Mission;
using models::OfficePlan;
using models::Scenario;

/// Reads files once and remembers what they held, for the results' own record.
class Loader {
 public:
  Loader(Scenario& scenario, const FileSource& files) : scenario_(scenario), files_(files) {}

  const std::string& text(const std::string& name) {
    auto& known = scenario_.inputs.files;
    for (const auto& [n, t] : known)
      if (n == name) return t;
    return known.emplace_back(name, files_.text(name)).second;
  }

  void holidays(OfficePlan& plan) {
    plan.holidays.clear();
    if (plan.holidays_file.empty()) return;
    CsvTable table(text(plan.holidays_file), plan.holidays_file);
    table.require({"date"});
    for (const auto& row : table.rows()) {
      const auto& cell = table.cell(row, "date");
      const auto date = read_date(Node::string(cell.text));
      if (date) {
        plan.holidays.push_back(*date);
      } else {
        table.problem(row, cell, date.problem);
      }
    }
    table.throw_if_any();
    std::sort(plan.holidays.begin(), plan.holidays.end());
  }

  void stage_holidays(std::vector<models::StageSpec>& stages) {
    for (models::StageSpec& s : stages)
      if (s.office) holidays(*s.office);
  }

  void countries() {
    const std::string& file = scenario_.audience.countries;
    auto& list = scenario_.inputs.countries;
    if (file.empty()) {
      list.push_back({scenario_.ministry.country, "everybody", "", scenario_.ministry.capital_zone, 1});
      return;
    }
    CsvTable table(text(file), file);
    table.require({"iso3", "name", "region", "zone", "weight"});
    std::set<std::string> seen;
    for (const auto& row : table.rows()) {
      Country c{table.cell(row, "iso3").text, table.cell(row, "name").text, table.cell(row, "region").text,
                table.cell(row, "zone").text, 0};
      const auto& weight = table.cell(row, "weight");
      const auto [end, error] = std::from_chars(weight.text.data(), weight.text.data() + weight.text.size(), c.weight);
      if (error != std::errc{} || end != weight.text.data() + weight.text.size() || !(c.weight >= 0 && c.weight < 1e12))
        table.problem(row, weight, {"\"" + weight.text + "\" is no weight", "a number from 0 is wanted", ""});
      check_zone(table, row);
      if (!seen.insert(c.code).second)
        table.problem(row, table.cell(row, "iso3"),
                      {"country " + c.code + " stands twice", "", "keep one of the rows"});
      if (table.has("cow")) cow_.emplace(table.cell(row, "cow").text, c.code);
      list.push_back(std::move(c));
    }
    table.throw_if_any();
    double sum = 0;
    for (const Country& c : list) sum += c.weight;
    if (!(sum > 0))
      throw InputError({file + ": no country has a weight", "", "the column `weight` shares the audience out"});
  }

  void missions() {
    const models::Missions& m = scenario_.ministry.missions;
    auto& list = scenario_.inputs.missions;
    if (m.file.empty()) {
      for (std::uint32_t i = 0; i < m.count; ++i)
        list.push_back({"mission " + std::to_string(i + 1), scenario_.ministry.country,
                        m.zones.empty() ? scenario_.ministry.capital_zone : m.zones[i % m.zones.size()], ""});
      return;
    }
    CsvTable table(text(m.file), m.file);
    if (table.has("sender")) {
      exchange(table);
    } else {
      mission_table(table);
    }
    if (list.empty())
      throw InputError({m.file + ": there is no mission in it",
                        table.has("sender") ? "no row of sender \"" + m.sender + "\"" : "", "see ministry.missions"});
  }

  void network() {
    const models::Audience& a = scenario_.audience;
    if (a.network_file.empty()) return;
    const std::string& ties_text = text(a.network_file);
    const bool graphml = a.network_file.ends_with(".graphml") || a.network_file.ends_with(".xml");
    network::ActorTable actors;
    const bool has_actors = !a.actors_file.empty();
    if (has_actors) actors = actor_table(a.actors_file);
    const network::ImportedNetwork imported =
        graphml ? network::parse_graphml(ties_text, a.network_file)
                : network::parse_edge_list(ties_text, a.network_file, {}, has_actors ? &actors : nullptr);
    scenario_.inputs.ties = std::make_shared<const network::Layer>(imported.layer);
    scenario_.audience.actors = imported.layer.actors();
    groups(imported.actors);
  }

 private:
  void check_zone(CsvTable& table, const CsvTable::Row& row) {
    try {
      calendar::zone(table.cell(row, "zone").text);
    } catch (const InputError& e) {
      table.problem(row, table.cell(row, "zone"), e.problem());
    }
  }

  void mission_table(CsvTable& table) {
    table.require({"host", "zone", "region"});
    for (const auto& row : table.rows()) {
      const std::string& host = table.cell(row, "host").text;
      const std::string name = table.has("city") ? table.cell(row, "city").text : host;
      check_zone(table, row);
      scenario_.inputs.missions.push_back({name, host, table.cell(row, "zone").text, table.cell(row, "region").text});
    }
    table.throw_if_any();
  }

  /// Hosts of one sender in a table of diplomatic exchange; codes may be the table of countries' own or its `cow`
  /// column's.
  void exchange(CsvTable& table) {
    table.require({"sender", "host"});
    const std::string& sender = scenario_.ministry.missions.sender;
    if (sender.empty())
      throw InputError({table_name() + ": an exchange table lists many senders", "",
                        "name one: missions: {sender: CAN}, or --sender CAN"});
    for (const auto& row : table.rows()) {
      if (table.cell(row, "sender").text != sender) continue;
      const auto& cell = table.cell(row, "host");
      const auto translated = cow_.find(cell.text);
      const std::string code = translated == cow_.end() ? cell.text : translated->second;
      const auto& countries = scenario_.inputs.countries;
      const auto country =
          std::find_if(countries.begin(), countries.end(), [&](const Country& c) { return c.code == code; });
      if (country == countries.end()) {
        table.problem(row, cell,
                      {"no country has the code \"" + cell.text + "\"",
                       "its time zone and region come from the table of countries",
                       "name that table: audience: {countries: FILE}"});
        continue;
      }
      scenario_.inputs.missions.push_back({country->name, country->code, country->zone, country->region});
    }
    table.throw_if_any();
  }

  network::ActorTable actor_table(const std::string& file) {
    const std::string& t = text(file);
    network::ActorTableOptions options;
    // "person group" lists without a header, as SNAP has them
    const std::size_t begin = t.find_first_not_of(" \t\r\n");
    if (begin != std::string::npos && t[begin] >= '0' && t[begin] <= '9') options.header = {"id", "group"};
    return network::parse_actor_table(t, file, options);
  }

  /// Groups of the actor table stand for countries: of the table of countries where their words are its codes, else new
  /// ones.
  void groups(const network::ActorTable& actors) {
    const network::ActorTable::Column* column = actors.column("country");
    if (column == nullptr) column = actors.column("group");
    if (column == nullptr) return;
    auto& countries = scenario_.inputs.countries;
    if (scenario_.audience.countries.empty()) countries.clear();
    std::map<std::string, std::uint32_t> index;
    for (std::uint32_t i = 0; i < countries.size(); ++i) index.emplace(countries[i].code, i);
    for (const std::string& value : column->values) {
      const auto [known, fresh] = index.emplace(value, static_cast<std::uint32_t>(countries.size()));
      if (fresh) countries.push_back({value, "group " + value, "", scenario_.ministry.capital_zone, 0});
      scenario_.inputs.country_of.push_back(known->second);
    }
    if (countries.size() > 65535)
      throw InputError({scenario_.audience.actors_file + ": more than 65,535 groups", "", ""});
  }

  std::string table_name() const { return scenario_.ministry.missions.file; }

  Scenario& scenario_;
  const FileSource& files_;
  std::map<std::string, std::string> cow_;
};

}  // namespace

void load_inputs(Scenario& scenario, const FileSource& files) {
  scenario.inputs = {};
  Loader loader(scenario, files);
  loader.holidays(scenario.ministry.office);
  for (auto& [name, regime] : scenario.regimes) {
    loader.stage_holidays(regime.stages);
    for (auto& [route, stages] : regime.routes) loader.stage_holidays(stages);
  }
  loader.countries();
  loader.missions();
  loader.network();
}

}  // namespace demarche::scenarios
