"""Accounts judged against gold: what was found, missed, mistaken and invented, field by field.

Everything that is judged leaves one `Mark`; all figures are counts of marks.
Gold and found meetings of one article pair up first, and fields are judged on
the pairs: a meeting that was not found counts once, under `meetings`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import eq
from typing import NamedTuple

from extractor.evaluate.gold import coded
from extractor.evaluate.same import (
    QUOTE_OVERLAP,
    assign,
    can_pair,
    overlap,
    persons,
    same_event,
    same_speaker,
    same_words,
)
from extractor.match import same_city
from extractor.schemas import Account, Claim, Status
from extractor.schemas.gold import GoldMeeting, GoldStatement
from extractor.schemas.scores import Mark, Pair, Scores, Verdict
from extractor.values import dates, places

Same = Callable[[str, str], bool]
SAME: dict[str, Same] = {
    "role": eq, "occurrence": eq, "date": eq, "date_compatible": dates.compatible, "city": same_city, "country": eq,
    "level": eq, "format": eq, "host_event": same_event,
}  # fmt: skip
"""When two values of a field with one value are the same."""


def score(found: Mapping[str, Sequence[Account]], gold: Mapping[str, Sequence[GoldMeeting]]) -> Scores:
    """What was found, by file name, judged against the gold.

    A gold article that `found` does not have counts as one where nothing was
    found; one that has no gold is not scored.
    """
    judged = [_article(file, gold[file], found.get(file, ())) for file in gold]
    return Scores(
        files=tuple(gold),
        marks=tuple(mark for marks, _ in judged for mark in marks),
        pairs=tuple(pair for _, pairs in judged for pair in pairs),
    )


class _Judge(NamedTuple):
    """Marks of one meeting."""

    file: str
    meeting: str

    def one(
        self, field: str, accepted: Sequence[str | None], claim: Claim | None, same: Same, about: str | None = None
    ) -> Mark:
        """A field with one value."""
        value = claim.value if claim and claim.value not in ("unknown", "unresolved") else None
        if value is None:
            verdict = Verdict.EMPTY if None in accepted else Verdict.MISSED
        elif any(right is not None and same(right, value) for right in accepted):
            verdict = Verdict.RIGHT
        else:
            verdict = Verdict.INVENTED if accepted[0] is None else Verdict.WRONG
        return self.mark(field, verdict, accepted[0], value, about, claim)

    def many(self, field: str, expected: str | None, found: str | None, claim: Claim | None = None) -> Mark:
        """One value of a field that has many."""
        verdict = Verdict.MISSED if found is None else Verdict.INVENTED if expected is None else Verdict.RIGHT
        return self.mark(field, verdict, expected, found, None, claim)

    def mark(
        self, field: str, verdict: Verdict, expected: str | None, found: str | None, about: str | None = None,
        claim: Claim | None = None,
    ) -> Mark:  # fmt: skip
        """A mark of this meeting."""
        return Mark(
            file=self.file, meeting=self.meeting, field=field, verdict=verdict, expected=expected, found=found,
            about=about, claim=claim.id if claim else None,
        )  # fmt: skip


def _article(file: str, gold: Sequence[GoldMeeting], accounts: Sequence[Account]) -> tuple[list[Mark], list[Pair]]:
    told = [coded(account) for account in accounts]
    judged = [
        [list(_pair(_Judge(file, g.id), g, a)) if can_pair(g, t) else [] for a, t in zip(accounts, told, strict=True)]
        for g in gold
    ]
    pairs = assign([[sum(m.verdict is Verdict.RIGHT for m in marks) + bool(marks) for marks in row] for row in judged])
    marks: list[Mark] = []
    statements = [claim for account in accounts for claim in account.of("statements")]
    for at, meeting in enumerate(gold):
        judge = _Judge(file, meeting.id)
        marks.append(judge.many("meetings", in_words(meeting), in_words(meeting) if at in pairs else None))
        marks += judged[at][pairs[at]] if at in pairs else []
        for statement in meeting.statements:
            best = _holder(statement, statements)
            marks.append(judge.many("quotes_anywhere", statement.quote, best.text if best else None, best))
    of = {j: gold[i].id for i, j in pairs.items()}
    known = [statement for meeting in gold for statement in meeting.statements]
    for at, account in enumerate(accounts):
        judge = _Judge(file, of.get(at, account.id))
        if at not in of:
            marks.append(judge.many("meetings", None, in_words(told[at])))
        marks += [_given(judge, account, claim, known) for claim in account.of("statements")]
    paired = [
        Pair(file=file, meeting=g.id, role=g.role, account=accounts[pairs[at]].id if at in pairs else None)
        for at, g in enumerate(gold)
    ]
    return marks, paired


def in_words(meeting: GoldMeeting) -> str:
    """A meeting in a few words: role, parties, whether it was held, date, city."""
    parts = (meeting.role, ", ".join(meeting.parties), meeting.occurrence, meeting.date, meeting.city)
    return " ".join(part for part in parts if part)


def _pair(judge: _Judge, gold: GoldMeeting, account: Account) -> Iterator[Mark]:
    """All fields of a pair."""
    for field, same in SAME.items():
        key = field.removesuffix("_compatible")
        claim = account.first(key)
        # A gold file without a column for the place has under `city` whatever the place is.
        if key == "city" and claim is None and not gold.scored("place"):
            place = account.first("place")
            claim = place if place and places.country(place.value) is None else None
        # Nobody annotated what follows from a city.
        inferred = key == "country" and claim is not None and claim.status is Status.INFERRED
        if gold.scored(key) and not (inferred and gold.country is None):
            yield judge.one(field, gold.accepted(key), claim, same)
    if gold.scored("parties"):
        known, named = set(gold.parties), {claim.value: claim for claim in reversed(account.of("parties"))}
        for code in sorted(known | named.keys() - set(gold.alternatives("parties"))):
            yield judge.many(
                "parties", code if code in known else None, code if code in named else None, named.get(code)
            )
    if gold.scored("participants"):
        yield from _participants(judge, gold, account)
    for statement in gold.statements:
        best = _holder(statement, account.of("statements"))
        yield judge.many("quotes", statement.quote, best.text if best else None, best)
        for key, same in {"speaker": same_speaker, "kind": eq}.items():
            if best and statement.scored(key):
                claim = account.about(best, f"statements.{key}")
                yield judge.one(key, statement.accepted(key), claim, same, statement.quote)


def _participants(judge: _Judge, gold: GoldMeeting, account: Account) -> Iterator[Mark]:
    claims = account.of("participants")
    pairs = persons(gold.participants, coded(account).participants)
    for at, person in enumerate(gold.participants):
        claim = claims[pairs[at]] if at in pairs else None
        yield judge.many("participants", person.name, claim.value if claim else None, claim)
        if claim and person.scored("represents"):
            code = account.about(claim, "participants.represents")
            yield judge.one("represents", person.accepted("represents"), code, eq, person.name)
    for at, claim in enumerate(claims):
        if at not in pairs.values():
            yield judge.many("participants", None, claim.value, claim)


def _holder(statement: GoldStatement, claims: Sequence[Claim]) -> Claim | None:
    """The claim that holds the quote; of several the shortest, whoever its speaker is."""
    quotes = statement.accepted("quote")
    holding = (claim for claim in claims if any(overlap(quote, claim.text) >= QUOTE_OVERLAP for quote in quotes))
    return min(holding, key=lambda claim: len(claim.text), default=None)


def _given(judge: _Judge, account: Account, claim: Claim, known: Sequence[GoldStatement]) -> Mark:
    """A statement that was given: invented where it is not in the text, or is by gold another's words."""
    if not claim.grounded:
        return judge.mark("quotes_given", Verdict.INVENTED, None, claim.text, None, claim)
    by = account.about(claim, "statements.speaker")
    said = [s for s in known if s.speaker and any(same_words(quote, claim.text) for quote in s.accepted("quote"))]
    names = [name for s in said for name in s.accepted("speaker") if name]
    if by and by.value != "unresolved" and said and not any(same_speaker(name, by.value) for name in names):
        return judge.mark("quotes_given", Verdict.INVENTED, said[0].speaker, by.value, said[0].quote, claim)
    return judge.mark("quotes_given", Verdict.RIGHT, None, claim.text, None, claim)
