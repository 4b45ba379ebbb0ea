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
    """What was decided: of two accounts, or of one field of a meeting. A closed list."""

    SAME = "same"
    """Two accounts tell of one meeting."""
    DIFFERENT = "different"
    """Two accounts tell of two meetings."""
    PICK = "pick"
    """Of a field: the value that one account gives stands."""
    BOTH = "both"
    """Of a field: all that the accounts say stands side by side."""
    REJECT = "reject"
    """Of a field: nothing that the accounts say stands."""
    EDIT = "edit"
    """Of a field: a value stands that the person gives."""
    UNSURE = "unsure"
    """A person looked, and leaves it to the rules."""
    UNDO = "undo"
    """An earlier decision stands no longer."""


OF_ACCOUNTS = frozenset({DecisionKind.SAME, DecisionKind.DIFFERENT, DecisionKind.UNSURE})
OF_FIELDS = frozenset(
    {DecisionKind.PICK, DecisionKind.BOTH, DecisionKind.REJECT, DecisionKind.EDIT, DecisionKind.UNSURE}
)


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


class Saying(Record):
    """What an account says of a field, by its words: the account's own, those of the value, and the value.

    There are no `spans` where the words were not found in the article; it then goes by its value.
    """

    account: Subject
    spans: Annotated[tuple[Span, ...], AfterValidator(disjoint)] = ()
    value: str


class Decision(Record):
    """One judgement of one person: of two accounts (`subjects`), or of a `field` as accounts tell it (`sayings`).

    A later decision on the same words takes the place of this one. To undo an
    undo is to restore what it undid.
    """

    number: NonNegativeInt = 0
    """Its place in the log, from 1; 0 before it has one."""
    kind: DecisionKind
    subjects: tuple[Subject, ...] = ()
    """The two accounts that are the same meeting or not, in any order; else none."""
    field: str | None = None
    """The field that was judged, as claims name it: `date`, `statements`, `participants.office`; else none."""
    sayings: tuple[Saying, ...] = ()
    """What the accounts said of that field when it was judged, in any order."""
    value: str | None = None
    """What stands: the value picked, or the person's own."""
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
            if self.subjects or self.sayings or self.field or self.value is not None or self.undoes is None:
                raise ValueError("an undo names the number of a decision, and no subjects")
        elif self.field:
            self._complete_of_field()
        elif self.kind not in OF_ACCOUNTS or self.sayings or self.value is not None:
            raise ValueError(f"{self.kind} of values names their field and what was said of it")
        elif len(self.subjects) != 2 or self.subjects[0] == self.subjects[1]:
            raise ValueError(f"{self.kind} is decided of two accounts: name two different subjects")
        if self.number and self.undoes and self.undoes >= self.number:
            raise ValueError(f"decision {self.number} comes before what it undoes, {self.undoes}: undo what is earlier")
        return self

    def _complete_of_field(self) -> None:
        if self.kind not in OF_FIELDS or self.subjects:
            raise ValueError(f"{self.kind} is decided of two accounts, not of a field: leave the field out")
        if not self.sayings:
            raise ValueError(f"{self.kind} is decided of what accounts say: name a saying at least")
        if (self.value is not None) is not (self.kind in (DecisionKind.PICK, DecisionKind.EDIT)):
            raise ValueError(f"{self.kind}: a value stands with pick and edit, and with no other")
        if self.kind is DecisionKind.PICK and self.value not in {saying.value for saying in self.sayings}:
            raise ValueError("pick takes a value that an account gives: edit takes any other")

    @property
    def about(self) -> tuple[str | None, frozenset[Subject | Saying]]:
        """What it judges, the same for each decision on the same words."""
        return self.field, frozenset((*self.subjects, *self.sayings))

    @property
    def accounts(self) -> tuple[Subject, ...]:
        """The accounts that it concerns."""
        return (*self.subjects, *(saying.account for saying in self.sayings))

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles that it concerns."""
        return frozenset(subject.article for subject in self.accounts)
