"""The verbs of the package: what `from extractor import ...` gives."""

import os
import warnings
from collections.abc import Iterable
from datetime import date

from extractor import pipeline
from extractor.batch import Progress
from extractor.errors import ArticleError, ConfigurationError
from extractor.schemas import Meeting, Outcomes, Run
from extractor.settings import Settings

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class ArticleWarning(UserWarning):
    """An article failed; the others went on."""


def run(
    paths: Paths,
    *,
    model: str | None = None,
    base_url: str | None = None,
    published: date | str | None = None,
    db: str | os.PathLike[str] | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Run:
    """The whole run over a file, a folder, or a list of either: outcomes, meetings, usage.

    Args:
        paths: `.txt`, `.md`, `.html` and `.jsonl` files, or folders of them.
        model: name of the model; `builtin` is the one that needs no key.
        base_url: an OpenAI-compatible endpoint, e.g. `http://127.0.0.1:11434/v1`.
        published: day of publication (ISO 8601) for articles that bring none.
        db: the workspace, a file (SQLite) or the URL of a PostgreSQL database; in memory without one.
        settings: all settings at once; `model` and `base_url` outrank it.
        progress: told of each article's outcome.

    Raises:
        ConfigurationError: a path does not exist, or the settings cannot work.
        ModelUnreachableError: no model answers there, or not to this key.
        WorkspaceError: the workspace cannot be used.
    """
    if settings is None:
        settings = Settings.from_environment(model=model, base_url=base_url)
    else:
        settings = settings.replace(model=model, base_url=base_url)
    return pipeline.run(paths, settings, published=day(published), db=db, progress=progress)


def extract_meetings(
    paths: Paths,
    *,
    model: str | None = None,
    base_url: str | None = None,
    published: date | str | None = None,
    db: str | os.PathLike[str] | None = None,
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
    failed = [outcome for outcome in result.outcomes if outcome.outcome is Outcomes.FAILED]
    if failed and len(failed) == len(result.outcomes):
        raise ArticleError(f"all articles failed ({len(failed)}); {failed[0].source}: {failed[0].reason}")
    for outcome in failed:
        warnings.warn(f"{outcome.source}: {outcome.reason}", ArticleWarning, stacklevel=2)
    return list(result.meetings)


def day(value: date | str | None) -> date | None:
    """A day given as a date or in ISO 8601.

    Raises:
        ConfigurationError: the words are no date.
    """
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ConfigurationError(f"{value!r} is no date: write it as 2024-02-23") from error
