"""The workspace keeps what it is given, on the disk, and says clearly what is wrong with it."""

import asyncio
import sqlite3
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import WorkspaceError
from extractor.read import Unread, assemble
from extractor.schemas import Article, Outcomes, Sighting, Usage
from extractor.store import Workspace, database, engines
from tests.workspaces import EMPTY, WHO, article, extraction, reply, save_call

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
SIGHTINGS = st.builds(
    Sighting,
    path=st.none() | TEXTS,
    url=st.none() | TEXTS,
    publisher=st.none() | TEXTS,
    published=st.none() | st.dates(),
    language=st.none() | st.sampled_from(["en", "ko"]),
)
ARTICLES = st.builds(assemble, TEXTS, st.lists(SIGHTINGS, max_size=3))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "extractor.db"


def in_another_process(where: str, expression: str) -> str:
    """What an expression over the workspace `w` gives in a process of its own."""
    code = f"from extractor.store import Workspace\nwith Workspace.open({where!r}) as w:\n    print({expression})"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


# What goes in comes out


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(articles=st.lists(ARTICLES, unique_by=lambda one: one.id))
def test_articles_come_out_as_they_went_in_by_id(articles: list[Article]) -> None:
    with Workspace.open() as workspace:
        for one in articles:
            assert workspace.save_article(one) == one
        assert list(workspace.articles()) == sorted(articles, key=lambda one: one.id)


@pytest.mark.parametrize(
    "words", ["\0", "a \0 b \0", "\ud800 half", "\x10", "\x100000", "\x10\x10d800\ud800", "\ue000\uffff \U0010ffff", ""]
)
def test_no_character_is_lost_or_taken_for_another(workspace: Workspace, words: str) -> None:
    one = workspace.save_article(article(words.replace("\ud800", "?"), "a\0.txt"))
    workspace.save_unread([words], [Unread(path=words, reason=words)])
    assert list(workspace.articles()) == [one]
    assert workspace.unread() == {words: words}


def test_a_url_of_any_length_is_kept(workspace: Workspace) -> None:
    url = "https://wire.invalid/?" + "".join(map(str, range(5000)))
    one = workspace.save_article(article("One.", url=url))
    assert list(workspace.articles()) == [one]


def test_long_tables_are_read_page_by_page_and_whole(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PAGE", 3)
    articles = sorted((article(f"Text {number}.") for number in range(7)), key=lambda one: one.id)
    for one in articles:
        workspace.save_article(one)
        workspace.save_extraction(extraction(one))
    assert list(workspace.articles()) == articles
    assert [one.article for one in workspace.active()] == [one.id for one in articles]
    assert [one.article for one in workspace.extractions()] == [one.id for one in articles]


def test_the_workspace_can_be_written_while_it_is_read_from(workspace: Workspace) -> None:
    workspace.save_article(article("One."))
    for one in workspace.articles():
        workspace.save_extraction(extraction(one))
    assert len(list(workspace.active())) == 1


def test_a_workspace_that_was_opened_elsewhere_works_in_a_thread(workspace: Workspace) -> None:
    one = article("One.")
    asyncio.run(asyncio.to_thread(workspace.save_article, one))
    assert list(workspace.articles()) == [one]


def test_everything_is_kept_for_the_next_time(shared: str) -> None:
    one = article("One.")
    with Workspace.open(shared) as workspace:
        workspace.save_article(one)
        save_call(workspace, one, "reply")
        workspace.save_extraction(extraction(one, draft=EMPTY, usage=Usage(calls=2)))
    with Workspace.open(shared, create=False) as workspace:
        assert list(workspace.articles()) == [one]
        assert reply(workspace) == "reply"
        assert workspace.extraction(one.id, "d") == extraction(one, draft=EMPTY, usage=Usage(calls=2))


def test_another_process_sees_what_is_written_at_once(shared: str) -> None:
    with Workspace.open(shared) as workspace:
        save_call(workspace, workspace.save_article(article("One.")), "reply")
        assert in_another_process(shared, "w.reply('key').reply") == "reply"


def test_several_processes_write_at_once_and_nothing_is_lost(shared: str) -> None:
    code = (
        "import sys; from extractor.store import Workspace; from tests.workspaces import article\n"
        f"with Workspace.open({shared!r}) as w:\n"
        "    for n in range(25): w.save_article(article(f'{sys.argv[1]} {n}'))"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, name]) for name in "abcd"]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    with Workspace.open(shared) as workspace:
        assert {one.text for one in workspace.articles()} == {f"{name} {n}" for name in "abcd" for n in range(25)}


def test_what_is_written_together_is_there_as_a_whole_or_not_at_all(workspace: Workspace) -> None:
    def write_two(*, fail: bool) -> None:
        with workspace.together():
            one = workspace.save_article(article("One."))
            save_call(workspace, one, "reply")
            if fail:
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_two(fail=True)
    assert list(workspace.articles()) == []
    write_two(fail=False)
    assert reply(workspace) == "reply"


# Extractions


def test_older_extractions_stay_and_the_newest_is_the_one(workspace: Workspace) -> None:
    one = workspace.save_article(article("One."))
    older, newer = extraction(one, "d", model="older"), extraction(one, "d", model="newer")
    workspace.save_extraction(older)
    workspace.save_extraction(newer)
    assert workspace.extraction(one.id, "d") == newer
    assert list(workspace.active()) == [newer]
    assert list(workspace.extractions("d")) == [older, newer]


def test_an_extraction_that_is_not_there_is_none(workspace: Workspace) -> None:
    assert workspace.extraction("0" * 64, "d") is None


@pytest.mark.parametrize(
    ("kept", "named", "active"),
    [
        ([("a", "records"), ("b", "none_found")], None, ("b", "none_found")),
        ([("a", "records"), ("b", "none_found")], "a", ("a", "records")),
        ([("b", "records"), ("a", "failed")], None, ("b", "records")),
        ([("b", "records"), ("a", "failed")], "a", ("a", "failed")),
        ([("a", "failed"), ("b", "failed")], None, ("b", "failed")),
        ([("a", "records")], "b", None),
    ],
)
def test_an_article_has_one_active_extraction(
    workspace: Workspace, kept: list[tuple[str, str]], named: str | None, active: tuple[str, str] | None
) -> None:
    one = workspace.save_article(article("One."))
    for digest, outcome in kept:
        workspace.save_extraction(extraction(one, digest, Outcomes(outcome)))
    found = [(each.digest, each.outcome.value) for each in workspace.active(named)]
    assert found == ([active] if active else [])


def test_an_extraction_of_an_article_that_is_not_kept_is_refused(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match=r"(?i)foreign key"):
        workspace.save_extraction(extraction(article("One.")))


# Runs


def test_the_last_run_is_remembered_finished_or_not(workspace: Workspace) -> None:
    assert workspace.last_run() is None
    first = workspace.start_run(**WHO)
    workspace.finish_run(first, counts={"records": 4, "failed": 1}, usage=Usage(calls=5))
    run = workspace.last_run()
    assert run is not None
    assert run.finished is not None
    assert (run.id, run.counts, run.usage) == (first, {"records": 4, "failed": 1}, Usage(calls=5))
    second = workspace.start_run(**WHO)
    going_on = workspace.last_run()
    assert going_on is not None
    assert (going_on.id, going_on.finished, going_on.model) == (second, None, "m")
    assert second > first
    workspace.finish_run(second, counts={}, usage=Usage())


@pytest.mark.parametrize("stopped", [None, "3 calls", "interrupted"])
def test_a_run_remembers_what_ended_it_and_what_it_cost(workspace: Workspace, stopped: str | None) -> None:
    usage = Usage(calls=5, prompt_tokens=70, completion_tokens=30, estimated=1, cost=Decimal("0.0123"))
    workspace.finish_run(workspace.start_run(**WHO), counts={}, usage=usage, stopped=stopped)
    run = workspace.last_run()
    assert run is not None
    assert (run.stopped, run.usage) == (stopped, usage)


def test_the_mean_length_of_replies_is_that_of_all_runs_of_a_model(workspace: Workspace) -> None:
    for model, calls, tokens in [("m", 1, 100), ("m", 3, 700), ("other", 1, 5000), ("idle", 0, 0)]:
        run = workspace.start_run(**{**WHO, "model": model})
        workspace.finish_run(run, counts={}, usage=Usage(calls=calls, completion_tokens=tokens))
    assert [workspace.mean_reply(model) for model in ("m", "other", "idle", "none")] == [200, 5000, None, None]


# What can be wrong with a file


def not_a_database(path: Path) -> None:
    path.write_text("These are words, and there are enough of them to fill the header of a database. " * 20)


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table recipes (name text)")
    connection.close()


def newer_workspace(path: Path) -> None:
    Workspace.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("update workspace set version = version + 1")
    connection.close()


def older_workspace(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table workspace (version integer not null)")
        connection.execute("insert into workspace values (1)")
    connection.close()


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (not_a_database, "is no workspace: name another file"),
        (another_database, "is a database, but no workspace"),
        (newer_workspace, "was made by a newer extractor"),
        (older_workspace, "was made by an older extractor"),
        (Path.mkdir, "cannot be opened"),
    ],
)
def test_a_file_that_is_no_workspace_of_ours_is_refused_and_left_alone(
    file: Path, make: object, complaint: str
) -> None:
    assert callable(make)
    make(file)
    before = file.read_bytes() if file.is_file() else None
    with pytest.raises(WorkspaceError) as caught:
        Workspace.open(file)
    assert complaint in str(caught.value)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (file.read_bytes() if file.is_file() else None) == before


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words")
    with pytest.raises(WorkspaceError, match="cannot be opened: is there such a folder"):
        Workspace.open(tmp_path / "file" / "extractor.db")


def test_a_workspace_that_is_only_to_be_read_is_not_made(shared: str, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(WorkspaceError, match="does not exist"):
            Workspace.open(shared, create=False)
    assert list(tmp_path.iterdir()) == []


def test_to_look_where_there_is_no_workspace_makes_none(shared: str) -> None:
    with Workspace.look(shared) as workspace:
        workspace.save_article(article("One."))
    with pytest.raises(WorkspaceError, match="does not exist"):
        Workspace.open(shared, create=False)


def test_to_look_at_a_workspace_is_to_open_it(shared: str) -> None:
    with Workspace.open(shared) as workspace:
        workspace.save_article(article("One."))
    with Workspace.look(shared) as workspace:
        assert [one.text for one in workspace.articles()] == ["One."]


def test_a_full_disk_is_told_and_what_was_committed_stays(file: Path) -> None:
    with Workspace.open(file) as workspace:
        kept = workspace.save_article(article("Kept."))
        with workspace._read() as connection:
            pages = connection.exec_driver_sql("pragma page_count").scalar_one()
            connection.exec_driver_sql(f"pragma max_page_count = {pages}")
        with pytest.raises(WorkspaceError, match="the disk is full"):
            workspace.save_article(article("Many words.\n" * 20_000))
        assert list(workspace.articles()) == [kept]


def test_a_writer_that_waits_in_vain_says_who_is_in_the_way(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0)
    other = sqlite3.connect(file, isolation_level=None)
    with Workspace.open(file) as workspace:
        other.execute("begin immediate")
        with pytest.raises(WorkspaceError, match="is in use by another process"):
            workspace.save_article(article("One."))
        other.execute("rollback")
        workspace.save_article(article("One."))
        assert len(list(workspace.articles())) == 1
    other.close()


def test_commits_are_on_the_disk_when_they_return(file: Path) -> None:
    with Workspace.open(file) as workspace, workspace._read() as connection:
        found = {name: connection.exec_driver_sql(f"pragma {name}").scalar_one() for name in SETTINGS}
    assert found == SETTINGS


SETTINGS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000, "secure_delete": 1}
