"""langextract's alignment of one extraction to its text, with the options that it has by default."""

from langextract.core.data import Extraction  # type: ignore[import-not-found] # lives in an environment of its own
from langextract.resolver import Resolver  # type: ignore[import-not-found]

from benchmarks.peers.placing import Placed, place_all


def _place(text: str, quote: str, sentence: int) -> Placed | None:  # noqa: ARG001 # it knows no sentences
    if not (text.strip() and quote.strip()):
        return None  # an error, in its words
    (aligned,) = Resolver().align([Extraction("quote", quote)], text, token_offset=0)
    at = aligned.char_interval
    return Placed(aligned.alignment_status.value, at.start_pos, at.end_pos) if at else None


if __name__ == "__main__":
    place_all(_place)
