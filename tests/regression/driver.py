"""Runs the built program for tests. The program's path stands in the variable DEMARCHE."""
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = os.environ.get("DEMARCHE", str(ROOT / "build/release/output/cli/demarche"))
SMALL = str(HERE / "scenarios" / "small.yaml")
TWINS = str(HERE / "scenarios" / "twins.yaml")


class Case(unittest.TestCase):
    """Each test has an empty folder of its own and leaves nothing behind."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="demarche-test-")
        self.folder = pathlib.Path(self._folder.name)
        self.addCleanup(self._folder.cleanup)

    def start(self, *words, **how):
        how.setdefault("stdout", subprocess.PIPE)
        how.setdefault("stderr", subprocess.PIPE)
        return subprocess.Popen([PROGRAM, *map(str, words)], cwd=self.folder, text=True, **how)

    def demarche(self, *words, status=0, **how):
        process = self.start(*words, **how)
        out, err = process.communicate(timeout=120)
        self.assertEqual(process.returncode, status, f"{words}\n{out}\n{err}")
        return out or "", err or ""

    def json(self, *words, **how):
        return json.loads(self.demarche(*words, "--json", **how)[0])

    def run_small(self, *words, **how):
        """`run` of the small scenario into the folder `out`, or where -o says, without figures."""
        where = () if "-o" in words else ("-o", "out")
        return self.json("run", SMALL, "--no-figures", "--quiet", *where, *words, **how)

    def wait_for(self, condition, process, seconds=60):
        """Until the condition holds; fails where the process ends before."""
        end = time.monotonic() + seconds
        while not condition():
            self.assertIsNone(process.poll(), "ended too early")
            self.assertLess(time.monotonic(), end, "took too long")
            time.sleep(0.01)


def cpu_seconds(process):
    """What a running process has used so far."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
