"""Plants violations of the house's directions in a temporary tree and sees scripts/check-includes refuse them."""
import pathlib
import subprocess
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "check-includes"

CLEAN = {
    "sim/base/tick.hpp": "#pragma once\n#include <cstdint>\n",
    "sim/network/network.cpp": '#include "sim/base/tick.hpp"\n#include <boost/graph/graph_traits.hpp>\n',
    "models/world.hpp": '#pragma once\n#include "sim/base/tick.hpp"\n',
    "scenarios/reader/load.cpp": '#include "models/world.hpp"\n#include <yaml-cpp/eventhandler.h>\n',
    "output/store/file.cpp": '#include "sim/base/tick.hpp"\n#include <hdf5.h>\n',
    "output/cli/main.cpp": '#include <CLI/CLI.hpp>\n#include <iostream>\n#include "models/world.hpp"\n#include "demarche_versions.hpp"\n',
}

# file, its text, a part of what must be said
VIOLATIONS = [
    ("sim/base/up.hpp", '#include "models/world.hpp"', "goes against the direction"),
    ("sim/workflow/side.cpp", '#include "sim/network/network.hpp"', "goes against the direction"),
    ("models/reads.cpp", '#include "scenarios/reader/load.hpp"', "goes against the direction"),
    ("output/tables/side.cpp", '#include "output/cli/main.hpp"', "goes against the direction"),
    ("sim/run/run.cpp", '  #  include "tick.hpp"', "no file of the project"),
    ("models/helps.cpp", '#include "tests/helper.hpp"', "belongs to no module"),
    ("models/versions.cpp", '#include "demarche_versions.hpp"', "may not be included here"),
    ("output/tables/h5.cpp", "#include <hdf5.h>", "HDF5 stays in"),
    ("output/tables/h5sub.cpp", "#include <H5Dpublic.h>", "HDF5 stays in"),
    ("models/yaml.cpp", "#include <yaml-cpp/yaml.h>", "yaml-cpp stays in"),
    ("output/cli/second.cpp", "#include <CLI/App.hpp>", "CLI11 stays in 1 file"),
    ("sim/run/parallel.cpp", "#include <tbb/parallel_for.h>", "oneTBB stays in"),
    ("sim/network/graph.hpp", "#include <boost/graph/adjacency_list.hpp>", "Boost stays in"),
    ("models/text.cpp", "#include <fmt/format.h>", "fmt stays in"),
    ("sim/base/out.cpp", "#include <iostream>", "never print"),
    ("models/disk.cpp", "#include <fstream>", "no files"),
    ("sim/spread/work.cpp", "#include <thread>", "no threads"),
    ("sim/base/luck.cpp", "#include <random>", "differ between compilers"),
    ("sim/base/mix.cpp", "void f() { std::shuffle(a, b, g); }", "std::shuffle"),
    ("sim/base/mixed.cpp", "void f() { std::ranges::shuffle(a, g); }", "std::ranges::shuffle"),
    ("models/draw.cpp", "std::normal_distribution<double> d;", "std::normal_distribution"),
    ("models/seed.cpp", "std::random_device d;", "random_device"),
    ("models/old.cpp", "int x = rand() % 6;", "rand("),
    ("sim/base/say.cpp", 'void f() { std::printf("x"); }', "never print"),
    ("sim/spread/shared.cpp", "std::atomic_ref<int> n(m);", "std::atomic_ref"),
    ("models/raw.cpp", "auto p = std::make_unique_for_overwrite<int[]>(9);", "std::make_unique_for_overwrite"),
    ("sim/base/after.cpp", "int n = 1'000; /* a */ int x = rand();", "rand("),
    ("sim/unknown/new.cpp", "int x;", "stands in no module"),
]

INNOCENT = [
    ("sim/base/comment.cpp", "// not std::shuffle, and no rand() either\n/* std::random_device\n std::cout */"),
    ("sim/base/string.cpp", 'const char* s = "std::shuffle and \\" rand(";'),
    ("sim/base/names.cpp", "int strand(int operand); int x = luck.rand(3); int y = strand(2);"),
    ("sim/base/words.cpp", "int snprintf_free; void print_nothing();"),
]


class CheckIncludes(unittest.TestCase):
    def check(self, *extra):
        with tempfile.TemporaryDirectory() as folder:
            files = {**CLEAN, "tests/helper.hpp": "", "scenarios/reader/load.hpp": "", "output/cli/main.hpp": "", "sim/network/network.hpp": ""}
            for name, text in [*files.items(), *extra]:
                file = pathlib.Path(folder, name)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text + "\n", encoding="utf-8")
            done = subprocess.run([SCRIPT, folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
            self.assertEqual(done.stdout, "")
            return done.returncode, done.stderr

    def test_a_clean_tree_passes_in_silence(self):
        self.assertEqual(self.check(), (0, ""))

    def test_each_violation_is_refused_where_it_stands(self):
        for name, text, said in VIOLATIONS:
            with self.subTest(file=name):
                status, output = self.check((name, text))
                self.assertEqual(status, 1)
                self.assertIn(f"{name}:1: ", output)
                self.assertIn(said, output)
                self.assertEqual(len(output.splitlines()), 1, output)

    def test_comments_strings_and_like_sounding_names_pass(self):
        for name, text in INNOCENT:
            with self.subTest(file=name):
                self.assertEqual(self.check((name, text)), (0, ""))

    def test_lines_are_counted_past_comments_of_many_lines(self):
        _, output = self.check(("sim/base/far.cpp", "/* one\ntwo */\nint x = rand();"))
        self.assertIn("sim/base/far.cpp:3: ", output)


if __name__ == "__main__":
    unittest.main()
