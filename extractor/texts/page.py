"""Pages: HTML to what its head declares and the text of its article."""

from functools import cache

from extractor.errors import UnreadableError
from extractor.texts import metadata


def article(source: str) -> tuple[dict[str, str], str]:
    """What the head of a page says and what read it, and the text of its article, a paragraph a line.

    Raises:
        UnreadableError: there is no text of an article in it.
    """
    import trafilatura

    # Only dates that the page declares: a guess from its text is worth less than what we read there ourselves.
    declared = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
    try:
        page = trafilatura.bare_extraction(
            source, with_metadata=True, include_comments=False, date_extraction_params=declared
        )
    except Exception as error:  # hostile HTML meets many libraries in there
        raise UnreadableError(f"no article text found ({type(error).__name__})") from error
    if page is None or isinstance(page, dict) or not page.text:
        raise UnreadableError("no article text found: is it the page of an article?")
    found = metadata.known({"published": page.date, "publisher": page.sitename}, "the page")
    return found | {"reader": reader()}, page.text


@cache
def reader() -> str:
    """What reads pages, with its version; it is not loaded for that."""
    from importlib.metadata import version

    return f"trafilatura {version('trafilatura')}"
