"""Scores: what an evaluation finds, one mark a judged value, and the counts of marks."""

from collections import Counter
from enum import StrEnum
from typing import Any

from pydantic import Field

from extractor.schemas.base import Record

FIELDS = (
    "meetings", "role", "occurrence", "date", "date_compatible", "city", "country", "level", "format", "host_event",
    "parties", "participants", "represents", "quotes", "quotes_anywhere", "speaker", "kind", "quotes_given",
)  # fmt: skip
"""All fields, in the order of the table.

`date` is exact. Gold quotes may be a sample, so only their recall has a
meaning: `quotes` are those of the pairs, sought in the paired account;
`quotes_anywhere` those of all gold meetings, sought in all accounts of the
article: what is missed there is an omission. `speaker` and `kind` are judged
on the `quotes` that were found. `quotes_given` are all statements found: an
invention is one that does not stand in its article, or whose words the gold
has from another speaker.
"""
OVERALL = "overall"
"""The field that counts every judged value once."""
LISTS = ("meetings", "parties", "participants", OVERALL)
"""Fields with many values: they have precision, recall and F1, and no accuracy."""
RECALL_ONLY = ("quotes", "quotes_anywhere")
PRECISION_ONLY = ("quotes_given",)
_AGAIN = ("date_compatible", "quotes_anywhere", "quotes_given")
"""Second measures of a value that another field counts."""


class Verdict(StrEnum):
    """What became of one value."""

    RIGHT = "right"
    WRONG = "wrong"
    """Another value than the gold's."""
    MISSED = "missed"
    INVENTED = "invented"
    """A value where the gold has none."""
    EMPTY = "empty"
    """No value, and rightly."""


class Mark(Record):
    """One value judged.

    `meeting` is the gold meeting's id, or the account's where it has no pair;
    `about` is the quote or the person that the value belongs to, if any;
    `claim` is the id of the claim that gave the value found.
    """

    file: str
    meeting: str
    field: str
    verdict: Verdict
    expected: str | None = None
    found: str | None = None
    about: str | None = None
    claim: str | None = None


class Pair(Record):
    """A gold meeting, and the id of the account that is its pair, if any."""

    file: str
    meeting: str
    role: str | None
    account: str | None


class Interval(Record):
    """The ends of a 95% interval."""

    low: float
    high: float


class Row(Record):
    """The counts of one field and its measures, 0 to 1; None where a measure has no meaning or no cases.

    Precision is right / (right + wrong + invented), recall right / (right +
    wrong + missed). Accuracy is of fields with one value: the rightly empty
    ones count as right there, and nowhere else. `intervals` are by measure.
    """

    field: str
    right: int
    wrong: int
    missed: int
    invented: int
    empty: int
    precision: float | None
    recall: float | None
    f1: float | None
    accuracy: float | None
    intervals: dict[str, Interval] = Field(default_factory=dict)


class Scores(Record):
    """All marks and pairs of an evaluation, in the order of the gold file; `files` are its articles."""

    files: tuple[str, ...] = ()
    marks: tuple[Mark, ...]
    pairs: tuple[Pair, ...] = ()

    def of(self, field: str) -> list[Mark]:
        """The marks of a field; of `overall` those of all fields, each value once."""
        if field == OVERALL:
            return [mark for mark in self.marks if mark.field not in _AGAIN]
        return [mark for mark in self.marks if mark.field == field]

    def row(self, field: str) -> Row:
        """The counts and measures of a field."""
        counts = Counter(mark.verdict for mark in self.of(field))
        right, wrong, missed, invented, empty = (counts[verdict] for verdict in Verdict)
        shares = ratios(field, right, wrong, missed, invented, empty)
        measures = {name: part / whole if whole else None for name, (part, whole) in shares.items()}
        return Row(
            field=field, right=right, wrong=wrong, missed=missed, invented=invented, empty=empty,
            precision=measures.get("precision"), recall=measures.get("recall"), f1=measures.get("f1"),
            accuracy=measures.get("accuracy"),
        )  # fmt: skip

    @property
    def errors(self) -> tuple[Mark, ...]:
        """What is neither right nor rightly empty; an error under two measures of one value comes once."""
        given = {_said(mark) for mark in self.marks if mark.field == "quotes_given" and mark.about}
        first: dict[Mark, Mark] = {}
        for mark in self.marks:
            twice = mark.field == "speaker" and _said(mark) in given
            if mark.verdict not in (Verdict.RIGHT, Verdict.EMPTY) and not twice:
                field = mark.field.removesuffix("_compatible").removesuffix("_anywhere")
                first.setdefault(mark.model_copy(update={"field": field, "claim": None}), mark)
        return tuple(first.values())


def _said(mark: Mark) -> tuple[str | None, ...]:
    """Who is said to have said what, and who did."""
    return mark.file, mark.expected, mark.found, mark.about


def ratios(field: str, right: Any, wrong: Any, missed: Any, invented: Any, empty: Any) -> dict[str, tuple[Any, Any]]:
    """Part and whole of each measure that has a meaning for a field; of counts, or of arrays of them."""
    found, known = right + wrong + invented, right + wrong + missed
    measures = {} if field in RECALL_ONLY else {"precision": (right, found)}
    measures |= {} if field in PRECISION_ONLY else {"recall": (right, known)}
    if len(measures) == 2:
        measures["f1"] = (2 * right, found + known)
    if field not in (*LISTS, *RECALL_ONLY, *PRECISION_ONLY):
        measures["accuracy"] = (right + empty, right + wrong + missed + invented + empty)
    return measures
