"""Folders to files: which paths want reading, one folder in memory at a time."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from extractor.errors import UnreadableError
from extractor.texts import archive, metadata

_REPORTS = frozenset({"meetings.jsonl", "statements.jsonl"})
_PASSED_OVER = frozenset({".json", ".db", ".db-wal", ".db-shm"})
_README = re.compile(r"readme\b", re.IGNORECASE)
_ASTRAY = "a link that leads out of the folder is not followed: name it by itself"


def walk(root: Path) -> Iterator[tuple[Path, str | None]]:
    """The files of a folder that want reading, in the order of their paths, or the file itself.

    With a path that wants reading but must not or cannot be read comes the
    reason. Links are not followed out of the folder: an archive may be hostile.
    """
    if not root.is_dir():
        yield root, None
        return
    home = root.resolve()
    failed: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if set(files) >= _REPORTS:  # what a run wrote is no article
            continue
        for name in sorted(files):
            path = Path(folder, name)
            if _passed_over(path):
                continue
            if not _inside(path, home):
                yield path, _ASTRAY
            elif path.suffix.lower() != archive.SUFFIX or archive.starts_with_article(path):
                yield path, None
        # os.walk does not go into linked folders; what they lead to inside `root` is read in its own place.
        yield from ((path, _ASTRAY) for name in folders if not _inside(path := Path(folder, name), home))
    yield from ((Path(error.filename), f"cannot be read: {error.strerror}") for error in failed)


def exists(path: Path) -> bool:
    """Whether there is something at this path; none where no system can hold such a path."""
    try:
        return path.exists()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file, open for its bytes.

    Raises:
        UnreadableError: it is no file, or cannot be read.
    """
    try:
        if not path.is_file():
            raise UnreadableError("not a file" if path.exists() else "a link to nothing")
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from error


def _passed_over(path: Path) -> bool:
    """Whether the name alone says that nothing in it is an article."""
    name = path.name
    return (
        name.startswith(".")
        or name == metadata.MANIFEST
        or name in _REPORTS
        or path.suffix.lower() in _PASSED_OVER
        or _README.match(name) is not None
    )


def _inside(path: Path, home: Path) -> bool:
    """Whether a path, where it is a link, stays in the folder."""
    if not path.is_symlink():
        return True
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # a ring of links
        return False
