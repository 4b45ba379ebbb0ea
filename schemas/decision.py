"""Decisions: what people judged, as a log keeps it that only grows.

A decision names words, never ids of accounts or of meetings: those are made
anew by each extraction, while the article and the places in it stay.
"""

from collections.abc import Iterable
from datetime import UTC
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field, NonNegativeInt, PositiveInt, model_validator

from extractor.schemas.base import Record

Span = tuple[NonNegativeInt, PositiveInt]
"""Start and end of words in an article's text: code points from 0, end exclusive."""


class DecisionKind(StrEnum):
    """What was decided. A closed list; judgements of one field bring fields of their own, and come with them."""

    SAME = "same"
    """Two accounts tell of one meeting."""
    DIFFERENT = "different"
    """Two accounts tell of two meetings."""
    UNSURE = "unsure"
    """A person looked, and leaves two accounts to the rules."""
    UNDO = "undo"
    """An earlier decision stands no longer."""


def disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same code points by spans in order that neither overlap nor touch, so that equal words are equal spans.

    Raises:
        ValueError: a span is empty or ends before it starts.
    """
    found: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            raise ValueError(f"a span ends after it starts, unlike {start} to {end}")
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


class Subject(Record):
    """An account by its words: the article, and the places of the evidence that it rested on.

    Of the TextPositionSelector (W3C Web Annotation) many in one, without a
    quote: the log repeats no text of an article.
    """

    article: str
    spans: Annotated[tuple[Span, ...], Field(min_length=1), AfterValidator(disjoint)]


class Decision(Record):
    """One judgement of one person.

    A later decision on the same subjects takes the place of this one. To undo
    an undo is to restore what it undid.
    """

    number: NonNegativeInt = 0
    """Its place in the log, from 1; 0 before it has one."""
    kind: DecisionKind
    subjects: tuple[Subject, ...] = ()
    """The two accounts that are the same meeting or not, in any order; none for an undo."""
    actor: Annotated[str, Field(min_length=1)]
    """Who decided, by the name that they go by."""
    reason: str = ""
    shown: str | None = None
    """SHA-256 (hex) of what the person had in view."""
    undoes: PositiveInt | None = None
    """The number of the earlier decision that stands no longer: always for an undo."""
    made_at: Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]

    @model_validator(mode="after")
    def _complete(self) -> "Decision":
        if self.kind is DecisionKind.UNDO:
            if self.subjects or self.undoes is None:
                raise ValueError("an undo names the number of a decision, and no subjects")
        elif len(self.subjects) != 2 or self.subjects[0] == self.subjects[1]:
            raise ValueError(f"{self.kind} is decided of two accounts: name two different subjects")
        if self.number and self.undoes and self.undoes >= self.number:
            raise ValueError(f"decision {self.number} comes before what it undoes, {self.undoes}: undo what is earlier")
        return self

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles that it concerns."""
        return frozenset(subject.article for subject in self.subjects)
