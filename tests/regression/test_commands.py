"""The command line's contract (help text and docs): statuses, JSON, what is written where, what is refused."""
import json
import re
import unittest

from driver import ROOT, SMALL, Case


class Statuses(Case):
    def test_help_and_version_stand_on_stdout(self):
        for words in (["--help"], ["run", "--help"], ["network", "build", "--help"]):
            out, err = self.demarche(*words)
            self.assertIn("Examples", out)
            self.assertEqual(err, "")
        out, _ = self.demarche("--version")
        for library in ("demarche", "HDF5", "yaml-cpp", "oneTBB", "CLI11"):
            self.assertRegex(out, rf"(?m)^{re.escape(library)} \S+$")

    def test_a_wrong_command_line_is_2_and_suggests(self):
        for words, suggestion in (
            (["rnu"], "did you mean run?"),
            (["run", SMALL, "--replcates", "3"], "did you mean --replicates?"),
            (["run", SMALL, "--replicates", "-1"], "--replicates"),
            (["run", SMALL, "--threads", "0"], "--threads"),
            (["run"], "SCENARIO"),
            (["list", "regime"], "regimes"),
            (["show", "centralised"], "did you mean centralized?"),
            (["network", "build", "ring", "--moore", "yes", "--actors", "9", "-o", "x"], "--degree"),
            ([], "--help"),
        ):
            out, err = self.demarche(*words, status=2)
            self.assertEqual(out, "", words)
            self.assertIn(suggestion, err)
            self.assertTrue(err.startswith("demarche: "), err)

    def test_every_problem_of_a_scenario_comes_at_once_with_its_place(self):
        (self.folder / "bad.yaml").write_text("demarche: 1\nname: bad\nreplicats: 3\nseed: x\nregimes: {}\n")
        _, err = self.demarche("check", "bad.yaml", status=2)
        self.assertRegex(err, r"(?m)^bad\.yaml:3:1: .*did you mean")
        self.assertRegex(err, r"(?m)^bad\.yaml:4:7: ")
        self.demarche("run", "absent.yaml", status=2)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["bad.yaml"])

    def test_a_full_disk_behind_stdout_is_an_error(self):
        with open("/dev/full", "w") as full:
            for words in (["list", "regimes"], ["check", SMALL], ["--version"], ["schema"]):
                _, err = self.demarche(*words, status=1, stdout=full)
                self.assertIn("standard output", err)

    def test_names_from_outside_cannot_drive_the_terminal(self):
        _, err = self.demarche("show", "\x1b[31mred", status=2)
        self.assertNotIn("\x1b", err)


class Catalogue(Case):
    def test_lists_and_shows(self):
        for what in ("regimes", "channels", "measures", "networks", "scenarios"):
            items = self.json("list", what)[what]
            self.assertTrue(items, what)
            shown = self.json("show", items[0]["name"])
            self.assertEqual((shown if isinstance(shown, dict) else shown[0])["name"], items[0]["name"])
            self.assertIn(items[0]["name"], self.demarche("list", what)[0])

    def test_schema_is_a_schema(self):
        self.assertIn("$schema", json.loads(self.demarche("schema")[0]))


class Running(Case):
    def test_json_has_the_promised_fields(self):
        document = self.run_small()
        self.assertEqual(document["scenario"], "small")
        self.assertEqual((document["seed"], document["replicates"]), (7, 12))
        self.assertRegex(document["digest"], "^[0-9a-f]{64}$")
        self.assertEqual(document["regimes"], ["centralized", "presumed-competence", "tiered", "instant"])
        self.assertIsInstance(document["warnings"], list)
        for measure in document["measures"].values():
            self.assertIn(measure["better"], ("lower", "higher", "neither"))
            self.assertIn("unit", measure)
            for regime in document["regimes"]:
                self.assertLessEqual({"n", "mean", "lo", "hi", "sd", "median"}, set(measure["regimes"][regime]))
            for difference in measure["differences"]:
                self.assertLessEqual({"a", "b", "mean", "lo", "hi", "correlation", "n"}, set(difference))

    def test_writes_what_it_says_and_overwrites_nothing(self):
        self.run_small()
        files = {"results.h5", "comparison.csv", "scenario.yaml", "run-log.json"}
        self.assertEqual({p.name for p in (self.folder / "out").iterdir()}, files)
        before = (self.folder / "out" / "results.h5").read_bytes()
        _, err = self.demarche("run", SMALL, "-o", "out", "--seed", "8", status=2)
        self.assertIn("--force", err)
        self.assertEqual((self.folder / "out" / "results.h5").read_bytes(), before)
        self.run_small("--seed", "8", "--force")
        self.assertNotEqual((self.folder / "out" / "results.h5").read_bytes(), before)

    def test_results_go_to_results_name_unasked(self):
        self.demarche("run", SMALL, "--no-figures", "--replicates", "2")
        self.assertTrue((self.folder / "results" / "small" / "results.h5").is_file())

    def test_a_dry_run_leaves_no_trace(self):
        out, _ = self.demarche("run", SMALL, "--dry-run", "-o", "out")
        self.assertIn("centralized", out)
        self.assertIn("out", out)
        self.assertEqual(list(self.folder.iterdir()), [])
        self.assertTrue(self.json("run", SMALL, "--dry-run")["dry_run"])

    def test_what_cannot_fit_is_refused_with_its_estimate(self):
        _, err = self.demarche("run", SMALL, "--set", "audience.actors=4000000000", "-o", "out", status=2)
        self.assertRegex(err, r"needs about .* (GiB|TiB)")
        self.assertFalse((self.folder / "out").exists())

    def test_figures_are_drawn_or_missed_with_a_warning(self):
        _, err = self.demarche("run", SMALL, "-o", "out", "--replicates", "3")
        if "warning: figures" not in err:
            names = {p.suffix for p in (self.folder / "out" / "figures").iterdir()}
            self.assertEqual(names, {".svg", ".png", ".pdf"})
            self.assertTrue((self.folder / "out" / "report.html").is_file())

    def test_values_are_set_from_the_command_line(self):
        checked = self.json("check", SMALL, "--set", "audience.actors=500", "--regime", "instant")
        self.assertEqual(checked["actors"], 500)
        self.assertEqual(list(checked["regimes"]), ["instant"])

    def test_tables_are_exported(self):
        self.run_small("--replicates", "3")
        out, _ = self.demarche("export", "out")
        self.assertEqual(out, (self.folder / "out" / "comparison.csv").read_text())
        self.demarche("export", "out/results.h5", "--csv", "tables")
        rows = (self.folder / "tables" / "values.csv").read_text().splitlines()
        self.assertEqual(rows[0], "regime,replicate,measure,unit,value")
        self.demarche("export", "out", "--csv", "tables", status=2)


class Networks(Case):
    def test_what_is_built_reads_back_as_the_same(self):
        built = self.json("network", "build", "erdos-renyi", "--actors", "300", "--mean-degree", "6", "-o", "ties.txt")
        info = self.json("network", "info", "ties.txt")
        self.assertEqual(built["ties"], info["ties"])
        self.demarche("network", "build", "line", "--actors", "5", "-o", "ties.txt", status=2)
        kept = self.json("network", "import", "ties.txt", "-o", "again.txt")
        self.assertEqual(kept["ties"], info["ties"])

    def test_a_network_file_holds_what_a_list_of_ties_does(self):
        wanted = ("network", "build", "country-blocks", "--sizes", "300,200", "--mean-degree", "6")
        built = self.json(*wanted, "-o", "ties.dnet")
        self.demarche(*wanted, "--implicit", "yes", "-o", "implicit.dnet")
        files = [(self.folder / name).read_bytes() for name in ("ties.dnet", "implicit.dnet")]
        self.assertEqual(*files)
        self.demarche("network", "import", "ties.dnet", "-o", "ties.txt")
        self.demarche("network", "import", "ties.txt", "-o", "again.dnet")
        infos = [self.json("network", "info", name) for name in ("ties.dnet", "ties.txt", "again.dnet")]
        self.assertEqual(infos[0], infos[2])
        self.assertEqual(infos[0]["ties"], built["ties"])
        self.assertEqual(infos[1]["ties"], built["ties"])
        implicit = self.json("network", "info", *wanted[3:], "--kind", wanted[2], "--implicit", "yes")
        self.assertEqual(implicit["ties"], built["ties"])
        self.demarche(*wanted, "-o", "ties.dnet", status=2)
        self.demarche(*wanted, "--implicit", "yes", "-o", "other.txt", status=2)
        (self.folder / "ties.dnet").write_bytes(files[0][:-1])
        self.demarche("network", "info", "ties.dnet", status=2)
        giant = ("network", "info", "--kind", "country-blocks", "--sizes", "4000000000,200000000")
        self.demarche(*giant, status=2)

    def test_a_run_of_a_network_file_can_be_reproduced(self):
        self.demarche("network", "build", "erdos-renyi", "--actors", "300", "--mean-degree", "6", "-o", "ties.dnet")
        self.demarche("run", SMALL, "--network", "ties.dnet", "-o", "out", "--no-figures")
        self.assertTrue(self.json("reproduce", "out")["reproduced"])
        self.demarche("network", "build", "star", "--actors", "300", "-o", "ties.dnet", "--force")
        self.demarche("reproduce", "out", status=2)

    def test_a_known_network_is_described_rightly(self):
        info = self.json("network", "info", "--kind", "ring", "--actors", "12", "--degree", "4")
        self.assertEqual((info["actors"], info["ties"]), (12, 48))
        self.assertAlmostEqual(info["spectral_radius"]["value"], 4, places=6)
        self.assertAlmostEqual(info["clustering"]["local"], 0.5)
        self.assertEqual(info["components"]["weak"], 1)


class Stories(Case):
    def test_a_story_is_told_for_every_regime(self):
        told = self.json("trace", SMALL, "--replicate", "2", "--message", "first-error")
        self.assertTrue(told["error"])
        self.assertEqual(len(told["regimes"]), 4)
        for story in told["regimes"]:
            hours = [m["hours"] for m in story["moments"]]
            self.assertEqual(hours, sorted(hours))
        self.assertIn("under instant it came out", told["comparison"])
        self.demarche("trace", SMALL, "--message", "1000000", status=2)

    def test_theory_speaks_where_its_conditions_hold(self):
        star = ROOT / "scenarios" / "validation" / "d7-star.yaml"
        predictions = self.json("theory", star, "--replicates", "2000")["predictions"]
        self.assertTrue(predictions and all(p["holds"] for p in predictions))


if __name__ == "__main__":
    unittest.main()
