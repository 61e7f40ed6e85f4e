#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>

#include "models/measures.hpp"
#include "models/presets.hpp"
#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/network_kinds.hpp"
#include "output/cli/places.hpp"
#include "output/tables/text.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"

/// `list`, `show` and `schema`: what the program knows.
namespace demarche::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* better_words[] = {"lower is better", "higher is better", "neither is better"};
constexpr const char* better_names[] = {"lower", "higher", "neither"};

/// One thing of a catalogue: what `list` says in a line and `show` in full.
struct Item {
  std::string kind, name, summary;
  std::function<std::string()> detail;  ///< the rest of `show`; made only when asked for
  std::function<Json()> json;
};

Item preset_item(const char* kind, const models::PresetInfo& info, std::function<std::string()> yaml) {
  return {kind, info.name, info.summary, [=] { return "sources: " + info.sources + "\n" + yaml(); },
          [=] {
            return Json{{"sources", info.sources}, {"parameters", yaml()}};
          }};
}

std::vector<Item> regimes() {
  std::vector<Item> items;
  for (const models::PresetInfo& info : models::regime_presets())
    items.push_back(preset_item("regime", info,
                                [name = info.name] { return scenarios::regime_yaml(models::regime_preset(name)); }));
  return items;
}

std::vector<Item> channels() {
  std::vector<Item> items;
  for (const models::PresetInfo& info : models::channel_presets())
    items.push_back(preset_item("channel", info,
                                [name = info.name] { return scenarios::channel_yaml(models::channel_preset(name)); }));
  return items;
}

std::vector<Item> measures() {
  std::vector<Item> items;
  for (const study::MeasureInfo& m : models::known_measures()) {
    const auto better = static_cast<std::size_t>(m.better);
    items.push_back({"measure", m.name, m.label + ", " + (m.unit == "1" ? "a pure number" : m.unit),
                     [=] { return m.meaning + "\n" + better_words[better] + "\n"; },
                     [=] {
                       return Json{{"unit", m.unit}, {"better", better_names[better]}, {"meaning", m.meaning}};
                     }});
  }
  return items;
}

std::vector<Item> networks() {
  std::vector<Item> items;
  for (const NetworkKind& kind : network_kinds()) {
    const auto detail = [&kind] {
      std::string text = "source: " + kind.source + "\nparameters:\n";
      for (const NetworkParameter& p : kind.parameters)
        text += fmt::format("  --{}  {}{}\n", output::padded_right(p.name, 12), p.meaning,
                            p.standard.empty() ? "" : " (default " + p.standard + ")");
      return text;
    };
    const auto json = [&kind] {
      Json parameters = Json::object();
      for (const NetworkParameter& p : kind.parameters)
        parameters[p.name] = {{"meaning", p.meaning},
                              {"default", p.standard.empty() ? Json(nullptr) : Json(p.standard)}};
      return Json{{"source", kind.source}, {"parameters", parameters}};
    };
    items.push_back({"network", kind.name, kind.summary, detail, json});
  }
  return items;
}

std::vector<Item> library() {
  std::vector<Item> items;
  for (const char* folder : {"library", "validation"})
    for (const std::filesystem::path& file : scenarios_in(folder)) {
      std::string title;
      try {
        title = scenarios::read_scenario(file.string()).title;
      } catch (const std::exception&) {
        title = "(cannot be read; see demarche check)";
      }
      const auto question = [file] { return scenarios::read_scenario(file.string()).question; };
      items.push_back({"scenario", file.stem().string(), title,
                       [=] {
                         const std::string asked = question();
                         return (asked.empty() ? "" : asked + "\n") + "file: " + file.string() +
                                "\n(demarche check says in words what is in it)\n";
                       },
                       [=] {
                         return Json{{"file", file.string()}, {"question", question()}};
                       }});
    }
  return items;
}

struct Catalogue {
  const char* name;
  std::vector<Item> (*items)();
};
constexpr std::array<Catalogue, 5> catalogues{{{"regimes", regimes},
                                               {"channels", channels},
                                               {"measures", measures},
                                               {"networks", networks},
                                               {"scenarios", library}}};

Json as_json(const Item& item) {
  Json document{{"kind", item.kind}, {"name", item.name}, {"summary", item.summary}};
  document.update(item.json());
  return document;
}

std::string dumped(const Json& document) {
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

int list(const Common& common, const std::string& what) {
  for (const Catalogue& catalogue : catalogues) {
    if (catalogue.name != what) continue;
    const std::vector<Item> items = catalogue.items();
    std::size_t width = 0;
    for (const Item& item : items) width = std::max(width, item.name.size());
    Json all = Json::array();
    std::string text;
    for (const Item& item : items) {
      all.push_back({{"name", item.name}, {"summary", item.summary}});
      text += output::padded_right(item.name, width + 2) + output::printable(item.summary) + "\n";
    }
    print(common.json ? dumped({{what, all}}) : text);
    return 0;
  }
  throw InputError(
      {"there is no list of " + what, "", "regimes, channels, measures, networks and scenarios are there"});
}

int show(const Common& common, const std::string& name) {
  std::vector<std::string> known;
  std::vector<Item> found;
  for (const Catalogue& catalogue : catalogues)
    for (Item& item : catalogue.items()) {
      known.push_back(item.name);
      if (item.name == name) found.push_back(std::move(item));
    }
  if (found.empty()) {
    const std::string near = nearest(name, known);
    throw InputError({"nothing is called " + name, "demarche list shows what there is",
                      near.empty() ? "" : "did you mean " + near + "?"});
  }
  std::string text;
  Json all = Json::array();
  for (const Item& item : found) {
    all.push_back(common.json ? as_json(item) : Json());
    if (!common.json) text += fmt::format("{} {}: {}\n", item.kind, item.name, item.summary) + item.detail();
  }
  print(common.json ? dumped(all.size() == 1 ? all.front() : all) : text);
  return 0;
}

int schema() {
  std::string text = scenarios::scenario_schema();
  if (text.empty() || text.back() != '\n') text += '\n';
  print(text);
  return 0;
}

}  // namespace demarche::cli
