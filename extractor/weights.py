"""Weights: what each signal is worth, from a file."""

from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Self

import yaml
from pydantic import ConfigDict, ValidationError

from extractor.errors import ConfigurationError
from extractor.match import TOPICS, Reason, reasons
from extractor.profile import Profile
from extractor.schemas import Signal
from extractor.schemas.base import Record

STANDARD = Path(__file__).with_name("weights.yaml")
"""The weights that come with the package."""

Told = Mapping[str, int]
"""What two accounts say for (or, below 0, against) being of one meeting, by topic; on the others one is silent."""


class Weights(Record):
    """Integer log-odds in half bits, by the name of the signal, and from which sum on accounts are joined."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: int
    signals: Mapping[str, int]

    @classmethod
    def load(cls, path: Path) -> Self:
        """The weights of a file.

        Raises:
            ConfigurationError: there is none, or it names other signals than there are.
        """
        try:
            found = cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except OSError as error:
            raise ConfigurationError(
                f"weights {path}: {error.strerror or error}; without any, those of the package are used"
            ) from error
        except (ValidationError, ValueError, yaml.YAMLError) as error:
            raise ConfigurationError(
                f"{path} holds no weights: `extractor weights show` prints what they look like"
            ) from error
        if odd := found.signals.keys() ^ TOPICS.keys():
            raise ConfigurationError(
                f"{path}: {', '.join(sorted(odd))}: is missing, or no signal of that name is known"
            )
        return found

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the numbers: comments and the order of the lines don't count."""
        numbers = [self.threshold, sorted(self.signals.items())]
        return sha256(repr(numbers).encode()).hexdigest()

    def dump(self, comment: str = "") -> str:
        """These weights as the text of a file that `load` reads, below a comment."""
        lines = "".join(f"# {line}\n" for line in comment.splitlines())
        return lines + yaml.safe_dump(self.model_dump(), sort_keys=False)

    def told(self, reasons: Iterable[Reason]) -> dict[str, int]:
        """The sum of the weights by topic; a topic on which one of the two is silent is not there."""
        sums: dict[str, int] = {}
        for reason in reasons:
            topic = TOPICS[reason.name]
            sums[topic] = sums.get(topic, 0) + self.signals[reason.name]
        return sums

    def explained(self, left: Profile, right: Profile, said: str | None = None) -> tuple[Signal, ...]:
        """The reasons between two profiles, strongest first; `said` is the signal of the model where it was asked."""
        pair = (left.account, right.account)
        found = [*reasons(left, right), *([Reason(said, *pair)] if said else [])]
        signals = [
            Signal(name=n, weight=self.signals[n], left=one, right=other, accounts=pair) for n, one, other in found
        ]
        return tuple(sorted(signals, key=lambda s: (-abs(s.weight), s.name, s.left, s.right)))


@cache
def standard() -> Weights:
    """The weights that come with the package."""
    return Weights.load(STANDARD)


def in_force(path: Path | None) -> Weights:
    """The weights of a file, or where none is named those that come with the package.

    Raises:
        ConfigurationError: see `Weights.load`.
    """
    return Weights.load(path) if path else standard()
