"""Rebuild: all raw replies read again by the rules of today, nobody asked."""

from collections.abc import Sequence
from functools import partial

from extractor.ask import Result, whole
from extractor.errors import ArticleError, ReplyError
from extractor.ground import problems
from extractor.model import Answer, Exchange, reread
from extractor.pipeline import settle
from extractor.schemas import Article, Draft
from extractor.settings import Settings
from extractor.store import Workspace
from extractor.weights import Weights


def rebuild(workspace: Workspace, weights: Weights | None = None) -> tuple[int, int]:
    """Reads the raw replies about all active articles again, and reconciles.

    Returns how many articles were read again, and how many of them gave
    something else than before. Nothing is overwritten: what changed is a newer
    extraction.
    """
    again = changed = 0
    for extraction in workspace.active():
        replies = workspace.replies(extraction.article, extraction.digest)
        if not replies:
            continue
        again += 1
        article = workspace.article(extraction.article)
        try:
            result = Result.of(whole([_read_again(raws, article) for raws in replies], article))
        except ArticleError as error:
            result = Result.failed(str(error))
        fresh = extraction.model_copy(update=dict(result))
        if fresh != extraction:
            changed += 1
            workspace.save_extraction(fresh)
    workspace.save_meetings("", ())
    settle(workspace, weights)
    return again, changed


def _read_again(raws: Sequence[str], article: Article) -> Answer[Draft] | ReplyError:
    """What comes of the replies about one part of an article."""
    if not raws:
        return ReplyError("no reply is kept")
    try:
        return reread(raws, Exchange([], Draft, partial(problems, article)), Settings())
    except ReplyError as error:
        return error
