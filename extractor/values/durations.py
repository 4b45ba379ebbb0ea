"""Durations as they are printed, in ISO 8601-1: "about one hour" is `PT1H`."""

import re

NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
"""Number words; each stands at the place that it names."""
_COUNTS: dict[str, float] = {
    **{word: number for number, word in enumerate(NUMBERS) if number},
    "thirty": 30, "forty": 40, "forty five": 45, "fifty": 50, "sixty": 60, "ninety": 90,
    **dict.fromkeys(("a", "an"), 1),
    **dict.fromkeys(("half", "half a", "half an", "a half"), 0.5),
    "a quarter of an": 0.25, "three quarters of an": 0.75, "a couple of": 2,
}  # fmt: skip
_MINUTES = {"minute": 1, "min": 1, "hour": 60, "hr": 60, "h": 60, "day": 1440, "week": 10080}
# "two and a half hours", "90-minute", "1 h 30 min", "hours and a half"; hyphens are read as spaces.
_NUMBER = "|".join(sorted(map(re.escape, _COUNTS), key=len, reverse=True))
_PIECE = re.compile(
    rf"\b(?:(?P<number>\d+(?:\.\d+)?|{_NUMBER}) ?(?P<half>and a half )?)?"
    r"(?P<unit>minute|min|hour|hr|h|day|week)s?(?P<long> ?long)?\b(?P<more> and a half\b)?"
)


def iso(words: str) -> str | None:
    """The duration in ISO 8601-1, or None where no number and unit are printed.

    Words of approximation are not expressed: the printed text keeps them. A
    whole number of weeks printed as such comes out in days.
    """
    minutes = 0.0
    text = " ".join(re.sub(r"[‐‑–-]", " ", words.lower()).split())
    for match in _PIECE.finditer(text):
        number = match["number"]
        if number is None and not match["long"]:  # "for hours" says no number, "hour-long" does
            continue
        count = _COUNTS[number] if number in _COUNTS else float(number or 1)
        half = 0.5 if match["half"] or match["more"] else 0
        minutes += (count + half) * _MINUTES[match["unit"]]
    days, rest = divmod(round(minutes), 1440)
    if not days and not rest:
        return None
    clock = (f"{rest // 60}H" if rest >= 60 else "") + (f"{rest % 60}M" if rest % 60 else "")
    return "P" + (f"{days}D" if days else "") + ("T" + clock if clock else "")
