"""Durations as they are printed, in ISO 8601: "about one hour" is `PT1H`."""

import re

_NUMBERS = {
    word: number
    for number, words in enumerate(
        "- one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
    for word in (words,)
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90}
_PIECE = re.compile(
    r"(?P<half>half an? )?(?P<number>\d+(?:\.\d+)?|[a-z]+(?:-five)?)?[ -]?(?P<unit>hours?|minutes?|days?)(?P<and_half> and a half)?"
)


def iso(words: str) -> str | None:
    """The duration in ISO 8601-1, or None where no number and unit are printed.

    Words of approximation are not expressed: the printed text keeps them.
    """
    minutes = 0.0
    found = False
    text = words.lower().replace("an hour and a half", "1.5 hours").replace("half an hour", "30 minutes")
    for match in _PIECE.finditer(text):
        word = match["number"] or ""
        number = float(word) if word[:1].isdigit() else _NUMBERS.get(word)
        if number is None:
            continue
        found = True
        number += 0.5 if match["and_half"] else 0
        minutes += number * {"h": 60, "m": 1, "d": 1440}[match["unit"][0]]
    if not found:
        return None
    total = round(minutes)
    days, rest = divmod(total, 1440)
    hours, left = divmod(rest, 60)
    clock = (f"{hours}H" if hours else "") + (f"{left}M" if left else "")
    return "P" + (f"{days}D" if days else "") + ("T" + clock if clock or not days else "")
