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

from extractor.builtin import offices
from extractor.builtin.grammar import pattern
from extractor.builtin.marked import Marked
from extractor.builtin.personal import COURTESY, LOWER, NAME, UPPER, trim

_NEW = (
    r"(?:(?:new|newly (?:elected|appointed)|top|visiting|acting|caretaker|veteran|long-?time|de facto|"
    r"own|respective) )?"
)
_S = r"(?:[’']s?)?"
_ABOUT = (
    r"(?: (?:to|for|on|in|at) (?:the )?[{C}{R}](?:(?:,| and|, and) (?:the )?[{C}{R}]){0,5}|"
    rf" (?:in|to|at) (?:the )?[{UPPER}][{LOWER}]{{2,20}}(?: [{UPPER}][{LOWER}]{{2,20}})?(?=,))?"
)

_LANDS = r"{C}(?:[’']s)?(?:(?:,? and|,) (?:the )?{C}){0,5}"

_MEETS = (
    r"(?:met|meets|received|receives|hosted|held (?:talks|a meeting|a (?:tele)?phone)|holds (?:talks|"
    r"a meeting)|spoke (?:with|by)|"
    r"had (?:an? )?(?:\w+ )?(?:telephone|phone|meeting|talks))"
)
_TITLED = pattern(
    "|".join(
        (
            # Kenyan Foreign Minister Jane Doe; Foreign Minister (of Kenya) Jane Doe (of Kenya)
            rf"(?:(?P<whose>{_LANDS}){_S}[ -]{_NEW})?(?P<office>{{F}})(?: (?:of|to) the {{F}}|,? {{F}})?(?: (?:of|"
            rf"from) (?:the )?(?P<of>{_LANDS})(?:[’']s)?(?: (?:Commission|Council|Bureau|Secretariat|"
            rf"Assembly))?)?{_ABOUT}(?:,? {{F}})?"
            rf"(?:, | \(|,? )?{COURTESY}(?P<name>{NAME})(?:,? (?:of|from) (?:the )?(?P<from>{{C}})|"
            rf",? \((?P<in>{{C}})\))?",
            # Jane Doe, the Kenyan foreign minister; Jane Doe, Minister of Foreign Affairs of Kenya
            rf"(?<![\w’'-])(?P<named>{NAME}),? \(?(?:(?:the|who is|an?|his|"
            rf"her) )?(?:(?P<theirs>{{C}}){_S} )?{_NEW}(?P<post>{{F}})"
            rf"(?: (?:of|from|for) (?:the )?(?P<post_of>{{C}}))?(?!,? ?[{UPPER}])",
            # her Kenyan counterpart, Jane Doe
            rf"(?:(?P<other>{_LANDS}){_S} )?(?P<peer>counterparts?|opposite numbers?)(?: (?:from|"
            rf"of) (?:the )?(?P<other_of>{_LANDS}))?,? "
            rf"{COURTESY}(?:(?P<rank>{{F}}) )?(?P<fellow>{NAME})(?:,? (?:of|from) (?:the )?(?P<fellow_of>{{C}}))?",
            # Kenya was represented by Minister Jane Doe, Uganda by Minister John Roe
            rf"(?P<sends>{{C}})(?: (?:[a-z]+ ){{0,4}}represented)? by (?:(?:its|the) )?(?P<sent_as>{{F}}) "
            rf"{COURTESY}(?P<sent>{NAME})",
            # Her Excellency Jane Doe of Kenya
            rf"(?:H\.? ?E\.?|(?:His|Her) Excellency),? (?:(?:Mr|Mrs|Ms|Dr)\.? )?(?P<styled>{NAME})"
            rf"(?: of (?:the )?(?P<styled_of>{{C}}))?",
            # Jane Doe met: a paper or a ministry does not always name the office of its own people
            rf"(?:^|(?<=[—–:-] ))(?P<plain>{NAME})(?= (?:on \\w+ )?{_MEETS}\b)",
        )
    ),
    re.NOFLAG,
)
# "Kenya's Jane Doe", "Jane Doe of Kenya": people where they stand in a list with others.
_OWNED = pattern(
    rf"(?P<theirs>{{C}})[’']s (?P<owned>{NAME})|(?<![\w’'-])(?P<from>{NAME}) of (?:the )?(?P<land>{{C}})", re.NOFLAG
)
_LISTED = re.compile(r"(?:,|,? and| [-–—]+) (?:the )?")
_NO_PERSON = re.compile(
    r"\b(?:Sea|Fleet|Bank|Group|Forces?|Guard|Authority|Corp\w*|Company|Airlines|Agency|Institute|Times|Post|News|Bay|"
    r"Islands?|Valley|River|Mount|Port|Canal|Strait|Province|District|Region|Movement|Alliance|League|Front)\b"
)
# "General Jane Doe, Minister of Defence of Kenya": the office after the name says more than the rank before it.
_APPOSITION = pattern(
    rf", (?:(?:the|its|his|her) )?(?:(?P<theirs>{{C}}){_S} )?{_NEW}(?P<post>{{F}})"
    rf"(?: (?:of|from|for) (?:the )?(?P<post_of>{{C}})|(?! (?:of|from|for)\b))(?!,? ?[{UPPER}])",
    re.NOFLAG,
)
_RANK = re.compile(r"(?:.*\b)?(?:general|gen\.|admiral|adm\.|ambassador|amb\.|commander|sen\.)", re.IGNORECASE)
_DELEGATION = pattern(
    r"(?P<land>{C})(?:[’']s)? (?:delegation|side|team|mission|contingent)\b[^.;“”]{0,60}\bby [^.;{C}{F}]{0,60}$",
    re.NOFLAG,
)
_AND = re.compile(r",? and (?:the |its |his |her )?|, ")
_PORTFOLIOS = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        ("foreign", r"foreign|external|of state"),
        ("defence", r"defen[cs]e|war\b"),
        ("finance", r"financ|treasury|economy|economic"),
        ("trade", r"trade|commerce|industry"),
        ("interior", r"interior|homeland|home\b|justice|security"),
        ("energy", r"energy|oil|water|irrigation|transport|agricultur|health"),
    )
)
_PLURAL = re.compile(
    r"(?:ministers|presidents|secretaries|premiers|leaders|envoys|ambassadors|chiefs|advis[eo]rs|"
    r"directors|representatives|"
    r"generals|negotiators|counterparts|numbers)\b",
    re.IGNORECASE,
)
_NEXT = pattern(
    rf"(?:,|,? and) {COURTESY}(?P<name>{NAME})(?:,? (?:of|from) (?:the )?(?P<from>{{C}}))?(?! {{F}})", re.NOFLAG
)
_PAST = re.compile(r"\b(?:former |ex-|late |then )$", re.IGNORECASE)
_STYLE = re.compile(
    r"(?:\b(?:HH|HE|HM|HRH|H\. ?E\.|(?:His|Her) (?:Excellency|Highness|Majesty|Royal Highness)|Mr\.?|"
    r"Mrs\.?|Ms\.?|Dr\.?|Shri|Smt\.?),? (?:the )?)+$"
)
_INITIAL_STYLE = re.compile(r"^(?:H\. ?[EHM]\.|H\.R\.H\.) ?(?=[^\W\d_]{2})")


class Named(NamedTuple):
    """A person named in a line; `country` and `office` are the words beside the name."""

    start: int
    end: int
    name: str
    office: str | None
    country: str | None


def titled(text: str) -> list[Named]:
    """The people whom a line names with an office or a country."""
    line = Marked(text)
    found = list(_with_office(line, text))
    return sorted([*found, *_owned(line, found)], key=lambda named: named.start)


def _owned(line: Marked, found: Sequence[Named]) -> Iterator[Named]:
    """The people named with a country alone, next to another person in a list."""
    taken = [(named.start, named.end) for named in found]
    able = []
    for match in _OWNED.finditer(line.text):
        group, land = ("owned", "theirs") if match["owned"] else ("from", "land")
        name = match[group]
        span = line.start(match.start()), line.end(match.end())
        apart = not any(start < span[1] and span[0] < end for start, end in taken)
        if apart and " " in name and trim(name) == name and not _NO_PERSON.search(name):
            able.append(Named(*span, name, None, line.words(match, land)))
    # "Kenya's Defence Minister Jane Doe and Uganda's John Roe": he holds the same office.
    offices_by = {(named.start, named.end): named.office for named in [*found, *able]}
    spans = sorted(offices_by)
    beside: set[tuple[int, int]] = set()
    for a, b in pairwise(spans):
        if _LISTED.fullmatch(line.source, a[1], b[0]):
            beside |= {a, b}
            offices_by[b] = offices_by[b] or offices_by[a]
    for named in able:
        if (span := (named.start, named.end)) in beside:
            yield named._replace(office=offices_by[span])


def _with_office(line: Marked, text: str) -> Iterator[Named]:
    position = 0
    before: Named | None = None
    while match := _TITLED.search(line.text, position):
        group = next(name for name in ("name", "named", "fellow", "plain", "sent", "styled") if match[name])
        name = trim(match[group])
        if not name or (group in ("named", "plain", "styled") and " " not in name):
            position = max(match.start() + 1, match.end(group) if not name else match.start() + 1)
            continue
        whole = len(name) == len(match[group])
        office = _one(next((line.words(match, g) for g in ("office", "post", "rank", "sent_as") if match[g]), None))
        around = ("from", "in", "fellow_of", "styled_of", "of", "whose") if whole else ("of", "whose")
        lands = next(
            (line.lands(match, g) for g in (*around, "theirs", "post_of", "other", "other_of", "sends") if match[g]), []
        )
        end = match.end() if whole else match.start(group) + len(name)
        plural = bool(_PLURAL.search(office or match["peer"] or ""))
        if plural and not (whole and _NEXT.match(line.text, end)):
            position = end
            continue
        start = line.start(match.start())
        if style := _STYLE.search(text[max(0, start - 40) : start]):
            start -= len(style.group())
        if match["office"] and (past := _PAST.search(text[max(0, start - 8) : start])):
            start -= len(past.group())
            office = text[start : line.end(match.end("office"))]
        if group == "name" and whole and _RANK.fullmatch(office or "") and (more := _APPOSITION.match(line.text, end)):
            end, office = more.end(), line.words(more, "post")
            lands = lands or next((line.lands(more, g) for g in ("theirs", "post_of") if more[g]), [])
        if not lands and (sent := _DELEGATION.search(line.text, 0, match.start())):
            lands = line.lands(sent, "land")
        if not lands and before and office and _beside(before, office, text[before.end : start]):
            lands = [before.country] if before.country else []
        named = [Named(start, line.end(end), _INITIAL_STYLE.sub("", name), office, None)]
        position = end
        while plural and whole and (more := _NEXT.match(line.text, position)):
            name = trim(more["name"])
            if not name:
                break
            whole = len(name) == len(more["name"])
            end = more.end() if whole else more.start("name") + len(name)
            fellow = line.words(more, "from") if whole and more["from"] else None
            named.append(Named(line.start(more.start("name")), line.end(end), name, office, fellow))
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
    return bool(_AND.fullmatch(between) and first and second and first != second)


def _portfolio(office: str) -> str | None:
    return next((name for name, words in _PORTFOLIOS if words.search(office)), None)


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
