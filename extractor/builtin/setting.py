"""Setting: when, where, in what form and beside which gathering a meeting stood, from all that tells of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.builtin import days, scenes
from extractor.builtin.circumstances import Circumstances
from extractor.builtin.found import Found
from extractor.builtin.grammar import pattern
from extractor.builtin.tagging import Tag, Tagged
from extractor.schemas.draft import Format, Words
from extractor.values import places, sites


@dataclass(frozen=True)
class Setting:
    """The circumstances of a meeting, in the words of the text; None where it does not tell."""

    format: Format = "unknown"
    format_words: Words | None = None
    date: Words | None = None
    place: Words | None = None
    venue: Words | None = None
    city: Words | None = None
    country: Words | None = None
    host_event: Words | None = None


_Told = tuple[Circumstances, Tagged]


def of(meeting: Found, mine: Sequence[Tagged], sentences: Sequence[Tagged]) -> Setting:
    """The setting of a meeting; `mine` are the sentences about it where it is reported.

    Circumstances that stand with a mention come first, of these the leading
    mention's; then those of the sentences about it; then where its people went.
    """
    lead = meeting.lead
    mentions = [lead, *(m for m in meeting.mentions if m is not lead)]
    told = [(m.at, m.where) for m in mentions[:1]]
    # "The two have met at the forum before": the gathering is of another time.
    told += [(replace(m.at, event=None) if _HAVE_MET.search(m.where.text) else m.at, m.where) for m in mentions[1:]]
    dated = days.of(meeting, mine, sentences)
    date = _words(dated[0].value, dated[1]) if dated else None
    form = next((_words(m.format_words, m.where) for m in meeting.mentions if m.format_words), None)
    if by := _remote(form):
        return Setting(by, form, date, host_event=_host(told, sentences))
    if meeting.role == "reported":
        # "She held separate talks with": beside the gathering that the sentences before name.
        about = sentences if lead.separate else mine
        told += _beside([s for s in about if -2 <= s.line.number - meeting.first_line <= 1])
        told += scenes.destinations(sentences)
        told += _found(_MEETING_IN, mine)
        told += days.acts(sentences, meeting)
        if not any(m.at.placed for m in mentions) and (scene := scenes.place(meeting, sentences)):
            told.append(scene)
    if any(_THERE.search(m.where.text) for m in mentions):
        told += _there(mentions[0].where, sentences)
    host = _host(told, sentences)
    city = next((_words(at.city.value, where) for at, where in told if at.city), None)
    if not any(m.at.city for m in mentions) and meeting.here:
        city = Words(text=meeting.here.words, sentence=meeting.here.line)
    area = None
    if city and sites.area(city.text):
        area, city = city, None
    country = next((c for c in _countries(told) if _fits(c, city)), None)
    site = next((_words(m.at.site, m.where) for m in meeting.mentions if m.at.site), None)
    if meeting.role == "reported":
        host, country = _attended(mine, host, country)
    place = city or area or site or country
    together = bool(form or place or (meeting.role == "reported" and host) or _face_to_face(meeting))
    return Setting(
        format="in_person" if together else "unknown",
        format_words=form,
        date=date,
        place=place,
        venue=site if city else None,
        city=city,
        country=country,
        host_event=host,
    )


_BESIDE = pattern(
    r"\b(?:(?:on|at|in|along) the (?:sidelines?|fringes?|margins?|edges?) of|in conjunction with) (?:the |a |an )?{E}"
    r"(?:,? in {L}(?:,? \(?{C})?)?"
)
_HAVE_MET = re.compile(r"\b(?:have|has)(?: \w+)? met\b|[’']ve(?: \w+)? met\b|\blast met\b", re.IGNORECASE)
_MEETING_IN = pattern(
    r"\b(?:during|after|following|at|of|in) (?:an?|the|their|this week[’']s|{D}[’']s) (?:(?!last|next|first"
    r"|previous)[\w-]+ ){0,2}"
    r"(?:meetings?|talks|summit|negotiations|consultations) (?:here )?in {L}(?:, {C})?"
)
_THERE = re.compile(r"\bthere\b(?! (?:is|are|was|were|will|would|has|have|had)\b)", re.IGNORECASE)
_GONE_TO = pattern(r"\b(?:to|in|for|at|reach\w*|visit\w*) {L}")


def _beside(mine: Iterable[Tagged]) -> Iterator[_Told]:
    """The gatherings on whose sidelines people were said to be, and where these were."""
    return _found(_BESIDE, (s for s in mine if not _HAVE_MET.search(s.text)))


def _there(where: Tagged, sentences: Iterable[Tagged]) -> Iterator[_Told]:
    """The city that "there" means: the one to which the sentence before leads."""
    before = [s for s in sentences if s.line.number == where.line.number - 1]
    return _found(_GONE_TO, before)


def _found(expression: re.Pattern[str], sentences: Iterable[Tagged]) -> Iterator[_Told]:
    for sentence in sentences:
        for match in expression.finditer(sentence.text):
            first: dict[str, Tag] = {}
            for tag in sentence.within(match.start(), match.end(), "LCE"):
                first.setdefault(tag.kind, tag)
            yield Circumstances(city=first.get("L"), country=first.get("C"), event=first.get("E")), sentence


_UNNAMED = re.compile(
    r"(?:(?:other|same|larger|wider|several|various) )?"
    r"(?:event|summit|meetings?|gathering|conference|forum|talks|session|assembly)",
    re.IGNORECASE,
)


def _host(told: Iterable[_Told], sentences: Sequence[Tagged]) -> Words | None:
    """The gathering beside which people met; "the summit" alone is the one that was named last."""
    for at, where in told:
        if at.event and not _UNNAMED.fullmatch(at.event.value):
            return _words(at.event.value, where)
        if at.event:
            before = (s for s in reversed(sentences) if s.line.number <= where.line.number)
            events = (
                (tag, s) for s in before for tag in s.tags if tag.kind == "E" and not _UNNAMED.fullmatch(tag.value)
            )
            if named := next(events, None):
                return _words(named[0].value, named[1])
    return None


def _words(text: str, where: Tagged) -> Words:
    return Words(text=text, sentence=where.line.number)


def _remote(words: Words | None) -> Format | None:
    """By video or by telephone, where the words of the form say so: then people met at no place."""
    text = words.text.lower() if words else ""
    if re.search(r"video|virtual|online", text):
        return "video"
    return "phone" if re.search(r"phone|call|tele|^rang", text) else None


_TOGETHER = pattern(
    r"\b(?:met|meets?|called on|paid an? (?:\w+ )?call|saw|see|host(?:ed|s|ing)?|receiv(?:ed|es|ing)|welcom(?:ed|es"
    r"|ing)|s[ai]t(?:s|ting)? down|meetings?|visit|{MEAL}|audience|dined|lunched|(?:went|came) to see"
    r"|(?:bi|tri)laterals?(?=,|$))\b"
)
_TALKS = re.compile(r"\b(?:talks|discussions|negotiations)\b", re.IGNORECASE)


def _face_to_face(meeting: Found) -> bool:
    """Whether the words mean that people were in one room, as long as nothing says otherwise."""
    words = ",".join(mention.words for mention in meeting.mentions)
    return bool(_TOGETHER.search(words) or _TALKS.search(words))


def _countries(told: Iterable[_Told]) -> Iterator[Words]:
    for at, where in told:
        if tag := at.country:
            yield _words(where.line.text[tag.start : tag.end], where)


def _fits(country: Words, city: Words | None) -> bool:
    """Whether a country can be the city's: what one mention says of a country may be of another meeting."""
    found = places.city(city.text) if city else None
    return found is None or places.country(country.text) == found.country


_TAKING_PART = re.compile(r"\bvisiting (?P<country>.+?) to (?:take part in|attend|participate in)\b")


def _attended(mine: Sequence[Tagged], host: Words | None, country: Words | None) -> tuple[Words | None, Words | None]:
    """The gathering that the participants came for ("are visiting Kenya to attend ..."), and its country."""
    for sentence in mine:
        match = _TAKING_PART.search(sentence.text)
        if not match:
            continue
        tags = sentence.within(match.start("country"), match.end("country"), "C")
        events = sentence.within(match.end(), len(sentence.text), "E")
        if events and (host is None or len(events[0].value) > len(host.text)):
            host = _words(events[0].value, sentence)
        if tags and country is None:
            country = _words(sentence.line.text[tags[0].start : tags[0].end], sentence)
    return host, country
