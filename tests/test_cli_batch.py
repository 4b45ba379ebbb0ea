"""`extractor batch` as a user calls it: arguments, environment, the two streams, exit codes."""

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.cli import main
from tests.batch_server import KEY, BatchServer, answered, well, written
from tests.faults import RESET, completion, failure, good, number, write_articles
from tests.test_cli import ENVIRONMENT, Done

WIDTH = 80

Command = Callable[..., Done]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the user works, with articles; nothing is said of who is asked."""
    for name in os.environ.keys() - ENVIRONMENT.keys():
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return write_articles(tmp_path / "in", range(3)).parent


@pytest.fixture
def extractor(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:  # noqa: ARG001 - where it is called
    """The command in this process, as the machine takes seconds to start another."""

    def call(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["extractor", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert KEY not in out + err
        notes = [line for line in err.splitlines() if not line.startswith("error: ")]
        assert all(len(line) <= WIDTH for line in (*out.splitlines(), *notes) if not line.startswith("{"))
        return Done(int(ended.value.code or 0), out, err)

    return call


@pytest.fixture
def batch(extractor: Command, api: BatchServer, monkeypatch: pytest.MonkeyPatch) -> Command:
    """`extractor batch` by a user whose environment says who is asked."""
    for name, value in {
        "MODEL": "scripted",
        "BASE_URL": api.url,
        "API_KEY": KEY,
        "RETRIES": "0",
        "PRICE": "2/8",
    }.items():
        monkeypatch.setenv(f"EXTRACTOR_{name}", value)
    return lambda *arguments: extractor("batch", *arguments)


def test_a_run_leaves_to_a_job_what_it_has_and_says_so(batch: Command, extractor: Command) -> None:
    assert batch("submit", "in").code == 0
    done = extractor("run", "in")
    assert done.code == 0, done.err
    assert "0 calls" in done.err
    assert "3 wait for a reply from a file" in done.err


def test_submit_status_and_fetch_lead_from_articles_to_meetings(
    api: BatchServer, batch: Command, extractor: Command
) -> None:
    submitted = batch("submit", "in")
    assert submitted.code == 0, submitted.err
    assert re.fullmatch(r"validating {2}0/3 done {2}batch_\d{32}\n", submitted.out)
    assert f"model: scripted ({api.url})" in submitted.err
    assert "3 requests submitted; `extractor batch fetch` takes the replies" in submitted.err
    early = batch("fetch")
    assert (early.code, early.out) == (0, "")
    assert "nothing to take yet" in early.err
    api.complete()
    status = batch("status")
    assert re.fullmatch(r"completed {3}3/3 done {2}batch_\d{32}\n", status.out)
    fetched = batch("fetch")
    assert (fetched.code, fetched.out) == (0, "")
    assert "3 replies" in fetched.err
    assert "3 articles; 0 calls, 360 tokens, 0.0005 USD" in fetched.err  # half of 3 times 0.00036
    again = batch("submit")
    assert (again.code, again.out) == (0, "")
    assert "0 requests submitted" in again.err
    assert len(extractor("meetings", "--json").out.splitlines()) == 2


def test_status_tells_a_program_all_in_json(api: BatchServer, batch: Command) -> None:
    batch("submit", "in")
    (line,) = batch("status", "--json").out.splitlines()
    job = json.loads(line)
    assert (job["status"], job["requests"], job["remote"]) == ("validating", 3, next(iter(api.batches)))


def test_a_job_that_came_to_nothing_says_why_and_goes_out_again(api: BatchServer, batch: Command) -> None:
    batch("submit", "in")
    api.fail("The model `scripted` does not exist.")
    job, reason = batch("status").out.splitlines()
    assert job.startswith("failed ")
    assert reason == "  The model `scripted` does not exist."
    assert "3 to send again" in batch("fetch").err
    assert "3 requests submitted" in batch("submit").err


def test_a_job_that_expired_tells_how_far_it_came(api: BatchServer, batch: Command) -> None:
    batch("submit", "in")
    api.expire(answered=1)
    assert batch("status").out.startswith("expired     1/3 done, 2 failed  batch_")
    assert "1 replies, 2 to send again" in batch("fetch").err


def test_where_an_article_failed_the_exit_code_tells_so_and_all_else_is_kept(
    api: BatchServer, batch: Command, extractor: Command
) -> None:
    refusal = completion(None, refusal="I would rather not.")
    bad = {0: failure(400, "too long"), 1: refusal}
    api.answer = lambda body: bad.get(number(body)) or well(body)
    batch("submit", "in")
    api.complete()
    fetched = batch("fetch")
    assert fetched.code == 3
    assert "2 replies, 1 refused" in fetched.err
    assert "error: 2 articles failed: `extractor articles --failed` lists them" in fetched.err
    listed = extractor("articles", "--failed", "--json").out
    assert {Path(json.loads(line)["source"]).name for line in listed.splitlines()} == {"0000.txt", "0001.txt"}
    assert "HTTP 400: too long" in listed


def test_a_reask_is_announced_and_sent(api: BatchServer, batch: Command) -> None:
    api.answer = lambda body: completion(good(number(body)).replace("It went well,", "It went badly,"))
    batch("submit", "in")
    api.complete()
    assert "3 re-asks are due: `extractor batch submit` or `export` sends them" in batch("fetch").err
    api.answer = well
    assert "3 requests submitted" in batch("submit").err


def test_requests_go_out_and_replies_come_in_by_files(home: Path, api: BatchServer, batch: Command) -> None:
    exported = batch("export", "requests.jsonl", "in")
    assert (exported.code, exported.out) == (0, "")
    assert "wrote requests.jsonl: 3 requests; `extractor batch import` takes the replies" in exported.err
    lines = written(answered((home / "requests.jsonl").read_text("utf-8")))
    (home / "replies.jsonl").write_text(lines + "no reply\n")
    imported = batch("import", "replies.jsonl", "--price", "1/1")
    assert (imported.code, imported.out) == (0, "")
    assert "3 replies, 1 broken lines" in imported.err
    assert "3 articles; 0 calls, 360 tokens, 0.0004 USD" in imported.err
    again = batch("import", "replies.jsonl")
    assert "3 to nothing that waits, 1 broken lines" in again.err
    assert "wrote none.jsonl: 0 requests" in batch("export", "none.jsonl").err
    assert (home / "none.jsonl").read_bytes() == b""
    assert api.calls == []


def test_requests_to_the_built_in_model_go_out_in_files_too(home: Path, extractor: Command) -> None:
    done = extractor("batch", "export", "requests.jsonl", "in")
    assert done.code == 0, done.err
    (home / "replies.jsonl").write_text(written(answered((home / "requests.jsonl").read_text("utf-8"))))
    imported = extractor("batch", "import", "replies.jsonl")
    assert imported.code == 0, imported.err
    assert "3 articles; 0 calls, 360 tokens, no cost" in imported.err


def test_a_submission_that_is_cut_off_is_one_clear_line_and_goes_on(api: BatchServer, batch: Command) -> None:
    api.after["POST /v1/batches"] = lambda _: RESET
    cut = batch("submit", "in")
    assert cut.code == 3
    assert [line for line in cut.err.splitlines() if "broke off" in line] == [cut.err.splitlines()[-1]]
    assert "0 requests submitted" in batch("submit").err
    assert len(api.batches) == 1


def test_a_key_that_is_refused_is_one_clear_line(home: Path, batch: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_API_KEY", "sk-wrong-0987654321")
    done = batch("submit", "in")
    assert (done.code, done.out) == (4, "")
    (line,) = [line for line in done.err.splitlines() if line.startswith("error: ")]
    assert "refuses the key (HTTP 401)" in line
    kept = [file.read_bytes() for file in home.glob("extractor.db*")]
    assert kept
    assert not any(b"sk-wrong-0987654321" in file for file in (*kept, done.err.encode()))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(["submit", "in"], 2, "built-in model has no Batch API: use `extractor batch export`", id="submit"),
        pytest.param(["status"], 2, "extractor.db does not exist", id="no workspace yet"),
        pytest.param(["fetch"], 2, "extractor.db does not exist", id="... to fetch for"),
        pytest.param(["import", "in/0000.txt"], 2, "extractor.db does not exist", id="... to import into"),
        pytest.param(["export", "r.jsonl", "nowhere"], 2, "nowhere does not exist", id="no articles there"),
        pytest.param(["export", "no/r.jsonl", "in"], 2, "cannot write no/r.jsonl", id="no folder there"),
        pytest.param(["submit", "in", "--base-url", "http://127.0.0.1:9/v1"], 2, "--model", id="an endpoint, no model"),
        pytest.param(
            ["submit", "in", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"], 4, "127.0.0.1:9", id="nobody there"
        ),
    ],
)
def test_what_cannot_work_is_one_clear_line(
    extractor: Command, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, words: str
) -> None:
    monkeypatch.setenv("EXTRACTOR_RETRIES", "0")
    done = extractor("batch", *arguments)
    assert done.code == code, done.err
    (line,) = [line for line in done.err.splitlines() if line.startswith("error: ")]
    assert words in line


def test_a_file_of_replies_that_is_not_there_is_one_clear_line(extractor: Command) -> None:
    extractor("batch", "export", "requests.jsonl", "in")
    done = extractor("batch", "import", "replies.jsonl")
    assert (done.code, done.out) == (2, "")
    assert done.err == "error: cannot read replies.jsonl: No such file or directory\n"
