#include "scenarios/reader/read_scenario.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "scenarios/reader/final_checks.hpp"
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
    if (size > largest)
      throw InputError({path + " is larger than 4 GiB", "", "make a .dnet file of it: demarche network import"});
    std::ifstream in(path, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    if (!in.read(text.data(), static_cast<std::streamsize>(size))) throw FileError("read", path, errno);
    return text;
  }
  network::NetworkFile network(const std::string& name) const override {
    return network::read_network_file(resolve(folder_, name));
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
  /// Only its fingerprint was kept: the file must still lie where it was.
  network::NetworkFile network(const std::string& name) const override {
    const std::string& wanted = text(name);
    std::error_code error;
    if (!std::filesystem::exists(name, error))
      throw InputError({"the network " + name + " is not there",
                        "results keep the checksum of a .dnet file, not its ties",
                        "put it back, or start in the folder that its name begins in"});
    network::NetworkFile file = network::read_network_file(name);
    if (fingerprint(file) != wanted)
      throw InputError({"the network " + name + " is not the one that was used",
                        "then: " + without_end(wanted) + "; now: " + without_end(fingerprint(file)),
                        "put the other one back"});
    return file;
  }

 private:
  static std::string without_end(std::string line) {
    if (line.ends_with('\n')) line.pop_back();
    return line;
  }

  const std::map<std::string, std::string>& files_;
};

const Rule<Scenario>& table() {
  static const Rule<Scenario> rule = scenario_rule();
  return rule;
}

Node* section(Node& root, std::initializer_list<std::string_view> path) {
  Node* node = &root;
  for (const std::string_view key : path) {
    const auto found =
        std::find_if(node->entries.begin(), node->entries.end(), [&](const Entry& e) { return e.key == key; });
    if (found == node->entries.end()) return nullptr;
    node = &found->value;
  }
  return node;
}

void leave_out(Node& root, std::initializer_list<std::string_view> path, std::initializer_list<std::string_view> keys) {
  if (Node* node = section(root, path))
    std::erase_if(node->entries,
                  [&](const Entry& e) { return std::find(keys.begin(), keys.end(), e.key) != keys.end(); });
}

std::string quoted(const std::string& text) {
  return json_text(Node::string(text));
}

/// The command line's wishes as values of keys. A network given there takes the place of the scenario's own ties and
/// their actors, a table of missions that of its missions; all else stays as the scenario says.
void apply_request(const Request& request, Document& document) {
  const auto set = [&](const std::string& option, const std::string& key, const std::string& value) {
    apply_overrides(document, {key + "=" + value}, option);
  };
  const auto set_file = [&](const std::string& option, const std::string& key, const std::string& file) {
    if (!file.empty()) set(option, key, quoted(std::filesystem::absolute(file).lexically_normal().string()));
  };
  if (!request.network_file.empty())
    leave_out(document.root, {"audience"}, {"ties", "network", "actor-table", "actors"});
  if (!request.missions_file.empty())
    leave_out(document.root, {"ministry", "missions"}, {"count", "zones", "file", "sender"});
  apply_overrides(document, request.sets);
  if (request.replicates) set("--replicates", "replicates", std::to_string(*request.replicates));
  if (request.seed) set("--seed", "seed", std::to_string(*request.seed));
  set_file("--network", "audience.network", request.network_file);
  set_file("--actors", "audience.actor-table", request.actors_file);
  set_file("--missions", "ministry.missions.file", request.missions_file);
  if (!request.missions_sender.empty()) set("--sender", "ministry.missions.sender", quoted(request.missions_sender));
}

/// The regimes asked for, in that order. One that switches to another of the scenario's needs that one too: a preset
/// of the same name would be something else.
void keep_regimes(Scenario& scenario, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return;
  decltype(scenario.regimes) kept;
  std::vector<std::string> known;
  for (const auto& [name, regime] : scenario.regimes) known.push_back(name);
  const auto is_in = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  for (const std::string& w : wanted) {
    const auto found =
        std::find_if(scenario.regimes.begin(), scenario.regimes.end(), [&](const auto& r) { return r.first == w; });
    if (found == scenario.regimes.end()) {
      const std::string near = nearest(w, known, 3);
      throw InputError({"the scenario has no regime \"" + w + "\"", "",
                        near.empty() ? "`demarche check` lists its regimes" : "did you mean \"" + near + "\"?"});
    }
    const std::string& next = found->second.switch_to;
    if (is_in(known, next) && !is_in(wanted, next))
      throw InputError(
          {"regime \"" + w + "\" switches to \"" + next + "\", which is left out", "", "add --regime " + next});
    if (std::none_of(kept.begin(), kept.end(), [&](const auto& r) { return r.first == w; })) kept.push_back(*found);
  }
  scenario.regimes = std::move(kept);
}

void settle_regimes(Scenario& scenario) {
  for (auto& [name, regime] : scenario.regimes) {
    settle(regime);
    if (regime.summary.empty()) regime.summary = name;
  }
}

Scenario understood(Document document, const Request& request, const ReadOptions& options, const FileSource& files) {
  apply_request(request, document);
  Places places;
  Scenario scenario = read(table(), document, options, &places);
  settle_regimes(scenario);
  keep_regimes(scenario, request.regimes);
  Findings findings(document, places);
  load_inputs(scenario, files, findings);
  findings.throw_if_any();
  // the texts of files are large and nothing is asked of them: the copies that checks make go without
  auto texts = std::move(scenario.inputs.files);
  check_whole(scenario, findings);
  findings.throw_if_any();
  scenario.inputs.files = std::move(texts);
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
  return yaml_text(table().write(scenario));
}

std::string canonical_text(const Scenario& scenario) {
  Scenario bare = scenario;
  bare.inputs = {};
  bare.title = bare.question = bare.assumptions = "";
  bare.replicates = 1;
  for (auto& [name, channel] : bare.channels) channel.preset = "";
  for (auto& [name, regime] : bare.regimes) regime.preset = regime.summary = "";
  // where a file lay does not matter, what it held does: one number for each different content, in the order of keys
  std::vector<const std::string*> contents;
  each_file(bare, [&](const std::string&, std::string& file) {
    const auto& files = scenario.inputs.files;
    const auto named = std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.first == file; });
    if (file.empty() || named == files.end()) return;
    auto known = std::find_if(contents.begin(), contents.end(), [&](const auto* c) { return *c == named->second; });
    if (known == contents.end()) known = contents.insert(contents.end(), &named->second);
    file = "file-" + std::to_string(known - contents.begin() + 1);
  });
  std::string text = yaml_text(table().write(bare));
  for (std::size_t i = 0; i < contents.size(); ++i)
    text +=
        "\n# file-" + std::to_string(i + 1) + ", " + std::to_string(contents[i]->size()) + " bytes\n" + *contents[i];
  return text;
}

std::string scenario_schema() {
  return json_text(schema(*table().grammar(), "demarche scenario"), 2);
}
std::string scenario_reference() {
  return reference(*table().grammar(), "Scenario files");
}

std::string regime_yaml(const models::Regime& regime) {
  return yaml_text(regime_rule().write(regime));
}
std::string channel_yaml(const models::Channel& channel) {
  return yaml_text(channel_rule().write(channel));
}

}  // namespace demarche::scenarios
