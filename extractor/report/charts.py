"""What the pictures of the overview show, as numbers: a timeline, who met whom, topics over time.

Places on the axis of time are hundredths of its width, so that a picture is as
wide as its page. All of it stands in words beside each picture as well.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from extractor.report import words
from extractor.schemas import Meeting
from extractor.values import edtf, places

DOTS = 150
"""Meetings that the timeline shows one by one; more are counted in bars."""
BARS = 60
PARTIES = 14
TOPICS = 8
_EDGE = 2.0
"""What is left free at both ends of an axis, in hundredths."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 24000)
"""Months between two marks of an axis."""


@dataclass(frozen=True)
class Axis:
    """The days from the first to the last that a meeting can have been on."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day stands, in hundredths of the width."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(_EDGE + (100 - 2 * _EDGE) * share, 2)

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """At most seven months or years, each with its place; the first day where they all lie within one."""
        start, end = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        step = next(step for step in _STEPS if (end - start) / step <= 6)
        months = (month for month in range(start + 1, end + 1) if month % step == 0)
        days = [date(month // 12, month % 12 + 1, 1) for month in months] or [self.first]
        return tuple((self.at(day), f"{day:%Y}" if step % 12 == 0 else f"{day:%Y-%m}") for day in days)


@dataclass(frozen=True)
class Dot:
    """A meeting on the timeline: from where to where it can have been, and in which lane it is drawn."""

    meeting: Meeting
    title: str
    start: float
    end: float
    lane: int

    @property
    def middle(self) -> float:
        """Where the dot itself stands."""
        return round((self.start + self.end) / 2, 2)


@dataclass(frozen=True)
class Timeline:
    """All meetings by date: one by one while they are few, else counted; and those whose year nobody states."""

    axis: Axis
    dots: tuple[Dot, ...]
    bars: tuple[tuple[float, int], ...]
    years: tuple[tuple[str, int], ...]
    undated: tuple[Meeting, ...]

    @property
    def lanes(self) -> int:
        """How many dots stand above one another."""
        return max((dot.lane for dot in self.dots), default=0) + 1

    @property
    def highest(self) -> int:
        """The meetings of the highest bar."""
        return max((count for _, count in self.bars), default=1)


@dataclass(frozen=True)
class Matrix:
    """How often two parties met, of those that met most; `left_out` more parties are not shown."""

    parties: tuple[str, ...]
    names: dict[str, str]
    counts: dict[tuple[str, str], int]
    left_out: int

    def count(self, one: str, other: str) -> int:
        """The meetings at which both were."""
        return self.counts.get((min(one, other), max(one, other)), 0)

    @property
    def pairs(self) -> tuple[tuple[str, str, int], ...]:
        """The pairs that met, the most often first."""
        shown = ((one, other, self.count(one, other)) for one, other in combinations(self.parties, 2))
        return tuple(sorted((pair for pair in shown if pair[2]), key=lambda pair: -pair[2]))

    @property
    def most(self) -> int:
        """The meetings of the pair that met most."""
        return max(self.counts.values(), default=1)


@dataclass(frozen=True)
class Topic:
    """A topic with the number of meetings that were about it, and where on the axis how many of them stand."""

    name: str
    meetings: int
    undated: int
    marks: tuple[tuple[float, int], ...]
    years: tuple[tuple[str, int], ...]

    @property
    def most(self) -> int:
        """The meetings of its largest mark."""
        return max((count for _, count in self.marks), default=1)


def timeline(meetings: Sequence[Meeting]) -> Timeline | None:
    """The timeline; None where no meeting has a year."""
    dated = _dated(meetings)
    if not dated:
        return None
    axis = _axis(dated)
    few = len(dated) <= DOTS
    return Timeline(
        axis=axis,
        dots=tuple(_dots(dated, axis)) if few else (),
        bars=() if few else _bins([axis.at(_middle(days)) for _, days in dated], BARS),
        years=_years(dated),
        undated=tuple(meeting for meeting in meetings if _days(meeting) is None),
    )


def matrix(meetings: Sequence[Meeting]) -> Matrix | None:
    """Who met whom; None where no meeting has two parties."""
    met: Counter[str] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    for meeting in meetings:
        there = sorted({party.value for party in meeting.parties})
        if len(there) > 1:
            met.update(there)
            counts.update(combinations(there, 2))
    if not counts:
        return None
    shown = sorted(sorted(met), key=lambda party: -met[party])[:PARTIES]
    names = {party: places.name_of(party) for party in shown}
    kept = {pair: count for pair, count in counts.items() if set(pair) <= set(shown)}
    return Matrix(tuple(shown), names, kept, len(met) - len(shown))


def topics(meetings: Sequence[Meeting]) -> tuple[Axis | None, tuple[Topic, ...]]:
    """The topics of most meetings, and when they were talked about; no axis where none of these has a year."""
    about: defaultdict[str, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for name in dict.fromkeys(topic.value for topic in meeting.topics):
            about[name].append(meeting)
    shown = sorted(sorted(about), key=lambda name: -len(about[name]))[:TOPICS]
    dated = _dated([meeting for name in shown for meeting in about[name]])
    axis = _axis(dated) if dated else None
    return axis, tuple(_topic(name, about[name], axis) for name in shown)


def _topic(name: str, meetings: Sequence[Meeting], axis: Axis | None) -> Topic:
    dated = _dated(meetings)
    marks = _bins([axis.at(_middle(days)) for _, days in dated], BARS // 2) if axis else ()
    return Topic(name, len(meetings), len(meetings) - len(dated), marks, _years(dated))


def _dots(dated: Sequence[tuple[Meeting, tuple[date, date]]], axis: Axis) -> Iterator[Dot]:
    taken: list[float] = []
    for meeting, days in dated:
        start, end = axis.at(days[0]), axis.at(days[1])
        lane = next((i for i, until in enumerate(taken) if until < start), len(taken))
        taken[lane : lane + 1] = [max(end, start + 1.4)]
        yield Dot(meeting, f"{words.when(meeting)}, {words.where(meeting)}", start, end, lane)


def _bins(at: Sequence[float], number: int) -> tuple[tuple[float, int], ...]:
    """The middles of so many equal parts of the axis, each with how many stand in it; the empty ones left out."""
    width = 100 / number
    found = Counter(min(int(x / width), number - 1) for x in at)
    return tuple((round((i + 0.5) * width, 2), found[i]) for i in sorted(found))


def _dated(meetings: Sequence[Meeting]) -> list[tuple[Meeting, tuple[date, date]]]:
    found = [(meeting, days) for meeting in meetings if (days := _days(meeting))]
    return sorted(found, key=lambda one: (one[1], one[0].id))


def _days(meeting: Meeting) -> tuple[date, date] | None:
    """The first and the last day that its date can mean; None where the year is open."""
    try:
        return edtf.bounds(meeting.date.value or "")
    except ValueError:
        return None


def _axis(dated: Sequence[tuple[Meeting, tuple[date, date]]]) -> Axis:
    return Axis(min(first for _, (first, _) in dated), max(last for _, (_, last) in dated))


def _years(dated: Sequence[tuple[Meeting, tuple[date, date]]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(f"{first:%Y}" for _, (first, _) in dated).items()))


def _middle(days: tuple[date, date]) -> date:
    return days[0] + (days[1] - days[0]) / 2
