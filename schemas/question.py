"""Questions: what the rules are least sure of, for a person to look at."""

from enum import StrEnum

from extractor.schemas.base import Record
from extractor.schemas.meeting import Signal


class Because(StrEnum):
    """Why two accounts are asked about. A closed list."""

    CLOSE = "close"
    """Their score is close to the threshold."""
    WEAK = "weak"
    """One of them is tied to its meeting by this alone, and not by much."""
    CUT = "cut"
    """They look alike, but their groups as a whole do not go together."""
    CONTRADICTED = "contradicted"
    """One person judged them the same, another different."""


class Question(Record):
    """Whether two accounts tell of one meeting. `left` and `right` are account ids, sorted."""

    left: str
    right: str
    because: Because
    together: bool
    """Whether the rules have them in one meeting now."""
    score: int
    """The sum of the signals' weights, in half bits."""
    threshold: int
    """The score from which on the rules join two accounts, other things being equal."""
    stake: int
    """How many pairs of accounts the answer can join or part."""
    loose: str | None = None
    """The one of the two that hangs on their meeting more loosely, where they are in one."""
    doubt: float = 0.5
    """The probability that the rules err about the two, 0 to 1; a half where nothing is known."""
    signals: tuple[Signal, ...]
