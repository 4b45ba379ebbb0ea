"""Judged: what goes into linking besides the accounts, and what comes out."""

import warnings
from collections.abc import Container, Mapping
from typing import NamedTuple

from extractor.linking.blocks import Cut
from extractor.merging.choices import Choice

Pair = tuple[str, str]
"""Two account ids, sorted."""

GREY = 6
"""Half bits around the threshold within which a score decides little."""


class Judged(NamedTuple):
    """Pairs that a person judged the same or different, and the signal that the model's answer gives for others.

    `choices` are what people decided of fields: they count once meetings are made.
    """

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    said: Mapping[Pair, str] = {}
    choices: tuple[Choice, ...] = ()

    def about(self, accounts: Container[str]) -> "Judged":
        """What was judged of these accounts."""

        def there(pair: Pair) -> bool:
            return pair[0] in accounts and pair[1] in accounts

        return Judged(
            frozenset(filter(there, self.together)),
            frozenset(filter(there, self.apart)),
            {pair: signal for pair, signal in self.said.items() if there(pair)},
            tuple(one for one in self.choices if all(voice.account in accounts for voice in one.voices)),
        )


NOBODY = Judged()


class LargeBlockWarning(UserWarning):
    """Accounts share so much with so many others that not all of them were compared."""


class Links(NamedTuple):
    """Groups of account ids, each sorted, and what one should know of them."""

    groups: tuple[tuple[str, ...], ...]
    cut: tuple[Pair, ...]
    """Pairs that look alike and nobody judged different, or that were judged the same, and that are in two groups."""
    grey: tuple[Pair, ...]
    """Pairs that no person judged and whose score is close to the threshold."""
    large: tuple[Cut, ...]
    """Blocks that were too large to compare."""

    def warn(self) -> None:
        """Tells of blocks that were too large: accounts in them may be of one meeting and were not compared."""
        if self.large:
            largest = max(self.large, key=lambda cut: cut.pairs)
            warnings.warn(
                f"{len(self.large)} blocks of accounts are too large to compare all pairs; the largest: "
                f"{largest.accounts} accounts of {largest.key} from {largest.start} on",
                LargeBlockWarning,
                stacklevel=3,
            )
