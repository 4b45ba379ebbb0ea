"""Naming: where a line names a person together with an office or a country.

Countries and offices of the line become one character each; what is left are
a few orders of words: "Kenyan Foreign Minister Jane Doe", "Foreign Minister of
Kenya Jane Doe", "Jane Doe, Kenya's foreign minister", "her Kenyan counterpart,
Jane Doe".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.builtin import offices, orders
from extractor.builtin.marked import Marked
from extractor.builtin.personal import COURTESY, HONOURS, NAME, STYLE, trim
from extractor.values import places


class Named(NamedTuple):
    """A person named in a line; `country` and `office` are the words beside the name."""

    start: int
    end: int
    name: str
    office: str | None
    country: str | None
    peer: bool = False
    """Whether the line calls the person somebody's counterpart."""


def titled(text: str) -> list[Named]:
    """The people whom a line names with an office or a country."""
    line = Marked(text)
    found = list(_with_office(line, text))
    return sorted([*found, *_owned(line, found)], key=lambda named: named.start)


def _owned(line: Marked, found: Sequence[Named]) -> Iterator[Named]:
    """The people named with a country alone, next to another person in a list."""
    taken = [(named.start, named.end) for named in found]
    able = []
    for match in orders.OWNED.finditer(line.text):
        group, land = ("owned", "theirs") if match["owned"] else ("from", "land")
        name = match[group]
        span = line.start(match.start()), line.end(match.end())
        apart = not any(start < span[1] and span[0] < end for start, end in taken)
        if apart and " " in name and trim(name) == name and not orders.NO_PERSON.search(name):
            able.append(Named(*span, name, None, line.words(match, land)))
    for match in orders.EACH.finditer(line.text):
        office = line.words(match, "office")
        for name in ("one", "other"):
            at = line.start(match.start(name)), line.end(match.end(name))
            if trim(match[name]) == match[name]:
                yield Named(*at, match[name], office, line.words(match, f"{name}_of"))
    # "Kenya's Defence Minister Jane Doe and Uganda's John Roe": he holds the same office.
    offices_by = {(named.start, named.end): named.office for named in [*found, *able]}
    spans = sorted(offices_by)
    beside: set[tuple[int, int]] = set()
    for a, b in pairwise(spans):
        if orders.LISTED.fullmatch(line.source, a[1], b[0]):
            beside |= {a, b}
            offices_by[b] = offices_by[b] or offices_by[a]
    for named in able:
        span = named.start, named.end
        if span in beside or line.source.endswith(" including ", 0, named.start):
            yield named._replace(office=offices_by[span])


def _with_office(line: Marked, text: str) -> Iterator[Named]:
    position = 0
    before: Named | None = None
    while match := orders.TITLED.search(line.text, position):
        group = next(name for name in ("name", "named", "fellow", "plain", "sent", "styled") if match[name])
        name = trim(match[group])
        at = line.start(match.start(group))
        # "He called on the President at State House, Lusaka."
        placed = " " not in name and text[at - 2 : at] == ", " and bool(places.city(name))
        if group == "named" and len(name) < len(HONOURS.sub("", match[group])):
            position = match.start(group) + (len(name) or 1)  # "at Rose Hall Her Excellency Jane Doe, the President"
            continue
        if not name or placed or (group in ("named", "plain", "styled") and " " not in name):
            position = max(match.start() + 1, match.end(group) if not name else match.start() + 1)
            continue
        whole = len(name) == len(HONOURS.sub("", match[group]))
        office = _one(next((line.words(match, g) for g in ("office", "post", "rank", "sent_as") if match[g]), None))
        around = ("from", "in", "fellow_of", "styled_of", "of", "whose") if whole else ("of", "whose")
        lands = next(
            (line.lands(match, g) for g in (*around, "theirs", "post_of", "other", "other_of", "sends") if match[g]), []
        )
        end = match.end() if whole else match.start(group) + len(name)
        # "Receiving the Kenyan ambassador, President Doe": the one before the comma is another.
        second = next((line.words(match, g) for g in ("then", "next") if match[g]), "")
        if offices.level_of(second) == "leaders" != offices.level_of(office or ""):
            office, lands = second, line.lands(match, "from") if match["from"] else []
        plural = bool(orders.PLURAL.search(office or match["peer"] or ""))
        more = orders.APPOSITION.match(line.text, end) if plural and not office and whole else None
        plural = plural and not more
        if plural and not (whole and orders.NEXT.match(line.text, end)):
            position = end
            continue
        start, peer = line.start(match.start()), bool(match["peer"])
        if group == "name" and (guest := orders.GUEST.search(text[max(0, start - 20) : start])):
            start -= len(guest.group())
        if style := orders.STYLE.search(text[max(0, start - 40) : start]):
            start -= len(style.group())
        if match["office"] and (past := orders.PAST.search(text[max(0, start - 8) : start])):
            start -= len(past.group())
            office = text[start : line.end(match.end("office"))]
        ranked = group == "styled" or bool(more) or (group == "name" and orders.RANK.fullmatch(office or ""))
        if ranked and whole and (more := orders.APPOSITION.match(line.text, end)):
            end, office = more.end(), line.words(more, "post")
            lands = lands or next((line.lands(more, g) for g in ("theirs", "post_of") if more[g]), [])
        if not lands and (sent := orders.DELEGATION.search(line.text, 0, match.start())):
            lands = line.lands(sent, "land")
        if not lands and before and before.country and orders.ITS_OWN.search(text[before.end : start]):
            lands = [before.country]
        if not lands and before and office and _beside(before, office, text[before.end : start]):
            lands = [before.country] if before.country else []
        named = [Named(start, line.end(end), STYLE.sub("", orders.INITIAL_STYLE.sub("", name)), office, None, peer)]
        position = end
        while plural and whole and (more := orders.NEXT.match(line.text, position)):
            name = trim(more["name"])
            if not name:
                break
            whole = len(name) == len(more["name"])
            end = more.end() if whole else more.start("name") + len(name)
            fellow = line.words(more, "from") if whole and more["from"] else None
            named.append(Named(line.start(more.start("name")), line.end(end), name, office, fellow, peer))
            position = end
        yield from _shared(named, lands)
        before = named[-1]._replace(country=lands[-1] if lands else None)


def _shared(named: Sequence[Named], lands: Sequence[str]) -> Iterator[Named]:
    """Countries to the people of one list: one to all, or to each one its own; the first alone where they differ."""
    for at, one in enumerate(named):
        if len(lands) == len(named):
            yield one._replace(country=one.country or lands[at])
        elif len(lands) == 1 and (at == 0 or not any(other.country for other in named)):
            yield one._replace(country=one.country or lands[0])
        elif lands and len(named) == 1:
            yield one._replace(country=one.country or lands[-1])
        else:
            yield one


def _one(office: str | None) -> str | None:
    """The office before the name, where "The President and President Doe" are two people."""
    first, both, second = (office or "").rpartition(" and ")
    return second if both and offices.level_of(first) == offices.level_of(second) == "leaders" else office


def _beside(before: Named, office: str, between: str) -> bool:
    """Whether "Kenyan Foreign Minister Jane Doe and Defence Minister John Roe" are of one country."""
    first, second = _portfolio(before.office or ""), _portfolio(office)
    return bool(orders.AND.fullmatch(between) and first and second and first != second)


def _portfolio(office: str) -> str | None:
    return next((name for name, words in orders.PORTFOLIOS if words.search(office)), None)


_STYLED = re.compile(rf"(?=(?:The )?(?:Rt|Right|Hon|H\.?E|Mr|Ms|Mrs|Dr|His|Her|Sen|Amb)\b){COURTESY}(?P<name>{NAME})")


def headed(line: str, below: str) -> Iterator[Named]:
    """The person whom a line of a letterhead names alone, with the office in the line below it."""
    match = _STYLED.fullmatch(line.strip())
    name = trim(match["name"]) if match else ""
    if match and " " in name and offices.OFFICE.fullmatch(below.strip()):
        yield Named(line.find(name), line.find(name) + len(name), name, below.strip(), None)


def labelled(label: str) -> Iterator[Named]:
    """The people whom the label of a turn names in capitals with their office ("JANE DOE, PRESIDENT OF KENYA")."""
    if not label.isupper():
        return
    small = re.sub(r"\b(?:Of|The|For|And)\b", lambda match: match.group().lower(), label.title())
    if len(small) != len(label):
        return
    for named in titled(small):
        words = [named.name, named.office, named.country]
        at = [small.find(word) if word else -1 for word in words]
        name, office, country = (
            label[i : i + len(w)] if w and i >= 0 else None for i, w in zip(at, words, strict=True)
        )
        if name:
            yield named._replace(name=name, office=office, country=country)
