"""Runs side by side on one workspace: an article is asked about by one of them at a time."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from extractor.batch import settled
from extractor.schemas import Outcomes, Usage
from extractor.settings import Settings
from extractor.store import Known, Workspace
from tests.workspaces import WHO, article, extraction, save_call

ONE, TWO = article("One."), article("Two.")
IDS = [ONE.id, TWO.id]
LONG = 60
"""Seconds that no process needs."""


@pytest.fixture
def workspace(shared: str) -> Iterator[Workspace]:
    with Workspace.open(shared) as opened:
        opened.save_articles([ONE, TWO])
        yield opened


@pytest.fixture
def run(workspace: Workspace) -> Iterator[int]:
    """A run that goes on."""
    number = workspace.start_run(**WHO)
    yield number
    finish(workspace, number)


def finish(workspace: Workspace, run: int) -> None:
    workspace.finish_run(run, counts={}, usage=Usage())


def anything(_: Known) -> bool:
    return True


def nothing(_: Known) -> bool:
    return False


def test_what_nobody_asks_about_is_leased_to_the_run_that_comes(workspace: Workspace, run: int) -> None:
    admitted = workspace.admit(IDS, "d", run, anything)
    assert [one.id for one in admitted.mine] == sorted(IDS)
    assert (admitted.done, admitted.elsewhere, admitted.asked) == ([], [], set())


def test_what_one_run_has_leased_another_waits_for(workspace: Workspace, run: int, shared: str) -> None:
    workspace.admit([ONE.id], "d", run, anything)
    with Workspace.open(shared) as other:
        second = other.start_run(**WHO)
        admitted = other.admit(IDS, "d", second, anything)
        assert [one.id for one in admitted.mine] == [TWO.id]
        assert admitted.elsewhere == [ONE.id]
        finish(other, second)


def test_another_digest_is_another_question(workspace: Workspace, run: int, shared: str) -> None:
    workspace.admit(IDS, "d", run, anything)
    with Workspace.open(shared) as other:
        second = other.start_run(**WHO)
        assert len(other.admit(IDS, "e", second, anything).mine) == 2
        finish(other, second)


@pytest.mark.parametrize(
    "end",
    [
        pytest.param(lambda w, run: finish(w, run), id="its run ends"),
        pytest.param(lambda w, _: w.save_extraction(extraction(ONE)), id="it is answered"),
    ],
)
def test_a_lease_ends(workspace: Workspace, run: int, shared: str, end: Callable[[Workspace, int], None]) -> None:
    workspace.admit([ONE.id], "d", run, nothing)
    end(workspace, run)
    with Workspace.open(shared) as other:
        second = other.start_run(**WHO)
        assert [one.id for one in other.admit([ONE.id], "d", second, nothing).mine] == [ONE.id]
        finish(other, second)


HOLDER = """
import sys
from extractor.store import Workspace
from tests.workspaces import WHO

with Workspace.open(sys.argv[1]) as workspace:
    run = workspace.start_run(**WHO)
    workspace.admit(sys.argv[2:], "d", run, lambda known: False)
    print(run, flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(where: str, *ids: str) -> Iterator[tuple[int, Callable[[], None]]]:
    """Another process whose run has leased these articles: the number of the run, and how to kill it."""
    command = [sys.executable, "-c", HOLDER, where, *ids]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def kill() -> None:
            process.kill()
            process.wait()

        assert process.stdout
        yield int(process.stdout.readline()), kill
        kill()


def gone(workspace: Workspace, run: int) -> None:
    """Waits until a run is seen to be dead: a server needs a moment to notice."""
    deadline = monotonic() + LONG
    while workspace.alive(run):
        assert monotonic() < deadline


def test_what_a_killed_process_had_leased_is_free(workspace: Workspace, run: int, shared: str) -> None:
    with holder(shared, ONE.id) as (other, kill):
        assert workspace.alive(other)
        assert workspace.admit(IDS, "d", run, nothing).elsewhere == [ONE.id]
        kill()
        gone(workspace, other)
    admitted = workspace.admit(IDS, "d", run, nothing)
    assert [one.id for one in admitted.mine] == sorted(IDS)
    assert admitted.elsewhere == []


def test_to_ask_whether_a_run_is_alive_changes_nothing_about_it(workspace: Workspace, run: int, shared: str) -> None:
    with Workspace.open(shared) as other, Workspace.open(shared) as third:
        for _ in range(2):
            assert [each.alive(run) for each in (workspace, other, third)] == [True] * 3
            assert [each.alive(run + 1) for each in (workspace, other, third)] == [False] * 3


def test_a_run_is_alive_no_longer_when_its_workspace_is_closed(workspace: Workspace, shared: str) -> None:
    with Workspace.open(shared) as other:
        run = other.start_run(**WHO)
        assert workspace.alive(run)
    gone(workspace, run)


# The files by which runs on a file show that they are alive


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in a file."""
    with Workspace.open(tmp_path / "w.db") as opened:
        opened.save_articles([ONE, TWO])
        yield opened


def lock_files(workspace: Workspace) -> list[str]:
    """The names of the files."""
    assert workspace.where
    return [path.name for path in Path(workspace.where).parent.glob(".*")]


def test_who_looks_for_a_killed_run_clears_its_file_away(file: Workspace) -> None:
    run = file.start_run(**WHO)
    with holder(str(file.where), ONE.id) as (other, kill):
        kill()
        assert not file.alive(other)
    assert lock_files(file) == [f".w.db-run-{run}"]
    finish(file, run)


def test_a_run_clears_away_the_leases_of_dead_ones(file: Workspace) -> None:
    with holder(str(file.where), *IDS):
        pass
    finish(file, file.start_run(**WHO))
    assert lock_files(file) == []


def test_a_run_that_ended_leaves_no_file_behind(file: Workspace) -> None:
    run = file.start_run(**WHO)
    assert file.alive(run)
    finish(file, run)
    assert not file.alive(run)
    assert lock_files(file) == []


def test_in_memory_a_run_needs_no_file() -> None:
    with Workspace.open() as workspace:
        workspace.save_article(ONE)
        run = workspace.start_run(**WHO)
        assert len(workspace.admit([ONE.id], "d", run, nothing).mine) == 1
        finish(workspace, run)
        assert not workspace.alive(run)


# What is done already


def test_what_is_done_comes_back_with_its_outcome(workspace: Workspace, run: int) -> None:
    workspace.save_extraction(extraction(ONE, outcome=Outcomes.FAILED, reason="refused"))
    admitted = workspace.admit(IDS, "d", run, anything)
    assert [(one.article, one.outcome, one.reason) for one in admitted.done] == [(ONE.id, "failed", "refused")]
    assert [one.id for one in admitted.mine] == [TWO.id]


def test_it_is_told_about_which_articles_a_run_that_was_cut_off_has_asked(workspace: Workspace, run: int) -> None:
    save_call(workspace, ONE, "reply")
    assert workspace.admit(IDS, "d", run, anything).asked == {ONE.id}


RECORDS, NONE, FAILED = Outcomes.RECORDS, Outcomes.NONE_FOUND, Outcomes.FAILED


@pytest.mark.parametrize(
    ("settings", "asked_again"),
    [
        pytest.param({}, [], id="a plain run asks nothing twice"),
        pytest.param({"retry_failed": True}, [FAILED], id="--retry-failed"),
        pytest.param({"refresh": True}, [RECORDS, NONE, FAILED], id="--refresh"),
    ],
)
def test_what_is_asked_again(settings: dict[str, bool], asked_again: list[Outcomes]) -> None:
    chosen = Settings.model_validate(settings)
    before = {outcome: settled(chosen, 7, Known(7, outcome)) for outcome in Outcomes}
    assert [outcome for outcome in (RECORDS, NONE, FAILED) if not before[outcome]] == asked_again
    assert all(settled(chosen, 7, Known(8, outcome)) for outcome in Outcomes), "what this run did itself will do"
