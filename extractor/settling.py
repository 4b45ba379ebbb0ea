"""Settling: reconciliation by many processes, of a workspace that all of them can open.

    drafts ──> accounts ──> close pairs ──> groups ──> meetings
    pages      as rows      by days         of all     some groups each
    there      there        there           here       there

Of texts and accounts none comes back but what is compared of them; what comes
of it is what `reconcile` makes of all accounts in one process.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from extractor.errors import ExtractorError
from extractor.ground import ground
from extractor.linking import NOBODY, Judged, Links, Pair
from extractor.normalise import normalise
from extractor.profile import profile
from extractor.reconcile import one_each, order, reconcile
from extractor.runner import Runner
from extractor.schemas import Account, Article, Meeting
from extractor.store import Extraction, Workspace
from extractor.texts.reprints import origins, sketch
from extractor.weights import Weights, standard

if TYPE_CHECKING:
    from rensa import RMinHash

    from extractor.linking.partitions import Entry

S = TypeVar("S")
R = TypeVar("R")
GROUPS = 500
"""Groups whose meetings are made together."""


@dataclass(frozen=True)
class Page:
    """Articles of a workspace whose accounts are to be made; what may hold a secret is never shown."""

    articles: tuple[str, ...]
    db: str | None = field(repr=False)


class Made(NamedTuple):
    """What is compared of the accounts of a page, and of its articles to find reprints, by their ids."""

    entries: "list[Entry]"
    sketches: "dict[str, RMinHash | None]"


@dataclass(frozen=True)
class Part:
    """Groups of accounts of which meetings are to be made, and the origins of their articles."""

    links: Links = field(repr=False)
    origins: Mapping[str, str] = field(repr=False)
    weights: Weights = field(repr=False)
    judged: Judged = field(repr=False)
    db: str | None = field(repr=False)


def told(workspace: Workspace, extractions: Iterable[Extraction]) -> Iterator[tuple[Article, list[Account]]]:
    """The articles that tell of meetings, with their accounts, each told who drafted it."""
    for extraction in extractions:
        if (draft := extraction.draft) and draft.meetings:
            article = workspace.article(extraction.article)
            origin = {"model": extraction.model, "extraction": extraction.digest}
            made = normalise(article, draft, ground(article, draft))
            yield article, [account.model_copy(update=origin) for account in made]


def settled(
    runner: Runner,
    workspace: Workspace,
    judged: Judged = NOBODY,
    weights: Weights | None = None,
    most: int | None = None,
) -> tuple[tuple[Meeting, ...], Links]:
    """The meetings of a workspace, as `reconcile` gives them, and how its accounts were linked.

    A piece has about so many accounts to compare, or groups to merge (`most`); by default, as many as is worth while.

    Raises:
        ClusterError: the runner is lost.
        WorkspaceError: the workspace cannot be used, from here or from there.
    """
    from extractor.linking import partitions

    weights = weights or standard()
    entries: list[Entry] = []
    sketches: dict[str, RMinHash | None] = {}
    for made in _each(runner, make, (Page(tuple(ids), workspace.where) for ids in workspace.standing())):
        entries += made.entries
        sketches |= made.sketches
    links = partitions.link_by(runner, entries, weights, judged, most)
    article_of = {one.row[0]: one.row[1] for one in entries}
    origin = origins(sketches)

    def part(some: Links) -> Part:
        articles = {article_of[id_] for group in some.groups for id_ in group}
        known = judged.about({id_ for group in some.groups for id_ in group})
        return Part(some, {id_: origin[id_] for id_ in articles}, weights, known, workspace.where)

    found = [meeting for some in _each(runner, merge, map(part, _parts(links, most or GROUPS))) for meeting in some]
    return tuple(sorted(found, key=order)), links


def make(page: Page) -> Made | ExtractorError:
    """The accounts of a page. Errors of ours are handed back: a runner would print their surroundings."""
    from extractor.linking.partitions import entry

    made = Made([], {})
    try:
        with Workspace.open(page.db, create=False) as workspace:
            for article, some in told(workspace, workspace.active_of(page.articles)):
                made.entries.extend(entry(profile(account)) for account in one_each(some).values())
                made.sketches[article.id] = sketch(article.text)
    except ExtractorError as error:
        return error
    return made


def merge(part: Part) -> tuple[Meeting, ...] | ExtractorError:
    """The meetings of some groups. Errors are handed back, as above."""
    try:
        with Workspace.open(part.db, create=False) as workspace:
            accounts = [
                account.model_copy(update={"origin": part.origins[article.id]})
                for article, some in told(workspace, workspace.active_of(part.origins))
                for account in some
            ]
    except ExtractorError as error:
        return error
    return reconcile(accounts, part.judged, part.weights, part.links)


def _each(runner: Runner, function: Callable[[S], R | ExtractorError], pieces: Iterable[S]) -> Iterator[R]:
    """What comes back of each piece, unless it is an error."""
    with closing(runner.map(function, pieces)) as results:
        for result in results:
            if isinstance(result, ExtractorError):
                raise result
            yield result


def _parts(links: Links, most: int) -> Iterator[Links]:
    """So many groups each, with the pairs that were cut off them."""
    cut: dict[str, list[Pair]] = defaultdict(list)
    for pair in links.cut:
        for id_ in pair:
            cut[id_].append(pair)
    rest: Iterator[Sequence[str]] = iter(links.groups)
    while groups := tuple(map(tuple, islice(rest, most))):
        pairs = {pair for group in groups for id_ in group for pair in cut.get(id_, ())}
        yield Links(groups, tuple(sorted(pairs)), (), ())
