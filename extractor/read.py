"""Paths to articles: bytes decoded, front matter taken off, HTML to text, sentences spanned.

A file that gives no text becomes an `Unread` that says why, and the next one
is read. What an article brings along (front matter, then `manifest.jsonl`
beside it, then the head of an HTML page) outranks what the caller says of all
articles, and that outranks what the text itself says.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from extractor.errors import ConfigurationError, UnreadableError
from extractor.schemas import Article, Reference, Sighting
from extractor.schemas.base import Record
from extractor.texts import dateline, metadata, sentences
from extractor.texts.decode import decode

LARGEST = 20 * 2**20
"""Bytes: a larger file is no article."""

_TEXT = frozenset({".txt", ".md"})
_HTML = frozenset({".html", ".htm"})
_PASSED_OVER = frozenset({".json", ".jsonl", ".db", ".db-wal", ".db-shm"})
_REPORTS = frozenset({"meetings.jsonl", "statements.jsonl"})

_README = re.compile(r"readme\b", re.IGNORECASE)

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class Unread(Record):
    """A path that gave no article, and why, in one line."""

    path: str
    reason: str


def read(paths: Paths, published: date | None = None) -> Iterator[Article | Unread]:
    """The articles of a file, of a folder at any depth, or of a list of either: one at a time, in the order of paths.

    In folders, hidden files, READMEs, JSON, workspaces and what a run wrote
    (`--out`) are passed over in silence.
    `published` counts for the articles that bring no date of their own. The
    same text under two paths comes twice; `merge` makes it one.

    Raises:
        ConfigurationError: a path does not exist. Raised at once, before anything is read.
    """
    named = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    roots = [Path(path) for path in named]
    for root in roots:
        if not _exists(root):
            raise ConfigurationError(f"{_shown(root)} does not exist: name a file or a folder of articles")
    return _read(roots, published)


def count(paths: Paths) -> int:
    """How many files `read` will try, for a progress bar; nothing is read."""
    roots = [Path(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else list(paths))]
    return sum(sum(1 for _ in _walk(root)) if root.is_dir() else 1 for root in roots)


def read_text(
    raw: bytes | str,
    *,
    path: str | None = None,
    html: bool = False,
    row: Mapping[str, object] | None = None,
    published: date | None = None,
) -> Article:
    """One article from its bytes or its text.

    `row` is its row of the manifest: url, publisher, published, language.

    Raises:
        UnreadableError: empty, too large, no text, or with a date that cannot be read.
    """
    if len(raw) > LARGEST:
        raise UnreadableError(f"larger than {LARGEST // 2**20} MB: split it into articles")
    text = raw.removeprefix("\ufeff") if isinstance(raw, str) else decode(raw, html=html)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, text = metadata.front_matter(text)
    page: dict[str, str] = {}
    if html:
        page, text = _html(text)
    if "\0" in text:
        raise UnreadableError("holds no text: there are NUL characters in it")
    if not text.strip():
        raise UnreadableError("empty: it holds no text")
    known = page | metadata.known(row or {}, "the manifest") | front
    day = metadata.day(known["published"]) if "published" in known else published
    seen = Sighting(
        path=path,
        url=known.get("url"),
        publisher=known.get("publisher"),
        published=day,
        language=known.get("language"),
        reader=known.get("reader"),
    )
    return assemble(text, [seen])


def assemble(text: str, sightings: Iterable[Sighting]) -> Article:
    """The article of a text and its sightings.

    Relative dates are resolved against the first day on which a sighting says
    that it was published; only where none does, against what the text says.

    Raises:
        UnreadableError: the text holds a lone surrogate, so it is no Unicode text.
    """
    try:
        digest = hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise UnreadableError(f"half a character (a lone surrogate) at {error.start}: decode it anew") from error
    seen = _sorted(sightings)
    return Article(
        id=digest,
        text=text,
        sentences=sentences.split(text),
        sightings=seen,
        reference=_reference(text, seen),
    )


def merge(older: Article, newer: Article) -> Article:
    """One article of two with the same text: the sightings of both.

    A path that was seen before counts as `newer` saw it: its metadata may have been mended.
    """
    again = {sighting.path for sighting in newer.sightings if sighting.path is not None}
    kept = [sighting for sighting in older.sightings if sighting.path not in again]
    if set(kept) | set(newer.sightings) == set(older.sightings):
        return older
    seen = _sorted([*kept, *newer.sightings])
    # The sentences stay: drafts cite their numbers, and another version may split otherwise.
    return older.model_copy(update={"sightings": seen, "reference": _reference(older.text, seen)})


def _sorted(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    return tuple(sorted(set(sightings), key=lambda sighting: sighting.model_dump_json()))


def _reference(text: str, sightings: Iterable[Sighting]) -> Reference:
    """What relative dates are resolved against: the first day in the sightings, else what the text says."""
    found = dateline.find(text)
    days = [sighting.published for sighting in sightings if sighting.published]
    if not days:
        return found
    filed = found.model_dump(include={"dateline", "dateline_start", "dateline_end"})
    return Reference(published=min(days), source="metadata", **filed)


def _read(roots: Iterable[Path], published: date | None) -> Iterator[Article | Unread]:
    manifest = lru_cache(maxsize=64)(metadata.manifest)
    reported: set[Path] = set()
    for root in roots:
        for path in _walk(root) if root.is_dir() else [root]:
            if isinstance(path, Unread):
                yield path
                continue
            rows, wrong = manifest(path.parent)
            if path.parent not in reported:
                reported.add(path.parent)
                yield from (Unread(path=_shown(path.parent / metadata.MANIFEST), reason=reason) for reason in wrong)
            try:
                yield _read_file(path, rows.get(path.name), published)
            except UnreadableError as error:
                yield Unread(path=_shown(path), reason=str(error))


def _read_file(path: Path, row: Mapping[str, object] | None, published: date | None) -> Article:
    kind = path.suffix.lower()
    if kind not in _TEXT | _HTML:
        raise UnreadableError("only .txt, .md and .html are read")
    try:
        if not path.is_file():
            raise UnreadableError("not a file" if path.exists() else "a link to nothing")
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from error
    return read_text(raw, path=_shown(path), html=kind in _HTML, row=row, published=published)


def _walk(root: Path) -> Iterator[Path | Unread]:
    """The files of a folder that want reading. Links are not followed out of it: an archive may be hostile."""
    home = root.resolve()
    failed: list[OSError] = []
    for folder, folders, files in os.walk(root, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if set(files) >= _REPORTS:  # what a run wrote is no article
            continue
        for name in sorted(files):
            path = Path(folder, name)
            passed_over = name.startswith(".") or _README.match(name) or path.suffix.lower() in _PASSED_OVER
            if passed_over:
                continue
            yield path if _inside(path, home) else _astray(path)
        # os.walk does not go into linked folders; what they lead to inside `root` is read in its own place.
        yield from (_astray(path) for name in folders if not _inside(path := Path(folder, name), home))
    for error in failed:
        yield Unread(path=_shown(error.filename), reason=f"cannot be read: {error.strerror}")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def _inside(path: Path, home: Path) -> bool:
    """Whether a path, where it is a link, stays in the folder."""
    if not path.is_symlink():
        return True
    try:
        return path.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # a ring of links
        return False


def _astray(path: Path) -> Unread:
    return Unread(path=_shown(path), reason="a link that leads out of the folder is not followed: name it by itself")


def _shown(path: str | os.PathLike[str]) -> str:
    """A path as the user gave it, with slashes, and in Unicode even where the file's name is not."""
    return os.fsencode(Path(path).as_posix()).decode(errors="replace")


def _html(source: str) -> tuple[dict[str, str], str]:
    """What the head of a page says, and the text of its article, a paragraph a line."""
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
    return found | {"reader": f"trafilatura {trafilatura.__version__}"}, page.text
