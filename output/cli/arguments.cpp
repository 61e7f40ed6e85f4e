#include "output/cli/arguments.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <thread>

#include "output/cli/commands.hpp"
#include "output/cli/console.hpp"
#include "output/cli/identity.hpp"
#include "output/cli/network_kinds.hpp"
#include "output/cli/places.hpp"
#include "output/cli/signals.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"

namespace demarche::cli {
namespace {

constexpr const char* everywhere =
    "Everywhere: --json, --quiet, --threads N (default: all), --seed N, --help.\n"
    "Exit status: 0 good, 1 error, 2 wrong command line or scenario, 75 output in use, 130/143 stopped by a signal.";

/// Options as they are being read; commands get them when all are.
struct Wanted {
  Common common;
  RunOptions run;
  ScenarioChoice scenario;
  std::string what, file, output;
  bool force = false;
  NetworkChoice network;
  TraceOptions trace;
  BenchOptions bench;
  ReportOptions report;
  std::function<int()> command;
};

CLI::App* add(CLI::App& app, Wanted& wanted, const std::string& name, const std::string& does,
              const std::string& examples, std::function<int()> command) {
  CLI::App* sub = app.add_subcommand(name, does);
  sub->fallthrough();
  sub->footer("Examples:\n" + examples + "\n" + everywhere);
  sub->callback([&wanted, command = std::move(command)] { wanted.command = command; });
  return sub;
}

void add_scenario(CLI::App* sub, ScenarioChoice& choice, bool replicates) {
  sub->add_option("SCENARIO", choice.path, "a scenario file, or the name of one in the library")->required();
  scenarios::Request& request = choice.request;
  sub->add_option("--regime", request.regimes, "only this regime; once for each")->allow_extra_args(false);
  if (replicates)
    sub->add_option("--replicates", request.replicates, "how many, instead of the scenario's")
        ->check(CLI::Range(1U, 10'000'000U));
  sub->add_option("--set", request.sets, "key.path=value: changes one value of the scenario; once for each")
      ->allow_extra_args(false);
  sub->add_option(
      "--network", request.network_file,
      "ties among the audience (edge list, CSV, GraphML, .dnet; from anywhere) instead of the scenario's actors and "
      "ties; its groups are then the audience's countries: docs/importing.md");
  sub->add_option("--actors", request.actors_file, "table of the network's actors: groups, countries");
  sub->add_option("--missions", request.missions_file, "table of missions, or of diplomatic exchange");
  sub->add_option("--sender", request.missions_sender, "code of the sending state in a table of exchange");
}

void add_output(CLI::App* sub, std::string& output, bool& force, const std::string& meaning) {
  sub->add_option("-o,--output", output, meaning);
  sub->add_flag("--force", force, "overwrite what stands there");
}

void add_running(CLI::App& app, Wanted& w) {
  CLI::App* run_sub =
      add(app, w, "run", "compare the regimes of a scenario over the same worlds",
          "  demarche run scenarios/library/canada-uk-2013.yaml\n"
          "  demarche run canada-uk-2013 --regime centralized --regime instant --replicates 50 -o results/quick\n"
          "  demarche run canada-uk-2013 --set audience.actors=10000 --dry-run\n"
          "  demarche run canada-uk-2013 --missions exchange.csv --sender CAN",
          [&w] {
            w.run.scenario.path = scenario_path(w.run.scenario.path);
            w.run.scenario.request.seed = w.common.seed;
            return run(w.common, w.run);
          });
  add_scenario(run_sub, w.run.scenario, true);
  add_output(run_sub, w.run.output, w.run.force, "folder of the results (default: results/NAME)");
  run_sub->add_flag("--dry-run", w.run.dry_run, "say what would be done, and what it would cost");
  run_sub->add_flag("--no-figures", w.run.no_figures, "leave figures and report out");

  const auto with_scenario = [&w](int (*command)(const Common&, const ScenarioChoice&)) {
    return [&w, command] {
      w.scenario.path = scenario_path(w.scenario.path);
      w.scenario.request.seed = w.common.seed;
      return command(w.common, w.scenario);
    };
  };
  add_scenario(add(app, w, "check", "say in words what a scenario means and what it would cost",
                   "  demarche check canada-uk-2013\n  demarche check my.yaml --set audience.actors=1000000 --json",
                   with_scenario(check)),
               w.scenario, true);
  add_scenario(add(app, w, "theory", "closed forms beside the simulated values",
                   "  demarche theory scenarios/validation/q2-erlang-c.yaml\n"
                   "  demarche theory scenarios/validation/d2-poisson.yaml --set channels.tie.visibility='30 %'",
                   with_scenario(theory)),
               w.scenario, true);
  CLI::App* trace_sub = add(app, w, "trace", "tell the story of one message under every regime",
                            "  demarche trace canada-uk-2013 --replicate 0 --message first-error\n"
                            "  demarche trace canada-uk-2013 --replicate 3 --message slowest --regime centralized",
                            [&w] {
                              w.trace.scenario.path = scenario_path(w.trace.scenario.path);
                              w.trace.scenario.request.seed = w.common.seed;
                              return trace(w.common, w.trace);
                            });
  add_scenario(trace_sub, w.trace.scenario, false);
  trace_sub->add_option("--replicate", w.trace.replicate, "number of the replicate, from 0")
      ->check(CLI::Range(0U, 10'000'000U));
  trace_sub->add_option("--message", w.trace.message,
                        "number among the replicate's messages from 0, or first-error, slowest, median");
}

void add_catalogue(CLI::App& app, Wanted& w) {
  add(app, w, "list", "list regimes, channels, measures, networks or scenarios",
      "  demarche list regimes\n  demarche list measures --json", [&w] { return list(w.common, w.what); })
      ->add_option("WHAT", w.what, "regimes, channels, measures, networks or scenarios")
      ->required();
  add(app, w, "show", "show one of them with parameters, units and sources",
      "  demarche show centralized\n  demarche show twitter", [&w] { return show(w.common, w.what); })
      ->add_option("NAME", w.what, "a name that list shows")
      ->required();
  add(app, w, "schema", "print the JSON Schema of scenario files", "  demarche schema > scenario.schema.json",
      [] { return schema(); });
}

void add_import(CLI::App* sub, NetworkChoice& choice, bool required) {
  CLI::Option* file = sub->add_option("FILE", choice.file, "SNAP edge list, CSV with a header line, GraphML, or .dnet");
  if (required) file->required();
  sub->add_option("--table", choice.actors, "table of the actors beside an edge list");
  sub->add_flag("--undirected", choice.undirected, "a line stands for both directions");
  sub->add_flag("--reversed", choice.reversed, "a line names the follower first");
  sub->add_flag("--surplus-fields", choice.surplus_fields, "leave fields behind the two ends unread");
}

void add_network(CLI::App& app, Wanted& w) {
  CLI::App* network = app.add_subcommand("network", "make, convert and describe networks");
  network->fallthrough()->require_subcommand(1);
  network->footer(everywhere);
  CLI::App* build = add(*network, w, "build", "make a network by a generator; writes an edge list, or a .dnet file",
                        "  demarche network build heavy-tailed --actors 10000 --mean-degree 20 -o ties.txt\n"
                        "  demarche network build r-mat --actors 100000 --ties 1000000 --seed 3 -o ties.dnet",
                        [&w] { return network_build(w.common, w.network, w.output, w.force); });
  build->add_option("KIND", w.network.kind, "a kind that `list networks` shows")->required();
  CLI::App* import = add(*network, w, "import", "read a network; writes an edge list, or a .dnet file",
                         "  demarche network import ties.csv --undirected -o ties.txt\n"
                         "  demarche network import ties.txt -o ties.dnet",
                         [&w] { return network_import(w.common, w.network, w.output, w.force); });
  add_import(import, w.network, true);
  CLI::App* info = add(*network, w, "info", "size, degrees, clustering, components, paths, spectral radius",
                       "  demarche network info ties.txt\n  demarche network info --kind ring --actors 1000 --degree 4",
                       [&w] { return network_info(w.common, w.network); });
  add_import(info, w.network, false);
  info->add_option("--kind", w.network.kind, "of a generator, instead of a file");
  for (CLI::App* sub : {build, import}) {
    add_output(sub, w.output, w.force,
               "the file to be written; a name in .dnet makes a binary one, which opens in seconds");
    sub->get_option("--output")->required();
  }
  for (CLI::App* sub : {build, info})
    for (const std::string& name : network_parameter_names())
      sub->add_option_function<std::string>(
             "--" + name, [&w, name](const std::string& value) { w.network.values[name] = value; },
             "parameter of some kinds: see demarche show KIND")
          ->group("Parameters");
}

void add_results(CLI::App& app, Wanted& w) {
  CLI::App* report_sub = add(app, w, "report", "draw the figures and write the one-file report of results",
                             "  demarche report results/canada-uk-2013 -o paper --format pdf",
                             [&w] { return report(w.common, w.report); });
  report_sub->add_option("RESULTS", w.report.results, "results.h5, or the folder that holds it")->required();
  add_output(report_sub, w.report.output, w.report.force,
             "folder for figures and report (default: beside the results)");
  report_sub->add_option("--format", w.report.format, "svg, png, pdf; commas between");
  CLI::App* export_sub = add(app, w, "export", "print the comparison as CSV, or write every table into a folder",
                             "  demarche export results/canada-uk-2013\n"
                             "  demarche export results/canada-uk-2013 --csv tables",
                             [&w] { return export_results(w.common, w.file, w.output, w.force); });
  export_sub->add_option("RESULTS", w.file, "results.h5, or the folder that holds it")->required();
  export_sub->add_option("--csv", w.output, "folder for comparison.csv, values.csv and curves.csv");
  export_sub->add_flag("--force", w.force, "overwrite what stands there");
  add(app, w, "reproduce", "run again what a results file says of itself, and compare digests",
      "  demarche reproduce results/canada-uk-2013/results.h5", [&w] { return reproduce(w.common, w.file); })
      ->add_option("RESULTS", w.file, "results.h5, or the folder that holds it")
      ->required();
}

void add_engine(CLI::App& app, Wanted& w) {
  add(app, w, "selftest", "compare the program with every reference result", "  demarche selftest",
      [&w] { return selftest(w.common); });
  CLI::App* bench_sub = add(app, w, "bench", "time the engine on its benchmark workloads, one line each",
                            "  demarche bench\n  demarche bench --workload T,S,M,L,full --repeat 9 --json\n"
                            "  demarche bench --workload XL --repeat 1\n  demarche bench --network ties.dnet",
                            [&w] { return bench(w.common, w.bench); });
  bench_sub
      ->add_option("--workload", w.bench.workloads,
                   "of T, S, M, L, XL, B, full; commas between (default: T,S,M). XL: 100 million actors, about 14 GiB; "
                   "B: a thousand million actors, ties recomputed; full: the headline scenario")
      ->delimiter(',')
      ->check(CLI::IsMember({"T", "S", "M", "L", "XL", "B", "full"}));
  bench_sub->add_option("--network", w.bench.network, "time cascades over this network file (.dnet) instead")
      ->excludes("--workload");
  bench_sub->add_option("--repeat", w.bench.repeat, "timed runs of each (default: 5)")->check(CLI::Range(1U, 1000U));
  bench_sub->add_option("--delay", w.bench.delay, "exponential or seismic")
      ->check(CLI::IsMember({"exponential", "seismic"}));
  bench_sub->add_option("--write-edges", w.bench.write_edges, "write each graph into this folder, for other programs");
}

void collect_names(const CLI::App* app, std::vector<std::string>& names) {
  for (const CLI::Option* option : app->get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  for (const CLI::App* sub : app->get_subcommands()) collect_names(sub, names);
}

const CLI::App* deepest(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  return at;
}

[[noreturn]] void refuse(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* sub = deepest(app);
  std::string command = "demarche";
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    command += " " + at->get_name();
  }
  std::string suggestion = "see " + command + " --help";
  std::string problem = error.what();
  // a mistyped word leaves another one missing: the mistyped one is what the user must see
  const std::vector<std::string> words = app.remaining(true);
  const auto odd = std::find_if(words.begin(), words.end(), [&](const std::string& word) {
    return sub == &app || word.rfind('-', 0) == 0 || dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
  });
  if (odd != words.end()) {
    const std::string word = odd->substr(0, odd->find('='));
    std::vector<std::string> names;
    collect_names(&app, names);
    if (sub == &app)
      for (const CLI::App* known : app.get_subcommands({})) names.push_back(known->get_name());
    const std::string near = nearest(word, names);
    problem = (word.rfind('-', 0) == 0 ? "unknown option "
               : sub == &app           ? "unknown command "
                                       : "unexpected word ") +
              word;
    if (!near.empty()) suggestion = "did you mean " + near + "?";
  }
  while (!problem.empty() && (problem.back() == '\n' || problem.back() == '.')) problem.pop_back();
  throw InputError({problem, command, suggestion});
}

}  // namespace

int run_command(int count, const char* const* words) {
  Wanted w;
  w.common.threads = std::max(1U, std::thread::hardware_concurrency());
  w.run.words.assign(words + 1, words + count);
  CLI::App app("How fast, how far and how truly messages of a foreign ministry travel, and what approval does to that.",
               "demarche");
  app.require_subcommand(1);
  app.footer(std::string("Examples:\n  demarche run canada-uk-2013\n  demarche check my-scenario.yaml\n\n") +
             everywhere);
  app.add_flag("--json", w.common.json, "one JSON document on stdout");
  app.add_flag("--quiet", w.common.quiet, "no progress");
  app.add_option("--threads", w.common.threads, "how many (default: all); results do not depend on it")
      ->check(CLI::Range(1U, 1024U));
  app.add_option("--seed", w.common.seed, "seed of all luck, instead of the scenario's");
  app.set_version_flag("--version", version_text);
  add_running(app, w);
  add_catalogue(app, w);
  add_network(app, w);
  add_results(app, w);
  add_engine(app, w);
  try {
    app.parse(count, words);
  } catch (const CLI::CallForHelp&) {
    print(deepest(app)->help());
    return 0;
  } catch (const CLI::CallForVersion& version) {
    print(version.what());
    return 0;
  } catch (const CLI::ParseError& error) {
    refuse(app, error);
  }
  return w.command();
}

}  // namespace demarche::cli
