"""Opening results files. The checksum is verified before libhdf5 sees a byte."""

import hashlib
import io
from dataclasses import dataclass, field

import h5py
import numpy as np

_OPENING = b"\ndemarche sha256 "
_LINE = len(_OPENING) + 64 + 1


class DamagedFile(ValueError):
    """The file is not what was written, or never was a results file."""


@dataclass
class Curve:
    """One curve: values[regime, replicate, point] over `points` of the axis."""

    name: str
    label: str
    unit: str
    axis: str
    axis_unit: str
    points: np.ndarray
    values: np.ndarray


@dataclass
class Results:
    """Everything a results file holds. values[regime, replicate, measure]; NaN where a replicate has no value."""

    scenario: str
    question: str
    assumptions: str
    seed: int
    start: str
    digest: str
    scenario_hash: str
    scenario_text: str
    regimes: list
    regime_summaries: list
    measures: list
    measure_labels: list
    measure_units: list
    measure_better: list
    values: np.ndarray
    curves: dict = field(default_factory=dict)
    versions: dict = field(default_factory=dict)

    @property
    def replicates(self):
        return self.values.shape[1]


def verified_bytes(path):
    """The netCDF bytes of a results file, or DamagedFile."""
    with open(path, "rb") as file:
        sealed = file.read()
    line = sealed[-_LINE:]
    if len(sealed) <= _LINE or not line.startswith(_OPENING) or not line.endswith(b"\n"):
        raise DamagedFile(
            f"{path} does not end with the checksum of a results file (it was cut short, changed by another program, "
            "or never was a results file); take an intact copy, or run the scenario again"
        )
    body = sealed[:-_LINE]
    if hashlib.sha256(body).hexdigest().encode() != line[len(_OPENING) : -1]:
        raise DamagedFile(
            f"{path} is damaged (its bytes do not match the checksum at its end); take an intact copy, or run the "
            "scenario again"
        )
    return body


def _text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _texts(variable):
    return [_text(v) for v in variable[()]]


def _curve(file, variable):
    axis = variable.dims[2][0]
    attributes = variable.attrs
    return Curve(
        name=_text(attributes["curve_name"]),
        label=_text(attributes["long_name"]),
        unit=_text(attributes["units"]),
        axis=axis.name.lstrip("/"),
        axis_unit=_text(axis.attrs["axis_unit"]),
        points=axis[()],
        values=variable[()],
    )


def open_results(path):
    """The results in a file as plain numpy arrays."""
    with h5py.File(io.BytesIO(verified_bytes(path)), "r") as file:
        attributes = file.attrs
        number = int(np.ravel(attributes.get("demarche_format", 0))[0])
        if number != 1:
            raise DamagedFile(f"{path} is of format {number} (this package reads 1); use the package of its own version")
        curves = [(v.attrs["curve_number"][0], _curve(file, v)) for v in file.values() if "curve_number" in v.attrs]
        return Results(
            scenario=_text(attributes["title"]),
            question=_text(attributes["question"]),
            assumptions=_text(attributes["assumptions"]),
            seed=int(_text(attributes["seed_hex"]), 16),
            start=_text(attributes["start"]),
            digest=_text(attributes["digest"]),
            scenario_hash=_text(attributes["scenario_hash"]),
            scenario_text=_text(attributes["scenario"]),
            regimes=_texts(file["regime"]),
            regime_summaries=_texts(file["regime_summary"]),
            measures=_texts(file["measure"]),
            measure_labels=_texts(file["measure_label"]),
            measure_units=_texts(file["measure_unit"]),
            measure_better=_texts(file["measure_better"]),
            values=file["values"][()],
            curves={c.name: c for _, c in sorted(curves, key=lambda pair: pair[0])},
            versions={k[len("version_") :]: _text(v) for k, v in attributes.items() if k.startswith("version_")},
        )


def dataset(path):
    """The same file as an xarray.Dataset (needs xarray with netCDF4 or h5netcdf)."""
    import xarray

    verified_bytes(path)
    return xarray.load_dataset(path)
