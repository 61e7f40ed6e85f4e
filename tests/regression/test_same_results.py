"""The same results whatever the circumstances, and the digests of committed scenarios.

test_same_results.py --update writes golden/*.json anew.
"""
import csv
import json
import shutil
import sys
import unittest

from driver import HERE, TWINS, Case

GOLDEN = HERE / "golden"


class Digests(Case):
    def test_threads_do_not_show(self):
        digests = {self.run_small("--threads", n, "--force")["digest"] for n in (1, 2, 8)}
        self.assertEqual(len(digests), 1)

    def test_files_are_byte_identical(self):
        self.run_small("-o", "one", "--threads", "1")
        self.run_small("-o", "two", "--threads", "8")
        for name in ("results.h5", "comparison.csv", "scenario.yaml"):
            self.assertEqual((self.folder / "one" / name).read_bytes(), (self.folder / "two" / name).read_bytes(), name)

    def test_a_regime_alone_is_the_regime_among_others(self):
        together = self.run_small()["regime_digests"]
        for regime in ("centralized", "instant"):
            alone = self.run_small("--regime", regime, "--force")["regime_digests"]
            self.assertEqual(alone, {regime: together[regime]})

    def test_implicit_ties_give_what_stored_ones_do(self):
        digests = []
        for implicit in ("false", "true"):
            ties = "audience.ties={kind: country-blocks, mean-degree: 9, implicit: %s}" % implicit
            words = ("--set", ties, "--set", "channels.twitter.access=1", "-o", implicit)
            digests.append(self.run_small(*words)["regime_digests"])
        self.assertEqual(*digests)

    def test_figures_change_nothing(self):
        without = self.run_small("--replicates", "3")["digest"]
        with_them = self.json("run", HERE / "scenarios" / "small.yaml", "--replicates", "3", "-o", "drawn")["digest"]
        self.assertEqual(without, with_them)

    def test_fewer_replicates_are_a_prefix_of_more(self):
        values = {}
        for n in (5, 10):
            self.run_small("--replicates", n, "-o", f"r{n}")
            self.demarche("export", f"r{n}", "--csv", f"t{n}")
            with open(self.folder / f"t{n}" / "values.csv") as table:
                values[n] = [row for row in csv.DictReader(table) if int(row["replicate"]) < 5]
        self.assertEqual(values[5], values[10])

    def test_a_regime_under_another_name_differs_by_exactly_nothing(self):
        document = self.json("run", TWINS, "--no-figures", "-o", "out")
        digests = set(document["regime_digests"].values())
        self.assertEqual(len(digests), 1)
        for measure in document["measures"].values():
            for difference in measure["differences"]:
                if difference["n"] > 0:
                    self.assertEqual((difference["mean"], difference["lo"], difference["hi"]), (0, 0, 0))

    def test_the_resolved_scenario_is_the_scenario(self):
        first = self.run_small()
        again = self.json("run", "out/scenario.yaml", "--no-figures", "-o", "again")
        self.assertEqual(first["digest"], again["digest"])

    def test_another_seed_is_another_result(self):
        self.assertNotEqual(self.run_small("--seed", "1")["digest"], self.run_small("--seed", "2", "--force")["digest"])


def digests_of(case, scenario):
    document = case.json("run", scenario, "--no-figures", "--quiet", "-o", "golden", "--force")
    return {"digest": document["digest"], "regime_digests": document["regime_digests"]}


class Golden(Case):
    def test_committed_digests_hold(self):
        for scenario in sorted((HERE / "scenarios").glob("*.yaml")):
            known = GOLDEN / f"{scenario.stem}.json"
            found = digests_of(self, scenario)
            if UPDATE:
                known.write_text(json.dumps(found, indent=2) + "\n")
            self.assertEqual(found, json.loads(known.read_text()),
                             f"{scenario.name}: results changed; where that is meant: test_same_results.py --update")


class Reproducing(Case):
    def test_a_results_file_says_all_that_it_needs(self):
        shutil.copytree(HERE / "scenarios", self.folder / "scenarios")
        self.demarche("run", "scenarios/small.yaml", "--no-figures", "-o", "out", "--replicates", "4", "--set",
                      "errors.rate=20 %")
        shutil.rmtree(self.folder / "scenarios")
        told = self.json("reproduce", "out")
        self.assertTrue(told["reproduced"])
        self.assertEqual(told["digest"], told["stored_digest"])

    def test_files_from_outside_travel_with_the_results(self):
        (self.folder / "data").mkdir()
        (self.folder / "data" / "ties.txt").write_text("".join(f"{i} {(i * 7 + 1) % 50}\n" for i in range(50)))
        self.demarche("run", TWINS, "--network", "data/ties.txt", "--no-figures", "-o", "out")
        shutil.rmtree(self.folder / "data")
        self.assertTrue(self.json("reproduce", "out")["reproduced"])


UPDATE = "--update" in sys.argv
if UPDATE:
    sys.argv.remove("--update")
if __name__ == "__main__":
    unittest.main()
