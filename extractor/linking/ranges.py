"""Ranges: the rows of a sorted table that stand one after the other, for many ranges at once."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def rows(start: Numbers, stop: Numbers) -> tuple[Numbers, Numbers]:
    """All rows of these ranges, and before each the number of its range."""
    lengths = np.maximum(stop - start, 0).astype(np.int64)
    number = np.repeat(np.arange(len(lengths)), lengths)
    return number, np.arange(len(number)) + (start - np.cumsum(lengths) + lengths)[number]
