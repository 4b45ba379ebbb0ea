"""Places quotes in texts and takes the time, the same way for everybody. Standard library only.

    python -m benchmarks.peers.citation_mixin PAIRS

PAIRS is JSON lines of `text`, `quote` and `sentence`. Prints a line of JSON for
each: the status that the tool gives (null where it finds nothing), start and
end in code points, and CPU milliseconds, the least of so many rounds.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_ROUNDS = 3
_LONG_MS = 1_000
"""What takes longer is done once."""


class Placed(NamedTuple):
    """What a tool says of a quote: its own word for the match, and where."""

    status: str
    start: int
    end: int


Place = Callable[[str, str, int], Placed | None]
"""Places a quote in a text; the number is that of the sentence in which it is said to start."""


def place_all(place: Place) -> None:
    """Places the pairs that the command line names, and prints what was found."""
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        pair = json.loads(line)
        least, placed = float("inf"), None
        for _ in range(_ROUNDS):
            start = time.process_time()
            placed = place(pair["text"], pair["quote"], pair["sentence"])
            least = min(least, (time.process_time() - start) * 1000)
            if least > _LONG_MS:
                break
        print(json.dumps({**(placed._asdict() if placed else {"status": None}), "ms": least}), flush=True)
