#include "scenarios/reader/read_scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "models/compile_regime.hpp"
#include "models/measures.hpp"
#include "scenarios/reader/inputs.hpp"
#include "scenarios/reader/overrides.hpp"
#include "scenarios/reader/tables.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"

namespace demarche::scenarios {

namespace {

using models::Scenario;

/// Files beneath a folder, or anywhere when the name is absolute (the table has refused what is not allowed).
class DiskFiles : public FileSource {
 public:
  explicit DiskFiles(std::string folder) : folder_(std::move(folder)) {}
  std::string text(const std::string& name) const override {
    const std::string path = resolve(folder_, name);
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) throw FileError("open", path, error.value());
    if (size > largest) throw InputError({path + " is larger than 4 GiB", "", "import it piece by piece"});
    std::ifstream in(path, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (!in.read(text.data(), static_cast<std::streamsize>(size))) throw FileError("read", path, errno);
    return text;
  }

 private:
  static constexpr std::uintmax_t largest = std::uintmax_t{4} << 30;
  std::string folder_;
};

class GivenFiles : public FileSource {
 public:
  explicit GivenFiles(const std::map<std::string, std::string>& files) : files_(files) {}
  std::string text(const std::string& name) const override {
    const auto found = files_.find(name);
    if (found == files_.end())
      throw InputError(
          {"the text of " + name + " is not at hand", "the scenario names a file that was not kept with it", ""});
    return found->second;
  }

 private:
  const std::map<std::string, std::string>& files_;
};

/// The command line's wishes as overrides of keys; a network given there takes the place of generated ties.
std::vector<std::string> overrides_of(const Request& request, Document& document) {
  std::vector<std::string> sets = request.sets;
  const auto set = [&](const std::string& key, const std::string& value) { sets.push_back(key + "=" + value); };
  const auto set_file = [&](const std::string& key, const std::string& file) {
    if (!file.empty()) set(key, "\"" + std::filesystem::absolute(file).lexically_normal().string() + "\"");
  };
  if (request.replicates) set("replicates", std::to_string(*request.replicates));
  if (request.seed) set("seed", std::to_string(*request.seed));
  if (!request.network_file.empty()) {
    for (Entry& e : document.root.entries)
      if (e.key == "audience")
        std::erase_if(e.value.entries, [](const Entry& k) {
          return k.key == "ties" || k.key == "countries" || k.key == "online-by-region";
        });
    set_file("audience.network", request.network_file);
  }
  set_file("audience.actor-table", request.actors_file);
  set_file("ministry.missions.file", request.missions_file);
  if (!request.missions_sender.empty()) set("ministry.missions.sender", request.missions_sender);
  return sets;
}

void keep_regimes(Scenario& scenario, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return;
  decltype(scenario.regimes) kept;
  std::vector<std::string> known;
  for (const auto& [name, regime] : scenario.regimes) known.push_back(name);
  for (const std::string& w : wanted) {
    const auto found =
        std::find_if(scenario.regimes.begin(), scenario.regimes.end(), [&](const auto& r) { return r.first == w; });
    if (found == scenario.regimes.end()) {
      const std::string near = nearest(w, known, 3);
      throw InputError({"the scenario has no regime \"" + w + "\"", "",
                        near.empty() ? "`demarche check` lists its regimes" : "did you mean \"" + near + "\"?"});
    }
    if (std::none_of(kept.begin(), kept.end(), [&](const auto& r) { return r.first == w; })) kept.push_back(*found);
  }
  scenario.regimes = std::move(kept);
}

/// A regime that another one switches to must stay known when it is not run itself.
void settle_regimes(Scenario& scenario) {
  for (auto& [name, regime] : scenario.regimes) {
    settle(regime);
    if (regime.summary.empty()) regime.summary = name;
  }
}

/// What can be judged only with every file read, each at its place.
class FinalChecks {
 public:
  FinalChecks(const Document& document, const Places& places) : document_(document), places_(places) {}

  void run(const Scenario& s) {
    for (std::size_t i = 0; i < s.measures.size(); ++i) {
      Scenario one = s;
      one.measures = {s.measures[i]};
      attempt("measures[" + std::to_string(i) + "]", [&] { models::measure_plan(one); });
    }
    for (const auto& [name, regime] : s.regimes) {
      attempt("regimes." + name, [&] { models::compile_regime(s, name, regime); });
      if (regime.accounts && *regime.accounts > s.inputs.missions.size())
        too_many_accounts("regimes." + name + ".accounts", s);
    }
    if (s.ministry.accounts > s.inputs.missions.size()) too_many_accounts("ministry.accounts", s);
    check_regions(s);
    for (const auto& [name, stimulus] : s.stimuli)
      if (!stimulus.actor.empty() && stimulus.actor[0] >= '0' && stimulus.actor[0] <= '9' &&
          (stimulus.actor.size() > 10 || std::stoull(stimulus.actor) >= s.audience.actors))
        add("stimuli." + name + ".actor",
            {"there is no actor " + stimulus.actor,
             "the audience has " + std::to_string(s.audience.actors) + " actors, counted from 0", ""});
    if (!problems_.empty()) throw InputErrors(std::move(problems_));
  }

 private:
  template <class Do>
  void attempt(const std::string& path, Do&& something) {
    try {
      something();
    } catch (const InputError& e) {
      add(path, e.problem());
    }
  }

  void too_many_accounts(const std::string& path, const Scenario& s) {
    add(path, {"more accounts than missions", "there are " + std::to_string(s.inputs.missions.size()) + " missions",
               "lower it"});
  }

  void check_regions(const Scenario& s) {
    std::set<std::string> known;
    for (const models::Mission& m : s.inputs.missions) known.insert(m.region);
    const std::vector<std::string> names(known.begin(), known.end());
    for (const auto& [name, stimulus] : s.stimuli)
      for (std::size_t i = 0; i < stimulus.regions.size(); ++i)
        if (!known.contains(stimulus.regions[i])) {
          const std::string near = nearest(stimulus.regions[i], names, 3);
          add("stimuli." + name + ".regions[" + std::to_string(i) + "]",
              {"no mission stands in region \"" + stimulus.regions[i] + "\"", "",
               near.empty() ? "see the table of missions" : "did you mean \"" + near + "\"?"});
        }
  }

  /// At the longest part of the path that stands in the file.
  void add(std::string path, Problem p) {
    for (;;) {
      const auto found = places_.find(path);
      if (found != places_.end()) return problems_.push_back(document_.locate(found->second, std::move(p)));
      const std::size_t cut = path.find_last_of(".[");
      if (cut == std::string::npos) return problems_.push_back(document_.locate({0, 1, 1}, std::move(p)));
      path.resize(cut);
    }
  }

  const Document& document_;
  const Places& places_;
  std::vector<Located> problems_;
};

Scenario understood(Document document, const Request& request, const ReadOptions& options, const FileSource& files) {
  apply_overrides(document, overrides_of(request, document));
  Places places;
  Scenario scenario = read(scenario_rule(), document, options, &places);
  settle_regimes(scenario);
  load_inputs(scenario, files);
  FinalChecks(document, places).run(scenario);
  keep_regimes(scenario, request.regimes);
  return scenario;
}

}  // namespace

Scenario read_scenario(const std::string& path, const Request& request) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  ReadOptions options;
  options.folder = folder.empty() ? "." : folder.string();
  return understood(load(path), request, options, DiskFiles(options.folder));
}

Scenario read_scenario_text(const std::string& text, const std::string& name,
                            const std::map<std::string, std::string>& files, const Request& request) {
  ReadOptions options;
  options.files_anywhere = true;
  return understood(parse(text, name), request, options, GivenFiles(files));
}

std::string resolved_yaml(const Scenario& scenario) {
  return yaml_text(scenario_rule().write(scenario));
}

std::string canonical_text(const Scenario& scenario) {
  Scenario bare = scenario;
  bare.title = bare.question = bare.assumptions = "";
  bare.replicates = 1;
  for (auto& [name, channel] : bare.channels) channel.preset = "";
  for (auto& [name, regime] : bare.regimes) regime.preset = regime.summary = "";
  std::string text = yaml_text(scenario_rule().write(bare));
  std::size_t number = 0;
  for (const auto& [name, content] : scenario.inputs.files) {
    // where a file lay does not matter, what it held does
    const std::string label = "file-" + std::to_string(++number);
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + label.size()))
      text.replace(at, name.size(), label);
    text += "\n# " + label + "\n" + content;
  }
  return text;
}

std::string scenario_schema() {
  return json_text(schema(*scenario_rule().grammar(), "demarche scenario"), 2);
}
std::string scenario_reference() {
  return reference(*scenario_rule().grammar(), "Scenario files");
}

std::string regime_yaml(const models::Regime& regime) {
  return yaml_text(regime_rule().write(regime));
}
std::string channel_yaml(const models::Channel& channel) {
  return yaml_text(channel_rule().write(channel));
}

}  // namespace demarche::scenarios
