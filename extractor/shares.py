"""The limits of a run, shared out among parts of it that go on at the same time.

What a run may spend is divided among the parts under way, and what one leaves
over goes to the next: together they keep within the limit, but for the calls
in flight when it is reached. Rates are divided in the same way.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from extractor.prices import Budget
from extractor.schemas import Usage
from extractor.settings import Settings


def _decimal(part: Fraction) -> Decimal:
    return Decimal(part.numerator) / part.denominator


_LIMITS: dict[str, Callable[[Fraction], Any]] = {
    "max_calls": int,
    "max_tokens": int,
    "max_cost": _decimal,
    "requests_per_minute": float,
    "tokens_per_minute": float,
}
_SPENT = {"max_calls": "calls", "max_tokens": "tokens", "max_cost": "cost"}

# Fractions: what was given comes back to the last bit, and nothing is free when all is given.
Share = dict[str, Fraction]
"""What one part may spend, and how fast, by the names of settings."""


@dataclass
class Shares:
    """What is spent of the limits of these settings, and what is given to the parts under way.

    Raises:
        ConfigurationError: the cost is limited, but no price is known.
    """

    settings: Settings
    spent: Usage = field(default_factory=Usage)

    def __post_init__(self) -> None:
        Budget(self.settings)
        limits = {name: getattr(self.settings, name) for name in _LIMITS}
        self._free = {name: Fraction(limit) for name, limit in limits.items() if limit is not None}
        self._given: list[Share] = []

    @property
    def reached(self) -> str | None:
        """The limit that is reached, in words; None while there is room."""
        return Budget(self.settings, self.spent).reached

    def take(self, slots: int) -> Share | None:
        """A share for one more part, where so many go on at a time; None while all is given."""
        idle = max(1, slots - len(self._given))
        share = {name: _part(name, free / idle) for name, free in self._free.items()}
        if any(part <= 0 for part in share.values()):
            return None
        for name, part in share.items():
            self._free[name] -= part
        self._given.append(share)
        return share

    def within(self, share: Share) -> Settings:
        """The settings for a part with this share."""
        return self.settings.model_copy(update={name: _LIMITS[name](part) for name, part in share.items()})

    def settle(self, share: Share, usage: Usage) -> None:
        """A part has ended and spent so much; the rest of its share is free again."""
        self._given.remove(share)
        self.spent += usage
        for name, part in share.items():
            used = getattr(usage, _SPENT[name]) if name in _SPENT else 0
            self._free[name] += part - Fraction(used or 0)


def _part(name: str, part: Fraction) -> Fraction:
    """Calls and tokens come whole."""
    return Fraction(math.ceil(part)) if _LIMITS[name] is int else part
