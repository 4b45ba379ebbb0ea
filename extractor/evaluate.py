"""Accounts scored against a gold file: what was found, missed, mistaken and invented, field by field.

Everything that is judged leaves one `Mark`; all numbers are counts of marks.
Gold and found meetings of one article pair up first, and fields are judged on
the pairs: a meeting that was not found counts once, under `meetings`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import eq
from pathlib import Path, PurePath
from textwrap import shorten
from typing import NamedTuple

from pydantic import ValidationError
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from extractor import doubts
from extractor.assignment import assign
from extractor.errors import ConfigurationError
from extractor.match import people, same_city
from extractor.schemas import Account, Article, Claim, Status
from extractor.schemas.gold import GoldArticle, GoldMeeting, GoldStatement
from extractor.schemas.scores import FIELDS, Mark, Row, Scores, Verdict
from extractor.values import dates, gatherings, wording
from extractor.values.names import likeness, same_person

QUOTE_OVERLAP = 0.8
"""The share of a gold quote's characters, case and punctuation aside, that must be found."""
WORD_OVERLAP = 0.5
"""The share of words that two names of a gathering or a place have in common when they are one."""


def load_gold(path: Path) -> dict[str, list[GoldMeeting]]:
    """The gold meetings by the name of their article's file.

    Raises:
        ConfigurationError: the file cannot be read, or a line is no gold record.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read as a gold file: {error}") from error
    gold: dict[str, list[GoldMeeting]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            article = GoldArticle.model_validate_json(line)
            for date in (date for meeting in article.meetings for date in meeting.accepted("date") if date):
                dates.bounds(date)
        except ValidationError as error:
            wrong = error.errors()[0]
            where = ".".join(str(step) for step in wrong["loc"]) or "the line"
            raise ConfigurationError(f"{path}, line {number}: {where}: {wrong['msg']}") from error
        except (ValueError, AttributeError) as error:
            raise ConfigurationError(f"{path}, line {number}: a date is not EDTF: {error}") from error
        if article.file in gold:
            raise ConfigurationError(f"{path}, line {number}: {article.file} has a line already; make them one")
        gold[article.file] = list(article.meetings)
    return gold


def by_file(articles: Iterable[Article], accounts: Iterable[Account]) -> dict[str, list[Account]]:
    """The accounts by the names of the files in which their articles were seen; a file may have none.

    Raises:
        ConfigurationError: two articles have files of one name, so that the gold's name could mean either.
    """
    told: dict[str, list[Account]] = {}
    for account in accounts:
        told.setdefault(account.article, []).append(account)
    of: dict[str, str] = {}
    for article in articles:
        for name in (PurePath(seen.path).name for seen in article.sightings if seen.path):
            if of.setdefault(name, article.id) != article.id:
                raise ConfigurationError(f"two articles are called {name}: evaluate their folders one at a time")
    return {name: told.get(id_, []) for name, id_ in of.items()}


def score(found: Mapping[str, Sequence[Account]], gold: Mapping[str, Sequence[GoldMeeting]]) -> Scores:
    """What was found, by file name, judged against the gold.

    A gold article that `found` does not have counts as one where nothing was
    found; one that has no gold is not scored.
    """
    return Scores(marks=tuple(mark for file in gold for mark in _article(file, gold[file], found.get(file, ()))))


def table(scores: Scores) -> list[Row]:
    """One row a field, in the order of `FIELDS`."""
    return [scores.row(field) for field in FIELDS]


def render(scores: Scores, *, errors: bool = False) -> str:
    """The table as plain text within 80 columns; with `errors`, all of them after it, by article and meeting."""
    counts = ("right", "wrong", "missed", "invented", "empty")
    measures = {"precision": "prec.", "recall": "recall", "f1": "F1", "accuracy": "acc."}
    lines = [f"{'':15} {' '.join(counts)}" + "".join(f"{name:>7}" for name in measures.values())]
    for row in table(scores):
        numbers = "".join(f"{getattr(row, name) or '·':>{len(name) + 1}}" for name in counts)
        shares = ("·" if (share := getattr(row, name)) is None else f"{share:.3f}" for name in measures)
        lines.append(f"{row.field.replace('_', ' '):15}{numbers}" + "".join(f"{share:>7}" for share in shares))
    for (file, meeting), marks in groupby(scores.errors if errors else (), lambda mark: (mark.file, mark.meeting)):
        lines += ["", f"{file}  {meeting}"]
        for mark in marks:
            values = (shorten(value or "nothing", 60, placeholder=" …") for value in (mark.expected, mark.found))
            about = f"  ({shorten(mark.about, 40, placeholder=' …')})" if mark.about else ""
            lines.append(f"  {mark.verdict:9}{mark.field.replace('_', ' ')}: {' → '.join(values)}{about}")
    return "\n".join(lines)


class _Judge(NamedTuple):
    """Marks of one meeting."""

    file: str
    meeting: str

    def one(
        self, field: str, accepted: Sequence[str | None], value: str | None, same: Callable[[str, str], bool],
        about: str | None = None,
    ) -> Mark:  # fmt: skip
        """A field with one value."""
        value = None if value in ("unknown", "unresolved") else value
        if value is None:
            verdict = Verdict.EMPTY if None in accepted else Verdict.MISSED
        elif any(right is not None and same(right, value) for right in accepted):
            verdict = Verdict.RIGHT
        else:
            verdict = Verdict.INVENTED if accepted[0] is None else Verdict.WRONG
        return self._mark(field, verdict, accepted[0], value, about)

    def many(self, field: str, expected: str | None, found: str | None) -> Mark:
        """One value of a field that has many."""
        verdict = Verdict.MISSED if found is None else Verdict.INVENTED if expected is None else Verdict.RIGHT
        return self._mark(field, verdict, expected, found)

    def _mark(
        self, field: str, verdict: Verdict, expected: str | None, found: str | None, about: str | None = None
    ) -> Mark:
        values = {"expected": expected, "found": found, "about": about}
        return Mark(file=self.file, meeting=self.meeting, field=field, verdict=verdict, **values)


def _article(file: str, gold: Sequence[GoldMeeting], accounts: Sequence[Account]) -> Iterator[Mark]:
    judged = [[list(_pair(_Judge(file, g.id), g, a)) if can_pair(g, a) else [] for a in accounts] for g in gold]
    pairs = assign([[sum(m.verdict is Verdict.RIGHT for m in marks) + bool(marks) for marks in row] for row in judged])
    for at, meeting in enumerate(gold):
        judge = _Judge(file, meeting.id)
        told = " ".join(filter(None, (", ".join(meeting.parties), meeting.occurrence, meeting.date, meeting.city)))
        yield judge.many("meetings", told, told if at in pairs else None)
        if at in pairs:
            yield from judged[at][pairs[at]]
        for statement in meeting.statements:
            best = _holder(statement, [claim for account in accounts for claim in account.of("statements")])
            yield judge.many("quotes_anywhere", statement.quote, best.text if best else None)
    for at, account in enumerate(accounts):
        judge = _Judge(file, account.id)
        if at not in pairs.values():
            told = " ".join(claim.text for key in ("role", "parties", "date", "city") for claim in account.of(key))
            yield judge.many("meetings", None, told)
        for claim in account.of("statements"):
            yield judge.many("quotes_in_text", claim.text if claim.grounded else None, claim.text)


def can_pair(gold: GoldMeeting, account: Account) -> bool:
    """Whether two can be one meeting: two parties shared, or one and the host event or place; no date against it."""
    date, known = account.first("date"), [date for date in gold.accepted("date") if date]
    if date and known and not any(dates.compatible(date.value, other) for other in known):
        return False
    shared = len(set(gold.parties) & {claim.value for claim in account.of("parties")})
    return shared > 1 or (shared == 1 and _beside(gold, account))


def _beside(gold: GoldMeeting, account: Account) -> bool:
    """Whether host event or place is shared."""
    events = ((x, c.value) for x in gold.accepted("host_event") if x for c in account.of("host_event"))
    known = [value for key in ("city", "place") for value in gold.accepted(key) if value]
    named = [claim.value for key in ("city", "place", "venue") for claim in account.of(key)]
    return any(same_event(*pair) for pair in events) or any(
        same_city(x, y) or wording.similarity(x, y) >= WORD_OVERLAP for x in known for y in named
    )


def same_event(left: str, right: str) -> bool:
    """Whether two names of a gathering are one: the gathering is known by both, or half of their words are shared."""
    a, b = gatherings.read(left), gatherings.read(right)
    if a.name.isupper() and b.name.isupper():  # both are known: those go by an acronym
        return a.same(b)
    return (bool(a.name) and a.same(b)) or wording.similarity(left, right) >= WORD_OVERLAP


def same_speaker(left: str, right: str) -> bool:
    """Whether two names of a speaker are one: any form of a person's; an institution's, where one holds the other."""
    jointly = [bool(re.search(r"\bjoint(?:ly)?\b", name, re.IGNORECASE)) for name in (left, right)]
    if any(jointly):
        return all(jointly)
    if doubts.institution(left) or doubts.institution(right):
        a, b = ({word for word in wording.content(name) if len(word) > 1} for name in (left, right))
        return wording.same(left, right) or (bool(a and b) and (a <= b or b <= a))
    return same_person(left, right)


_SINGLE: dict[str, Callable[[str, str], bool]] = {
    "role": eq, "occurrence": eq, "date": eq, "date_compatible": dates.compatible, "city": same_city, "country": eq,
    "level": eq, "format": eq, "host_event": same_event,
}  # fmt: skip


def _pair(judge: _Judge, gold: GoldMeeting, account: Account) -> Iterator[Mark]:
    """All fields of a pair."""
    for field, same in _SINGLE.items():
        key = field.removesuffix("_compatible")
        claim = account.first(key)
        # Nobody annotated what follows from a city.
        inferred = key == "country" and claim is not None and claim.status is Status.INFERRED
        if gold.scored(key) and not (inferred and gold.country is None):
            yield judge.one(field, gold.accepted(key), claim.value if claim else None, same)
    if gold.scored("parties"):
        known, named = set(gold.parties), {claim.value for claim in account.of("parties")}
        for code in sorted(known | named - set(gold.alternatives("parties"))):
            yield judge.many("parties", code if code in known else None, code if code in named else None)
    if gold.scored("participants"):
        yield from _participants(judge, gold, people(account))
    for statement in gold.statements:
        best = _holder(statement, account.of("statements"))
        yield judge.many("quotes", statement.quote, best.text if best else None)
        for key, same in {"speaker": same_speaker, "kind": eq}.items():
            if best and statement.scored(key):
                claim = account.about(best, f"statements.{key}")
                yield judge.one(key, statement.accepted(key), claim.value if claim else None, same, statement.quote)


def _participants(judge: _Judge, gold: GoldMeeting, named: Sequence[tuple[str, str | None]]) -> Iterator[Mark]:
    # Two of one surname are told apart by whom they represent.
    pairs = assign([
        [2 * like + (code == g.represents) if (like := max(likeness(form, name) for form in g.accepted("name"))) else 0
         for name, code in named]
        for g in gold.participants
    ])  # fmt: skip
    for at, person in enumerate(gold.participants):
        name, code = named[pairs[at]] if at in pairs else (None, None)
        yield judge.many("participants", person.name, name)
        if name and person.scored("represents"):
            yield judge.one("represents", person.accepted("represents"), code, eq, person.name)
    for at, (name, _) in enumerate(named):
        if at not in pairs.values():
            yield judge.many("participants", None, name)


def _holder(statement: GoldStatement, claims: Sequence[Claim]) -> Claim | None:
    """The claim that holds the quote; of several the shortest, whoever its speaker is."""
    quotes = statement.accepted("quote")
    holding = (claim for claim in claims if any(overlap(quote, claim.text) >= QUOTE_OVERLAP for quote in quotes))
    return min(holding, key=lambda claim: len(claim.text), default=None)


def overlap(quote: str, found: str) -> float:
    """How much of a quote stands in one stretch of what was found: 0 to 1, by characters in order, after folding."""
    left, right = (" ".join(wording.words(text)) for text in (quote, found))
    if len(right) > len(left) and (at := fuzz.partial_ratio_alignment(left, right)):
        right = right[at.dest_start : at.dest_end]
    return LCSseq.similarity(left, right) / len(left) if left else 0.0
