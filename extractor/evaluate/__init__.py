"""Evaluation: what a model extracts against a gold file, and two codings against each other.

    gold ──> judge ──> measures ──> ranking
    files    marks     figures      errors, worst first

`judge` leaves one mark for everything it looks at; all figures are counts of
marks or of pairs. `fit` learns weights from labelled pairs. NumPy and SciPy
come with the extra `evaluate`: whatever imports a part of this package is told
so where they are missing.
"""

from extractor.errors import ConfigurationError

try:
    import numpy  # noqa: F401 - is it there?
    import scipy.optimize  # noqa: F401 - is it there?
except ImportError as error:
    raise ConfigurationError(
        f"this needs NumPy and SciPy ({error}): pip install 'meeting-extractor[evaluate]'"
    ) from error

from extractor.evaluate.gold import by_file, coded, load_gold, named, strange
from extractor.evaluate.judge import score
from extractor.evaluate.measures import evaluate

__all__ = ["by_file", "coded", "evaluate", "load_gold", "named", "score", "strange"]
