"""Synthetic accounts of diplomatic meetings, of which the true meeting is known.

    python -m benchmarks.synthetic FILE --accounts 100000 --seed 1

`benchmarks.diary` invents who met whom, when and where, `benchmarks.diplomats`
the people and their names. Here each meeting is told by its accounts, and
each account errs. The noise model, which no result may change:

| what | rate | why it is plausible |
| --- | --- | --- |
| accounts of a meeting once it is due | 1 to 12, geometric; with all others 3.3 at the mean; leaders have more | most meetings reach one or two wires, a summit all of them |
| copied from an earlier account | 15% | agencies are rewritten: the copy keeps every value and error, and comes 0 to 1 days later |
| published after the meeting | 0 days 45%, 1: 35%, 2: 14%, 3: 6% | news is of the day or the morning after; weeklies and read-outs follow |
| published unknown | 5% | pages without a date line or metadata |
| date in full | 68% | "on Thursday" and a date line give a day in most news |
| date a day off | 6% | time zones, and reports filed after midnight |
| only the month | 7% | "earlier this month", read-outs without a day |
| only the year | 3% | reviews of a year |
| no date | 16% | "met today" on an undated page, or a caption |
| city right | 70% | the date line or the first sentence names it |
| city missing | 23% | the country, or nothing, stands for it |
| another city of the country | 4% | the date line of a bureau; a resort instead of the capital |
| a city elsewhere | 3% | the city of the reporter, or of the other party's capital |
| country missing | 25%; with a known city 15% | often left for the reader to know |
| host event missing | 35% | a meeting on the margins is often told without the gathering |
| level missing, or a step off | 8%, 4% | deputies are taken for ministers, and offices are left out |
| format missing | 40% in person, 5% by phone or video | nobody says that people who met were in one room |
| format wrong | 1% | a call after a visit is told as a meeting |
| one party missing | 4%; of more than three each 25% | the smaller partner is left out, long lists are cut |
| one party too many | 3% | the host, or who is talked about, taken for a party |
| occurrence missing or wrong | 3% | tense is read wrongly |
| planned account too | 25% of meetings, 1 or 2, published 1 to 14 days before | ministries announce visits; most news is of the outcome |
| meeting called off after that | 4% of those announced | rare, and then told as cancelled or postponed |
| principal not named | 15% | "the two ministers", or offices alone |
| another of the delegation instead | 4%; beside the principal 10% | a spokesman or an ambassador is who is quoted |
| whom a person speaks for missing | 8% | an office without its country |
| principals named of more than four parties | at most 4 | lists of names are cut |
| name in full | 78% | the first mention in news style |
| surname only | 14% | short items, headlines |
| initial, nickname | 5%, 3% | house style; familiar leaders |
| middle name left out | 70% of those who have one | agencies print it rarely |
| the other order of names | 12% of East Asian names, 2% of others | some outlets put the given name first, some lists the surname |
| another romanisation than the customary | 20% | house styles, translations by machine |
| accents dropped | 60% | plain ASCII house styles |
| a typing error | 1.5% | one letter doubled, lost or swapped |
| printed in another script | 12% of all names, by article | the press of the country itself, where its script is not Latin; a romanisation stands beside it |
| two accounts in one article | about 15% | a visit with two meetings, a day of talks at a gathering, a follow-up |
| background account | 6% | "who last met in ...", in an article on a later meeting of the same parties |
| its date in full, month, year, none | 15%, 40%, 30%, 15% | memory is vague |

Rates are independent of each other where the table doesn't say otherwise.
Accounts come in the order of their publication, as an archive grows, so the
order tells nothing of the meeting beyond the time.
"""  # noqa: E501 # a row of the table is a line

import argparse
import csv
import heapq
from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from benchmarks.diary import Diary
from benchmarks.telling import AHEAD, Named, Teller, Told
from benchmarks.world import World

_DAYS = 365.25
_END = date(2025, 1, 1).toordinal()
_A_DAY = 30
"""Meetings a day that the news tells of; more only where thirty years of them are too few."""


class Row(NamedTuple):
    """An account. `meeting` is the truth, at which nobody who merges may look; a value that is not told is empty."""

    account: str
    article: str
    meeting: str
    date: str
    """EDTF."""
    published: str
    """ISO 8601."""
    occurrence: str
    role: str
    city: str
    country: str
    host_event: str
    level: str
    format: str
    parties: tuple[str, ...]
    people: tuple[Named, ...]


def write(path: Path, accounts: int, seed: int) -> None:
    """Writes so many accounts as CSV, row by row; lists are joined by `;`, a person's parts by `|`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(Row._fields)
        for row in rows(accounts, seed):
            out.writerow((*row[:-2], ";".join(row.parties), ";".join(map("|".join, row.people))))


def read(path: Path) -> Iterator[Row]:
    """The accounts of a file, one by one."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        for *values, parties, people in lines:
            named = tuple(Named(*one.split("|")) for one in people.split(";")) if people else ()
            yield Row._make((*values, tuple(parties.split(";")) if parties else (), named))


def rows(accounts: int, seed: int) -> Iterator[Row]:
    """So many accounts in the order of publication: the same for the same seed and number."""
    years = min(max(accounts / 3 / _A_DAY / _DAYS, 2), 30)
    world, start = World(seed), _END - int(years * _DAYS)
    diary, teller = Diary(world, seed, accounts / 3 / years / _DAYS), Teller(world, seed)
    waiting: list[tuple[int, str, Told]] = []
    given = told = 0
    for bundle in diary.bundles(start):
        while waiting and waiting[0][0] < bundle[0].day - AHEAD:
            if given == accounts:
                return
            given += 1
            _, account, next_told = heapq.heappop(waiting)
            yield _row(account, next_told, seed)
        for one in teller.tell(bundle):
            told += 1
            heapq.heappush(waiting, (one.day, _id(seed, "account", told), one))


def _row(account: str, told: Told, seed: int) -> Row:
    published = date.fromordinal(told.day).isoformat() if told.dated else ""
    article, meeting = _id(seed, "article", told.article), _id(seed, "meeting", told.meeting)
    day, *rest = told.values
    occurrence, *others = rest
    return Row._make((account, article, meeting, day, published, occurrence, told.role, *others))


def _id(seed: int, kind: str, number: int) -> str:
    """Tells nothing of what it is the id of; accounts of one day stand in its order."""
    return blake2b(f"{seed} {kind} {number}".encode(), digest_size=8).hexdigest()


def main() -> None:
    """Writes a file, as the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.synthetic", description="Writes synthetic accounts.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--accounts", type=int, default=100_000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.file, given.accounts, given.seed)


if __name__ == "__main__":
    main()
