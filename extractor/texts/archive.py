"""Archives: articles as JSON Lines (https://jsonlines.org), one a line, read a line at a time.

A line is an article where it is an object whose `text` is a string.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from extractor.errors import UnreadableError

SUFFIX = ".jsonl"

LARGEST = 20 * 2**20
"""Bytes: a larger file, or line of an archive, is no article."""

_BLOCK = 2**16
_MARK = b"\xef\xbb\xbf"


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers from 1. What is over `LARGEST` of a line is left out."""
    number = 0
    while line := file.readline(LARGEST + 1):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(_BLOCK)):
            pass
        if line := line.removeprefix(_MARK if number == 1 else b"").rstrip():
            yield number, line


def row(line: bytes) -> tuple[str, dict[str, object]]:
    """The text of an article, and the object that holds it.

    Raises:
        UnreadableError: the line is too large, no JSON, or no article.
    """
    if len(line) > LARGEST:
        raise UnreadableError(f"larger than {LARGEST // 2**20} MB: split it into articles")
    try:
        values = json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        problem = getattr(error, "msg", None) or type(error).__name__
        raise UnreadableError(f"no JSON ({problem}): write one article a line, in UTF-8") from error
    text = values.get("text") if isinstance(values, dict) else None
    if not isinstance(text, str):
        raise UnreadableError('no article: write it as {"text": "...", "published": "2024-02-23"}')
    return text, values


def is_article(line: bytes) -> bool:
    """Whether a line can be read as an article."""
    try:
        row(line)
    except UnreadableError:
        return False
    return True


def starts_with_article(path: Path) -> bool:
    """Whether the first line of a file is an article, so that the others are worth reading.

    True as well where the file cannot be opened: who reads it tells why.
    """
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            return any(is_article(line) for _, line in islice(lines(file), 1))
    except OSError:
        return True


def count(file: BinaryIO) -> int:
    """How many lines there are, blank ones too: nothing is parsed."""
    breaks, last = 0, b"\n"
    while block := file.read(_BLOCK):
        breaks += block.count(b"\n")
        last = block
    return breaks + (not last.endswith(b"\n"))
