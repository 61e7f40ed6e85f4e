#include "scenarios/reader/inputs.hpp"

#include <algorithm>
#include <map>

#include "scenarios/reader/facts.hpp"
#include "sim/base/text.hpp"
#include "sim/network/read_edge_list.hpp"
#include "sim/network/read_graphml.hpp"

namespace demarche::scenarios {

namespace {

using models::Country;
using models::Mission;
using models::OfficePlan;
using models::Scenario;

using EachOffice = std::function<void(const std::string& path, OfficePlan& office)>;

void each_office(Scenario& scenario, const EachOffice& f) {
  f("ministry.office", scenario.ministry.office);
  const auto stages = [&](const std::string& path, std::vector<models::StageSpec>& list) {
    for (std::size_t i = 0; i < list.size(); ++i)
      if (list[i].office) f(path + "[" + std::to_string(i) + "].office", *list[i].office);
  };
  for (auto& [name, regime] : scenario.regimes) {
    stages("regimes." + name + ".stages", regime.stages);
    for (auto& [route, list] : regime.routes) stages("regimes." + name + ".routes." + route, list);
  }
}

class Loader {
 public:
  Loader(Scenario& scenario, const FileSource& files, Findings& findings)
      : scenario_(scenario), files_(files), findings_(findings) {}

  void holidays(const std::string& path, OfficePlan& plan) {
    plan.holidays.clear();
    if (plan.holidays_file.empty()) return;
    // the same table may serve many stages: read once, complained about once
    const auto [entry, fresh] = holidays_.try_emplace(plan.holidays_file);
    std::vector<std::int64_t>& known = entry->second;
    if (fresh)
      findings_.attempt(path + ".holidays", [&] {
        CsvTable table(text(plan.holidays_file), plan.holidays_file);
        known = holidays_of(table);
      });
    plan.holidays = known;
  }

  bool countries() {
    const std::string& file = scenario_.audience.countries;
    bool good = true;
    if (file.empty())
      scenario_.inputs.countries = {everybody()};
    else
      good = findings_.attempt("audience.countries", [&] {
        facts_ = Facts(text(file), file);
        scenario_.inputs.countries = facts_.countries();
      });
    const std::vector<std::string> regions = facts_.regions();
    for (const auto& [region, share] : scenario_.audience.online_by_region)
      if (good && std::find(regions.begin(), regions.end(), region) == regions.end()) {
        const std::string near = nearest(region, regions);
        findings_.add("audience.online-by-region." + region,
                      {"no country lies in region \"" + region + "\"", "",
                       near.empty() ? "see the table of countries" : "did you mean \"" + near + "\"?"});
      }
    return good;
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
    findings_.attempt("ministry.missions.file", [&] {
      CsvTable table(text(m.file), m.file);
      const bool exchange = table.has("sender");
      if (exchange && m.sender.empty())
        throw InputError({m.file + " is a table of exchange, which lists many senders", "",
                          "name one: missions: {sender: CAN}, or --sender CAN"});
      if (!exchange && !m.sender.empty())
        return findings_.add("ministry.missions.sender",
                             {"a sender is named but the table of missions has none",
                              m.file + " has no column `sender`", "leave it out, or name a table of exchange"});
      list = exchange ? exchange_missions_of(table, facts_, m.sender) : missions_of(table, facts_);
      if (list.empty()) throw InputError({"there is no mission in " + m.file, "", "a ministry has at least one"});
    });
  }

  void network() {
    const models::Audience& a = scenario_.audience;
    if (a.network_file.empty()) return;
    const bool graphml = a.network_file.ends_with(".graphml") || a.network_file.ends_with(".xml");
    if (network::is_network_file_name(a.network_file)) return binary_network();
    network::ActorTable actors;
    const bool table = !a.actors_file.empty();
    if (table && graphml)
      return findings_.add("audience.actor-table", {"GraphML brings its own actors", "", "leave the actor table out"});
    if (table && !findings_.attempt("audience.actor-table", [&] { actors = actor_table(a.actors_file); })) return;
    findings_.attempt("audience.network", [&] {
      const std::string& ties = text(a.network_file);
      network::ImportedNetwork imported =
          graphml ? network::parse_graphml(ties, a.network_file)
                  : network::parse_edge_list(ties, a.network_file, {}, table ? &actors : nullptr);
      take(std::move(imported.layer), imported.actors);
    });
  }

 private:
  void binary_network() {
    const models::Audience& a = scenario_.audience;
    if (!a.actors_file.empty())
      return findings_.add("audience.actor-table",
                           {"a .dnet file brings its own actors", "", "give the table to `demarche network import`"});
    findings_.attempt("audience.network", [&] {
      network::NetworkFile file = files_.network(a.network_file);
      if (file.layers.size() != 1)
        throw InputError({a.network_file + " has " + std::to_string(file.layers.size()) + " layers",
                          "the ties among an audience are one", ""});
      scenario_.inputs.files.emplace_back(a.network_file, fingerprint(file));
      take(std::move(file.layers.front()), file.actors);
    });
  }

  void take(network::Layer layer, const network::ActorTable& actors) {
    const std::uint32_t count = layer.actors(), asked = scenario_.audience.actors;
    if (asked != 0 && asked != count)
      findings_.add("audience.actors", {"the network has " + std::to_string(count) + " actors",
                                        "with a network its own actors are the audience", "leave `actors` out"});
    scenario_.inputs.ties = std::make_shared<const network::Layer>(std::move(layer));
    scenario_.audience.actors = count;
    groups(actors);
  }

  Country everybody() const {
    return {scenario_.ministry.country, "everybody", "", scenario_.ministry.capital_zone, 1};
  }

  /// Reads a file once and remembers what it held, for the results' own record.
  const std::string& text(const std::string& name) {
    auto& known = scenario_.inputs.files;
    for (const auto& [n, t] : known)
      if (n == name) return t;
    return known.emplace_back(name, files_.text(name)).second;
  }

  network::ActorTable actor_table(const std::string& file) {
    const std::string& t = text(file);
    network::ActorTableOptions options;
    // "person group" lists without a header, as SNAP has them, begin with a number; comments may stand before it
    std::size_t begin = 0;
    while (begin < t.size() && (t[begin] == '#' || t[begin] == '\n' || t[begin] == '\r'))
      begin = t[begin] == '#' ? std::min(t.find('\n', begin), t.size()) : begin + 1;
    const std::size_t word = t.find_first_not_of(" \t", begin);
    if (word != std::string::npos && t[word] >= '0' && t[word] <= '9') options.header = {"id", "group"};
    network::ActorTable table = network::parse_actor_table(t, file, options);
    if (table.column("country") == nullptr && table.column("group") == nullptr)
      throw InputError({"the actor table " + file + " has neither a column `country` nor a column `group`", "",
                        "write id,group above it"});
    return table;
  }

  /// With a network the audience's countries are the groups of its actors; the table of countries tells zone and region
  /// of those whose word is one of its codes.
  void groups(const network::ActorTable& actors) {
    auto& countries = scenario_.inputs.countries;
    const network::ActorTable::Column* column = actors.column("country");
    const bool by_country = column != nullptr;
    if (!by_country) column = actors.column("group");
    if (column == nullptr) {
      countries = {everybody()};
      return;
    }
    countries.clear();
    std::map<std::string, std::uint32_t> index;
    for (std::size_t a = 0; a < column->values.size(); ++a) {
      const std::string value = column->values[a].empty() ? "none" : column->values[a];
      const auto [known, fresh] = index.emplace(value, static_cast<std::uint32_t>(countries.size()));
      if (fresh) {
        const Country* fact = facts_.find(value);
        if (by_country && fact == nullptr && !facts_.countries().empty())
          throw InputError({"actor " + actors.names[a] + " is of country \"" + value + "\"",
                            "the table of countries does not have it", "call the column `group` where it is none"});
        countries.push_back(fact != nullptr ? *fact
                                            : Country{value, "group " + value, "", scenario_.ministry.capital_zone, 0});
        countries.back().weight = 0;
      }
      countries[known->second].weight += 1;
      scenario_.inputs.country_of.push_back(known->second);
    }
    if (countries.size() > 65535)
      throw InputError({"the actors of the network are of more than 65,535 groups", "", "join some of them"});
  }

  Scenario& scenario_;
  const FileSource& files_;
  Findings& findings_;
  Facts facts_;
  std::map<std::string, std::vector<std::int64_t>> holidays_;
};

}  // namespace

std::string fingerprint(const network::NetworkFile& file) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text = "network file, " + std::to_string(file.bytes) + " bytes, checksum ";
  for (int shift = 60; shift >= 0; shift -= 4) text += digits[file.checksum >> shift & 15];
  return text + "\n";
}

void load_inputs(Scenario& scenario, const FileSource& files, Findings& findings) {
  scenario.inputs = {};
  Loader loader(scenario, files, findings);
  each_office(scenario, [&](const std::string& path, OfficePlan& office) { loader.holidays(path, office); });
  if (loader.countries()) {
    loader.missions();
    loader.network();
  }
}

void each_file(Scenario& scenario, const std::function<void(const std::string& path, std::string& file)>& f) {
  f("ministry.missions.file", scenario.ministry.missions.file);
  f("audience.countries", scenario.audience.countries);
  f("audience.network", scenario.audience.network_file);
  f("audience.actor-table", scenario.audience.actors_file);
  each_office(scenario, [&](const std::string& path, OfficePlan& o) { f(path + ".holidays", o.holidays_file); });
}

}  // namespace demarche::scenarios
