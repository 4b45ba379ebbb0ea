"""The gold format: what a person read in an article, to score accounts against.

JSON Lines, one article a line. A key that is missing is not scored; null says
that the text gives no value. `KEY_alt` lists other right values of a key, and
keys that are not known are kept and not looked at.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Gold(BaseModel):
    """What all gold records share: frozen, open for other keys."""

    model_config = ConfigDict(frozen=True, extra="allow")

    def scored(self, key: str) -> bool:
        """Whether the file has this key."""
        return key in self.model_fields_set

    def alternatives(self, key: str) -> list[Any]:
        """The other right values of a key."""
        values = (self.model_extra or {}).get(f"{key}_alt") or []
        return list(values) if isinstance(values, list) else [values]

    def accepted(self, key: str) -> list[Any]:
        """The right values of a key with one value, the gold's own first; None is the right silence, `unknown` too."""
        values = [getattr(self, key), *self.alternatives(key)]
        return [None if value == "unknown" else value for value in values]


class GoldParticipant(Gold):
    """A person who took part; `represents` is an alpha-3 code or an organisation's acronym."""

    name: str
    represents: str | None = None


class GoldStatement(Gold):
    """Words that were said; `speaker` is any form of the name."""

    quote: str
    speaker: str | None = None
    kind: str | None = None


class GoldMeeting(Gold):
    """One meeting of one article. `id` is the same wherever it is told of; `date` is EDTF, `country` alpha-3."""

    id: str
    role: str | None = None
    occurrence: str | None = None
    date: str | None = None
    place: str | None = None
    city: str | None = None
    country: str | None = None
    format: str | None = None
    level: str | None = None
    host_event: str | None = None
    parties: tuple[str, ...] = ()
    participants: tuple[GoldParticipant, ...] = ()
    statements: tuple[GoldStatement, ...] = ()


class GoldArticle(Gold):
    """All meetings that the text of a file tells of."""

    file: str
    meetings: tuple[GoldMeeting, ...]
