"""scripts/setup with stand-ins for dpkg-query, apt-get, sudo and id: what it says, asks for and remembers."""
import os
import pathlib
import shutil
import stat
import subprocess
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"
TOOLS = "awk bash basename cat cksum dirname env mkdir readlink rm tail touch".split()


class Setup(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        (self.root / "scripts").mkdir()
        (self.root / "bin").mkdir()
        shutil.copy(SCRIPTS / "setup", self.root / "scripts" / "setup")
        (self.root / "scripts" / "packages-run.txt").write_text("# a list\nalpha  first\nbeta   second\n", encoding="utf-8")
        (self.root / "status").touch()
        os.utime(self.root / "status", (1, 1))
        for tool in TOOLS:
            (self.root / "bin" / tool).symlink_to(shutil.which(tool))
        self.stand_in("dpkg-query", 'echo "query" >> "$LOG"; echo "alpha installed"; [ ! -e "$LOG.beta" ] || echo "beta installed"')
        self.stand_in("apt-get", 'echo "apt-get $*" >> "$LOG"; case "$*" in *install*) touch "$LOG.beta";; esac')
        self.stand_in("id", "echo 0")

    def tearDown(self):
        self.folder.cleanup()

    def stand_in(self, name, body):
        file = self.root / "bin" / name
        file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)

    def run_setup(self, *arguments):
        env = {"PATH": str(self.root / "bin"), "LOG": str(self.root / "log"), "DEMARCHE_DPKG_STATUS": str(self.root / "status")}
        done = subprocess.run(
            [self.root / "scripts" / "setup", *arguments], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False
        )
        self.assertEqual(done.stdout, "")
        return done.returncode, done.stderr

    def log(self):
        log = self.root / "log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def test_installs_only_what_is_missing_and_says_so(self):
        status, said = self.run_setup("run")
        self.assertEqual(status, 0)
        self.assertIn("installing 1 Debian packages", said)
        self.assertIn("install -y --no-install-recommends beta\n", self.log())
        self.assertNotIn("alpha", self.log())

    def test_is_quiet_and_asks_nobody_when_all_is_there(self):
        self.run_setup("run")
        asked = self.log()
        self.assertEqual(self.run_setup("run"), (0, ""))
        self.assertEqual(self.log(), asked)

    def test_asks_again_when_packages_or_list_changed(self):
        self.run_setup("run")
        os.utime(self.root / "status", None)
        asked = self.log().count("query")
        self.assertEqual(self.run_setup("run"), (0, ""))
        self.assertEqual(self.log().count("query"), asked + 1)
        with open(self.root / "scripts" / "packages-run.txt", "a", encoding="utf-8") as file:
            file.write("gamma  third\n")
        self.assertIn("gamma", self.run_setup("run")[1])

    def test_without_root_and_sudo_it_gives_the_line_to_run(self):
        self.stand_in("id", "echo 1000")
        status, said = self.run_setup("run")
        self.assertEqual(status, 1)
        self.assertIn("apt-get install -y --no-install-recommends beta", said)
        self.assertNotIn("install", self.log())

    def test_uses_sudo_where_it_may(self):
        self.stand_in("id", "echo 1000")
        self.stand_in("sudo", 'echo "sudo" >> "$LOG"; [ "$1" != -n ] || shift; exec "$@"')
        (self.root / "bin" / "true").symlink_to(shutil.which("true"))
        self.assertEqual(self.run_setup("run")[0], 0)
        self.assertIn("sudo", self.log())
        self.assertIn("install -y --no-install-recommends beta\n", self.log())

    def test_a_failing_apt_get_is_told_with_its_own_words(self):
        self.stand_in("apt-get", 'echo "E: no such thing" >&2; exit 100')
        status, said = self.run_setup("run")
        self.assertEqual(status, 1)
        self.assertIn("E: no such thing", said)
        self.assertIn("apt-get install -y --no-install-recommends beta", said)
        self.assertIn("installing", self.run_setup("run")[1])

    def test_an_unknown_list_is_refused(self):
        self.assertEqual(self.run_setup("nonsense")[0], 2)


if __name__ == "__main__":
    unittest.main()
