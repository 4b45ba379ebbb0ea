"""Deciding from the command line: what waits, answers, undo, the log, and its exchange."""

import io
import json
import os
import re
import shutil
import sys
import unicodedata
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from extractor.cli import main
from extractor.schemas import DecisionLine, QueueItem
from tests.conftest import SEEDS
from tests.judged import FULL, PLACED, VAGUE
from tests.test_cli import ENVIRONMENT, Done, extractor

ME = {"EXTRACTOR_ACTOR": "Adeola"}
AGAIN = FULL.replace("They talked about", "Both sides spoke of")


def folder_of(folder: Path, **texts: str) -> Path:
    """A folder in which the built-in model read these texts."""
    (folder / "in").mkdir()
    for name, text in texts.items():
        (folder / "in" / f"{name}.txt").write_text(text)
    done(folder, "run", "in", "-q", "--model", "builtin")
    return folder


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three accounts of one meeting, of which one is tied loosely and names another gathering."""
    return folder_of(tmp_path_factory.mktemp("read"), full=FULL, again=AGAIN, placed=PLACED)


@pytest.fixture
def home(read: Path, tmp_path: Path) -> Path:
    """The same, to decide in."""
    shutil.copy(read / "extractor.db", tmp_path)
    return tmp_path


def run(home: Path, *arguments: str, stdin: bytes = b"", **env: str) -> Done:
    """The command in this process, which spares the start of another."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in [name for name in os.environ if name not in ENVIRONMENT]:
            patch.delenv(name)
        for name, value in (ENVIRONMENT | ME | env).items():
            patch.setenv(name, value)
        patch.chdir(home)
        patch.setattr(sys, "argv", ["extractor", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main()
    return Done(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def done(home: Path, *arguments: str, **env: str) -> str:
    """What a command prints that goes well."""
    finished = run(home, *arguments, stdin=b"", **env)
    assert finished.code == 0, finished.err
    return finished.out


def items(home: Path) -> list[QueueItem]:
    return [QueueItem.model_validate_json(line) for line in done(home, "decide", "--json").splitlines()]


def log(home: Path, *options: str) -> list[DecisionLine]:
    lines = done(home, "decisions", "--json", *options).splitlines()
    return [DecisionLine.model_validate_json(line) for line in lines]


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


class TestWhatWaits:
    def test_the_list_counts_and_names_each_item_with_its_reason(self, home: Path) -> None:
        out = done(home, "decide")
        assert out.startswith("To decide: 1 question about sameness, 1 field\n")
        for item in items(home):
            assert item.id in out
            assert f"{item.reason}; {len(item.choices)} choices" in out

    def test_a_question_shows_what_both_say_with_the_words_around_it_and_what_speaks_for_and_against(
        self, home: Path
    ) -> None:
        (item, *_) = items(home)
        out = done(home, "decide", item.id)
        assert "again.txt" in out or "full.txt" in out
        assert "placed.txt" in out
        assert re.search(r"sidelines of the ‹Commonwealth summit›", out)
        assert re.search(r"sidelines of the ‹African Union summit›", out)
        assert item.question
        for signal in item.question.signals:
            assert re.search(rf"{re.escape(f'{signal.weight:+d}')}\s+{signal.name.replace('_', ' ')}", out)
        assert "joined from" in out
        assert "same       one meeting of 3 accounts, as now" in out
        assert "split      placed.txt is another meeting than the 2 others" in out

    def test_a_field_shows_each_side_in_its_context_and_what_would_stand(self, home: Path) -> None:
        out = done(home, "decide", "f-")
        assert re.search(r"A\s+“?Commonwealth summit”?\s+.*sidelines of the \[…\]\.", out)
        assert re.search(r"^A +stands: Commonwealth summit", out, re.MULTILINE)
        assert re.search(r"^C +stands: African Union summit", out, re.MULTILINE)

    def test_no_line_is_longer_than_a_terminal_is_wide(self, tmp_path: Path) -> None:
        done(tmp_path, "run", str(SEEDS), "-q", "--model", "builtin")
        shown = [done(tmp_path, "decide"), *(done(tmp_path, "decide", item.id) for item in items(tmp_path)[:2])]
        assert [line for out in shown for line in out.splitlines() if width(line) > 80] == []

    def test_words_of_an_article_steer_no_terminal(self, tmp_path: Path) -> None:
        hostile = PLACED.replace("African Union summit", "African\x1b[31m Union summit")
        folder_of(tmp_path, full=FULL, placed=hostile)
        shown = done(tmp_path, "decide") + "".join(done(tmp_path, "decide", item.id) for item in items(tmp_path))
        assert "\x1b" not in shown


class TestAnswers:
    def test_an_answer_is_told_in_one_line_with_its_number_and_its_undo_and_counts(self, home: Path) -> None:
        out = done(home, "decide", "f-", "C", "--note", "as its host says")
        assert out == "decision 1: pick, Host event: African Union summit; to undo it: extractor undo 1\n"
        assert [item.queue for item in items(home)] == ["meetings"]
        (meeting,) = done(home, "meetings", "--json").splitlines()
        assert json.loads(meeting)["host_event"]["value"] == "African Union summit"
        (line,) = log(home)
        assert (line.actor, line.reason, line.state) == ("Adeola", "as its host says", "in force")

    def test_an_own_value_is_given_by_edit(self, home: Path) -> None:
        done(home, "decide", "f-", "edit", "--value", "Lakes summit")
        assert [line.value for line in log(home)] == ["Lakes summit"]

    def test_split_is_several_decisions_and_one_undo_takes_all_back(self, home: Path) -> None:
        (item, *_) = items(home)
        out = done(home, "decide", item.id, "split")
        assert out.startswith("decisions 1, 2: different, ")
        assert out.endswith("; to undo them: extractor undo 1 2\n")
        assert len(done(home, "meetings", "--json").splitlines()) == 2
        assert len(done(home, "undo").splitlines()) == 2
        assert len(done(home, "meetings", "--json").splitlines()) == 1

    def test_as_json_an_answer_is_its_decisions(self, home: Path) -> None:
        made = json.loads(done(home, "decide", "f-", "both", "--json"))
        assert (made["number"], made["kind"], made["field"]) == (1, "both", "host_event")

    @pytest.mark.parametrize(
        ("options", "env", "actor"),
        [
            (["--actor", "Bruun"], ME, "Bruun"),
            ([], ME, "Adeola"),
            ([], {"EXTRACTOR_ACTOR": "", "LOGNAME": "coe"}, "coe"),
        ],
    )
    def test_who_decides_is_named_by_option_environment_or_login(
        self, home: Path, options: list[str], env: dict[str, str], actor: str
    ) -> None:
        assert json.loads(done(home, "decide", "f-", "both", "--json", *options, **env))["actor"] == actor

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["decide", "x-9"], "nothing to decide starts with 'x-9'"),
            (["decide", "f-", "same"], "answer with one of A, C, both, reject, edit, open"),
            (["decide", "f-", "edit"], "give it with --value"),
            (["decide", "f-", "--value", "x"], "which answer?"),
            (["decide", "f-", "A", "--actor", " "], "give a name with --actor"),
            (["undo"], "Adeola made no decision that is in force"),
            (["undo", "3"], "there is no decision 3"),
            (["decisions", "export"], "which file?"),
            (["decisions", "import", "none.jsonl"], "cannot read none.jsonl"),
            (["decisions", "import", "extractor.db"], "is no text in UTF-8"),
        ],
    )
    def test_what_cannot_work_is_one_clear_line_and_nothing_is_decided(
        self, home: Path, arguments: list[str], words: str
    ) -> None:
        finished = run(home, *arguments)
        assert (finished.code, finished.out) == (2, "")
        assert words.casefold() in finished.err.casefold()
        assert finished.err.count("\n") == 1
        assert log(home) == []

    def test_a_note_that_is_no_text_is_refused(self, home: Path) -> None:
        finished = run(home, "decide", "f-", "both", "--note", os.fsdecode(b"\xff"))
        assert (finished.code, "--note is no text in UTF-8" in finished.err) == (2, True)


class TestUndo:
    def test_an_undo_says_what_it_undid_and_an_undo_of_it_restores(self, home: Path) -> None:
        done(home, "decide", "f-", "both")
        assert done(home, "undo") == (
            "decision 1 (both, Host event) is undone by decision 2; to restore it: extractor undo 2\n"
        )
        done(home, "undo", "2")
        assert [line.state for line in log(home)] == ["in force", "undone", "in force"]
        assert len(items(home)) == 1

    def test_it_takes_nobody_elses_unless_it_is_named(self, home: Path) -> None:
        done(home, "decide", "f-", "both", "--actor", "Bruun")
        assert run(home, "undo").code == 2
        done(home, "undo", "1")
        assert [(line.actor, line.state) for line in log(home)] == [("Bruun", "undone"), ("Adeola", "in force")]


class TestLog:
    def test_it_is_told_in_words(self, home: Path) -> None:
        done(home, "decide", "f-", "C", "--note", "as its host says")
        out = done(home, "decisions")
        for words in ("1", "Adeola  pick  in force", "Host event", "stands: African Union summit", "as its host says"):
            assert words in out

    def test_an_empty_one_says_so(self, home: Path) -> None:
        finished = run(home, "decisions")
        assert (finished.code, finished.out) == (0, "")
        assert "nothing is decided yet" in finished.err


class TestExchange:
    def test_two_desks_that_exchange_their_files_have_the_same_log(self, home: Path) -> None:
        other = ("--db", "other.db", "--actor", "Bruun")
        shutil.copy(home / "extractor.db", home / "other.db")
        done(home, "decide", "f-", "both")
        done(home, "decide", "f-", "C", *other)
        done(home, "decisions", "export", "ours.jsonl")
        done(home, "decisions", "export", "theirs.jsonl", "--db", "other.db")
        assert "1 decisions imported, 0 were here already" in run(home, "decisions", "import", "theirs.jsonl").err
        done(home, "decisions", "import", "ours.jsonl", "--db", "other.db")
        assert "0 decisions imported, 1 were here already" in run(home, "decisions", "import", "ours.jsonl").err
        both = [done(home, "decisions", "export", "-", "--db", db) for db in ("extractor.db", "other.db")]
        assert both[0] == both[1] == "".join(sorted(both[0].splitlines(keepends=True), key=id_of))
        states = [{line.actor: line.state for line in log(home, "--db", db)} for db in ("extractor.db", "other.db")]
        assert states == [
            {"Adeola": "contradicted by 2", "Bruun": "in force"},
            {"Adeola": "contradicted by 1", "Bruun": "in force"},
        ]
        assert [item.reason for item in items(home) if item.queue == "fields"] == ["two people judged it differently"]

    def test_what_comes_before_its_article_waits_and_then_counts(self, tmp_path: Path) -> None:
        folder_of(tmp_path, full=FULL, vague=VAGUE)
        done(tmp_path, "decide", items(tmp_path)[0].id, "same")
        done(tmp_path, "decisions", "export", "team.jsonl")
        done(tmp_path, "decisions", "import", "team.jsonl", "--db", "new.db")
        assert [line.state for line in log(tmp_path, "--db", "new.db")] == ["stale"]
        done(tmp_path, "run", "in", "-q", "--model", "builtin", "--db", "new.db")
        assert [line.state for line in log(tmp_path, "--db", "new.db")] == ["in force"]
        assert len(done(tmp_path, "meetings", "--json", "--db", "new.db").splitlines()) == 1

    def test_a_log_comes_by_a_pipe_too(self, home: Path) -> None:
        done(home, "decide", "f-", "both")
        text = done(home, "decisions", "export", "-")
        assert run(home, "decisions", "import", "-", "--db", "new.db", stdin=text.encode()).code == 0
        assert done(home, "decisions", "export", "-", "--db", "new.db") == text

    def test_a_bad_line_is_named_and_nothing_is_taken(self, home: Path) -> None:
        done(home, "decide", "f-", "both")
        text = done(home, "decisions", "export", "-")
        (home / "team.jsonl").write_text(f"{text}=======\n")
        finished = run(home, "decisions", "import", "team.jsonl", "--db", "new.db")
        assert finished.code == 2
        assert "team.jsonl:2 is no decision" in finished.err
        assert log(home, "--db", "new.db") == []

    def test_an_export_never_drops_what_others_put_into_the_file(self, home: Path) -> None:
        done(home, "decide", "f-", "both")
        done(home, "decisions", "export", "team.jsonl")
        shared = (home / "team.jsonl").read_text()
        done(home, "decisions", "export", "team.jsonl")
        done(home, "decisions", "import", os.devnull, "--db", "new.db")
        finished = run(home, "decisions", "export", "team.jsonl", "--db", "new.db")
        assert (finished.code, "import it first" in finished.err) == (2, True)
        assert (home / "team.jsonl").read_text() == shared


def id_of(line: str) -> str:
    return str(json.loads(line)["id"])


def test_another_process_decides_as_well(home: Path) -> None:
    finished = extractor("decide", "f-", "both", "--actor", "Adeola", cwd=home)
    assert (finished.code, finished.err) == (0, "")
    assert finished.out == "decision 1: both, Host event; to undo it: extractor undo 1\n"
