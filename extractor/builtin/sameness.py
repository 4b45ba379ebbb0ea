"""Sameness: whether a mention is of a meeting that the article has told of before, or of another.

Another set of parties makes another meeting, and so do other people, another
day of the week, another city, or a month and a place of its own.
"""

import re
from collections.abc import Iterable, Sequence

from extractor.builtin import offices, phrases, timing
from extractor.builtin.found import Found
from extractor.builtin.mentions import Mention
from extractor.builtin.page import Part
from extractor.schemas.draft import Occurrence
from extractor.values import dates

_CALLED_OFF: tuple[Occurrence, ...] = ("cancelled", "postponed", "denied")


def same_day(mention: Mention, reported: Sequence[Found]) -> bool:
    """Whether "Friday's summit" is a reported meeting by its date."""
    if mention.explicit or not mention.at.date:
        return False
    days = {_day(m.at.date.value) for found in reported for m in found.mentions if m.at.date}
    return _day(mention.at.date.value) in days


def _day(words: str) -> str:
    return re.sub(r"^(?:on|of|in) ", "", words.lower())


def recalled(mention: Mention, main: Mention) -> bool:
    """Whether a mention of a meeting that was held is not of today's: a coarse date, or "the Lake House summit"."""
    if mention.timing != "now" or mention.occurrence != "held":
        return False
    if mention.at.date and timing.long_ago(mention.at.date.value):
        return True
    if re.search(r"\brecent\b", mention.words, re.IGNORECASE):
        return True
    here, there = mention.at.site, main.at.site
    return bool(mention.summit and not mention.explicit and here and here != there and here in mention.words)


_TITLE = re.compile(r"(?:[A-Z][\w’'-]+ )+(?:Talks|Meeting|Consultations|Dialogue|Session)$")


def occasion(mention: Mention) -> bool:
    """Whether a mention tells of a meeting by its own place and month, or calls a summit by its place's name."""
    own = mention.summit and mention.definite and bool(mention.at.site and mention.at.site in mention.words)
    dated = mention.at.date and re.search(rf"{dates.MONTH}|\b(?:19|20)\d\d\b", mention.at.date.value, re.IGNORECASE)
    return own or bool(
        mention.definite and dated and (mention.at.city or mention.at.site or _TITLE.search(mention.words))
    )


def fits(mention: Mention, found: Found) -> bool:
    """Whether nothing that a mention prints is against its being of a meeting: another city, weekday or level."""
    if not mention.group and not occasion(mention):
        return True
    city, date = mention.at.city, mention.at.date
    cities = {m.at.city.value for m in found.mentions if m.at.city}
    if city and cities and city.value not in cities:
        return False
    told = offices.level_of(mention.group.value) if mention.group else "unknown"
    levels = {offices.level_of(p.office) for p in found.people if p.office}
    if told in ("leaders", "ministers") and levels and told not in levels:
        return False
    if occasion(mention):
        dates_told = {m.at.date.value for m in found.mentions if m.at.date}
        alone = not dates_told and not _TITLE.search(mention.words)
        return bool((city and city.value in cities) or alone or (date and date.value in dates_told))
    days = _days(found)
    if date and days and timing.weekdays(date.value) and not days & timing.weekdays(date.value):
        return False
    ahead = mention.occurrence == "held" and found.lead.occurrence == "planned"
    return not (date and ahead and not same_day(mention, [found]))


def fits_size(mention: Mention, found: Found) -> bool:
    """Whether a meeting has as many parties as a mention's words imply."""
    return mention.size is None or mention.size == len(found.parties)


def complete(mention: Mention) -> bool:
    """Whether a mention names a whole set of parties, so that another set means another meeting."""
    named = len(codes_of(mention)) + _unknown(mention)
    return named >= 2 and (mention.size is None or mention.size <= named)


def codes_of(mention: Mention) -> set[str]:
    """The codes of the countries that a mention names, by themselves or by their people."""
    return {p.country for p in mention.people if p.country} | {t.value for t in mention.countries}


def _unknown(mention: Mention) -> int:
    """People whose country is not printed, as far as the named countries do not cover them."""
    unknown = [p for p in mention.people if not p.country]
    covered = len({t.value for t in mention.countries} - {p.country for p in mention.people})
    return max(0, len(unknown) - covered)


def same_parties(mention: Mention, found: Found) -> bool:
    """Whether whom a mention names are those of a meeting, or some of them without being a pair of their own."""
    codes, others = codes_of(mention), set(found.codes)
    if mention.size and len(others) >= 2 and mention.size != len(others):
        return False
    named_people, there = set(mention.people), set(found.people)
    if len(named_people) >= 2 and len(there) >= 2 and not (named_people <= there or there <= named_people):
        return False
    if phrases.APART.search(mention.where.text) and 2 <= len(named_people) < len(there):
        return False
    own = timing.weekdays(mention.at.date.value) if mention.at.date else set()
    if own and codes < others and len(codes) > 1 and named_people and not own & _days(found):
        return False
    if codes <= others:
        named = len(codes) + _unknown(mention)
        return named >= len(others) or (not mention.separate and not _complete_pair(mention, others))
    return others <= codes and len(others) < 2


def _complete_pair(mention: Mention, others: set[str]) -> bool:
    """Whether a mention names who met whom, short of the others: a meeting of its own."""
    short = len(codes_of(mention)) + _unknown(mention) < len(others)
    return len(mention.people) >= 2 and short and mention.where.part is Part.PROSE and mention.words.lower() != "met"


def distinct(background: Iterable[Found]) -> list[Found]:
    """Background meetings told of twice are one: the same parties, and the same place or date."""
    kept: list[Found] = []
    for found in background:
        for other in kept:
            same = set(found.codes) == set(other.codes) and (
                _where(found) & _where(other)
                or _when(found) & _when(other)
                or (len(found.people) > 1 and found.people == other.people and not (_when(found) and _when(other)))
            )
            if same:
                other.mentions += found.mentions
                break
        else:
            kept.append(found)
    return kept


def _days(found: Found) -> set[str]:
    return {day for m in found.mentions if m.at.date for day in timing.weekdays(m.at.date.value)}


def _where(found: Found) -> set[str]:
    return {v for m in found.mentions for v in (m.at.site, m.at.city.value if m.at.city else None) if v}


def _when(found: Found) -> set[str]:
    return {m.at.date.value.lower() for m in found.mentions if m.at.date}
