"""This project's grounding of one quote; with `--hint` the check of a reply, and the passage shown in a re-ask.

Sentences are split when an article is read: that is not counted here.
"""

import sys
from functools import cache

from benchmarks.peers.placing import Placed, place_all
from extractor.ground import locate, problems
from extractor.read import assemble
from extractor.schemas import Article, Draft
from extractor.schemas.draft import Words

_HINT = "--hint" in sys.argv


@cache
def _article(text: str) -> Article:
    return assemble(text, [])


def _place(text: str, quote: str, sentence: int) -> Placed | None:
    if _HINT:
        problems(_article(text), Draft.model_construct(meetings=[Words(text=quote, sentence=sentence)]))
        return None
    found = locate(_article(text), quote, sentence)
    if found.start is None or found.end is None:
        return None
    return Placed(found.grounding, found.start, found.end)


if __name__ == "__main__":
    place_all(_place)
