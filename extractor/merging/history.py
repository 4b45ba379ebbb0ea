"""History: what was said of a meeting when, from a plan to what came of it.

What was said last overtakes what was said before: planned, then held, is no
conflict. Of one day, or where a day is not known, what came of a plan
overtakes it. A plan that is printed after the meeting was held undoes nothing;
and that it was held and was not, both said, is a conflict in any order.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from extractor.merging.relations import Comparison
from extractor.schemas import Agreement

_RANKS = {"unclear": 0, "planned": 1, "postponed": 2, "cancelled": 2, "denied": 2, "held": 3}
_CONTRARY = ({"held", "cancelled"}, {"held", "denied"}, {"planned", "denied"})


class Saying(NamedTuple):
    """What an account says became of a meeting, and when that was published (ISO 8601), where it is known."""

    value: str
    origin: str
    published: str | None
    primary: bool


class _Told(NamedTuple):
    """A value with the day on which an origin was the last to come out with it; "" where none is known."""

    value: str
    day: str
    primary: bool

    @property
    def rank(self) -> int:
        return _RANKS.get(self.value, 0)

    def overtakes(self, other: "_Told") -> bool:
        """Whether this was said after the other, and takes its place."""
        if "unclear" in (self.value, other.value):
            return self.rank > other.rank
        if other.value == "held" or (self.value == "held" and {self.value, other.value} in _CONTRARY):
            return False
        if self.value == "held" and other.value == "planned":
            return True
        # The press goes on telling of a plan that its makers have given up.
        if other.primary and not self.primary and self.rank < other.rank:
            return False
        return self.day > other.day if self.day and other.day and self.day != other.day else self.rank > other.rank


def comparison(sayings: Collection[Saying]) -> Comparison:
    """How these values compare. Those that nothing overtakes stand, the last that was said first."""
    told = {value: _told(value, sayings) for value in dict.fromkeys(saying.value for saying in sayings)}

    def relation(left: str, right: str) -> Agreement:
        one, other = told[left], told[right]
        if left == right:
            return Agreement.AGREED
        in_turn = one.overtakes(other) or other.overtakes(one)
        return Agreement.COMPATIBLE if in_turn and {left, right} not in _CONTRARY else Agreement.CONFLICT

    standing = [one for one in told.values() if not any(other.overtakes(one) for other in told.values())]
    standing.sort(key=lambda one: one.day, reverse=True)
    return Comparison(relation, standing=tuple(one.value for one in standing), rule=_rule(standing, told.values()))


def _told(value: str, sayings: Iterable[Saying]) -> _Told:
    """A value over all that say it. A reprint says nothing new: of each origin the first day counts."""
    by_origin: dict[str, list[str]] = {}
    primary = False
    for saying in sayings:
        if saying.value == value:
            by_origin.setdefault(saying.origin, []).extend([saying.published] if saying.published else [])
            primary = primary or saying.primary
    return _Told(value, max((min(days) for days in by_origin.values() if days), default=""), primary)


def _rule(standing: Sequence[_Told], told: Iterable[_Told]) -> str:
    """How the value was chosen, where there was a choice."""
    first = standing[0]
    if len(standing) > 1:
        return "most origins, then what was said last"
    last = all(first.day > other.day > "" for other in told if other is not first)
    return "what was said last leads" if last else "what came of it leads"
