"""Differences of two runs as people read them: signs, names, counts.

A sign stands beside every colour: `+` new or gained, `-` gone or lost, `~`
changed, `<` split, `>` joined, `x` regrouped, `=` the same values.
"""

from collections.abc import Iterable
from typing import NamedTuple

from extractor.report import words
from extractor.schemas import (
    Agreement,
    Change,
    Compared,
    ComparedSide,
    Difference,
    Held,
    MeetingComparison,
    RunComparison,
    Status,
)


class Head(NamedTuple):
    """How meetings that became this are announced."""

    sign: str
    title: str
    gloss: str


HEADS = {
    Difference.NEW: Head("+", "New", "Meetings that the old side does not have."),
    Difference.GONE: Head("-", "Gone", "Meetings that the new side does not have."),
    Difference.SPLIT: Head("<", "Split", "One meeting, several now."),
    Difference.JOINED: Head(">", "Joined", "Several meetings, one now."),
    Difference.REGROUPED: Head("x", "Regrouped", "Several meetings, several others now."),
    Difference.CHANGED: Head("~", "Changed", "One meeting, with other values or articles."),
    Difference.SAME_VALUES: Head("=", "Same values", "Nothing else is said; evidence, model or ids differ."),
}
FEW = 4
"""So many articles are named where there is little room."""
ABOUT = 50
"""So many characters are told of an utterance whose kind or speaker changed."""
WORDS = 120
"""So many characters are told of the words of an article beside the value."""
QUOTED = ("outcomes", "statements")
"""Fields whose values are words of articles."""
_ONE = {
    "accounts": "article", "parties": "party", "participants": "participant", "topics": "topic",
    "distinctions": "distinction", "outcomes": "outcome", "statements": "statement", "warnings": "warning",
}  # fmt: skip


def summary(found: RunComparison) -> str:
    """All of it in one line: how many meetings, what became of them, and the statements and outcomes in figures."""
    if not found.differences:
        both = f"{_count(found.same, 'meeting')} on both sides, equal in every value"
        return f"Nothing differs: {both if found.same else 'no meetings on either side'}."
    parts = [f"{len(some)} {HEADS[kind].title.lower()}" for kind in Difference if (some := found.of(kind))]
    parts += [f"{found.same} unchanged"] if found.same else []
    told = [f"{_count(found.old.meetings, 'meeting')} → {found.new.meetings}: {', '.join(parts)}"]
    for field in reversed(QUOTED):
        gained, lost = _total(found, field)
        told += [f"{field} +{gained} -{lost}"] if gained or lost else []
    return "; ".join(told)


def _total(found: RunComparison, field: str) -> tuple[int, int]:
    counts = [one.count(field) for one in found.differences]
    return sum(gained for gained, _ in counts), sum(lost for _, lost in counts)


def side_in_words(side: ComparedSide) -> str:
    """A side in figures, and who made it: `3 meetings, 2 articles; made by builtin 3f9c2a1b`."""
    makers = [
        f"{one.model or 'an unknown model'}{f' {one.extraction[:8]}' if one.extraction else ''}"
        + (f" ({_count(one.accounts, 'account')})" if len(side.makers) > 1 else "")
        for one in side.makers
    ]
    made = f"; made by {', '.join(makers)}" if makers else ""
    return f"{_count(side.meetings, 'meeting')}, {_count(side.articles, 'article')}{made}"


def sign(change: Change) -> str:
    """`+` gained, `-` lost, `~` changed."""
    return "+" if change.was is None else "-" if change.now is None else "~"


def name(change: Change) -> str:
    """The field in words, with whose it is: `Statement, Jane Doe`; `Office, Jane Doe`; `Kind, “We will meet”`."""
    field, _, part = change.field.partition(".")
    about = change.about
    if about and field == "warnings":
        about = words.in_words(about)
    elif about and part and field in QUOTED:
        about = f"“{_cut(about, ABOUT)}”"
    told = ", ".join(filter(None, (words.in_words(part or _ONE.get(field, field)), about)))
    return told[0].upper() + told[1:]


def shown(held: Held | None) -> str:
    """A value, and how it stands where that matters."""
    if held is None:
        return "not stated"
    notes = [
        *(["inferred"] if held.status is Status.INFERRED else []),
        *(["to decide"] if held.agreement and held.agreement.to_decide else []),
        *(["decided by a person"] if held.agreement is Agreement.DECIDED else []),
    ]
    return (held.value or "none") + (f" ({', '.join(notes)})" if notes else "")


def voices(change: Change) -> tuple[list[str], list[str]]:
    """Who says it now, or said what is lost: names of articles; and names with words, those that are not there told so.

    Words that the value holds are not repeated.
    """
    held = change.now or change.was
    names, quotes = [], []
    for one in held.said if held else ():
        quote = f"“{_cut(one.text, WORDS)}”"
        if not all(evidence.grounded for evidence in one.evidence):
            quotes.append(f"? not in {one.source}: {quote}")
        elif one.text in ((held.value if held else None) or ""):
            names.append(one.source)
        else:
            quotes.append(f"{one.source} {quote}")
    return few(dict.fromkeys(names)), few(dict.fromkeys(quotes))


def _cut(text: str, most: int) -> str:
    """The text, cut behind a word where it is longer; where it has no spaces, anywhere."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} …"


def heading(one: MeetingComparison) -> str:
    """The meeting as it is now; where it split, as it was."""
    if len(one.was) > 1 and len(one.now) > 1:
        return f"{len(one.was)} meetings, {len(one.now)} now"
    return (one.was if one.difference is Difference.SPLIT else one.now or one.was)[0].title


def meetings(one: MeetingComparison) -> list[tuple[str, Compared]]:
    """The meetings of both sides, each with when it is one; of one that has its id still, the new one alone."""
    if [some.id for some in one.was] == [some.id for some in one.now]:
        return [("", some) for some in one.now]
    if not one.was or not one.now:
        return [("", some) for some in one.now or one.was]
    return [*(("was", some) for some in one.was), *(("now", some) for some in one.now)]


def introduced(some: Compared, heading: str) -> str:
    """A meeting under this heading, in a line: its title where it is another, its id, and its articles."""
    names = few(dict.fromkeys(ref.source for ref in some.sources))
    title = "" if some.title == heading else f"{some.title}; "
    return f"{title}{some.id}; from {', '.join(names)}"


def few(names: Iterable[str]) -> list[str]:
    """So many names as are told where there is little room, and how many more there are."""
    found = list(names)
    return found if len(found) <= FEW else [*found[: FEW - 1], f"{len(found) - FEW + 1} more"]


def contents(one: MeetingComparison) -> str:
    """What a new meeting brings, or one that is gone took along: `with 2 participants, 1 outcome`."""
    if one.was and one.now:
        return ""
    counts = [(max(one.count(field)), field) for field in ("participants", *QUOTED)]
    found = ", ".join(_count(number, _ONE[field]) for number, field in counts if number)
    return f"with {found}" if found else ""


def brief(change: Change) -> str | None:
    """Value, or both of them, in a line; None for words of an article that changed, and what is long."""
    if not change.was or not change.now:
        return shown(change.now or change.was)
    both = f"{shown(change.was)} → {shown(change.now)}"
    return both if change.field not in QUOTED and len(both) <= ABOUT else None


def listed(one: MeetingComparison) -> tuple[Change, ...]:
    """The changes that are told one by one: what a meeting holds that is new or gone stands in its own record."""
    return one.changes if one.was and one.now else ()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
