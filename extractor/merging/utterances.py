"""Utterances: what was said and what was agreed, over all accounts of a meeting, each with its renderings."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import cast

from extractor.ids import utterance_id
from extractor.merging import align
from extractor.merging.merge import voice
from extractor.schemas import Account, Agreement, Claim, Evidence, Outcome, Participant, Rendering, Statement
from extractor.schemas.draft import Kind, OutcomeKind, Setting
from extractor.texts.selectors import CONTEXT
from extractor.values.names import Likeness, likeness

_RESULTS = {"agreement": "promise", "commitment": "promise", "reaffirmation": "promise"}
"""Kinds of outcome that accounts exchange: what one calls agreed another calls confirmed."""


class _Attributes:
    """The claims of some accounts, with their attributes at hand."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self.accounts = {a.id: a for a in accounts}
        self.claims = {c.id: c for a in self.accounts.values() for c in a.claims}
        # An attribute that is told twice counts once: the first of the text.
        self.attributes = {(c.about, c.field): c for c in reversed(self.claims.values()) if c.about}

    def first(self, claim: str, field: str) -> Claim | None:
        """An attribute of a claim, as a claim."""
        return self.attributes.get((claim, field))

    def of(self, claim: str, field: str) -> str | None:
        """The value of an attribute of a claim."""
        found = self.first(claim, field)
        return found.value if found else None

    def rendering(self, piece: align.Piece, kind: str) -> Rendering:
        """A piece with its words, its kind (an attribute of this name) and its evidence."""
        claim = self.claims[piece.claim]
        return Rendering(
            account=piece.account,
            claim=piece.claim,
            text=piece.words,
            kind=self.of(claim.id, kind) or "unknown",
            verb=self.of(claim.id, "outcomes.verb"),
            whole=claim.value if piece.part else None,
            evidence=tuple(_narrowed(e, piece) for e in claim.evidence),
        )


def merge_statements(accounts: Sequence[Account], participants: Sequence[Participant]) -> tuple[Statement, ...]:
    """The utterances over all accounts. The first that is quoted leads; where none is, the first."""
    about = _Attributes(accounts)
    names = _Speakers(participants)

    def pieces(account: Account) -> list[align.Piece]:
        said = [about.first(c.id, "statements.speaker") for c in account.of("statements")]
        speakers = [names.one(c.value if c else align.UNRESOLVED) for c in said]
        told = [c is not None and voice(c) for c in said]
        return [
            replace(piece, speaker=speaker, told=known)
            for piece, speaker, known in zip(_pieces(account, "statements"), speakers, told, strict=True)
        ]

    found = []
    for group in align.align([pieces(account) for account in accounts]):
        renderings = tuple(about.rendering(piece, "statements.kind") for piece in group.pieces)
        lead = next((i for i, r in enumerate(renderings) if r.kind != "indirect"), 0)
        settings = (about.of(p.claim, "statements.setting") for p in (group.pieces[lead], *group.pieces))
        found.append(
            Statement(
                id=_id("s", group),
                speaker=group.speaker,
                via=about.of(group.pieces[lead].claim, "statements.via"),
                kind=cast("Kind", renderings[lead].kind),
                text=renderings[lead].text,
                translation=about.of(group.pieces[lead].claim, "statements.translation"),
                setting=cast("Setting", next((s for s in settings if s and s != "unknown"), "unknown")),
                agreement=group.agreement,
                possible=group.possible,
                renderings=renderings,
            )
        )
    return tuple(found)


def merge_outcomes(accounts: Sequence[Account]) -> tuple[Outcome, ...]:
    """The outcomes over all accounts; the same result of another kind is a variant."""
    about = _Attributes(accounts)

    def pieces(account: Account) -> list[align.Piece]:
        kinds = [about.of(c.id, "outcomes.kind") or "" for c in account.of("outcomes")]
        return [
            replace(piece, speaker=_RESULTS.get(kind, kind))
            for piece, kind in zip(_pieces(account, "outcomes"), kinds, strict=True)
        ]

    found = []
    for group in align.align([pieces(account) for account in accounts], lead=True):
        renderings = tuple(about.rendering(piece, "outcomes.kind") for piece in group.pieces)
        mixed = group.agreement is Agreement.AGREED and len({r.kind for r in renderings}) > 1
        found.append(
            Outcome(
                id=_id("o", group),
                kind=cast("OutcomeKind", renderings[0].kind),
                verb=renderings[0].verb or "",
                text=renderings[0].text,
                agreement=Agreement.VARIANT if mixed else group.agreement,
                renderings=renderings,
            )
        )
    return tuple(found)


class _Speakers:
    """One name for each speaker: the participant's leading one, else the form that was met first."""

    def __init__(self, participants: Sequence[Participant]) -> None:
        self.participants = participants
        self.others: list[str] = []

    def one(self, name: str) -> str:
        """The name under which this form of a name goes."""
        known = [p.name for p in self.participants if name in p.names]
        alike = known or [
            p.name for p in self.participants if any(likeness(name, n) is not Likeness.DIFFERENT for n in p.names)
        ]
        if len(alike) == 1:
            return alike[0]
        other = next((n for n in self.others if likeness(name, n) > Likeness.PARTIAL), None)
        if other is None:
            self.others.append(name)
        return other or name


def _pieces(account: Account, field: str) -> list[align.Piece]:
    """The claims of a field as pieces, in the order of the text."""
    return [
        align.Piece(
            account=account.id,
            origin=account.origin,
            claim=claim.id,
            speaker=align.UNRESOLVED,
            text=claim.value,
            start=0,
            end=len(claim.value),
            first=i == 0,
            grounded=claim.grounded,
        )
        for i, claim in enumerate(account.of(field))
    ]


def _id(kind: str, group: align.Group) -> str:
    return utterance_id(kind, (f"{piece.claim}:{piece.start}-{piece.end}" for piece in group.pieces))


def _narrowed(evidence: Evidence, piece: align.Piece) -> Evidence:
    """The evidence of a part of a claim, where its words stand as they are."""
    if not piece.part or evidence.start is None or evidence.exact != piece.text:
        return evidence
    exact = evidence.exact
    return evidence.model_copy(
        update={
            "start": evidence.start + piece.start,
            "end": evidence.start + piece.end,
            "exact": piece.words,
            "prefix": (evidence.prefix + exact[: piece.start])[-CONTEXT:],
            "suffix": (exact[piece.end :] + evidence.suffix)[:CONTEXT],
        }
    )
