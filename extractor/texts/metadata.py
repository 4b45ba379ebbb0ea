"""What an article brings along: its front matter, and its row in the manifest of its folder.

Both may name `url`, `publisher`, `published` (ISO 8601), `language` (BCP 47)
and `primary` (true or false); what else they hold is left alone.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from extractor.errors import UnreadableError

LONGEST_FRONT_MATTER = 2**16
"""Characters: a longer block at the top is text. YAML is slow to read, and articles may be hostile."""

MANIFEST = "manifest.jsonl"
METADATA = ("url", "publisher", "published", "language", "primary")

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>[\w-]+[ \t]*:(?:[ \t].*)?\n(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n+|\Z)")


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the block of YAML at the top says, and the text without it and the blank lines after it.

    Raises:
        UnreadableError: there is such a block, but it is no YAML, or a value in it is no text.
    """
    match = _FRONT_MATTER.match(text)
    if not match or len(match["yaml"]) > LONGEST_FRONT_MATTER:
        return {}, text
    import yaml

    try:
        # The base loader makes every scalar a text: no date that is a number, no `language: no` that is False.
        values = yaml.load(match["yaml"], Loader=yaml.BaseLoader)  # noqa: S506 - it builds texts, lists and mappings alone
    except (yaml.YAMLError, RecursionError) as error:
        problem = str(getattr(error, "problem", None) or "nested too deep")
        raise UnreadableError(f"its front matter is no YAML ({problem}): mend it or take it off") from error
    if not isinstance(values, dict):
        return {}, text
    return known(values, "the front matter"), text[match.end() :]


def manifest(folder: Path) -> tuple[dict[str, dict[str, object]], list[str]]:
    """The rows of a folder's manifest by file, and what is wrong with it, in words."""
    path = folder / MANIFEST
    rows: dict[str, dict[str, object]] = {}
    wrong: list[str] = []
    try:
        lines = path.read_text("utf-8-sig").split("\n") if path.is_file() else []
    except OSError as error:
        return {}, [f"cannot be read: {error.strerror}"]
    except UnicodeDecodeError:
        return {}, ["is not UTF-8: save it as that"]
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict) and isinstance(row.get("file"), str):
            rows[Path(row["file"]).as_posix()] = row
        else:
            wrong.append(f'line {number} is no row like {{"file": "a.txt", "published": "2024-02-23"}}')
    return rows, wrong


def known(values: Mapping[str, object], source: str) -> dict[str, str]:
    """The metadata that we know the names of, stripped; what is left blank is not there.

    Raises:
        UnreadableError: one of them is no text; `primary` may be true or false as well.
    """
    found: dict[str, str] = {}
    for key, value in values.items():
        name = str(key).lower()
        if name not in METADATA or value is None:
            continue
        if name == "primary" and isinstance(value, bool):
            value = json.dumps(value)
        if not isinstance(value, str):
            raise UnreadableError(f"`{name}` in {source} must be a text, not {str(value)[:60]!r}")
        if value.strip():
            found[name] = value.strip().encode(errors="replace").decode()  # YAML and JSON can write half a character
    return found


def day(value: str) -> date:
    """The day of an ISO 8601 date or date and time, in its own time zone.

    Raises:
        UnreadableError: it is no such date.
    """
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        raise UnreadableError(f"`published` is {value[:60]!r}: write it as 2024-02-23") from None


def flag(value: str) -> bool:
    """Whether a value is true.

    Raises:
        UnreadableError: it is neither `true` nor `false`.
    """
    if value.lower() not in ("true", "false"):
        raise UnreadableError(f"`primary` is {value[:60]!r}: write it as true or false")
    return value.lower() == "true"
