"""Texts: the facets of a profile as strings, so that a table can hold and number them.

The parts of a facet stand one after the other, by ASCII's unit separator;
delegations by its record separator. A facet that says nothing is empty.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from extractor.profile import Delegation, Kind, Parties, Place, Profile, When, Words

_UNIT, _RECORD = "\x1f", "\x1e"
_CONTROLS = str.maketrans(_UNIT + _RECORD, "  ")

COLUMNS = ("account", "article", "when", "place", "host", "kind", "parties", "people", "words")
"""The columns of a table of profiles."""


def row(profile: Profile) -> tuple[str, ...]:
    """A profile as a row of these columns."""
    return (
        profile.account,
        profile.article,
        *(_text(value) for value in (profile.when, profile.place, profile.host, profile.kind)),
        _parties(profile.parties),
        _RECORD.join(map(_text, profile.people)),
        _words(profile.words),
    )


@lru_cache(maxsize=65536)
def _text(facet: str | tuple[Any, ...] | None) -> str:
    if facet is None or facet in (When(), Place(), Kind()):
        return ""
    if isinstance(facet, Delegation):
        facet = (facet.party, "ranked" if facet.ranked else "", *facet.names)
    parts = (facet,) if isinstance(facet, str) else facet
    return _UNIT.join((part or "").translate(_CONTROLS) for part in parts)


def _parties(parties: Parties) -> str:
    return _UNIT.join(" ".join(codes) for codes in parties if codes)


def _words(words: Words) -> str:
    return json.dumps(words) if words != Words() else ""


def _parts(text: str) -> list[str | None]:
    return [part or None for part in text.split(_UNIT)]


def _delegation(text: str) -> Delegation:
    party, ranked, *names = text.split(_UNIT)
    return Delegation(party or None, bool(ranked), tuple(names))


def _when(text: str) -> When:
    date, published, tense = text.split(_UNIT)
    return When(date or None, published or None, tense)


def _said(text: str) -> Words:
    quotes, distinctions = json.loads(text)
    return Words(tuple(map(tuple, quotes)), tuple(map(tuple, distinctions)))


READ: Mapping[str, Callable[[str], Any]] = {
    "when": lambda text: _when(text) if text else When(),
    "place": lambda text: Place(*_parts(text)) if text else Place(),
    "host": lambda text: text or None,
    "kind": lambda text: Kind(*_parts(text)) if text else Kind(),
    "parties": lambda text: Parties(*(tuple(codes.split()) for codes in text.split(_UNIT))),
    "words": lambda text: _said(text) if text else Words(),
    "delegation": _delegation,
}
"""How the text of each facet is read."""
