"""Setting: when, where, in what form and beside which gathering a meeting stood, from all that tells of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.builtin import levels
from extractor.builtin.circumstances import Circumstances, dates_a_remark
from extractor.builtin.found import Found
from extractor.builtin.grammar import pattern
from extractor.builtin.page import Part
from extractor.builtin.tagging import Tag, Tagged
from extractor.schemas.draft import Format, Words
from extractor.values import places


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
    mentions = [meeting.lead, *(m for m in meeting.mentions if m is not meeting.lead)]
    told = [(m.at, m.where) for m in mentions]
    dated = levels.best_date(meeting, sentences)
    opening = next((s for s in sentences if s.part is Part.PROSE), None)
    dated = dated or (_day_nearby(meeting, mine) if opening in mine else None)
    date = _words(dated[0].value, dated[1]) if dated else None
    form = next((_words(m.format_words, m.where) for m in meeting.mentions if m.format_words), None)
    if by := _remote(form):
        return Setting(by, form, date, host_event=_host(told, sentences))
    if meeting.role == "reported":
        # "She held separate talks with": beside the gathering that the sentences before name.
        about = sentences if meeting.lead.separate else mine
        told += _beside([s for s in about if -2 <= s.line.number - meeting.first_line <= 1])
        told += _destination(sentences)
    if any(_THERE.search(m.where.text) for m in mentions):
        told += _there(mentions[0].where, sentences)
    host = _host(told, sentences)
    city = next((_words(at.city.value, where) for at, where in told if at.city), None)
    if not any(m.at.city for m in mentions) and meeting.here:
        city = Words(text=meeting.here.words, sentence=meeting.here.line)
    country = next((c for c in _countries(told) if _fits(c, city)), None)
    site = next((_words(m.at.site, m.where) for m in meeting.mentions if m.at.site), None)
    if meeting.role == "reported":
        host, country = _attended(mine, host, country)
    place = city or site or country
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


_OTHER_EVENT = re.compile(r"\b(?:after|since|following|before|until|ahead of|when|where|which|who)\b", re.IGNORECASE)


def _day_nearby(meeting: Found, mine: Sequence[Tagged]) -> tuple[Tag, Tagged] | None:
    """The one day that a sentence at the first mention names, unless it dates a remark or another event."""
    for sentence in mine if meeting.occurrence == "held" else ():
        days = [tag for tag in sentence.tags if tag.kind == "D"]
        near = abs(sentence.line.number - meeting.first_line) <= 1
        if not near or len(days) != 1 or levels.precision(days[0].value) < 3 or dates_a_remark(sentence, days[0]):
            continue
        if not _OTHER_EVENT.search(sentence.text[: sentence.at(days[0].start)]):
            return days[0], sentence
    return None


_BESIDE = pattern(
    r"\b(?:[Oo]n|[Aa]t|[Ii]n|along) the (?:sidelines?|fringes?|margins?|edges?) of (?:the |a |an )?{E}"
    r"(?:,? in {L}(?:,? \(?{C})?)?"
)
_DESTINATION = pattern(
    r"\b(?:travel\w*|flew|flies|flying|went|arriv\w+|visit\w*|is|was|are|were) (?:to |in )?{L}"
    r"(?:,? \(?{C}(?: \({C}\))?\)?)?,? "
    r"(?:(?:on )?{D},? )?(?:for|to attend|to hold) (?:[\w-]+ ){0,5}(?:meetings|talks|consultations)\b"
)
_THERE = re.compile(r"\bthere\b(?! (?:is|are|was|were|will|would|has|have|had)\b)", re.IGNORECASE)
_GONE_TO = pattern(r"\b(?:to|in|for|at|reach\w*|visit\w*) {L}")


def _beside(mine: Iterable[Tagged]) -> Iterator[_Told]:
    """The gatherings on whose sidelines people were said to be, and where these were."""
    return _found(_BESIDE, mine)


def _destination(sentences: Iterable[Tagged]) -> Iterator[_Told]:
    """Where somebody went for the meetings that the text reports: "travelled to Lima for talks"."""
    return _found(_DESTINATION, sentences)


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
    return "phone" if re.search(r"phone|call|tele", text) else None


_TOGETHER = re.compile(
    r"\b(?:met|meets?|host(?:ed|s|ing)?|receiv(?:ed|es|ing)|welcom(?:ed|es|ing)|s[ai]t(?:ting)? down|meetings?|visit"
    r"|(?:bi|tri)laterals?(?=,|$))\b",
    re.IGNORECASE,
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
