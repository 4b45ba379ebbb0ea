"""Attendance: who took part in a meeting by an article's word, beside those who met: "also present were"."""

import re
from collections.abc import Collection, Iterator, Sequence

from extractor.builtin.found import Found
from extractor.builtin.grammar import pattern
from extractor.builtin.people import Person
from extractor.builtin.tagging import Tag, Tagged

_SITTING = (
    r"(?:meeting|talks|sessions?|summit|audience|call|conversation|sit-down|discussions?|consultations|"
    r"negotiations|encounter|round|dialogue|them|both|leaders|ministers|two|three|sides)"
)
_HELD_WITH = pattern(
    r"\b(?:(?:also |those )(?:present|attending|in attendance|on hand)\b[^.;:]{0,50}? (?:was|were|included?)|"
    r"(?:minutes|statement|communiqu[ée]|declaration|agreement|memorandum|record|document)s? (?:was|were) signed by|"
    rf"{_SITTING}\b[^.;“”]{{0,60}}? (?:was|were|is|will be|being)?(?: also)? ?(?:attended|facilitated|mediated|"
    r"moderated|(?:co-)?chaired|witnessed|brokered|joined) by|witnessed by|with the (?:attendance|participation) of|"
    r"in the presence of|flanked by)\b(?P<who>[^“”]+)"
)
_CAME = pattern(
    r"(?P<who>{P}(?:(?:, |,? and )(?:the )?{P}){0,5})(?:,[^,“”]{0,80},|,)? (?:who )?"
    r"(?:was |were |has |had |will )?(?:both |also |later |then )?"
    r"(?:(?:took|take) part|participated?|attend(?:ed)?|sat in|join(?:ed)?|present|in attendance|with me)"
    rf"(?= in the (?:{_SITTING}|first|second)\b(?! of)| the {_SITTING}\b(?! of)| them\b| as (?:an )?observers?\b|"
    rf" too\b|[.;]?$|(?: at| during)? the {_SITTING}\b(?! of)| the (?:two|three) {_SITTING}\b)"
)
_SENT = pattern(r"(?:{C}|\bit) (?:was|is|will be) (?:\w+ )?represented by (?P<who>{P})", re.IGNORECASE)
_LED = pattern(
    r"(?P<side>{C}) (?:side|delegation|team)(?: (?:was|were|is))?(?: (?:led|headed))? by (?:the )?(?P<who>{P})"
)
_IN_PLACE = pattern(r"(?P<absent>{P})[^.;“”{P}]{0,20} represented (?:on this occasion |there |here )?by\b")
_APART = re.compile(r"“|\b(?:preceded|followed) by\b|\b(?:previous|last|earlier|next|future) (?:\w+ )?$")
_OTHER = re.compile(r"\b(?:preceded|followed) by\b")
_CALL = re.compile(r"\b(?:call|phone|spoke)", re.IGNORECASE)


def settle(found: Sequence[Found], about: Sequence[Sequence[Tagged]]) -> None:
    """Adds to each meeting those whom the sentences about it call present; `about` are the sentences of each."""
    told = [{mention.where.line.number for mention in meeting.mentions} for meeting in found]
    for at, (meeting, mine) in enumerate(zip(found, about, strict=True)):
        _add(meeting, mine, set().union(*told[:at], *told[at + 1 :]) - told[at])


def _add(meeting: Found, sentences: Sequence[Tagged], elsewhere: Collection[int]) -> None:
    people = list(meeting.people)
    rules = (_CAME,) if _CALL.search(meeting.lead.words) else (_HELD_WITH, _CAME, _SENT)
    for sentence in sentences:
        if sentence.line.number not in elsewhere:
            people += [p for p in (*_present(sentence, rules), *_at_the_head(sentence, meeting)) if p not in people]
    if len(people) > len(meeting.people):
        meeting.sides.people = people
        meeting.sides.represents |= {p.name: p.country for p in people if p.country}


def _at_the_head(sentence: Tagged, meeting: Found) -> Iterator[Person]:
    """Those who lead the sides of a meeting: "The Kenyan side was headed by Doe, and the Ugandan side by Roe"."""
    for match in _LED.finditer(sentence.text):
        side, person = sentence.within(*match.span("side"), "C")[0], sentence.within(*match.span("who"), "P")[0].person
        if person and person.at_table and side.value in meeting.codes and person.country in (None, side.value):
            if not person.country:
                words = sentence.line.text[side.start : side.end]
                person.country, person.country_words, person.country_line = side.value, words, sentence.line.number
            yield person


def _present(sentence: Tagged, rules: Sequence[re.Pattern[str]]) -> Iterator[Person]:
    for rule in rules:
        for match in rule.finditer(sentence.text):
            if _APART.search(sentence.text[: match.start()]) or _OTHER.search(match.group()):
                continue
            absent = {id(tag) for tag in _tags(sentence, _IN_PLACE.finditer(sentence.text), "absent")}
            for tag in _tags(sentence, [match], "who"):
                if tag.person and tag.person.at_table and id(tag) not in absent:
                    yield tag.person


def _tags(sentence: Tagged, matches: Sequence[re.Match[str]] | Iterator[re.Match[str]], group: str) -> list[Tag]:
    return [tag for match in matches for tag in sentence.within(*match.span(group), "P")]
