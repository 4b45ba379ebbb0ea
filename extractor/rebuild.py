"""Rebuild: all raw replies read again by the rules of today, nobody asked."""

from functools import partial

from extractor.ask import Result
from extractor.errors import ArticleError
from extractor.ground import problems
from extractor.model import Exchange, reread
from extractor.pipeline import settle
from extractor.settings import Settings
from extractor.store import Workspace


def rebuild(workspace: Workspace) -> tuple[int, int]:
    """Reads the raw replies about all active articles again, and reconciles.

    Returns how many articles were read again, and how many of them gave
    something else than before. Nothing is overwritten: what changed is a newer
    extraction.
    """
    again = changed = 0
    settings = Settings()
    for extraction in workspace.active():
        replies = workspace.replies(extraction.article, extraction.digest)
        if not replies:
            continue
        again += 1
        article = workspace.article(extraction.article)
        try:
            result = Result.of(reread(replies, Exchange([], partial(problems, article)), settings))
        except ArticleError as error:
            result = Result.failed(str(error))
        fresh = extraction.model_copy(update=dict(result))
        if fresh != extraction:
            changed += 1
            workspace.save_extraction(fresh)
    workspace.save_meetings("", ())
    settle(workspace)
    return again, changed
