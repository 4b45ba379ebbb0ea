"""Found: a meeting as an article tells of it."""

from dataclasses import dataclass, field

from extractor.builtin.home import Party
from extractor.builtin.mentions import Mention
from extractor.builtin.page import Part
from extractor.builtin.parties import Sides
from extractor.builtin.people import Person
from extractor.schemas.draft import Occurrence, Role

_CALLED_OFF: tuple[Occurrence, ...] = ("cancelled", "postponed", "denied")


@dataclass
class Found:
    """A meeting as the article tells of it: its mentions, its parties, its people."""

    role: Role
    mentions: list[Mention]
    sides: Sides = field(default_factory=Sides)
    here: Party | None = None
    """The city of the dateline, where a mention says "here"."""

    @property
    def parties(self) -> list[Party]:
        """The parties, in the order of the text."""
        return self.sides.parties

    @property
    def people(self) -> list[Person]:
        """The people who took part."""
        return self.sides.people

    @property
    def codes(self) -> list[str]:
        """The codes of the parties, in the order of the text."""
        return self.sides.codes

    @property
    def lead(self) -> Mention:
        """The mention that tells most: in the prose, with its parties named."""
        return max(
            self.mentions,
            key=lambda m: (m.where.part is Part.PROSE, m.explicit, m.occurrence != "held", -m.where.line.number),
        )

    @property
    def occurrence(self) -> Occurrence:
        """What became of it; a meeting told of as held is held, whatever was planned before."""
        told = [m.occurrence for m in self.mentions if m.where.part is Part.PROSE] or [self.lead.occurrence]
        return next((verdict for verdict in _CALLED_OFF if verdict in told), self.lead.occurrence)

    @property
    def first_line(self) -> int:
        """The first line that tells of it."""
        return min(m.where.line.number for m in self.mentions)

    def latest(self, mention: Mention) -> int:
        """The last line before a mention that tells of it."""
        lines = [m.where.line.number for m in self.mentions]
        return max((line for line in lines if line <= mention.where.line.number), default=0)
