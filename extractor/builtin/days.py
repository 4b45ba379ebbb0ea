"""The day of a meeting: what stands with its mentions, what its people did together, the one day near it."""

import re
from collections.abc import Iterator, Sequence

from extractor.builtin import lexicon, scenes
from extractor.builtin.circumstances import NEXT_DAY, Circumstances, dates_a_remark
from extractor.builtin.found import Found
from extractor.builtin.grammar import pattern
from extractor.builtin.page import Part
from extractor.builtin.tagging import Tag, Tagged
from extractor.values import dates

Day = tuple[Tag, Tagged]


def of(meeting: Found, mine: Sequence[Tagged], sentences: Sequence[Tagged]) -> Day | None:
    """The date of a meeting and the sentence that prints it; `mine` are the sentences about it where it is reported."""
    found = _told(meeting, sentences) or _nearby(meeting, mine, sentences) or scenes.day(meeting, sentences)
    if not found and meeting.role == "reported":
        gone = ((at.date, where) for at, where in scenes.destinations(sentences) if at.date)
        return next(gone, None)
    return found


def _told(meeting: Found, sentences: Sequence[Tagged]) -> Day | None:
    """The most precise date that stands with a mention, the leading mention first."""
    tags = [(m.at.date, m.where) for m in [meeting.lead, *meeting.mentions] if m.at.date]
    if meeting.role == "reported" and not any(precision(tag.value) == 3 for tag, _ in tags):
        tags += [(at.date, where) for at, where in acts(sentences, meeting) if at.date]
    return max(tags, key=lambda pair: precision(pair[0].value), default=None)


# "The ministers of X and Y on Monday affirmed": the day on which they acted together is the day they met.
_WHO = r"(?P<who>(?:the )?{GROUP} (?:of|from) (?:the )?{RUN}|{RUN}(?: {GROUP})?|{PEOPLE})"
_FILED = r"^(?:[^“”\"]{0,30}(?:[—–-]|[)\d]:) )?"
_ACTS = (
    pattern(rf"{_FILED}{_WHO} (?P<date>{{D}}),? (?:also )?(?P<verb>\w+)"),
    pattern(rf"{_FILED}{_WHO} (?:also )?(?P<verb>\w+) (?P<date>{{D}})"),
    pattern(
        r"^(?P<date>{D}),? (?:(?:here )?(?:in|at) (?:the )?(?P<city>{L})(?:, (?P<country>{C}))?,? )?"
        rf"(?:at (?:the )?(?P<event>{{E}}),? )?{_WHO} (?P<verb>\w+)"
    ),
)


def acts(sentences: Sequence[Tagged], meeting: Found) -> Iterator[tuple[Circumstances, Tagged]]:
    """When and where all parties are said to have acted as one: "Today in Lima, the ministers of X and Y agreed"."""
    for sentence in sentences:
        match = next(filter(None, (rule.search(sentence.text) for rule in _ACTS)), None)
        if sentence.part is Part.PROSE and match and match["verb"] in (*lexicon.OUTCOMES, "discussed", "met"):
            who = sentence.within(match.start("who"), match.end("who"), "PC")
            others = {tag.person for tag in who if tag.person} - set(meeting.people)
            codes = {tag.person.country if tag.person else tag.value for tag in who}
            if codes == set(meeting.codes) and not (others and meeting.people):
                spans = (
                    match.span(name) for name in ("date", "city", "country", "event") if match.groupdict().get(name)
                )
                found = {tag.kind: tag for span in spans for tag in sentence.within(*span, "DLCE")}
                yield Circumstances(found.get("D"), found.get("L"), found.get("C"), found.get("E")), sentence


_OTHER_EVENT = re.compile(r"\b(?:after|since|following|before|until|ahead of|when|where|which|who)\b", re.IGNORECASE)
_SAYING = re.compile(
    r"\b(?:said|says|told|announced|wrote|posted)\b[^.;“]*$|\b(?:address|interview|broadcast|briefing)\b", re.IGNORECASE
)


def _nearby(meeting: Found, mine: Sequence[Tagged], sentences: Sequence[Tagged]) -> Day | None:
    """The one day that a sentence at the first mention names, unless it dates a remark or another event."""
    opening = next((s for s in sentences if s.part is Part.PROSE), None)
    if opening is None or opening not in mine or meeting.occurrence != "held":
        return None
    # What a headline tells, the opening tells again.
    told_first = meeting.first_line
    first = opening.line.number if told_first < opening.line.number else told_first
    for sentence in mine:
        days = [tag for tag in sentence.tags if tag.kind == "D"]
        near = abs(sentence.line.number - first) <= 1
        if not near or len(days) != 1 or precision(days[0].value) < 3 or dates_a_remark(sentence, days[0]):
            continue
        at = sentence.at(days[0].start)
        before = sentence.text[:at]
        if NEXT_DAY.match(sentence.text, at):
            continue
        if not _OTHER_EVENT.search(before) and not _SAYING.search(before):
            return days[0], sentence
    return None


_DAY = re.compile(
    rf"{dates.WEEKDAY}|\b\d{{1,2}}\b|\d(?:st|nd|rd|th)|today|tomorrow|yesterday|tonight|"
    r"this (?:morning|evening|afternoon)|\d-\d\d$"
)


def precision(words: str) -> int:
    """How precise a printed date is: 3 a day, 2 a month or week, 1 a year."""
    lower = words.lower()
    if _DAY.search(lower):
        return 3
    return 2 if re.search(dates.MONTH, lower) or "month" in lower or "week" in lower else 1
