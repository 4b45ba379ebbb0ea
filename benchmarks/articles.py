"""Articles to measure with: made from a seed, all different, about 3,000 characters each.

Countries and capitals are real, the persons are not. Each article has the same
number of sentences, and three of them, which follow on each other, tell of its
one meeting in set words: `TOLD` finds them in a request as it stands on the
wire, so that a mock can answer without reading it.
"""

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

COUNTRIES = {
    "Kenyan": ("Kenya", "Nairobi"),
    "Malawian": ("Malawi", "Lilongwe"),
    "Zambian": ("Zambia", "Lusaka"),
    "Ghanaian": ("Ghana", "Accra"),
    "Senegalese": ("Senegal", "Dakar"),
    "Namibian": ("Namibia", "Windhoek"),
    "Peruvian": ("Peru", "Lima"),
    "Chilean": ("Chile", "Santiago"),
    "Ecuadorian": ("Ecuador", "Quito"),
    "Uruguayan": ("Uruguay", "Montevideo"),
    "Paraguayan": ("Paraguay", "Asuncion"),
    "Norwegian": ("Norway", "Oslo"),
    "Finnish": ("Finland", "Helsinki"),
    "Portuguese": ("Portugal", "Lisbon"),
    "Austrian": ("Austria", "Vienna"),
    "Croatian": ("Croatia", "Zagreb"),
    "Estonian": ("Estonia", "Tallinn"),
    "Vietnamese": ("Vietnam", "Hanoi"),
    "Malaysian": ("Malaysia", "Kuala Lumpur"),
    "Mongolian": ("Mongolia", "Ulaanbaatar"),
    "Nepalese": ("Nepal", "Kathmandu"),
    "Jordanian": ("Jordan", "Amman"),
    "Omani": ("Oman", "Muscat"),
    "Uzbek": ("Uzbekistan", "Tashkent"),
}
"""By the adjective: the country's name and its capital."""

_GAP = rb"(?:\\n\[\d+\])? "
TOLD = re.compile(
    rb"(?:\[(?P<number>\d+)\] )?(?P<home>[A-Z][a-z]+) Foreign Minister (?P<first>[A-Z][a-z]+ [A-Z][a-z]+) met "
    rb"(?P<away>[A-Z][a-z]+) Foreign Minister (?P<second>[A-Z][a-z]+ (?P<guest>[A-Z][a-z]+)) in (?P<city>[A-Za-z ]+?) "
    rb"on (?P<day>[A-Z][a-z]+)\."
    + _GAP
    + rb"They agreed (?P<pledge>[^.]+)\."
    + _GAP
    + rb"\\\"(?P<words>[^\\]+,)\\\" (?P=guest) told reporters\."
)
"""The three sentences of the meeting, in a request's JSON: numbered as this project shows them, or running on."""

_SYLLABLES = ("ba", "den", "fo", "gar", "hil", "jo", "kan", "lo", "mer", "nu", "pol", "ri", "sa", "tev", "wan", "zel")
_PLEDGES = ("reopen", "modernise", "survey", "extend", "repair", "electrify")
_WORKS = ("the border bridge", "the northern railway", "the river port", "the coastal road", "the shared power line")
_MATTERS = (
    "grain transit",
    "fishing quotas",
    "customs forms",
    "student visas",
    "flood warning",
    "air links",
    "dairy tariffs",
)
_SOURCES = ("Officials at the ministry", "Traders in the capital", "Analysts of the region", "Members of parliament")
_VERBS = ("described", "recalled", "went through", "compared", "set out")
_FILLERS = (
    "{source} {verb} the long record of {matter} between the two sides, which had been on the table since {year}.",
    "A paper on {matter} that was handed out before lunch runs to {count} pages and names no figure for the costs.",
    "The last survey, of {year}, counted {count} lorries a day, most of them with goods that fall under {matter}.",
    "{source} had asked for clearer rules on {matter}, and for an office that answers letters within {count} days.",
    "Work on {matter} goes on in the provinces, where {count} mayors have written to the capital since {year}.",
    "It was not said who pays for {matter}; the budget of {year} set aside {count} million for works of that kind.",
)
_PARAGRAPHS = (4, 4, 5, 5, 5)
"""Filler sentences by paragraph; the meeting stands after the first of these paragraphs."""
SENTENCES = 2 + sum(_PARAGRAPHS) + 3


def article(number: int, seed: int = 1) -> str:
    """The text of article `number`: a headline, a first paragraph with the dateline, and five more paragraphs."""
    rng = random.Random(f"{seed}:{number}")  # noqa: S311 # no secret is made here
    home, away = rng.sample(sorted(COUNTRIES), 2)
    city = COUNTRIES[home][1]
    filed = date(2023, 1, 2) + timedelta(days=rng.randrange(900))
    met = (filed - timedelta(days=rng.randrange(1, 6))).strftime("%A")
    first, second = (f"{_name(rng)} {_name(rng)}" for _ in range(2))
    pledge = f"to {rng.choice(_PLEDGES)} {rng.choice(_WORKS)} by the end of {rng.randrange(2026, 2036)}"
    matter = rng.choice(_MATTERS)
    told = (
        f"{home} Foreign Minister {first} met {away} Foreign Minister {second} in {city} on {met}. "
        f"They agreed {pledge}. "
        f'"Our people have waited {rng.randrange(2, 90)} months for {matter}," {second.split()[1]} told reporters.'
    )
    fillers = [" ".join(_filler(rng) for _ in range(size)) for size in _PARAGRAPHS]
    lead = f"{city.upper()}, {filed:%B} {filed.day}, {filed.year} — A week of talks on {matter} has come to its end."
    headline = f"{COUNTRIES[home][0]} and {COUNTRIES[away][0]} talk about {matter}"
    return "\n\n".join([headline, lead, fillers[0], told, *fillers[1:]]) + "\n"


def write(folder: Path, numbers: range, seed: int = 1) -> None:
    """The articles with these numbers as `NNNNNN.txt` in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number:06}.txt").write_text(article(number, seed), "utf-8")


def files(folder: Path) -> Iterator[Path]:
    """The articles in a folder, in order."""
    yield from sorted(folder.glob("*.txt"))


def _name(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=3)).capitalize()


def _filler(rng: random.Random) -> str:
    return rng.choice(_FILLERS).format(
        source=rng.choice(_SOURCES),
        verb=rng.choice(_VERBS),
        matter=rng.choice(_MATTERS),
        year=rng.randrange(1990, 2023),
        count=rng.randrange(12, 990),
    )
