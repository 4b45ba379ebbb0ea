"""Profile: what is compared of an account, read once for all its pairs.

Only what stands in its article speaks.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from extractor.schemas import Account, Claim, Status
from extractor.values import edtf, wording

NEWS_DAYS = 31
"""Days after a meeting within which the news tells of it as new, and before it within which it is announced as near."""
_AHEAD_DAYS = 366
"""Days before a meeting from which on it is announced at all."""
_QUOTE = 6
"""Words that a quotation must have for two accounts not to print it by chance."""


class Person(NamedTuple):
    """A participant's name, and the code of the party spoken for."""

    name: str
    code: str | None


def people(account: Account) -> list[Person]:
    """The participants of an account."""
    about = {c.about: c.value for c in account.of("participants.represents")}
    return [Person(claim.value, about.get(claim.id)) for claim in account.of("participants")]


@dataclass(frozen=True)
class Profile:
    """What is compared of an account, read once for all its pairs."""

    account: Account

    @cached_property
    def values(self) -> dict[str, Claim]:
        """The first grounded claim of each field."""
        return {c.field: c for c in reversed(self.account.claims) if c.grounded and c.about is None}

    @cached_property
    def parties(self) -> frozenset[str]:
        """The codes of the parties that the account names."""
        claims = self.account.of("parties")
        return frozenset(c.value for c in claims if c.grounded and c.status is Status.STATED)

    @cached_property
    def people(self) -> list[Person]:
        """The participants whose names stand in the article."""
        grounded = {c.value for c in self.account.of("participants") if c.grounded}
        return [person for person in dict.fromkeys(people(self.account)) if person.name in grounded]

    @cached_property
    def quotes(self) -> dict[str, str]:
        """The statements that are long enough to compare, by their words between spaces."""
        claims = [c for c in self.account.of("statements") if c.grounded and len(wording.words(c.value)) >= _QUOTE]
        return {f" {' '.join(wording.words(c.value))} ": c.value for c in reversed(claims)}

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Every run of six words in the statements: what is not here is in none of them."""
        told = [tuple(quote.split()) for quote in self.quotes]
        return frozenset(w[i : i + _QUOTE] for w in told for i in range(len(w) - _QUOTE + 1))

    @cached_property
    def distinctions(self) -> dict[tuple[str, str], str]:
        """The distinctions by what they claim."""
        return {wording.distinction(c.value): c.value for c in self.account.of("distinctions") if c.grounded}

    @cached_property
    def published(self) -> date | None:
        """The day of publication."""
        return date.fromisoformat(self.account.published) if self.account.published else None

    def value(self, field: str, *, stated: bool = False) -> str | None:
        """The value of a field; with `stated`, only one that the account itself says."""
        claim = self.values.get(field)
        return claim.value if claim and (claim.status is Status.STATED or not stated) else None

    @cached_property
    def day(self) -> date | None:
        """The day of the meeting, where it is fully known."""
        value = self.value("date")
        return date.fromisoformat(value) if value and edtf.precision(value) == 3 and len(value) == 10 else None

    @property
    def planned(self) -> bool:
        """Whether it was still to come when the article was published."""
        return self.value("occurrence") in ("planned", "postponed")

    @property
    def news(self) -> bool:
        """Whether the article reports it as held: then it was published soon after."""
        return self.account.role == "reported" and self.value("occurrence") == "held"

    @cached_property
    def window(self) -> tuple[date, date]:
        """The days on which it can have been, by its date or else by the day of publication and the tense."""
        value = self.value("date")
        if value:
            return edtf.bounds(value) or (date.min, date.max)
        if not self.published:
            return date.min, date.max
        if self.planned:
            return _shifted(self.published, -1), _shifted(self.published, _AHEAD_DAYS)
        return _shifted(self.published, -NEWS_DAYS) if self.news else date.min, _shifted(self.published, 1)

    @property
    def told_on(self) -> date | None:
        """The day near which it was: its own, or that of the news of it."""
        return self.day or (self.published if self.news else None)

    @property
    def when(self) -> str:
        """What its window rests on, in words."""
        return self.value("date") or f"published {self.published}"


def _shifted(day: date, days: int) -> date:
    """The day so many days later, or the first or last that there is: any year can stand in metadata."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))
