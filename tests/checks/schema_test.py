#!/usr/bin/env python3
"""The JSON Schema that `demarche schema` prints: valid, and of one mind with the reader.

The program is $DEMARCHE or the one of build/release; without it, python3-jsonschema or python3-yaml: status 77 (skip).
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

root = pathlib.Path(__file__).resolve().parents[2]
program = os.environ.get("DEMARCHE", str(root / "build/release/output/cli/demarche"))
try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)
if not os.access(program, os.X_OK):
    print(f"skipped: there is no {program}")
    sys.exit(77)


class Loader(yaml.SafeLoader):
    """Words as the reader has them: JSON's numbers, true, false, null and ~; all else is text, dates too."""


number = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:~|null|)$"), ["~", "n", ""])
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)$"), ["t", "f"])
Loader.add_implicit_resolver("!number", re.compile(number.pattern + "$"), list("-0123456789"))
Loader.add_constructor("!number", lambda loader, node: json.loads(node.value))

# What a schema cannot see: two files of the repository, or two keys, would have to be held together.
unseen = {
    "the table of time zones": {"moment-skipped", "zone-unknown"},
    "which files exist and where": {"file-parent", "file-absolute", "table-not-csv"},
    "keys given twice, which YAML loaders let pass": {"regime-twice"},
    "lists without repetition of measures": {"measure-twice"},
    "ranges of quantities with units": {"horizon-huge"},
    "which parts of a measure a scenario has": {"unknown-part"},
    "sums": {"tiers-short", "outcomes-over-100", "tiers-61"},
    "counts of names": {"channels-17", "stimuli-61"},
    "conditions between keys": {
        "switch-nowhere", "switch-never", "switch-unknown", "switch-before", "required-6", "each-of-nothing",
        "route-unknown", "route-main", "horizon-overflow", "nothing-measured", "nobody-hears", "accounts-many",
        "missions-two-ways", "desks-many", "actor-unknown", "actor-word", "surge-of-routine", "crisis-too-late",
        "region-unknown", "hours-backwards", "ties-twice"},
}


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(subprocess.run([program, "schema"], check=True, capture_output=True).stdout)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def accepts(self, path):
        try:
            return self.validator.is_valid(yaml.load(path.read_text(encoding="utf-8"), Loader))
        except (yaml.YAMLError, ValueError):
            return False

    def test_follows_the_draft(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_accepts_every_scenario(self):
        paths = sorted((root / "scenarios").glob("*/*.yaml"))
        self.assertGreater(len(paths), 10)
        for path in paths:
            document = yaml.load(path.read_text(encoding="utf-8"), Loader)
            with self.subTest(path=path.name):
                self.assertEqual([e.message for e in self.validator.iter_errors(document)], [])

    def test_refuses_what_the_reader_refuses(self):
        excused = set().union(*unseen.values())
        refused = set()
        for folder in ("values", "keys"):
            for path in sorted((root / "tests/hostile/scenarios" / folder).glob("*.yaml")):
                if not self.accepts(path):
                    refused.add(path.stem)
                    continue
                with self.subTest(path=path.name):
                    self.assertIn(path.stem, excused, "the schema accepts what the reader refuses")
        self.assertEqual(excused & refused, set(), "the schema sees these after all: take them from the list")


if __name__ == "__main__":
    unittest.main()
