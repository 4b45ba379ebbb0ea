"""Paths to articles: bytes decoded, front matter taken off, HTML to text, sentences spanned.

In two stages: `sources` gives what stands at each path, with a digest by which
it is known again, and only what is new has to be made an article. A source
that gives no text becomes an `Unread` that says why, and the next one is read.
What an article brings along (front matter, then its line of an archive or of
`manifest.jsonl` beside it, then the head of an HTML page) outranks what the
caller says of all articles, and that outranks what the text itself says.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractor.errors import ConfigurationError, UnreadableError
from extractor.schemas import Article, Reference, Sighting
from extractor.schemas.base import Record
from extractor.texts import archive, dateline, metadata, page, sentences
from extractor.texts.decode import decode
from extractor.texts.walk import exists, opened, walk

READING = 1
"""Version of the rules by which a source is made an article: a change of what they give raises it."""

LARGEST = archive.LARGEST
"""Bytes: a larger file, or line of an archive, is no article."""

_TEXT = frozenset({".txt", ".md"})
_HTML = frozenset({".html", ".htm"})

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class Unread(Record):
    """A path that gave no article, and why, in one line."""

    path: str
    reason: str


class Source(NamedTuple):
    """What stands at a path, before it is made an article.

    `path` is as it is shown; a line of an archive is `archive.jsonl:12`, and
    its `raw` is a string. `row` is what its line, or its row of the manifest,
    says of it; `published` what the caller says of all.
    """

    path: str
    raw: bytes | str
    html: bool
    row: Mapping[str, str]
    published: date | None

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of all that the article is made from, the version of the rules included."""
        kind = page.reader() if self.html else type(self.raw).__name__
        head = json.dumps([READING, kind, self.path, str(self.published), sorted(self.row.items())])
        raw = self.raw.encode(errors="surrogatepass") if isinstance(self.raw, str) else self.raw
        return hashlib.sha256(head.encode() + b"\n" + raw).hexdigest()

    def article(self) -> Article:
        """The article. The text of a line is data: no front matter is looked for in it.

        Raises:
            UnreadableError: empty, too large, no text, or with metadata that cannot be read.
        """
        if isinstance(self.raw, str):
            return _article(_plain(self.raw), self.row, self.path, self.published)
        return read_text(self.raw, path=self.path, html=self.html, row=self.row, published=self.published)


def sources(paths: Paths, published: date | None = None) -> Iterator[Source | Unread]:
    """What stands in a file, in a folder at any depth, or in a list of either: one at a time, in the order of paths.

    A `.jsonl` is an archive: a line of it that is an object with a `text` is
    a source, and the names that a manifest knows count in it. In folders,
    hidden files, READMEs, JSON, archives whose first line is no article,
    manifests, workspaces and what a run wrote (`--out`) are passed over in
    silence. `published` counts for the articles that bring no date of their own.

    Raises:
        ConfigurationError: a path does not exist. Raised at once, before anything is read.
    """
    roots = _roots(paths)
    for root in roots:
        if not exists(root):
            raise ConfigurationError(f"{_shown(root)} does not exist: name a file or a folder of articles")
    return _sources(roots, published)


def read(paths: Paths, published: date | None = None) -> Iterator[Article | Unread]:
    """The articles of `sources`, one at a time. The same text under two paths comes twice; `merge` makes it one.

    Raises:
        ConfigurationError: a path does not exist. Raised at once, before anything is read.
    """
    return _articles(sources(paths, published))


def count(paths: Paths) -> int:
    """How many articles `read` will try, for a progress bar; of archives the lines are counted."""
    return sum(_count(path) for root in _roots(paths) for path, _ in walk(root))


def read_text(
    raw: bytes | str,
    *,
    path: str | None = None,
    html: bool = False,
    row: Mapping[str, object] | None = None,
    published: date | None = None,
) -> Article:
    """One article from its bytes or its text.

    `row` is its row of the manifest: url, publisher, published, language, primary.

    Raises:
        UnreadableError: empty, too large, no text, or with metadata that cannot be read.
    """
    if len(raw) > LARGEST:
        raise UnreadableError(f"larger than {LARGEST // 2**20} MB: split it into articles")
    front, text = metadata.front_matter(_plain(raw, html=html))
    head: dict[str, str] = {}
    if html:
        head, text = page.article(text)
    return _article(text, head | metadata.known(row or {}, "the manifest") | front, path, published)


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


def _plain(raw: bytes | str, *, html: bool = False) -> str:
    """The text without a byte-order mark, each line break one character."""
    text = raw.removeprefix("\ufeff") if isinstance(raw, str) else decode(raw, html=html)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _article(text: str, known: Mapping[str, str], path: str | None, published: date | None) -> Article:
    """The article of a text and what is known of it, by the names of a manifest."""
    if "\0" in text:
        raise UnreadableError("holds no text: there are NUL characters in it")
    if not text.strip():
        raise UnreadableError("empty: it holds no text")
    day = metadata.day(known["published"]) if "published" in known else published
    seen = Sighting(
        path=path,
        url=known.get("url"),
        publisher=known.get("publisher"),
        published=day,
        language=known.get("language"),
        primary=metadata.flag(known.get("primary", "false")),
        reader=known.get("reader"),
    )
    return assemble(text, [seen])


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


def _roots(paths: Paths) -> list[Path]:
    return [Path(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]


def _sources(roots: Iterable[Path], published: date | None) -> Iterator[Source | Unread]:
    manifest = lru_cache(maxsize=8)(metadata.manifest)
    reported: set[Path] = set()
    for root in roots:
        for path, reason in walk(root):
            if reason:
                yield Unread(path=_shown(path), reason=reason)
                continue
            folder = path.parent
            rows, wrong = manifest(folder)
            if wrong and folder not in reported:
                reported.add(folder)
                yield from (Unread(path=_shown(folder / metadata.MANIFEST), reason=words) for words in wrong)
            try:
                row = metadata.known(rows.get(path.name, {}), "the manifest")
                if path.suffix.lower() == archive.SUFFIX:
                    yield from _lines(path, row, published)
                else:
                    yield _file(path, row, published)
            except UnreadableError as error:
                yield Unread(path=_shown(path), reason=str(error))


def _articles(found: Iterable[Source | Unread]) -> Iterator[Article | Unread]:
    for item in found:
        if isinstance(item, Unread):
            yield item
            continue
        try:
            yield item.article()
        except UnreadableError as error:
            yield Unread(path=item.path, reason=str(error))


def _file(path: Path, row: Mapping[str, str], published: date | None) -> Source:
    kind = path.suffix.lower()
    if kind not in _TEXT | _HTML:
        raise UnreadableError("only .txt, .md, .html and .jsonl are read")
    with opened(path) as file:
        raw = file.read(LARGEST + 1)
    return Source(_shown(path), raw, kind in _HTML, row, published)


def _lines(path: Path, row: Mapping[str, str], published: date | None) -> Iterator[Source | Unread]:
    """The sources in an archive. A line outranks the manifest's row of the file."""
    shown = _shown(path)
    with opened(path) as file:
        # The first line is one, as a rule: then this reads no more than that.
        if not any(archive.is_article(line) for _, line in archive.lines(file)):
            raise UnreadableError('no line of it is an article: write each as {"text": "...", "url": "..."}')
        file.seek(0)
        for number, line in archive.lines(file):
            where = f"{shown}:{number}"
            try:
                text, values = archive.row(line)
                yield Source(where, text, False, {**row, **metadata.known(values, "the line")}, published)
            except UnreadableError as error:
                yield Unread(path=where, reason=str(error))


def _count(path: Path) -> int:
    if path.suffix.lower() != archive.SUFFIX:
        return 1
    try:
        with opened(path) as file:
            return archive.count(file)
    except UnreadableError:
        return 1


def _shown(path: str | os.PathLike[str]) -> str:
    """A path as the user gave it, with slashes, and in Unicode even where the file's name is not."""
    return os.fsencode(Path(path).as_posix()).decode(errors="replace")
