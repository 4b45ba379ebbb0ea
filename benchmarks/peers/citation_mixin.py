"""instructor's CitationMixin: the span that it finds for a quote in the context, as its validator does."""

from instructor import CitationMixin

from benchmarks.peers.placing import Placed, place_all


def _place(text: str, quote: str, sentence: int) -> Placed | None:  # noqa: ARG001 # it knows no sentences
    cited = CitationMixin.model_validate({"substring_quotes": [quote]})
    span = next(cited.get_spans(text), None)
    return Placed("cited", *span) if span else None


if __name__ == "__main__":
    place_all(_place)
