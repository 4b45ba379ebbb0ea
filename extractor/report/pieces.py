"""What the templates ask while they lay out a side, a signal or a row: values, no markup."""

from extractor.schemas import Evidence, MeetingDiff, Side


def in_place(side: Side) -> Evidence | None:
    """The evidence that can be shown as the side's own words in their context, so that they stand once."""
    if len(side.evidence) == 1 and side.evidence[0].grounded and side.evidence[0].exact == side.text:
        return side.evidence[0]
    return None


def tone(label: str) -> int:
    """Which of the six inks a source's letter is printed in."""
    return (sum(map(ord, label)) + 2) % 6


def source_of(diff: MeetingDiff, label: str) -> str:
    """The name of the source with this letter."""
    return next((source.source for source in diff.sources if source.label == label), "")


def bar(weight: int) -> int:
    """Length of a signal's bar in units of its drawing."""
    return min(abs(weight), 20)


def signed(weight: int) -> str:
    """A weight with its sign: `+5`, `−2`."""
    return f"{weight:+d}".replace("-", "−")
