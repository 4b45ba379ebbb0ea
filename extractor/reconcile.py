"""Reconcile: accounts to meetings, with reasons.

Meetings are a function of the active accounts alone: any order of them gives
the same meetings, ids included.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import combinations

from extractor import align, dates, match
from extractor.cluster import Pair, cluster
from extractor.merge import merge_distinctions, merge_field, merge_participants, merge_parties, merge_topics
from extractor.names import Likeness, likeness
from extractor.schemas import (
    Account,
    AccountRef,
    Agreement,
    Claim,
    Evidence,
    Field,
    Meeting,
    Outcome,
    Participant,
    Rendering,
    Signal,
    Statement,
    Status,
    Warning,
    WarningCode,
    Why,
)

_CONFIGURATIONS = {2: "bilateral", 3: "trilateral", 4: "quadrilateral"}


def reconcile(accounts: Sequence[Account]) -> tuple[Meeting, ...]:
    """The meetings that the accounts tell of, sorted by date, then id; undated ones last."""
    by_id = {account.id: account for account in accounts}
    pairs = {
        (left.id, right.id): match.signals(left, right)
        for left, right in combinations(sorted(by_id.values(), key=lambda a: a.id), 2)
        if left.article != right.article
    }
    scores = {pair: match.score(found) for pair, found in pairs.items()}
    clusters = cluster(list(by_id.values()), scores, match.THRESHOLD)
    meetings = [_meeting([by_id[id_] for id_ in group], pairs, clusters.cut) for group in clusters.groups]
    return tuple(sorted(meetings, key=lambda m: (_sortable(m.date.value), m.id)))


def _sortable(edtf: str | None) -> str:
    """Dates in order of time, what is not known after what is."""
    return edtf.replace("X", "~") if edtf else "~~~~"


def _meeting(
    accounts: Sequence[Account], pairs: Mapping[Pair, tuple[Signal, ...]], cut: Sequence[Pair]
) -> Meeting:
    """One meeting from the accounts of it; the dated ones lead, in order of publication."""
    ordered = sorted(accounts, key=lambda a: (a.role != "reported", a.published or "~", a.id))
    fields = {
        name: merge_field(ordered, name)
        for name in (
            "occurrence", "level", "format", "date", "time_text", "duration", "place", "venue", "city", "country",
            "host_event",
        )
    }  # fmt: skip
    parties = merge_parties(ordered)
    participants = merge_participants(ordered)
    warnings = [w for a in ordered for w in a.warnings] + _between(ordered, participants, cut)
    why = [s for pair in combinations(sorted(a.id for a in ordered), 2) for s in pairs.get(pair, ())]
    return Meeting(
        id=_id(ordered, fields, [p.value for p in parties]),
        role="reported" if any(a.role == "reported" for a in ordered) else "background",
        configuration=_configuration(len(parties)),
        **fields,
        parties=parties,
        participants=participants,
        distinctions=merge_distinctions(ordered),
        topics=merge_topics(ordered),
        outcomes=_outcomes(ordered),
        statements=_statements(ordered, participants),
        accounts=tuple(
            AccountRef(id=a.id, label=_label(i), article=a.article, source=a.source, published=a.published, role=a.role)
            for i, a in enumerate(ordered)
        ),
        claims=tuple(c for a in ordered for c in a.claims),
        why=Why(score=_weakest(ordered, pairs), signals=tuple(sorted(why, key=lambda s: -abs(s.weight)))),
        warnings=tuple(warnings),
    )


def _label(index: int) -> str:
    """A, B, ..., Z, AA, AB, ..."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _configuration(parties: int) -> str:
    return _CONFIGURATIONS.get(parties, "multilateral" if parties > 4 else "unknown")


def _weakest(accounts: Sequence[Account], pairs: Mapping[Pair, tuple[Signal, ...]]) -> int | None:
    scores = [match.score(pairs[p]) for p in combinations(sorted(a.id for a in accounts), 2) if p in pairs]
    return min(scores, default=None)


def _id(accounts: Sequence[Account], fields: Mapping[str, Field], parties: Sequence[str]) -> str:
    """A readable part (date, place, parties) and a hash of the members."""
    place = fields["city"].value or fields["place"].value or fields["country"].value or ""
    slug = re.sub(r"[^a-z0-9]+", "-", place.lower()).strip("-")
    date = (fields["date"].value or "undated").replace("/", "_").lower()
    members = hashlib.sha256("\n".join(sorted(a.id for a in accounts)).encode()).hexdigest()[:8]
    names = "-".join(re.sub(r"[^a-z0-9]+", "", party.lower()) for party in sorted(parties)[:5])
    return "-".join(part for part in (date, slug, names, members) if part)


def _between(
    accounts: Sequence[Account], participants: Sequence[Participant], cut: Sequence[Pair]
) -> list[Warning]:
    """The doubts that only several accounts together raise."""
    found = []
    days = [c for a in accounts for c in a.of("date") if c.status is Status.STATED]
    for left, right in combinations(days, 2):
        if left.value != right.value and dates.days_apart(left.value, right.value) == 1:
            message = f"{left.value} and {right.value}: one day apart, as time zones can explain"
            found.append(Warning(code=WarningCode.ONE_DAY_APART, message=message, evidence=left.evidence + right.evidence))
    for person in participants:
        used: dict[str, list[Claim]] = {}
        for account in accounts:
            for claim in account.of("participants.pronoun"):
                if claim.about in person.claims:
                    used.setdefault("she" if claim.value in ("she", "her", "hers") else "he", []).append(claim)
        if len(used) > 1:
            message = f"{person.name} is both {' and '.join(repr(claims[0].text) for claims in used.values())}"
            evidence = tuple(e for claims in used.values() for e in claims[0].evidence)
            found.append(Warning(code=WarningCode.PRONOUN_MISMATCH, message=message, evidence=evidence))
    here = {a.id for a in accounts}
    for left_id, right_id in cut:
        if here & {left_id, right_id}:
            other = right_id if left_id in here else left_id
            message = f"looks like the meeting of account {other}, but the rest of its group does not"
            found.append(Warning(code=WarningCode.CUT_LINK, message=message, account=left_id if left_id in here else right_id))
    return found


def _pieces(account: Account, field: str, speaker: str | None) -> list[align.Piece]:
    pieces = []
    for i, claim in enumerate(account.of(field)):
        said = account.about(claim, speaker) if speaker else None
        pieces.append(align.Piece(account.id, claim.id, said.value if said else "", claim.value, 0, len(claim.value), i == 0))
    return pieces


def _statements(accounts: Sequence[Account], participants: Sequence[Participant]) -> tuple[Statement, ...]:
    """The utterances over all accounts, each with its renderings."""

    def person(name: str) -> str:
        """The participant's leading name for any printed form."""
        known = [p.name for p in participants if name in p.names]
        alike = known or [p.name for p in participants if any(likeness(name, n) is not Likeness.DIFFERENT for n in p.names)]
        return alike[0] if len(alike) == 1 else name

    groups = align.align(
        [_pieces(a, "statements", "statements.speaker") for a in accounts], lambda left, right: person(left) == person(right)
    )
    claims = {c.id: (a, c) for a in accounts for c in a.claims}
    found = []
    for group in groups:
        renderings = tuple(_rendering(piece, claims, "statements.kind") for piece in group.pieces)
        lead = max(range(len(renderings)), key=lambda i: (renderings[i].kind != "indirect", -i))
        account, claim = claims[group.pieces[lead].claim]
        found.append(
            Statement(
                id="s-" + _hash(*(f"{p.claim}:{p.start}-{p.end}" for p in group.pieces)),
                speaker=person(group.pieces[lead].speaker) or "unresolved",
                via=_attribute(account, claim, "statements.via"),
                kind=renderings[lead].kind,  # type: ignore[arg-type] - a value of the closed list
                text=renderings[lead].text,
                translation=_attribute(account, claim, "statements.translation"),
                setting=_attribute(account, claim, "statements.setting") or "unknown",  # type: ignore[arg-type]
                agreement=group.agreement,
                possible=group.possible,
                renderings=renderings,
            )
        )
    return tuple(found)


def _outcomes(accounts: Sequence[Account]) -> tuple[Outcome, ...]:
    """The outcomes over all accounts; the same result told with another verb is a variant."""
    groups = align.align([_pieces(a, "outcomes", None) for a in accounts], lambda *_: True, lead=True)
    claims = {c.id: (a, c) for a in accounts for c in a.claims}
    found = []
    for group in groups:
        renderings = tuple(_rendering(piece, claims, "outcomes.kind") for piece in group.pieces)
        agreement = group.agreement
        if agreement is Agreement.AGREED and len({r.kind for r in renderings}) > 1:
            agreement = Agreement.VARIANT
        found.append(
            Outcome(
                id="o-" + _hash(*(f"{p.claim}:{p.start}-{p.end}" for p in group.pieces)),
                kind=renderings[0].kind,  # type: ignore[arg-type] - a value of the closed list
                verb=renderings[0].verb or "",
                text=renderings[0].text,
                agreement=agreement,
                renderings=renderings,
            )
        )
    return tuple(found)


def _rendering(piece: align.Piece, claims: Mapping[str, tuple[Account, Claim]], kind: str) -> Rendering:
    account, claim = claims[piece.claim]
    return Rendering(
        account=piece.account,
        claim=piece.claim,
        text=piece.words,
        kind=_attribute(account, claim, kind) or "unknown",
        verb=_attribute(account, claim, "outcomes.verb"),
        whole=claim.value if piece.part else None,
        evidence=tuple(_narrowed(e, piece) for e in claim.evidence),
    )


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
            "prefix": (evidence.prefix + exact[: piece.start])[-32:],
            "suffix": (exact[piece.end :] + evidence.suffix)[:32],
        }
    )


def _attribute(account: Account, claim: Claim, field: str) -> str | None:
    found = account.about(claim, field)
    return found.value if found else None


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:12]
