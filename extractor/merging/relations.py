"""Relations: how two values of one field stand to each other, before anybody counts who says them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractor.match import same_city
from extractor.schemas import Agreement
from extractor.values import edtf, gatherings, places, wording


def exact(left: str, right: str) -> Agreement:
    """The same words agree; all else is a conflict."""
    return Agreement.AGREED if wording.same(left, right) else Agreement.CONFLICT


def date(left: str, right: str) -> Agreement:
    """Equal dates agree; finer and coarser ones, and a day that time zones explain, are compatible."""
    if left == right:
        return Agreement.AGREED
    near = edtf.days_apart(left, right) == 1
    return Agreement.COMPATIBLE if near or edtf.compatible(left, right) else Agreement.CONFLICT


def closer(left: str, right: str) -> bool:
    """Whether the first date can be the second one, told more closely."""
    return edtf.precision(left) > edtf.precision(right) and edtf.compatible(left, right)


def time(left: str, right: str) -> Agreement:
    """Times of day as printed: other words are compatible, other numbers are not."""
    if wording.same(left, right):
        return Agreement.AGREED
    a, b = (set(re.findall(r"\d+", words)) for words in (left, right))
    return Agreement.CONFLICT if a and b and a != b else Agreement.COMPATIBLE


def city(left: str, right: str) -> Agreement:
    """Two spellings of one city agree."""
    return Agreement.AGREED if same_city(left, right) else Agreement.CONFLICT


def place(left: str, right: str) -> Agreement:
    """A place agrees with itself, and is compatible with one that is described more closely or lies in it."""
    if same_city(left, right):
        return Agreement.AGREED
    a, b = wording.meaning(left), wording.meaning(right)
    inside = _lies_in(left, right) or _lies_in(right, left)
    return Agreement.COMPATIBLE if inside or (a and b and (a <= b or b <= a)) else Agreement.CONFLICT


def _lies_in(inner: str, outer: str) -> bool:
    found = places.city(inner)
    return found is not None and found.country == places.country(outer)


def gathering(left: str, right: str) -> Agreement:
    """One gathering under two names is agreed; described in other words it is a variant."""
    a, b = gatherings.read(left), gatherings.read(right)
    if not (a.name and b.name):
        return Agreement.AGREED if wording.same(left, right) else Agreement.COMPATIBLE
    if not a.same(b):
        return Agreement.CONFLICT
    if a.description and b.description and not wording.same(a.description, b.description):
        return Agreement.VARIANT
    return Agreement.AGREED if (a.body, not a.description) == (b.body, not b.description) else Agreement.COMPATIBLE


def office(left: str, right: str) -> Agreement:
    """An office agrees with itself, and is compatible with a fuller form of it."""
    if wording.same(left, right):
        return Agreement.AGREED
    a, b = wording.meaning(left), wording.meaning(right)
    return Agreement.COMPATIBLE if a and b and (a <= b or b <= a) else Agreement.CONFLICT


def _no_rank(_: str) -> int:
    return 0


def _never(_: str, __: str) -> bool:
    return False


@dataclass(frozen=True)
class Comparison:
    """How the values of a field compare: their relation, and how fine each one is."""

    relation: Callable[[str, str], Agreement] = exact
    fineness: Callable[[str], int] = _no_rank
    """Of values that fit together the one with the highest leads."""
    closer: Callable[[str, str], bool] = _never
    """Whether the first value is the second one told more closely, so that even a primary source gives way to it."""
    standing: tuple[str, ...] = ()
    """The values that may lead, in their order; with none all may, in the order of the accounts."""
    rule: str = "most origins, then the first account"
    """How a value is chosen where nothing better is known of it."""


_FIELDS = {
    "date": Comparison(date, edtf.precision, closer),
    "time_text": Comparison(time),
    "city": Comparison(city),
    "place": Comparison(place),
    "venue": Comparison(place),
    "host_event": Comparison(gathering, len),
    "participants.office": Comparison(office),
}


def of(field: str) -> Comparison:
    """How values of a field compare; for what became of a meeting see `history`."""
    return _FIELDS.get(field, Comparison())
