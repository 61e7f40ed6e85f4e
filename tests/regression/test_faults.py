"""Signals, other writers, full disks and damaged files: nothing is lost or half-written, and statuses tell."""
import fcntl
import os
import resource
import signal
import unittest

from driver import SMALL, Case, cpu_seconds

LONG = ("run", SMALL, "--replicates", "200000", "--no-figures", "-o", "out")


class Signals(Case):
    def stopped_by(self, number):
        process = self.start(*LONG)
        self.wait_for(lambda: cpu_seconds(process) > 1, process)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 128 + number, err)
        return out, err

    def test_the_first_signal_keeps_what_is_finished(self):
        _, err = self.stopped_by(signal.SIGINT)
        self.assertIn("--force", err)
        self.assertIn("--replicates 200000", err)
        # what was kept is a whole run of fewer replicates
        told = self.json("reproduce", "out/results.h5")
        self.assertTrue(told["reproduced"])

    def test_sigterm_is_143(self):
        self.stopped_by(signal.SIGTERM)
        self.assertTrue((self.folder / "out" / "results.h5").is_file())

    def test_the_second_signal_ends_at_once(self):
        process = self.start(*LONG)
        self.wait_for(lambda: cpu_seconds(process) > 0.3, process)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
        self.assertIn(process.returncode, (130, 143))
        self.assertEqual([p.name for p in (self.folder / "out").iterdir() if p.suffix == ".partial"], [])


class Writers(Case):
    def held(self):
        folder = self.folder / "out"
        if not folder.is_dir():
            return False
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)

    def test_the_second_writer_is_refused_before_it_writes(self):
        process = self.start(*LONG)
        self.wait_for(self.held, process)
        _, err = self.demarche(*LONG, status=75)
        self.assertIn("in use", err)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


class Disks(Case):
    def test_a_write_error_leaves_no_half_file_and_is_told(self):
        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))

        _, err = self.demarche("run", SMALL, "--no-figures", "-o", "out", status=1, preexec_fn=small_files)
        self.assertIn("results.h5", err)
        self.assertEqual(list((self.folder / "out").iterdir()), [])
        self.run_small()

    def test_a_folder_that_cannot_be_made_is_told(self):
        (self.folder / "file").write_text("")
        _, err = self.demarche("run", SMALL, "-o", "file", status=2)
        self.assertIn("file", err)
        _, err = self.demarche("run", SMALL, "-o", "file/below", status=1)
        self.assertIn("file/below", err)


class Damage(Case):
    def test_damaged_results_are_refused(self):
        self.run_small("--replicates", "3")
        path = self.folder / "out" / "results.h5"
        whole = path.read_bytes()
        for damaged in (whole[: len(whole) // 2], whole[:2000] + b"x" + whole[2001:], b"", b"\0" * 4096):
            path.write_bytes(damaged)
            for command in (["reproduce", path], ["export", path], ["report", path, "-o", "elsewhere"]):
                _, err = self.demarche(*command, status=2)
                self.assertIn("results.h5", err)
        self.assertFalse((self.folder / "elsewhere").exists())


if __name__ == "__main__":
    unittest.main()
