"""Sameness: whether a mention is of a meeting that the article has told of before, or of another.

Another set of parties makes another meeting, and so do other people, another
day of the week, another city, or a month and a place of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.builtin import offices, phrases, timing
from extractor.builtin.found import Found
from extractor.builtin.grammar import pattern
from extractor.builtin.mentions import Mention
from extractor.builtin.page import Part
from extractor.builtin.people import Person
from extractor.schemas.draft import Occurrence
from extractor.values import dates
from extractor.values.places import ORGANISATIONS

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


_NEXT = re.compile(r"\b(?:next|follow-up|another)\b", re.IGNORECASE)
_SOME_DAY = re.compile(r"[^.;“”]{0,60}\b(?:at an early date|in due course|in the near future)\b", re.IGNORECASE)
_ONCE_MORE = re.compile(r"^(?: \w+){0,2} again\b", re.IGNORECASE)


def again(mention: Mention) -> bool:
    """Whether a mention looks ahead to another meeting of the same: "agreed to meet again", "the next round"."""
    after = mention.where.text[mention.end :]
    once_more = _NEXT.search(mention.words) or _ONCE_MORE.match(after) or mention.words.lower().startswith("reconvene")
    promised = mention.group and mention.group.value.lower() == "we"  # "We will meet again", said as a farewell
    return mention.occurrence == "planned" and bool(once_more) and not promised and not _SOME_DAY.match(after)


_TITLE = re.compile(r"(?:[A-Z][\w’'-]+ )+(?:Talks|Meeting|Consultations|Dialogue|Session)$")


def occasion(mention: Mention) -> bool:
    """Whether a mention tells of a meeting by its own place and month, or calls a summit by its place's name."""
    own = mention.summit and mention.definite and bool(mention.at.site and mention.at.site in mention.words)
    dated = mention.at.date and re.search(rf"{dates.MONTH}|\b(?:19|20)\d\d\b", mention.at.date.value, re.IGNORECASE)
    return own or bool(
        mention.definite and dated and (mention.at.city or mention.at.site or _TITLE.search(mention.words))
    )


_BESIDE = pattern(r"(?:,? (?:held|{D}|which|that|was|were))*,? in (?:the )?(?:{C} )?(?:\w+ of )?{L}")


def placed(mention: Mention) -> bool:
    """Whether the city stands right behind the words of a mention, so that it is surely its own."""
    return bool(_BESIDE.match(mention.where.text, mention.end))


def fits(mention: Mention, found: Found) -> bool:
    """Whether nothing that a mention prints is against its being of a meeting: another city, weekday or level."""
    city, date = mention.at.city, mention.at.date
    cities = {m.at.city.value for m in found.mentions if m.at.city}
    if not mention.group and not occasion(mention):
        return not (cities and placed(mention) and city and city.value not in cities)
    if city and cities and city.value not in cities:
        return False
    told = offices.level_of(mention.group.value) if mention.group else "unknown"
    levels = {offices.level_of(p.office) for p in found.people if p.office}
    if told != "unknown" and levels and told not in levels:
        return False
    if occasion(mention):
        dates_told = {m.at.date.value for m in found.mentions if m.at.date}
        alone = not dates_told and not _TITLE.search(mention.words)
        return bool((city and city.value in cities) or alone or (date and date.value in dates_told))
    if date and _MONTH.search(date.value) and any(_TODAY.search(day) for day in _when(found)):
        return False
    body = bool(mention.group and BODY.search(mention.group.value))
    if date and body and _when(found) and not same_day(mention, [found]):
        return False
    days = _days(found)
    if date and days and timing.weekdays(date.value) and not days & timing.weekdays(date.value):
        return False
    ahead = mention.occurrence == "held" and found.lead.occurrence == "planned"
    return not (date and ahead and not same_day(mention, [found]))


def fits_size(mention: Mention, found: Found) -> bool:
    """Whether a meeting has as many parties as a mention's words imply."""
    return mention.size in (None, len(found.parties), len(states(found)))


def states(found: Found) -> list[str]:
    """The parties that are no organisations: "the two" leave out the union that mediates."""
    return [code for code in found.codes if code not in ORGANISATIONS.values()]


_BETWEEN = pattern(r",? between (?:the )?{C} and (?:the )?{C}")


def principals(found: Found) -> list[str]:
    """The parties of talks "between Chad and Niger": the third that hosts them need not be of the next round."""
    for mention in found.mentions:
        if pair := _BETWEEN.match(mention.where.text, mention.end):
            return [tag.value for tag in mention.where.within(pair.start(), pair.end(), "C")]
    return found.codes


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
    if _instead(named_people, there) or _elsewhere(mention, found) or (named_people - there and _visited(mention)):
        return False
    if phrases.APART.search(mention.where.text) and 2 <= len(named_people) < len(there):
        return False
    own = timing.weekdays(mention.at.date.value) if mention.at.date else set()
    if own and codes < others and len(codes) > 1 and named_people and not own & _days(found):
        return False
    if codes <= others:
        named = len(codes) + _unknown(mention)
        return named >= len(others) or (not mention.separate and not _complete_pair(mention, others))
    # Who mediates is told of in one sentence and left out of the next.
    return others <= codes and (len(others) < 2 or codes - others <= set(ORGANISATIONS.values()))


def _elsewhere(mention: Mention, found: Found) -> bool:
    """Whether a mention in the prose stands right before another city, or one is a call and the other in a city."""
    city = mention.at.city
    if not city and mention.where.part is Part.PROSE and _CALL.search(mention.format_words or ""):
        told = found.mentions
        off = found.occurrence in _CALLED_OFF
        return (off or any(m.at.city for m in told)) and not any(_CALL.search(m.format_words or "") for m in told)
    if not city or mention.where.part is not Part.PROSE:
        return False
    if not mention.format_words and _CALL.search(found.lead.format_words or ""):
        return True
    cities = {m.at.city.value for m in found.mentions if m.at.city and placed(m)}
    return bool(placed(mention) and cities and city.value not in cities)


_CALL = re.compile(r"phone|\bcall|^rang", re.IGNORECASE)


_VISITED = re.compile(
    r"\b(?:later|also|earlier|then|afterwards|separately)\b.{0,25}\b(?:call(?:s|ed)? on|paid .{0,25}(?:call|visit))",
    re.IGNORECASE,
)


def _visited(mention: Mention) -> bool:
    """Whether a guest "later called on" a dignitary: besides the talks."""
    return bool(_VISITED.search(mention.where.text, max(0, mention.start - 40), mention.end))


def _instead(named: set[Person], there: set[Person]) -> bool:
    """Whether someone is named in place of those who sat there for that country: the president, not the minister."""
    sat = {p.country for p in there if p.country} - {p.country for p in named & there}
    another = any(not p.country and p.office and p not in there for p in named)
    return any(p.country in sat for p in named) or bool(another and named & there and len(sat) == 1)


def _complete_pair(mention: Mention, others: set[str]) -> bool:
    """Whether a mention names who met whom, short of the others: a meeting of its own."""
    short = len(codes_of(mention)) + _unknown(mention) < len(others)
    return len(mention.people) >= 2 and short and mention.where.part is Part.PROSE and mention.words.lower() != "met"


def distinct(background: Iterable[Found]) -> list[Found]:
    """Background meetings told of twice are one: the same parties, and the same place or date."""
    kept: list[_Told] = []
    for found in background:
        one = _Told(found, set(found.codes), _where(found), _when(found), found.occurrence)
        if other := next((told for told in kept if told.same(one)), None):
            other.found.mentions += found.mentions
            other.where |= one.where
            other.when |= one.when
        else:
            kept.append(one)
    return [told.found for told in kept]


_MONTH = re.compile(dates.MONTH, re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b")
BODY = re.compile(r"\b(?:commission|committee|group|mechanism|council|body)\b", re.IGNORECASE)
"""Bodies that two states have in common, which sit on days of their own."""
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b")


@dataclass
class _Told:
    """A background meeting, and what all its mentions say of where and when."""

    found: Found
    codes: set[str]
    where: set[str]
    when: set[str]
    occurrence: Occurrence

    def same(self, other: "_Told") -> bool:
        """Whether both have the parties, and the place, a date or the people in common, and nothing parts them."""
        if self.codes != other.codes or self.parted(other):
            return False
        people = self.found.people
        alike = len(people) > 1 and people == other.found.people and not (self.when and other.when)
        return bool(self.where & other.where or self.when & other.when or alike)

    def parted(self, other: "_Told") -> bool:
        """Whether one is still to come and the other was held, or their dates name other months or other days."""
        if "planned" in (self.occurrence, other.occurrence) and self.occurrence != other.occurrence:
            return True
        printed = [" ".join(sorted(told.when)) for told in (self, other)]
        named = ([{m.group().lower()[:3] for m in rule.finditer(day)} for day in printed] for rule in (_MONTH, _DAY))
        return any(a and b and not a & b for a, b in named)


def _days(found: Found) -> set[str]:
    return {day for m in found.mentions if m.at.date for day in timing.weekdays(m.at.date.value)}


def _where(found: Found) -> set[str]:
    return {v for m in found.mentions for v in (m.at.site, m.at.city.value if m.at.city else None) if v}


def _when(found: Found) -> set[str]:
    return {m.at.date.value.lower() for m in found.mentions if m.at.date}
