"""Meeting extractor: news articles in, one evidence-backed record per diplomatic meeting out.

    from extractor import extract_meetings

    for meeting in extract_meetings("seeds/"):
        print(meeting.id, meeting.date.value, [p.name for p in meeting.participants])
"""

import warnings
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING

from extractor.errors import ArticleError, ExtractorError
from extractor.schemas import Meeting, MeetingDiff, Run, Statement
from extractor.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extractor.schemas import ArticleOutcome

__all__ = [
    "ArticleWarning",
    "ExtractorError",
    "Meeting",
    "MeetingDiff",
    "Run",
    "Settings",
    "Statement",
    "extract_meetings",
    "run",
]


class ArticleWarning(UserWarning):
    """An article failed; the others went on."""


def run(
    paths: "str | PathLike[str] | Iterable[str | PathLike[str]]",
    *,
    model: str | None = None,
    base_url: str | None = None,
    published: date | str | None = None,
    db: str | PathLike[str] | None = None,
    settings: Settings | None = None,
    progress: "Callable[[ArticleOutcome], None] | None" = None,
) -> Run:
    """The whole run over a file, a folder, or a list of either: outcomes, meetings, usage.

    Args:
        paths: `.txt`, `.md` and `.html` files, or folders of them.
        model: name of the model; `builtin` is the one that needs no key.
        base_url: an OpenAI-compatible endpoint, e.g. `http://127.0.0.1:11434/v1`.
        published: day of publication (ISO 8601) for articles that bring none.
        db: the workspace, an SQLite file; in memory without one.
        settings: all settings at once; `model` and `base_url` outrank it.
        progress: told of each article's outcome.

    Raises:
        ConfigurationError: a path does not exist, or the settings cannot work.
        ModelUnreachableError: no model answers there, or not to this key.
        WorkspaceError: the workspace cannot be used.
    """
    from extractor import pipeline

    if settings is None:
        settings = Settings.from_environment(model=model, base_url=base_url)
    else:
        settings = settings.replace(model=model, base_url=base_url)
    day = date.fromisoformat(published) if isinstance(published, str) else published
    return pipeline.run(paths, settings, published=day, db=db, progress=progress)


def extract_meetings(
    paths: "str | PathLike[str] | Iterable[str | PathLike[str]]",
    *,
    model: str | None = None,
    base_url: str | None = None,
    published: date | str | None = None,
    db: str | PathLike[str] | None = None,
    settings: Settings | None = None,
) -> list[Meeting]:
    """The reconciled meetings of a file, a folder, or a list of either, sorted by date.

    Background meetings are among them; `role` tells. The arguments are those
    of `run`. An article that fails is an `ArticleWarning` that names it.

    Raises:
        ArticleError: all articles failed.
        ExtractorError: see `run`.
    """
    result = run(paths, model=model, base_url=base_url, published=published, db=db, settings=settings)
    failed = [outcome for outcome in result.outcomes if outcome.outcome == "failed"]
    if failed and len(failed) == len(result.outcomes):
        raise ArticleError(f"all {len(failed)} articles failed; {failed[0].source}: {failed[0].reason}")
    for outcome in failed:
        warnings.warn(f"{outcome.source}: {outcome.reason}", ArticleWarning, stacklevel=2)
    return list(result.meetings)

