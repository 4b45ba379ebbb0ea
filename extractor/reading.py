"""Reading: sources on their way to articles that are kept, a chunk at a time.

    look ──────────> read ──────────> save
    known already?   what is new      articles, sightings, and what gave no text

The steps stand apart, so that somebody else can wait between them for the
disk, or let replies in.
"""

from collections.abc import Iterable, Iterator, Sequence

from extractor.errors import UnreadableError
from extractor.read import Source, Unread
from extractor.schemas import Article, ArticleOutcome, Outcomes
from extractor.store import Workspace

CHUNK = 64
"""Articles that are read and looked up together."""
CHUNK_SIZE = 2**24
"""... and the bytes or characters of them after which a chunk ends."""


class Reading:
    """A chunk of sources that a `run` reads. `unread` are those that gave no text, once it is read."""

    def __init__(self, chunk: Sequence[Source | Unread], run: int) -> None:
        self.unread = [item for item in chunk if isinstance(item, Unread)]
        self._chunk = chunk
        self._run = run
        self._sources = {source.digest: source for source in chunk if isinstance(source, Source)}
        self._ids: dict[str, str] = {}
        self._articles: list[Article] = []

    def look(self, workspace: Workspace) -> None:
        """Finds out which of them were read before."""
        self._ids = workspace.read_before(self._sources)

    def read(self) -> Iterator[None]:
        """Makes articles of the others; a pause after each."""
        for digest, source in self._sources.items():
            if digest in self._ids:
                continue
            try:
                article = source.article()
            except UnreadableError as error:
                self.unread.append(Unread(path=source.path, reason=str(error)))
            else:
                self._articles.append(article)
                self._ids[digest] = article.id
            yield

    def save(self, workspace: Workspace) -> None:
        """Keeps what is new, in one transaction."""
        if self._articles or self.unread:
            paths = [source.path for source in self._sources.values()]
            with workspace.together():
                workspace.save_articles(self._articles, self._ids, self._run)
                workspace.save_unread(paths, self.unread)

    @property
    def failures(self) -> list[ArticleOutcome]:
        """The outcomes of those that gave no text."""
        failed = Outcomes.FAILED
        return [
            ArticleOutcome(article=item.path, source=item.path, outcome=failed, reason=item.reason)
            for item in self.unread
        ]

    @property
    def names(self) -> dict[str, bool]:
        """The id of each article, or the path that gave none, in their order; and whether it is an article."""
        at = {source.path: self._ids[digest] for digest, source in self._sources.items() if digest in self._ids}
        return {at.get(item.path, item.path): item.path in at for item in self._chunk}


def chunks(sources: Iterable[Source | Unread]) -> Iterator[list[Source | Unread]]:
    """Some at a time, as many as memory holds easily."""
    chunk: list[Source | Unread] = []
    size = 0
    for source in sources:
        chunk.append(source)
        size += len(source.raw) if isinstance(source, Source) else 0
        if len(chunk) == CHUNK or size > CHUNK_SIZE:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
