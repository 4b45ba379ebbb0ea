"""Bytes to text: by mark, as UTF-8, as the page declares, by the web's default, by statistics."""

import codecs
import re
from collections.abc import Iterator

from extractor.errors import UnreadableError

_MARKS = (  # UTF-32 first: its mark starts with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_ASCII = bytes(range(0x80))
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


def decode(raw: bytes, *, html: bool = False) -> str:
    """The text of these bytes. A page of HTML may declare its encoding in its first 4 KB.

    Raises:
        UnreadableError: they are no text, or not in the encoding that their byte-order mark promises.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            if (text := _try(raw, encoding)) is None:
                raise UnreadableError(f"marked as {encoding.upper()}, but it is not: save it as UTF-8")
            return text.removeprefix("\ufeff")
    for encoding in _guesses(raw, html=html):
        if (text := _try(raw, encoding)) is not None:
            return text
    raise UnreadableError("holds no text: save it as UTF-8")


def _guesses(raw: bytes, *, html: bool) -> Iterator[str]:
    """Encodings to try, the surest first. A page that is valid UTF-8 is that, whatever it declares."""
    yield "utf-8"
    if html and (declared := _DECLARED.search(raw[:4096])):
        yield declared[1].decode("ascii")
    if len(raw) > 20 * len(raw.translate(None, _ASCII)):
        yield "cp1252"  # few foreign bytes: curled quotes and accents, on which statistics fail
    elif b"\0" not in raw:
        from charset_normalizer import from_bytes

        if best := from_bytes(raw).best():
            yield best.encoding


def _try(raw: bytes, encoding: str) -> str | None:
    """The text, or None where it cannot be that: not that encoding, or full of control characters."""
    try:
        text = raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    controls = len(_CONTROL.findall(text))
    return None if "\0" in text or controls > 1 + len(text) // 200 else text
