"""Selectors: a span of an article as evidence, with what stands before and after it."""

from extractor.schemas import Article, Evidence, Grounding

CONTEXT = 32
"""Code points of context that evidence keeps on each side."""


def select(article: Article, start: int, end: int, grounding: Grounding = Grounding.VERBATIM) -> Evidence:
    """Evidence for `article.text[start:end]` (code points), with 32 code points of context on each side."""
    text = article.text
    return Evidence(
        article=article.id,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        grounding=grounding,
    )
