"""The seam between pieces of work and where they are done: here, or on many machines."""

from collections.abc import Callable, Generator, Iterable
from typing import Protocol, TypeVar

S = TypeVar("S")
R = TypeVar("R")


class Runner(Protocol):
    """Does independent pieces of work. Their function is importable, and they and their results can be pickled."""

    @property
    def slots(self) -> int:
        """How many pieces are done at a time, as far as is known now; at least 1."""

    def map(self, function: Callable[[S], R], pieces: Iterable[S | None]) -> Generator[R, None, None]:
        """What the function gives for each piece, in the order in which they are done.

        A piece is taken when there is room for it. None in its place: there
        is none before another result has come, and none at all where no
        result is awaited.
        """


class Here:
    """Does one piece after the other, in this process."""

    slots = 1

    def map(self, function: Callable[[S], R], pieces: Iterable[S | None]) -> Generator[R, None, None]:
        """As the seam says."""
        for piece in pieces:
            if piece is None:
                return
            yield function(piece)
