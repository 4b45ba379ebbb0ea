"""Facing: two accounts side by side, field by field, for the question whether they tell of one meeting."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from extractor.schemas import AccountRef, Claim, Evidence, Meeting, Question, Status
from extractor.values import edtf, places

LABELS = ("A", "B")
SETTING = ("occurrence", "date", "time_text", "duration", "city", "place", "venue", "country", "host_event", "level",
           "format", "parties", "participants")  # fmt: skip
MATTER = ("topics", "distinctions", "outcomes", "statements")
_CLOSED = ("occurrence", "level", "format")
_CODES = ("country", "parties", "participants.represents")


class Cell(NamedTuple):
    """One value that an account gives; `printed` are its words where they say more; `shared`: the other has it too."""

    value: str
    printed: str | None
    inferred: bool
    grounded: bool
    shared: bool


class Line(NamedTuple):
    """What the two accounts say of a field; `unlike` where both speak of when, where or who, and nothing is shared."""

    field: str
    cells: tuple[tuple[Cell, ...], tuple[Cell, ...]]
    unlike: bool


class Faced(NamedTuple):
    """An account with the letter that it has here, the meeting that the rules put it in, and its claims."""

    ref: AccountRef
    meeting: Meeting
    claims: tuple[Claim, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The words on which it rests that this met there and then."""
        return tuple(e for claim in self.claims if claim.field in SETTING for e in claim.evidence)

    @property
    def all_evidence(self) -> tuple[Evidence, ...]:
        """All words on which it rests."""
        return tuple(e for claim in self.claims for e in claim.evidence)


def facing(question: Question, meetings: Sequence[Meeting]) -> tuple[Faced, Faced]:
    """The two accounts, as A and B."""
    left, right = (
        _faced(id_, label, meetings) for id_, label in zip((question.left, question.right), LABELS, strict=True)
    )
    return left, right


def lines(left: Faced, right: Faced, fields: Iterable[str]) -> Iterator[Line]:
    """Those of the fields of which one of them speaks."""
    for field in fields:
        cells = _cells(left, right, field), _cells(right, left, field)
        if any(cells):
            yield Line(field, cells, field in SETTING and all(cells) and not _alike(field, *cells))


def _faced(id_: str, label: str, meetings: Sequence[Meeting]) -> Faced:
    meeting, ref = next((meeting, ref) for meeting in meetings for ref in meeting.accounts if ref.id == id_)
    claims = tuple(claim for claim in meeting.claims if claim.account == id_)
    return Faced(ref.model_copy(update={"label": label}), meeting, claims)


def _cells(account: Faced, other: Faced, field: str) -> tuple[Cell, ...]:
    known = {_folded(claim) for claim in other.claims if claim.field == field}
    return tuple(
        Cell(
            value=_in_words(account, claim),
            printed=claim.text if _tells(claim) else None,
            inferred=claim.status is Status.INFERRED,
            grounded=claim.grounded,
            shared=_folded(claim) in known,
        )
        for claim in account.claims
        if claim.field == field
    )


def _alike(field: str, left: Iterable[Cell], right: Iterable[Cell]) -> bool:
    """Whether a value of one can be what the other means."""
    if field == "date":
        return any(edtf.compatible(one.value, other.value) for one, other in product(left, right))
    return any(cell.shared for cell in left)


def _folded(claim: Claim) -> str:
    """A value without what nobody hears: case, stops and spaces."""
    return "".join(filter(str.isalnum, claim.value.casefold()))


def _tells(claim: Claim) -> bool:
    """Whether the words as printed say more than the value."""
    if claim.status is Status.INFERRED or claim.field in ("occurrence", "format"):
        return False
    return bool(claim.text) and claim.text != claim.value


def _in_words(account: Faced, claim: Claim) -> str:
    """A value as people say it, with its attributes: `Jane Doe, Foreign Minister (Kenya)`; `Jane Doe: “…”`."""
    about = {one.field: one for one in account.claims if one.about == claim.id}
    if claim.field in _CODES:
        return places.name_of(claim.value)
    if claim.field == "participants":
        office, represents = about.get("participants.office"), about.get("participants.represents")
        named = claim.value + (f", {office.value}" if office else "")
        return named + (f" ({places.name_of(represents.value)})" if represents else "")
    lead = about.get("statements.speaker") or about.get("outcomes.verb")
    if lead:
        return f"{lead.value}: {claim.value}"
    return claim.value.replace("_", " ") if claim.field in _CLOSED else claim.value
