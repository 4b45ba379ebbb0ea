"""Scenes: the day and the place that a programme sets for what it tells next.

"On Monday, the president will be in Lima for the summit. She will also meet
her Chilean counterpart": the second sentence belongs to the scene of the first.
"""

from collections.abc import Iterable, Iterator, Sequence

from extractor.builtin.circumstances import Circumstances, dates_a_remark
from extractor.builtin.found import Found
from extractor.builtin.grammar import pattern
from extractor.builtin.tagging import Tag, Tagged

_REACH = 8
"""Sentences for which a scene holds, unless another is set before."""
_DAY = pattern(r"(?:^(?:\W|(?:And|Then|So|First|Later|Now),? )*|, where |, and )(?:on )?(?P<date>{D}),? (?!said\b)")
_DAY_AT_END = pattern(r"\b(?:will|[’']ll|is set to|is due to|to)\b[^“”;]{1,120} (?:on )?(?P<date>{D})\.?$")
_GOES = (
    r"(?:(?:will|[’']ll|to) (?:then |also |next |first )?(?:be|arrive|land|stop|head|fly|travel|go|depart|visit"
    r"|continue)"
    r"|departs?|heads?|flies|travels|leaves|goes|while|visits|arrives)"
)
_PLACE = pattern(
    rf"\b{_GOES}(?: on)?(?: {{D}})?(?: (?:in|to|for|at|on to))?(?: the)?(?: \w+ of)? "
    r"(?:(?P<city>{L})(?:, (?P<country>{C}))?|(?P<land>{C}))(?![’'])"
)
_OPENING_PLACE = pattern(r"^(?:On {D},? |{D},? )?in (?:(?P<city>{L})(?:, (?P<country>{C}))?|(?P<land>{C})),")


def day(meeting: Found, sentences: Sequence[Tagged]) -> tuple[Tag, Tagged] | None:
    """The day of the scene in which a planned meeting is told of."""
    for sentence in _before(meeting, sentences):
        limit = meeting.lead.start if sentence is meeting.lead.where else len(sentence.text)
        found = [*_DAY.finditer(sentence.text, 0, limit), *_DAY_AT_END.finditer(sentence.text, 0, limit)]
        days = [tag for match in found for tag in sentence.within(*match.span("date"), "D") if _ahead(tag, sentence)]
        if days:
            return days[-1], sentence
        if (
            any(tag.kind == "D" and _ahead(tag, sentence) for tag in sentence.tags)
            and sentence is not meeting.lead.where
        ):
            return None
    return None


_DESTINATION = pattern(
    r"\b(?:travel\w*|flew|flies|flying|went|arriv\w+|visit\w*|is|was|are|were|en route|on \w+ way|head\w*) (?:in)?"
    r"(?:to |in )?(?P<city>{L})(?:,? \(?(?P<country>{C})(?: \({C}\))?\)?)?,? (?:(?:on )?{D},? )?(?:for|to attend"
    r"|to hold) "
    r"(?:the {E}|(?:[\w-]+ ){0,5}(?:meetings|talks|consultations)\b(?: (?P<date>{D}))?)"
)


def destinations(sentences: Iterable[Tagged]) -> Iterator[tuple[Circumstances, Tagged]]:
    """Where, and on which days, somebody went for the meetings that the text reports: "to Lima for talks on Monday"."""
    for sentence in sentences:
        for match in _DESTINATION.finditer(sentence.text):
            city, country, date = (
                sentence.within(*match.span(name), "LCD")[0] if match[name] else None
                for name in ("city", "country", "date")
            )
            yield Circumstances(date=date, city=city, country=country), sentence


def _ahead(date: Tag, where: Tagged) -> bool:
    """Whether a date can be one of a programme: "since 2016" is none, nor is the day of a remark."""
    return not date.value.lower().startswith(("since", "last", "in ")) and not dates_a_remark(where, date)


def place(meeting: Found, sentences: Sequence[Tagged]) -> tuple[Circumstances, Tagged] | None:
    """The place of the scene in which a planned meeting is told of."""
    for sentence in _before(meeting, sentences):
        match = _PLACE.search(sentence.text) or _OPENING_PLACE.search(sentence.text)
        if match:
            city = sentence.within(*match.span("city"), "L") if match["city"] else []
            span = match.span("country" if match["city"] else "land")
            country = sentence.within(*span, "C") if span[0] >= 0 else []
            return Circumstances(city=next(iter(city), None), country=next(iter(country), None)), sentence
        if sentence is not meeting.lead.where and any(tag.kind == "L" for tag in sentence.tags):
            return None
    return None


def _before(meeting: Found, sentences: Sequence[Tagged]) -> Iterator[Tagged]:
    """The sentence of the leading mention and those before it, the nearest first; none where no programme is told."""
    if meeting.occurrence != "planned" or meeting.role != "reported":
        return
    line = meeting.lead.where.line.number
    yield from (s for s in reversed(sentences) if line - _REACH <= s.line.number <= line)
