"""What a run is said to need before it starts, against what it takes: the child's peak resident size.

The estimate is for refusing what cannot fit, so it may be off by 25 % either way (P6); beyond that it either turns
away runs that would fit or lets in runs that do not.
"""
import json
import unittest

from driver import TWINS, Case

SCENARIO = """\
demarche: 1
name: memory
seed: 3
replicates: 2
time: {{start: 2013-01-07, horizon: {days} d, cool-down: 1 d, resolution: 1 min}}
ministry: {{missions: {{count: 3}}, accounts: 3, office: {{hours: 09:00-17:00, days: mon-fri}}}}
audience: {{actors: {actors}, ties: {{kind: erdos-renyi, mean-degree: {degree}}}}}
channels:
  twitter: {{preset: twitter, access: 100 %, visibility: 5 %, share: 1 %}}
stimuli:
  drafts: {{kind: routine, rate: 2 per day, half-life: 1 d}}
regimes:
  one: {{preset: silence}}
  other: {{preset: instant}}
"""
# actors, ties an actor, threads: from a process that is nearly all program up to 80 MB of network
SIZES = [(20_000, 10, 1), (100_000, 60, 1), (400_000, 10, 2), (1_000_000, 20, 1)]
TOLERANCE = 0.25


class Memory(Case):
    def peak_of(self, *words):
        """Peak resident bytes of the program, from its own log."""
        self.demarche("run", *words, "--no-figures", "--quiet", "--force", "-o", "out")
        return json.loads((self.folder / "out" / "run-log.json").read_text())["peak_memory_bytes"]

    def off(self, what, *words, at_most=False):
        estimate = json.loads(self.demarche("run", *words, "--dry-run", "--json")[0])["memory_bytes"]
        peak = self.peak_of(*words)
        print(f"{what}: {estimate / 1e6:.1f} MB said, {peak / 1e6:.1f} MB taken, {peak / estimate - 1:+.0%}")
        too_low = not at_most and peak < (1 - TOLERANCE) * estimate
        return [what] if too_low or peak > (1 + TOLERANCE) * estimate else []

    def test_resident_size_is_within_a_quarter_of_the_estimate(self):
        wrong = []
        for actors, degree, threads in SIZES:
            path = self.folder / "memory.yaml"
            path.write_text(SCENARIO.format(actors=actors, degree=degree, days=4))
            wrong += self.off(f"{actors:,} actors with {degree} ties on {threads}", path, "--threads", threads)
        # many messages that many see, under eight regimes; on two threads the second may come when all is done, on a
        # busy machine, and touch nothing: then the estimate is what may be taken at most
        for threads in (1, 2):
            wrong += self.off(f"canada-uk-2013 on {threads}", "canada-uk-2013", "--replicates", "2", "--threads", threads,
                              at_most=threads > 1)
        self.assertEqual(wrong, [])

    def test_the_size_of_who_starts_it_does_not_count(self):
        ballast = bytearray(b"x") * 200_000_000
        self.assertLess(self.peak_of(TWINS), 100e6)
        del ballast


if __name__ == "__main__":
    unittest.main()
