"""Verdicts of the built-in model: two accounts, as a message shows them, compared by rules.

It holds to what settles the matter by itself, and is unsure of all the rest:
the rules of linking have weighed the same values before.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import product

from extractor.schemas import DraftVerdict
from extractor.values import edtf, places, wording
from extractor.values.names import Likeness, likeness

_ACCOUNT = re.compile(r"^account: [12] of 2$", re.MULTILINE)
_STRING = r'"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"'
_CLAIM = re.compile(rf"(?P<field>[a-z_]+): (?P<value>{_STRING})(?:, printed {_STRING})? \[\d+\]")
"""A value that is printed; one that is only inferred decides nothing."""
_QUOTATION = 6
"""Words that a quotation must have for two accounts not to print it by chance."""


class Shown(dict[str, list[str]]):
    """What a message shows of one account: the values that are printed, by field."""

    def first(self, field: str) -> str | None:
        """The value of a field that has one."""
        return next(iter(self.get(field, ())), None)

    @property
    def date(self) -> str | None:
        """The date; who sends a message may have written anything there."""
        value = self.first("date")
        with suppress(ValueError):
            return value if value and edtf.parse(value) else None
        return None


def read_accounts(message: str) -> tuple[Shown, Shown] | None:
    """The two accounts that a message shows; None where it shows none."""
    _, *told = _ACCOUNT.split(message)
    return (_shown(told[0]), _shown(told[1])) if len(told) == 2 else None


def judge(one: Shown, other: Shown) -> DraftVerdict:
    """Whether two accounts tell of one meeting, as far as one value decides it."""
    if against := next(_against(one, other), None):
        return DraftVerdict(reason=f"By rule: {against}.", answer="different")
    if why := next(_for(one, other), None):
        return DraftVerdict(reason=f"By rule: {why}.", answer="same")
    return DraftVerdict(reason="By rule: no value that is shown settles it.", answer="unsure")


def _against(one: Shown, other: Shown) -> Iterator[str]:
    """What two accounts of one meeting cannot both say."""
    left, right = one.date, other.date
    if left and right and not edtf.compatible(left, right) and edtf.days_apart(left, right) != 1:
        yield f"account 1 dates it {left}, account 2 {right}"
    cities = [found for shown in (one, other) if (found := places.city(shown.first("city") or ""))]
    if len(cities) == 2 and cities[0] != cities[1]:
        yield f"account 1 places it in {cities[0].name}, account 2 in {cities[1].name}"
    parties = set(one.get("parties", ())), set(other.get("parties", ()))
    if all(parties) and not parties[0] & parties[1]:
        yield "no party is in both accounts"
    levels = {one.first("level"), other.first("level")} - {None}
    if len(levels) == 2 and "participants" in one and "participants" in other and not _shared(one, other):
        yield f"one is of {' and the other of '.join(sorted(map(str, levels)))}, and nobody is in both"


def _for(one: Shown, other: Shown) -> Iterator[str]:
    """What two meetings hardly share, where nothing speaks against it."""
    parties, left, right = set(one.get("parties", ())), one.date, other.date
    if len(parties) < 2 or parties != set(other.get("parties", ())) or one.first("format") != other.first("format"):
        return
    if left and right and not edtf.compatible(left, right):
        return
    day = left if left and left == right and edtf.precision(left) == 3 else None
    if day and (venue := one.first("venue")) and wording.same(venue, other.first("venue") or ""):
        yield f"both place it in {venue} on {day}, with the same parties"
    quotes = {wording.words(quote): quote for quote in one.get("statements", ())}
    for words in sorted(quotes.keys() & {wording.words(quote) for quote in other.get("statements", ())}):
        if len(words) >= _QUOTATION:
            yield f"both print “{quotes[words]}”, with the same parties"


def _shared(one: Shown, other: Shown) -> bool:
    """Whether somebody is in both accounts."""
    names = product(one.get("participants", ()), other.get("participants", ()))
    return any(likeness(left, right) > Likeness.PARTIAL for left, right in names)


def _shown(text: str) -> Shown:
    shown = Shown()
    for line in text.partition("\n<article ")[0].splitlines():
        if found := _CLAIM.match(line):
            shown.setdefault(found["field"], []).append(str(json.loads(found["value"], strict=False)))
    return shown
