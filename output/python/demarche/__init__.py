"""Results of demarche in Python: open them, draw the figures, write the report."""

from .open import Curve, DamagedFile, Results, dataset, open_results

__all__ = ["Curve", "DamagedFile", "Results", "dataset", "open_results"]
