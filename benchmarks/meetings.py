"""Articles to make a report of: each meeting is told by two or three, which agree on most and not on all.

Made from a seed, for the built-in model to read. Countries and capitals are
real, the persons are not.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.articles import COUNTRIES

_SURNAMES = ("Abo", "Belle", "Corde", "Dima", "Ever", "Fars", "Gori", "Halo", "Ister", "Jova", "Kelm", "Lund", "Mora")
_ENDS = ("dale", "mann", "kov", "nier", "ssen", "tero", "vale", "witz")
_GIVEN = ("Ada", "Bruno", "Clara", "Dario", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jonas", "Klara", "Leon")
_MATTERS = ("grain transit", "fishing quotas", "student visas", "flood warning", "air links", "dairy tariffs")
_WORKS = ("the border bridge", "the northern railway", "the river port", "the coastal road", "the shared power line")
_SAYINGS = (
    "Our people have waited {a} months for clear rules on {matter}",
    "There is {now}no reason why {work} should stay closed",
    "Patience and shared figures between neighbours matter more {now}than ever",
    "We shall not accept {a} more years of delay over {matter}",
    "The {firm} answer to {matter} is a common one",
    "Each side has done {now}what it promised on {matter}",
)


class _Meeting(NamedTuple):
    """Who met whom, where and when, and what was said."""

    home: str
    away: str
    ministers: tuple[str, str]
    day: date
    work: str
    matter: str
    year: int
    figures: tuple[int, ...]


def write(folder: Path, meetings: int, seed: int = 1) -> None:
    """The articles that tell of so many meetings, in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(meetings):
        for teller, text in enumerate(_articles(number, seed)):
            (folder / f"{number:05}-{teller}.txt").write_text(text, "utf-8")


def _articles(number: int, seed: int) -> Iterator[str]:
    rng = random.Random(f"{seed}:{number}")  # noqa: S311 # no secret is made here
    home, away = rng.sample(sorted(COUNTRIES), 2)
    told = _Meeting(
        home,
        away,
        _names(rng),
        date(2005, 1, 1) + timedelta(days=5 * number),  # of its own, so that nothing is the same meeting by chance
        rng.choice(_WORKS),
        rng.choice(_MATTERS),
        rng.randrange(2026, 2036),
        tuple(rng.randrange(2, 90) for _ in _SAYINGS),
    )
    for _ in range(rng.choice((2, 3))):
        yield _article(told, rng)


def _article(told: _Meeting, rng: random.Random) -> str:
    city = COUNTRIES[told.home][1]
    filed = told.day + timedelta(days=rng.randrange(2))
    met = (
        f"{told.home} Foreign Minister {told.ministers[0]} met {told.away} Foreign Minister {told.ministers[1]} "
        f"in {city} on {told.day:%A}. They agreed to repair {told.work} by the end of {told.year + rng.randrange(2)}."
    )
    said = [
        f"“{_said(saying, told, figure, rng)},” {told.ministers[at % 2].split()[1]} said after the talks."
        for at, (saying, figure) in enumerate(zip(_SAYINGS, told.figures, strict=True))
        if rng.random() < 0.8
    ]
    lead = f"{city.upper()}, {filed:%B} {filed.day}, {filed.year} — {met}"
    lasted = f"The talks lasted about {rng.choice(('two', 'three'))} hours."
    return "\n\n".join([f"Ministers talk about {told.matter}", lead, *said, lasted]) + "\n"


def _said(saying: str, told: _Meeting, figure: int, rng: random.Random) -> str:
    now, firm = rng.choice(("now ", "")), rng.choice(("firm", "only"))
    return saying.format(a=figure, matter=told.matter, work=told.work, now=now, firm=firm)


def _names(rng: random.Random) -> tuple[str, str]:
    one, other = (
        f"{given} {surname}{rng.choice(_ENDS)}"
        for given, surname in zip(rng.sample(_GIVEN, 2), rng.sample(_SURNAMES, 2), strict=True)
    )
    return one, other
