"""scripts/check-readme: what it runs, what it calls true, and that it says no."""
import pathlib
import subprocess
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "check-readme"


def document(commands, shown=None, options=""):
    text = f"# Title\n\n<!-- test{options} -->\n```sh\n{commands}\n```\n"
    if shown is not None:
        text += f"\nprints\n\n```text\n{shown}\n```\n"
    return text + "<!-- /test -->\n"


class CheckReadme(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.file = pathlib.Path(self.folder.name, "page.md")

    def tearDown(self):
        self.folder.cleanup()

    def check(self, text, *options):
        self.file.write_text(text, encoding="utf-8")
        done = subprocess.run([SCRIPT, *options, self.file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        return done.returncode, done.stderr

    def test_true_output_passes(self):
        self.assertEqual(self.check(document("echo one\necho two", "one\ntwo"))[0], 0)

    def test_other_output_fails_with_the_difference(self):
        status, said = self.check(document("echo two", "one"))
        self.assertEqual(status, 1)
        self.assertIn("page.md:4:", said)
        self.assertIn("-one\n+two", said)

    def test_a_failing_command_fails_even_without_output(self):
        status, said = self.check(document("echo why >&2; false; true"))
        self.assertEqual(status, 1)
        self.assertIn("why", said)

    def test_an_expected_status_and_stderr(self):
        self.assertEqual(self.check(document("echo no >&2; exit 2", "no", " exit=2 stderr"))[0], 0)
        self.assertEqual(self.check(document("echo no >&2; exit 1", "no", " exit=2 stderr"))[0], 1)

    def test_gaps_stand_for_any_text_but_only_there(self):
        self.assertEqual(self.check(document("seq 9; echo took 3 s", "1\n...\n8\n9\ntook [...] s"))[0], 0)
        self.assertEqual(self.check(document("seq 9", "1\n...\n7\n9"))[0], 1)
        self.assertEqual(self.check(document("seq 9", "1\n..."))[0], 0)
        self.assertEqual(self.check(document("echo a.c", "abc"))[0], 1)

    def test_blocks_share_a_folder_that_sees_the_project(self):
        text = document("test -f LICENSE && echo kept > note") + document("cat note", "kept")
        self.assertEqual(self.check(text)[0], 0)
        self.assertFalse((SCRIPT.parent.parent / "note").exists())

    def test_commands_outside_the_markers_are_not_run(self):
        text = "```sh\nfalse\n```\n" + document("true")
        self.assertEqual(self.check(text)[0], 0)
        self.assertEqual(self.check("```sh\nfalse\n```\n")[0], 77)

    def test_unpaired_markers_are_refused(self):
        self.assertEqual(self.check("<!-- test -->\n```sh\ntrue\n```\n")[0], 1)
        self.assertEqual(self.check("<!-- /test -->\n")[0], 1)
        self.assertEqual(self.check(document("true", options=" exit"))[0], 1)

    def test_update_writes_what_was_printed(self):
        status, _ = self.check(document("seq 3", "old") + document("echo b", "older"), "--update")
        self.assertEqual(status, 0)
        self.assertEqual(self.file.read_text(encoding="utf-8"), document("seq 3", "1\n2\n3") + document("echo b", "b"))


if __name__ == "__main__":
    unittest.main()
