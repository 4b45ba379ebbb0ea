"""An article: one source text, its sentences, and where it was seen.

All offsets in this project count Unicode code points of `Article.text`, from
0, end exclusive: `text[start:end]` in Python.
"""

from collections.abc import Iterable
from datetime import date

from extractor.schemas.base import Record


class Sentence(Record):
    """A span of the article, numbered from 1 in reading order; models cite the number.

    A sentence never holds a line break. `paragraph` counts from 1; a line of
    the text is a paragraph.
    """

    number: int
    paragraph: int
    start: int
    end: int


class Sighting(Record):
    """Where a text was seen. The same text seen twice is one article with two sightings."""

    path: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    """Day of publication where it was published (ISO 8601)."""
    language: str | None = None
    """BCP 47 tag, e.g. `en`."""
    primary: bool = False
    """Whether the text is said to be a primary source: an official read-out or transcript of what it reports."""
    reader: str | None = None
    """What turned the file into text, with its version, e.g. `trafilatura 2.3.1`; None where it was text."""


class Reference(Record):
    """What relative dates of an article are resolved against.

    `published` is a full day, or only `year` is known ("this year marks the
    30th anniversary of ..., held in 1994" gives 2024). `source` says where it
    comes from: `metadata` (front matter, manifest, `--published`) or `text`,
    and then `start`/`end` span the words.
    """

    published: date | None = None
    year: int | None = None
    source: str = "none"
    start: int | None = None
    end: int | None = None
    dateline: str | None = None
    """The place named in the dateline or byline: where the text was filed, not where anybody met."""
    dateline_start: int | None = None
    dateline_end: int | None = None


class Article(Record):
    """One source text.

    `id` is the SHA-256 of `text` (UTF-8), in hex. `text` is what was decoded:
    byte-order mark dropped, CRLF turned to LF, front matter taken off, HTML
    through trafilatura.
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    sightings: tuple[Sighting, ...] = ()
    reference: Reference = Reference()

    def sentence(self, number: int) -> Sentence | None:
        """The sentence with this number, or None."""
        return self.sentences[number - 1] if 1 <= number <= len(self.sentences) else None

    def slice(self, span: Sentence) -> str:
        """The words of a sentence."""
        return self.text[span.start : span.end]

    @property
    def title(self) -> str:
        """The first sentence that reads like a headline: four words or more."""
        lines = (self.slice(s) for s in self.sentences)
        return next((line for line in lines if len(line.split()) >= 4), self.source)

    @property
    def primary(self) -> bool:
        """Whether a sighting says that this is a primary source."""
        return any(sighting.primary for sighting in self.sightings)

    @property
    def source(self) -> str:
        """A short name for people: the publisher, or the file's name, or the id's start."""
        return name_of(self.id, self.sightings)


def name_of(article: str, sightings: Iterable[Sighting]) -> str:
    """A short name for an article that was seen there: the publisher, or the file's name, or the id's start."""
    seen = list(sightings)
    paths = (sighting.path.replace("\\", "/").rsplit("/", 1)[-1] for sighting in seen if sighting.path)
    return next((sighting.publisher for sighting in seen if sighting.publisher), None) or next(paths, article[:12])
