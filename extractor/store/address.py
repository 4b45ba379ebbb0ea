"""The address of a workspace on a server: how it is read, and how it is shown."""

import re

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from extractor.errors import WorkspaceError

_URL = re.compile(r"postgres(ql)?(\+psycopg)?://.*", re.DOTALL)
_SECRETS = frozenset({"password", "sslpassword"})


def is_url(where: str) -> bool:
    """Whether this names a workspace on a server, and not a file."""
    return _URL.match(where) is not None


def parsed(url: str) -> sa.URL:
    """The parts of a URL.

    Raises:
        WorkspaceError: it has other parts than such a URL has. The words do not repeat it.
    """
    try:
        found = sa.make_url(url)
    except (ArgumentError, ValueError):
        found = None
    if found is None or "@" in (found.host or ""):
        raise WorkspaceError(
            "the URL of the workspace cannot be read: it is written postgresql://user:password@host:port/name, "
            "with %40 for an @ in the password, %3A for a colon and %2F for a slash"
        ) from None
    return found.set(drivername="postgresql+psycopg")


def shown(words: str) -> str:
    """A name of a workspace, or an argument that ends with one, as people may read it: without what is secret."""
    url = _URL.search(words)
    return words[: url.start()] + _public(url[0]) if url else words


def _public(url: str) -> str:
    try:
        found = parsed(url)
    except WorkspaceError:
        return "postgresql://..."
    bare = found.difference_update_query(_SECRETS)
    return sa.URL.create(
        "postgresql", bare.username, None, bare.host, bare.port, bare.database, bare.query
    ).render_as_string()
