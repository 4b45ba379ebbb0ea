"""Scores: what an evaluation finds, one mark a judged value, and the counts of marks."""

from collections import Counter
from enum import StrEnum

from extractor.schemas.base import Record

FIELDS = (
    "meetings", "role", "occurrence", "date", "date_compatible", "city", "country", "level", "format", "host_event",
    "parties", "participants", "represents", "quotes", "quotes_anywhere", "speaker", "kind", "quotes_in_text",
)  # fmt: skip
"""All fields, in the order of the table.

`date` is exact. Gold quotes may be a sample, so only their recall has a
meaning: `quotes` are those of the pairs, sought in the paired account;
`quotes_anywhere` those of all gold meetings, sought in all accounts of the
article. `speaker` and `kind` are judged on the `quotes` that were found.
`quotes_in_text` are all statements found; the invented ones do not stand in
their article.
"""
_LISTS = ("meetings", "parties", "participants")
_RECALL_ONLY = ("quotes", "quotes_anywhere")
_PRECISION_ONLY = ("quotes_in_text",)


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
    `about` is the quote or the person that the value belongs to, if any.
    """

    file: str
    meeting: str
    field: str
    verdict: Verdict
    expected: str | None = None
    found: str | None = None
    about: str | None = None


class Row(Record):
    """The counts of one field and its measures, 0 to 1; None where a measure has no meaning or no cases.

    Precision is right / (right + wrong + invented), recall right / (right +
    wrong + missed). Accuracy is of fields with one value: the rightly empty
    ones count as right there, and nowhere else.
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


class Scores(Record):
    """All marks of an evaluation, in the order of the gold file."""

    marks: tuple[Mark, ...]

    def row(self, field: str) -> Row:
        """The counts and measures of a field."""
        counts = Counter(mark.verdict for mark in self.marks if mark.field == field)
        right, wrong, missed, invented, empty = (counts[verdict] for verdict in Verdict)
        precision = None if field in _RECALL_ONLY else _share(right, right + wrong + invented)
        recall = None if field in _PRECISION_ONLY else _share(right, right + wrong + missed)
        f1 = None if None in (precision, recall) else _share(2 * right, 2 * (right + wrong) + missed + invented)
        single = field not in (*_LISTS, *_RECALL_ONLY, *_PRECISION_ONLY)
        return Row(
            field=field, right=right, wrong=wrong, missed=missed, invented=invented, empty=empty, precision=precision,
            recall=recall, f1=f1, accuracy=_share(right + empty, counts.total()) if single else None,
        )  # fmt: skip

    @property
    def errors(self) -> tuple[Mark, ...]:
        """What is neither right nor rightly empty; an error under two measures of one value comes once."""
        first: dict[Mark, Mark] = {}
        for mark in self.marks:
            if mark.verdict not in (Verdict.RIGHT, Verdict.EMPTY):
                field = mark.field.removesuffix("_compatible").removesuffix("_anywhere")
                first.setdefault(mark.model_copy(update={"field": field}), mark)
        return tuple(first.values())


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
