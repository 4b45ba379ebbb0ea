"""The reading: numbered sentences of an English article to a draft."""

from collections.abc import Sequence
from typing import NamedTuple

from extractor.schemas import Draft


class Line(NamedTuple):
    """A sentence as the prompt shows it: its number, its paragraph (from 1), its words."""

    number: int
    paragraph: int
    text: str


def read_draft(lines: Sequence[Line]) -> Draft:
    """All diplomatic meetings that the lines tell of."""
    return Draft(meetings=[])
