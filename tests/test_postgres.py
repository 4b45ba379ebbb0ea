"""A workspace on a PostgreSQL server: what is other than in a file. The rest stands in the tests of the store."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from extractor.cli.job import again
from extractor.errors import WorkspaceError
from extractor.schemas import Usage
from extractor.store import Workspace, engines, is_url, shown
from tests.postgres import PASSWORD, Server, free_port
from tests.workspaces import WHO, article, extraction, save_call

pytestmark = pytest.mark.postgres
ONE, TWO = article("One."), article("Two.")
SECRETS = (PASSWORD, "p%40ss", "planted")


@pytest.fixture
def url(postgres: Server) -> str:
    """Room for a workspace."""
    return postgres.workspace()


def refused(url: str, *, create: bool = True) -> str:
    """What is said of a workspace that cannot be opened; it is one line without a secret."""
    with pytest.raises(WorkspaceError) as caught:
        Workspace.open(url, create=create)
    said = str(caught.value)
    assert "\n" not in said
    assert not [secret for secret in SECRETS if secret in said]
    return said


# Its name


@pytest.mark.parametrize(
    ("where", "url"),
    [
        ("postgresql://host/name", True),
        ("postgres://host/name", True),
        ("postgresql+psycopg://host/name", True),
        ("extractor.db", False),
        ("postgresql.db", False),
        ("in/postgresql:/name", False),
    ],
)
def test_a_name_is_that_of_a_file_or_a_url(where: str, url: bool) -> None:
    assert is_url(where) is url


@pytest.mark.parametrize(
    ("words", "public"),
    [
        ("extractor.db", "extractor.db"),
        ("postgresql://ana:planted@db.invalid:5433/press", "postgresql://ana@db.invalid:5433/press"),
        ("postgres://ana:pla/nted@db.invalid/press", "postgresql://ana@db.invalid/press"),
        ("--db=postgresql://ana:planted@db.invalid/press", "--db=postgresql://ana@db.invalid/press"),
        ("postgresql://db.invalid/press?user=ana&password=planted", "postgresql://db.invalid/press?user=ana"),
        ("postgresql://ana:pl@nted@db.invalid/press", "postgresql://..."),
        ("postgresql://ana:planted@db.invalid:port/press", "postgresql://..."),
    ],
)
def test_a_name_is_shown_without_its_password(words: str, public: str) -> None:
    assert shown(words) == public


def test_the_line_that_goes_on_holds_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["extractor", "run", "in", "--db", "postgresql://ana:planted@db.invalid/press"]
    monkeypatch.setattr(sys, "argv", [*arguments, "--base-url", "https://key:planted@model.invalid/v1"])
    assert again() == ("extractor run in --db postgresql://ana@db.invalid/press --base-url https://model.invalid/v1")


def test_a_workspace_is_called_by_its_url_without_the_password(url: str, postgres: Server) -> None:
    with Workspace.open(url) as workspace:
        assert workspace.name == shown(url)
        assert workspace.where == url
        assert str(postgres.port) in workspace.name
        assert not [secret for secret in SECRETS if secret in workspace.name]


# What can be wrong with a server


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        (lambda s: s.url("nowhere"), "is not there: make it with `createdb"),
        (lambda s: s.url(password="planted"), "does not take this user with this password"),
        (lambda s: s.url(user="nobody"), "does not take this user with this password"),
        (lambda s: re.sub(":[^:]*@", "@", s.url()), "does not take this user with this password"),
        (lambda _: "postgresql://ana:pl@nted@host/press", "the URL of the workspace cannot be read"),
        (lambda _: "postgresql://ana:planted@host:port/press", "the URL of the workspace cannot be read"),
        (lambda s: s.url() + "?options=-csearch_path%3Dnowhere", "has no such schema"),
    ],
)
def test_what_is_wrong_is_one_clear_line(postgres: Server, bad: Callable[[Server], str], complaint: str) -> None:
    assert complaint in refused(bad(postgres))


def test_a_server_that_is_not_there_is_named() -> None:
    with free_port() as port:
        said = refused(f"postgresql://ana:planted@127.0.0.1:{port}/press")
    assert said.startswith(
        f"postgresql://ana@127.0.0.1:{port}/press cannot be reached: does a PostgreSQL server listen"
    )


def test_without_the_driver_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "needs psycopg: pip install 'meeting-extractor[cluster]'" in refused("postgresql://ana@host.invalid/press")


def test_a_database_that_does_not_keep_every_script_is_refused(postgres: Server) -> None:
    postgres.execute("CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    assert "keeps LATIN1, not every script: make a database with `createdb -E UTF8" in refused(postgres.url("narrow"))


def test_a_user_without_rights_is_told(postgres: Server) -> None:
    postgres.execute("CREATE ROLE reader LOGIN PASSWORD 'planted'")
    postgres.execute("CREATE DATABASE guarded")
    assert "may not be written by this user" in refused(postgres.url("guarded", user="reader", password="planted"))


def test_a_database_of_something_else_is_refused_and_left_alone(postgres: Server, url: str) -> None:
    schema = url.rpartition("%3D")[2]
    postgres.execute(f"CREATE TABLE {schema}.recipes (name text)")
    assert "is a database, but no workspace" in refused(url)


def test_a_workspace_of_another_version_is_refused(postgres: Server, url: str) -> None:
    Workspace.open(url).close()
    schema = url.rpartition("%3D")[2]
    postgres.execute(f"ALTER TABLE {schema}.workspace DROP version, ADD version integer DEFAULT 99")
    assert "was made by a newer extractor" in refused(url)


def test_a_connection_that_is_cut_is_told_and_the_next_one_goes_on(url: str) -> None:
    with Workspace.open(url) as workspace, Workspace.open(url) as other:
        kept = workspace.save_article(ONE)
        run = workspace.start_run(**WHO)
        session = _number(workspace, "SELECT pg_backend_pid()")
        assert other.alive(run)
        _number(other, f"SELECT pg_terminate_backend({session}, 60000)::int")
        assert not other.alive(run), "it can keep nothing more"
        with pytest.raises(WorkspaceError, match="was cut off: is the server still running"):
            workspace.save_article(TWO)
        workspace.finish_run(run, counts={}, usage=Usage())
        assert list(workspace.articles()) == [kept]


def _number(workspace: Workspace, statement: str) -> int:
    with workspace._read() as connection:
        return int(connection.execute(sa.text(statement)).scalar_one())


# Side by side


def test_replies_are_kept_while_another_process_is_admitted(url: str) -> None:
    with Workspace.open(url) as one, Workspace.open(url) as other:
        one.save_articles([ONE, TWO])
        save_call(one, ONE, "first")  # the prompt is kept from now on
        run = other.start_run(**WHO)
        with other.together():
            other.admit([TWO.id], "d", run, lambda _: False)
            save_call(one, ONE, "second")
            one.save_extraction(extraction(ONE))
        assert one.calls(ONE.id)[-1][1] == "second"
        other.finish_run(run, counts={}, usage=Usage())


@pytest.mark.parametrize("moment", range(8))
def test_what_another_run_answers_while_one_is_admitted_is_not_asked_again(url: str, moment: int) -> None:
    with Workspace.open(url) as one, Workspace.open(url) as other:
        one.save_article(ONE)
        runs = [each.start_run(**WHO) for each in (one, other)]
        other.admit([ONE.id], "d", runs[1], bool)
        left = iter(range(moment, -1, -1))

        def answer(*_: object) -> None:
            if next(left, None) == 0:
                other.save_extraction(extraction(ONE))
                other.finish_run(runs[1], counts={}, usage=Usage())

        sa.event.listen(one._engine.base, "before_cursor_execute", answer)
        admitted = one.admit([ONE.id], "d", runs[0], bool)
        assert admitted.mine == []
        assert [outcome.article for outcome in admitted.done] + admitted.elsewhere == [ONE.id]


def test_who_waits_in_vain_says_who_is_in_the_way(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 1)
    with Workspace.open(url) as one, Workspace.open(url) as other:
        with other.together():
            other.save_article(ONE)
            with pytest.raises(WorkspaceError, match="is in use by another process"):
                one.save_article(ONE)
        one.save_article(ONE)
        assert list(one.articles()) == [ONE]


def test_an_article_that_two_processes_read_at_once_is_kept_once_with_both_sightings(url: str) -> None:
    copies = [article("One.", f"{name}.txt") for name in "ab"]

    def save(copy: object) -> None:
        with Workspace.open(url) as workspace:
            barrier.wait()
            workspace.save_articles([copies[int(str(copy))], TWO], {"digest": TWO.id})

    Workspace.open(url).close()
    barrier = threading.Barrier(2)
    threads = [threading.Thread(target=save, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Workspace.open(url) as workspace:
        assert {one.text: [seen.path for seen in one.sightings] for one in workspace.articles()} == {
            "One.": ["a.txt", "b.txt"],
            "Two.": ["a.txt"],
        }


def test_workspaces_in_one_database_do_not_see_each_other(postgres: Server) -> None:
    with Workspace.open(postgres.workspace()) as one, Workspace.open(postgres.workspace()) as other:
        run = one.start_run(**WHO)
        assert not other.alive(run)
        with one.together():
            one.save_article(ONE)
            other.save_article(TWO)
        assert [list(each.articles()) for each in (one, other)] == [[ONE], [TWO]]
        one.finish_run(run, counts={}, usage=Usage())


# Commands


def test_the_commands_take_a_url_where_they_take_a_file(url: str, tmp_path: Path) -> None:
    text = "NAIROBI -- Kenyan Foreign Minister Amina Wekesa met her Ugandan counterpart in Nairobi on 5 May 2023.\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(text)

    def extractor(*arguments: str, **more: str) -> str:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("EXTRACTOR_", "OPENAI_"))}
        command = [sys.executable, "-m", "extractor", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment | more, capture_output=True, text=True, check=True)
        assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]
        return done.stdout

    assert "1 to ask about" in extractor("run", "in", "--dry-run", "--model", "builtin", "--db", url)
    records = extractor("run", "in", "--model", "builtin", "--json", "--db", url)
    assert records.count("\n") == 1
    assert extractor("meetings", "--json", EXTRACTOR_DB=url) == records
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
