"""The Python package: damage, statistics, figures, report. Run: FILE write_sample_results"""

import html.parser
import math
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

SKIPPED = 77
try:
    import h5py  # noqa: F401
    import matplotlib  # noqa: F401
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(SKIPPED)

from demarche import DamagedFile, open_results
from demarche.figures import _middle_and_band, _moment, write_figures
from demarche.report import _estimate, report_text
from demarche.statistics import Mean, holm, proportion, student_quantile, student_tail
from demarche.style import COLOURS, DASH, TWIN, clean, looks, spread

WRITER = sys.argv.pop()


class Sample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        cls.path = cls.folder / "results.h5"
        subprocess.run([WRITER, cls.path, "8", "6"], check=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)


class Opening(Sample):
    def test_holds_what_was_written(self):
        results = open_results(self.path)
        self.assertEqual(results.seed, 18446744073709551557)
        self.assertEqual(results.values.shape, (8, 6, 3))
        self.assertEqual(results.regimes[1], "presumed-competence")
        self.assertEqual(results.measure_better, ["lower", "higher", "lower"])
        self.assertEqual(list(results.curves)[2], "publication-delay-distribution")
        self.assertEqual(results.curves["unique-reach-over-time"].axis, "time")
        self.assertTrue(np.isnan(results.values[5, :, 0]).all())
        self.assertEqual(results.versions["HDF5"], "1.10.8")

    def test_refuses_damage(self):
        good = self.path.read_bytes()
        bad = self.folder / "bad.h5"
        flipped = bytearray(good)
        flipped[len(good) // 2] ^= 1
        for damaged in (bytes(flipped), good[:-1], good[:100], b"", good + b"x"):
            bad.write_bytes(damaged)
            with self.assertRaises(DamagedFile):
                open_results(bad)
        command = [sys.executable, "-B", "-m", "demarche", "figures", bad, "--out", self.folder / "none"]
        run = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(run.returncode, 2)
        self.assertIn("does not end with the checksum", run.stderr)
        self.assertFalse((self.folder / "none").exists())


class Statistics(unittest.TestCase):
    def test_student(self):
        self.assertAlmostEqual(student_quantile(3), 3.182446305284263, places=10)
        self.assertAlmostEqual(student_quantile(199), 1.971956544249395, places=9)
        self.assertAlmostEqual(student_tail(2 * math.sqrt(3), 2), 0.0741799, places=6)

    def test_means(self):
        mean = Mean([1, 2, 3, 6, math.nan])
        self.assertEqual((mean.n, mean.mean), (4, 3))
        self.assertAlmostEqual(mean.hi - 3, 3.182446305284263 * math.sqrt(14 / 3) / 2, places=9)
        self.assertTrue(Mean([0, 0, 0]).identical)
        self.assertFalse(Mean([0, 0, 0]).told_apart)
        self.assertEqual(proportion([0] * 200).hi, 0.015)
        self.assertAlmostEqual(proportion([1] * 5 + [0] * 15).hi, 0.468701, places=6)

    def test_holm(self):
        np.testing.assert_allclose(holm([0.01, 0.04, math.nan, 0.03, 0.005]), [0.03, 0.06, math.nan, 0.06, 0.02])


class Style(unittest.TestCase):
    def test_labels_keep_apart_and_in_order(self):
        rng = np.random.default_rng(1)
        for _ in range(300):
            wanted = list(rng.choice(rng.random(4), rng.integers(1, 9)))
            places = spread(wanted, 0.1, 0.0, 1.0)
            order = sorted(places)
            self.assertTrue(all(b - a > 0.0999 for a, b in zip(order, order[1:])), places)
            self.assertGreaterEqual(order[0], -1e-9)
            self.assertLessEqual(order[-1], 1 + 1e-9)
            for a, x in enumerate(wanted):
                for b, y in enumerate(wanted):
                    self.assertTrue(x >= y or places[a] < places[b])
        self.assertEqual(spread([0.2, 0.8], 0.1, 0, 1), [0.2, 0.8])

    def test_a_variant_by_number_has_a_darker_shade(self):
        names = ["centralized", "presumed-competence", "silence", "centralized-73", "presumed-73", "centralized-200"]
        given = looks(names)
        self.assertEqual([c for c, _ in given[:3]] + [given[5][0]], COLOURS[:4])
        self.assertEqual([line for _, line in given], ["-", "-", "-", TWIN, TWIN, "-"])
        self.assertEqual(given[3][0], "#003959")
        self.assertEqual(len({c for c, _ in given}), 6)
        self.assertNotEqual(TWIN, DASH)
        for alone in (["a-1", "a-2"], ["presumed-73", "presumed-x", "presumed-y"], ["", "-1", "1"], ["a-1", "a-1-2"]):
            self.assertNotIn(looks(alone)[0][1], [TWIN])
        self.assertEqual(len(set(looks([f"r{i}" for i in range(16)]))), 16)

    def test_control_characters_show(self):
        self.assertEqual(clean("a\x1b[0m\u202eb"), "a\\x1b[0m\\x202eb")


class Figures(Sample):
    def test_same_results_same_bytes(self):
        results = open_results(self.path)
        first = write_figures(results, self.folder / "one")
        second = write_figures(open_results(self.path), self.folder / "two")
        self.assertEqual({p.name for p in first} >= {f"reach-over-time.{f}" for f in ("svg", "png", "pdf")}, True)
        self.assertEqual(len(first), 9)
        for a, b in zip(first, second):
            self.assertEqual(a.read_bytes(), b.read_bytes(), a.name)
        for path in first:
            if path.suffix == ".svg":
                xml.parse(path)

    def test_hostile_names_and_absent_values(self):
        results = open_results(self.path)
        results.regimes = ["$\\frac{1}{0}$", "</text><script>", "\x00\x1b", "", "x" * 500, "外交", "&amp;", "_^{"]
        results.scenario = "$x^2$ \\LaTeX {" * 20
        for curve in results.curves.values():
            curve.values[0] = np.nan
            curve.values[1, 0] = np.nan
        for path in write_figures(results, self.folder / "hostile", ["svg"]):
            self.assertNotIn(b"<script", path.read_bytes())
            xml.parse(path)

    def test_middle_and_band_with_and_without_gaps(self):
        values = np.arange(33.0).reshape(11, 3)
        for got, wanted in zip(_middle_and_band(values), ([15, 16, 17], [3, 4, 5], [27, 28, 29])):
            np.testing.assert_allclose(got, wanted)
        values[10, 1] = values[:, 2] = np.nan
        middle, low, _ = _middle_and_band(values)
        np.testing.assert_allclose(middle, [15, 14.5, np.nan])
        self.assertTrue(np.isnan(low[2]))

    def test_starts_in_words(self):
        self.assertEqual(_moment("2013-04-08T04:00:00Z"), "8 April 2013, 04:00 UTC")
        self.assertEqual(_moment(""), "the start")
        self.assertEqual(_moment("\x1b now"), "\\x1b now")

    def test_one_regime_and_nothing_reached(self):
        results = open_results(self.path)
        results.regimes = results.regimes[5:6]
        for curve in results.curves.values():
            curve.values = curve.values[5:6] * 0
        write_figures(results, self.folder / "single", ["svg"])


class Parser(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.ids = set(), set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.ids += [value for name, value in attributes if name == "id"]


class Report(Sample):
    def test_loads_and_runs_nothing(self):
        results = open_results(self.path)
        results.regimes[0] = "<img src=x onerror=alert(1)>"
        results.regime_summaries[0] = "</li><script>alert(1)</script>"
        results.measure_labels[0] = '"><svg onload=alert(1)>'
        results.measure_units[0] = "<b>"
        results.scenario_text = "</pre><script>alert(1)</script>\n"
        results.question = "<a href=javascript:alert(1)>\u2028"
        results.versions = {"<i>": "<i>"}
        text = report_text(results)
        parser = Parser()
        parser.feed(text)
        self.assertFalse(parser.tags & {"script", "img", "iframe", "object", "embed", "link", "a", "b>", "i", "base"})
        self.assertFalse({a for a in parser.attributes if a.startswith("on")} | (parser.attributes & {"style", "src"}))
        self.assertEqual(len(parser.ids), len(set(parser.ids)))
        self.assertIn("default-src 'none'", text)
        for target in re.findall(r'(?:url\(|href=")#([^")]+)', text):
            self.assertIn(target, parser.ids)
        self.assertNotIn("\u2028", text)

    def test_says_what_a_reader_needs(self):
        text = report_text(open_results(self.path))
        for needed in ("Who reaches more people in time?", "Time from opportunity to publication", "better", "What was assumed",
                       "18446744073709551557", "presumed-competence", "same", "name: made up"):  # fmt: skip
            self.assertIn(needed, text)
        self.assertEqual(text.count("<svg"), 3)

    def test_the_command_writes_it(self):
        out = self.folder / "report.html"
        command = [sys.executable, "-B", "-m", "demarche", "report", self.path, "--out", out]
        subprocess.run(command, check=True, capture_output=True)
        once = out.read_bytes()
        subprocess.run(command, check=True, capture_output=True)
        self.assertEqual(out.read_bytes(), once)
        self.assertEqual(once.decode(), report_text(open_results(self.path)))
        both = [sys.executable, "-B", "-m", "demarche", "figures", self.path, "--out", self.folder / "all"]
        both += ["--format", "png", "--report", self.folder / "both.html"]
        subprocess.run(both, check=True, capture_output=True)
        self.assertEqual((self.folder / "both.html").read_bytes(), once)
        self.assertEqual({p.suffix for p in (self.folder / "all").iterdir()}, {".png"})
        for path in (self.folder / "all").iterdir():
            self.assertLess(path.stat().st_size, 400_000, path.name)

    def test_results_without_curves(self):
        path, out = self.folder / "bare.h5", self.folder / "bare"
        subprocess.run([WRITER, path, "3", "6", "bare"], check=True)
        command = [sys.executable, "-B", "-m", "demarche", "figures", path, "--out", out, "--report", self.folder / "bare.html"]
        run = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertFalse(out.exists())
        self.assertIn("nothing to draw", (self.folder / "bare.html").read_text())

    def test_every_time_has_the_unit_of_its_size(self):
        self.assertEqual(_estimate(Mean([0.8, 0.8]), "h"), ("48.0 min", "48.0 to 48.0"))
        self.assertEqual(_estimate(Mean([214, 216, 215]), "h")[0], "8.96 d")
        self.assertEqual(_estimate(Mean([-1.0, 1.0]), "h", signed=True)[0], "0 h")
        self.assertEqual(_estimate(Mean([0.0, 0.0]), "h")[0], "0 h")
        self.assertEqual(_estimate(Mean([0.5, 0.5]), "share", signed=True)[0], "+50.0 pp")


if __name__ == "__main__":
    unittest.main()
