"""That h5py, xarray, netCDF4 and ncdump open a results file and find named coordinates. Run: FILE write_sample_results"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SKIPPED = 77
try:
    import h5py
    import numpy as np
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(SKIPPED)

WRITER = sys.argv.pop()


class Formats(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.path = os.path.join(cls.folder, "results.h5")
        subprocess.run([WRITER, cls.path, "3", "7"], check=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_h5py(self):
        with h5py.File(self.path, "r") as file:
            values = file["values"]
            self.assertEqual(values.shape, (3, 7, 3))
            self.assertEqual([values.dims[i][0].name for i in range(3)], ["/regime", "/replicate", "/measure"])
            self.assertEqual(file["regime"].asstr()[0], "centralized")
            self.assertEqual(file["measure_unit"].asstr()[0], "h")
            self.assertEqual(int(file.attrs["seed_hex"], 16), 18446744073709551557)
            self.assertEqual(file["unique-reach-over-time"].shape, (3, 7, 169))

    def test_xarray(self):
        try:
            import xarray
        except ImportError as missing:
            self.skipTest(str(missing))
        engines = {}
        for engine, module in (("netcdf4", "netCDF4"), ("h5netcdf", "h5netcdf")):
            try:
                __import__(module)
                engines[engine] = xarray.open_dataset(self.path, engine=engine)
            except ImportError:
                pass
        if not engines:
            self.skipTest("neither netCDF4 nor h5netcdf is here")
        for engine, data in engines.items():
            with self.subTest(engine=engine), data:
                self.assertEqual(data["values"].dims, ("regime", "replicate", "measure"))
                chosen = data["values"].sel(regime="centralized", measure="unique-reach")
                self.assertEqual(chosen.shape, (7,))
                self.assertTrue(np.isfinite(chosen).all())
                self.assertEqual(data["unique-reach-over-time"].dims, ("regime", "replicate", "time"))
                self.assertEqual(str(data["time"].values[1])[:16], "2013-04-08T02:00")
                self.assertEqual(data["publication-delay-distribution"].dims[2], "delay")
                self.assertEqual(data["delay"].dtype.kind, "f")
                self.assertEqual(data.attrs["Conventions"], "CF-1.8")
                self.assertIn("Canada", data.attrs["title"])
                self.assertEqual(len(data.attrs["digest"]), 64)
                self.assertEqual(str(data["measure_unit"].sel(measure="publication-delay").values), "h")

    def test_ncdump(self):
        ncdump = shutil.which("ncdump")
        if ncdump is None:
            self.skipTest("no ncdump")
        header = subprocess.run([ncdump, "-h", self.path], check=True, capture_output=True, text=True).stdout
        self.assertIn("double values(regime, replicate, measure)", header)
        self.assertIn('time:units = "hours since 2013-04-08 00:00:00"', header)


if __name__ == "__main__":
    unittest.main()
