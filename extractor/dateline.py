"""When and where an article says it was published: publication line, dateline, anniversaries.

Only what the text itself says; metadata that comes with the article outranks it.
"""

import re

from extractor import dates
from extractor.schemas import Reference

# A publication line is short, stands near the top, and holds a full date and little else.
_LINES_FROM_TOP = 40
_LONGEST = 80
_FULL_DATE = re.compile(
    rf"\b(?:{dates.MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{{1,2}} {dates.MONTH},? (?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    rf"(?:\d{{1,2}}:\d\d(?::\d\d)?|[ap]\.?m\.?|[A-Z]{{2,4}}T?\b|GMT|UTC|\b{dates.WEEKDAY}\b|published|posted|updated|date|first|last|on|at|by|for|immediate|release|[\W_]|[+-]\d+)+",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'.-]*){0,3})(?:,? [A-Z][\w. ]{2,25}?)?(?:,? (?P<date>[A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?))? ?(?:\((?P<agency>[A-Z][\w/ ]+)\))? ?(?:—|–|--|-) ",
)
# Korean wires print [place=agency].
_WIRE = re.compile(r"\[(?P<place>[^\]\[=\n]{1,20})=(?P<agency>[^\]\[=\n]{1,20})\]")
_ANNIVERSARY = re.compile(
    r"\bthis year (?:also )?(?:marks|is|was|being) the (?P<count>\d{1,3})(?:st|nd|rd|th) (?:anniversary|year since)\b[^.]{0,160}?\b(?P<year>(?:1[5-9]|20)\d\d)\b",
    re.IGNORECASE,
)


def find(text: str) -> Reference:
    """What the text says of its own date and place of filing."""
    values: dict[str, object] = {}
    position = 0
    for line in text.splitlines(keepends=True)[:_LINES_FROM_TOP]:
        bare = line.strip()
        match = _FULL_DATE.search(bare) if len(bare) <= _LONGEST else None
        if match and _REST.fullmatch(bare[: match.start()] + " " + bare[match.end() :]):
            values |= _published(match.group(), position + line.index(bare) + match.start())
            break
        if (dateline := _DATELINE.match(line)) and dateline["date"] and _FULL_DATE.fullmatch(dateline["date"]):
            values |= _published(dateline["date"], position + dateline.start("date"))
            break
        position += len(line)
    if not values and (match := _ANNIVERSARY.search(text)):
        values = {
            "year": int(match["year"]) + int(match["count"]),
            "source": "text",
            "start": match.start(),
            "end": match.end(),
        }
    return Reference.model_validate(values | _place(text))


def _published(words: str, start: int) -> dict[str, object]:
    resolved = dates.resolve(words, Reference())
    if not resolved:
        return {}
    return {"published": resolved.edtf, "source": "text", "start": start, "end": start + len(words)}


def _place(text: str) -> dict[str, object]:
    position = 0
    for line in text.splitlines(keepends=True):
        if match := _DATELINE.match(line) or _WIRE.search(line):
            return {
                "dateline": match["place"].strip(" ,"),
                "dateline_start": position + match.start("place"),
                "dateline_end": position + match.start("place") + len(match["place"].rstrip(" ,")),
            }
        position += len(line)
    return {}
