"""Ranges: the rows of a sorted table that stand one after the other, for many ranges at once."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def rows(start: Numbers, stop: Numbers) -> tuple[NDArray[Any], NDArray[Any]]:
    """All rows of these ranges, and before each the number of its range: fewer than 2**31, in half the memory."""
    lengths = np.maximum(stop - start, 0)
    number = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    before = (start - np.cumsum(lengths) + lengths).astype(np.int32)
    return number, np.arange(len(number), dtype=np.int32) + before[number]
