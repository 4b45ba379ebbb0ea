"""The types of columns: what every database gives back as it was given."""

import re
import zlib

import sqlalchemy as sa

ESCAPE = "\x10"
"""Data link escape (ASCII): four hexadecimal digits after it are the code of a character that no database takes."""

_REFUSED = re.compile(f"[\0{ESCAPE}\ud800-\udfff]")
_ESCAPED = re.compile(f"{ESCAPE}([0-9a-f]{{4}})")
_PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def digest(length: int = 64) -> sa.types.TypeEngine[str]:
    """ASCII of so many characters, in the order of its codes whatever the language of the server."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


class Words(sa.TypeDecorator[str]):
    """Any text, in the order of its code points.

    PostgreSQL takes no NUL, and no database half a character (a lone
    surrogate): both are escaped, and come out as they were.
    """

    impl = _PLAIN
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Into the database."""
        return None if value is None else _REFUSED.sub(lambda found: f"{ESCAPE}{ord(found[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Out of the database."""
        return None if value is None else _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


class Packed(sa.TypeDecorator[str]):
    """Text that is kept compressed (zlib)."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> bytes | None:  # noqa: ARG002 - SQLAlchemy's
        """Into the database. A model's reply may hold half a character."""
        return None if value is None else zlib.compress(value.encode("utf-8", "surrogatepass"), level=1)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """Out of the database."""
        return None if value is None else zlib.decompress(value).decode("utf-8", "surrogatepass")
