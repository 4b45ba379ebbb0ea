"""A run in chunks, done in this process: it is the run that it would be in one piece."""

import asyncio
import pickle
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import SecretStr

from extractor.chunks import NAMED, SMALLEST, Chunk, ask, work_in_chunks
from extractor.errors import ConfigurationError, ModelUnreachableError, WorkspaceError
from extractor.read import sources
from extractor.runner import Here
from extractor.running import Whole, digest_of, work
from extractor.schemas import ArticleOutcome, Outcomes, Tally, Usage
from extractor.settings import Settings
from extractor.store import Workspace
from extractor.templates import load_prompt
from tests.faults import failure, scripted, write_articles
from tests.workspaces import WHO

SETTINGS = Settings(jobs=4)
MORE = SMALLEST + 10
"""Articles of two chunks."""


def nobody(_: Tally, __: Sequence[ArticleOutcome]) -> None:
    """Is told nothing."""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty one, in a file."""
    with Workspace.open(tmp_path / "w.db") as opened:
        yield opened


def in_chunks(workspace: Workspace, *paths: Path, settings: Settings = SETTINGS) -> Tally:
    return work_in_chunks(workspace, sources(paths), settings, Here(), nobody)


@contextmanager
def handed_out(workspace: Workspace, folder: Path, settings: Settings = SETTINGS) -> Iterator[Chunk]:
    """A chunk with all articles of a folder, of a run that goes on meanwhile."""
    work(workspace, sources(folder), settings, asking=False)
    articles = tuple(article.id for article in workspace.articles())
    whole = Whole(workspace.start_run(**WHO), workspace.last_extraction())
    yield Chunk(articles, whole, digest_of(settings, load_prompt()), {}, settings, workspace.where)
    workspace.finish_run(whole.run, counts={}, usage=Usage())


def test_a_run_in_chunks_counts_and_keeps_what_a_run_in_one_piece_does(workspace: Workspace, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", range(MORE))
    (folder / "twice.txt").write_text((folder / "0000.txt").read_text())
    (folder / "empty.txt").touch()
    told: list[Tally] = []
    failures: list[ArticleOutcome] = []

    def note(part: Tally, failed: Sequence[ArticleOutcome]) -> None:
        told.append(part)
        failures.extend(failed)

    tally = work_in_chunks(workspace, sources(folder), SETTINGS, Here(), note)
    with Workspace.open() as other:
        assert tally == work(other, sources(folder), SETTINGS)[0]
        assert list(workspace.active()) == list(other.active())
        assert list(workspace.articles()) == list(other.articles())
    assert tally.articles == sum(part.articles for part in told) == MORE + 1
    assert [Path(outcome.source).name for outcome in failures] == ["empty.txt"]


def test_what_is_known_is_not_asked_again(workspace: Workspace, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", range(3))
    in_chunks(workspace, folder)
    tally = in_chunks(workspace, folder)
    assert (tally.articles, tally.known, tally.usage.calls) == (3, 3, 0)


def test_a_limit_ends_all_chunks_and_a_higher_one_goes_on_from_there(workspace: Workspace, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", range(MORE))
    tally = in_chunks(workspace, folder, settings=SETTINGS.replace(max_calls=MORE - 2))
    assert (tally.articles, tally.usage.calls, tally.stopped) == (MORE - 2, MORE - 2, f"{MORE - 2} calls")
    tally = in_chunks(workspace, folder)
    assert (tally.articles, tally.known, tally.usage.calls, tally.stopped) == (MORE, MORE - 2, 2, None)


def test_a_second_try_of_a_chunk_counts_the_first_and_asks_nothing_twice(workspace: Workspace, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", range(5))
    in_chunks(workspace, folder)
    with handed_out(workspace, folder, SETTINGS.replace(refresh=True)) as chunk:
        first = ask(chunk)
        kept = list(workspace.extractions())
        assert len(kept) == 2 * 5
        assert ask(chunk) == first
    assert (first.tally.articles, first.tally.known, first.tally.usage.calls) == (5, 0, 5)
    assert list(workspace.extractions()) == kept


def test_what_the_first_try_spent_counts_against_the_share_of_the_second(workspace: Workspace, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", range(5))
    with handed_out(workspace, folder, SETTINGS.replace(max_calls=3)) as chunk:
        first, again = ask(chunk), ask(chunk)
    assert (first.tally.usage.calls, len(first.left)) == (3, 2)
    assert (again.tally.usage.calls, again.left) == (3, first.left)


def test_nobody_asks_for_a_run_that_has_ended(workspace: Workspace, tmp_path: Path) -> None:
    with handed_out(workspace, write_articles(tmp_path / "in", range(5))) as chunk:
        pass
    assert isinstance(ask(chunk).error, WorkspaceError)
    assert list(workspace.extractions()) == []


def test_another_version_is_told_from_this_one(workspace: Workspace, tmp_path: Path) -> None:
    with handed_out(workspace, write_articles(tmp_path / "in", range(1))) as chunk:
        error = ask(replace(chunk, digest="other")).error
    assert isinstance(error, ConfigurationError)
    assert "another version" in str(error)


def test_a_workspace_that_cannot_be_reached_from_there_is_an_error_of_the_run(tmp_path: Path) -> None:
    chunk = Chunk((), Whole(1, 0), digest_of(SETTINGS, load_prompt()), {}, SETTINGS, str(tmp_path / "none.db"))
    assert isinstance(ask(chunk).error, WorkspaceError)


def test_a_model_that_cannot_be_reached_from_there_ends_the_run(workspace: Workspace, tmp_path: Path) -> None:
    nowhere = Settings(model="m", base_url="http://127.0.0.1:1/v1", retries=0)
    with pytest.raises(ModelUnreachableError):
        in_chunks(workspace, write_articles(tmp_path / "in", range(1)), settings=nowhere)
    with Workspace.open(tmp_path / "w.db") as other:
        entry = other.last_run()
        assert entry
        assert entry.finished


async def test_of_many_failures_some_are_named_and_all_are_counted(workspace: Workspace, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in", range(NAMED + 5))
    async with scripted(lambda _: failure(400, "too long")) as server:
        settings = Settings(model="m", base_url=server.url)
        with handed_out(workspace, folder, settings) as chunk:
            asked = await asyncio.to_thread(ask, chunk)
    assert asked.tally.counts == {Outcomes.FAILED: NAMED + 5}
    assert len(asked.failures) == NAMED


def test_a_chunk_travels_with_its_key_and_shows_it_to_nobody() -> None:
    settings = Settings(model="m", base_url="http://me:hidden@127.0.0.1:1/v1", api_key=SecretStr("sk-planted"))
    chunk = Chunk(("a",), Whole(1, 0), "d", {"max_calls": Fraction(3)}, settings, "postgresql://me:hidden@host/db")
    there = pickle.loads(pickle.dumps(chunk))  # noqa: S301 - our own
    assert there == chunk
    assert there.settings.api_key.get_secret_value() == "sk-planted"
    assert not re.search("planted|hidden", repr(chunk))
