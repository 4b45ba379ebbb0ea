"""Runs from the command line, over days: stopped, resumed, tried again, interrupted, on disks that fail."""

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.store import Workspace
from tests.asking import GOOD, NONE
from tests.drafts import TEXT
from tests.faults import Body, Reply, Server, completion, scripted
from tests.test_cli import ARTICLE, ENVIRONMENT, Done, extractor

EMPTY = completion(NONE)
REFUSED = completion(None, refusal="I'd rather not.")


async def asking(server: Server, *arguments: str | Path, cwd: Path) -> Done:
    """The command, with the server as its model."""
    model = ("--model", "m", "--base-url", server.url, "--jobs", "1")
    return await asyncio.to_thread(extractor, *arguments, *model, cwd=cwd)


def articles(folder: Path, *options: str) -> list[dict[str, Any]]:
    """What `extractor articles --json` tells."""
    done = extractor("articles", "--json", *options, cwd=folder)
    assert done.code == 0
    return [json.loads(line) for line in done.out.splitlines()]


def write(folder: Path, *texts: str) -> None:
    (folder / "in").mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / "in" / f"{number}.txt").write_text(text)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


# Limits


async def test_a_run_that_a_limit_stopped_says_how_to_go_on_and_does(tmp_path: Path) -> None:
    write(tmp_path, *(f"{TEXT}\nNote {number}." for number in range(5)))
    async with scripted(lambda _: completion(GOOD)) as server:
        stopped = await asking(server, "run", "in", "--max-cost", "0.0008", "--price", "2/10", cwd=tmp_path)
        assert stopped.code == 3
        assert "2 articles; 2 calls, 240 tokens, 0.0008 USD" in stopped.err
        assert "error: stopped at the limit of 0.0008 USD" in stopped.err
        resumes = stopped.err.splitlines()[-1]
        assert resumes.startswith("extractor run in --max-cost 0.0008 --price 2/10 --model m")
        assert "Dakar" in stopped.out
        assert [row["usage"]["cost"] for row in articles(tmp_path)] == ["0.0004"] * 2

        resumed = await asking(server, "run", "in", cwd=tmp_path)
    assert resumed.code == 0
    assert "5 articles; 3 calls" in resumed.err
    assert "2 known already" in resumed.err
    assert len({request["messages"][-1]["content"] for request in server.requests}) == len(server.requests) == 5


async def test_a_dry_run_asks_nobody_and_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "One.", "Two.")
    async with scripted([]) as server:
        done = await asking(server, "run", "in", "--dry-run", "--price", "2/10", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert f"model: m ({server.url})\n2 articles: 0 known already, 2 to ask about" in done.out
    assert re.search(r"^about 0\.\d{4} USD", done.out, re.MULTILINE)
    assert server.requests == []
    assert names(tmp_path) == ["in"]


# Again


async def test_what_failed_is_listed_and_tried_again(tmp_path: Path) -> None:
    write(tmp_path, "One.", "Two.")
    replies = {"One.": iter([REFUSED, EMPTY]), "Two.": iter([EMPTY])}

    def script(request: Body) -> Reply:
        asked = request["messages"][-1]["content"]
        return next(replies["One." if "One." in asked else "Two."])

    async with scripted(script) as server:
        first = await asking(server, "run", "in", cwd=tmp_path)
        assert first.code == 3
        assert "error: 0.txt: The model refused: I'd rather not." in first.err
        assert [row["source"] for row in await asyncio.to_thread(articles, tmp_path, "--failed")] == ["0.txt"]
        again = await asking(server, "run", "--retry-failed", cwd=tmp_path)
    assert again.code == 0
    assert "1 articles; 1 calls" in again.err
    assert articles(tmp_path, "--failed") == []
    assert [row["outcome"] for row in articles(tmp_path)] == ["none_found", "none_found"]


async def test_everything_can_be_asked_anew(tmp_path: Path) -> None:
    write(tmp_path, TEXT)
    async with scripted([completion(GOOD), EMPTY]) as server:
        await asking(server, "run", "in", cwd=tmp_path)
        done = await asking(server, "run", "in", "--refresh", "--json", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert len(server.requests) == 2


def test_an_article_is_forgotten_and_all_that_came_from_it(tmp_path: Path) -> None:
    write(tmp_path, ARTICLE)
    extractor("run", "in", cwd=tmp_path)
    (row,) = articles(tmp_path)
    done = extractor("forget", row["article"][:10], cwd=tmp_path)
    assert done.code == 0
    assert f"forgotten: 0.txt ({row['article'][:12]})" in done.err
    assert articles(tmp_path) == []
    assert extractor("meetings", "--json", cwd=tmp_path).out == ""
    assert b"Wekesa" not in (tmp_path / "extractor.db").read_bytes()
    assert "1 articles; 1 calls" in extractor("run", "in", cwd=tmp_path).err


def test_a_workspace_is_rebuilt_without_asking(tmp_path: Path) -> None:
    write(tmp_path, ARTICLE)
    before = extractor("run", "in", "--json", cwd=tmp_path).out
    done = extractor("rebuild", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert "1 articles read again, 0 gave something else; 1 meetings" in done.err
    assert extractor("meetings", "--json", cwd=tmp_path).out == before != ""


def test_articles_are_listed_for_people(tmp_path: Path) -> None:
    write(tmp_path, ARTICLE, "")
    extractor("run", "in", cwd=tmp_path)
    done = extractor("articles", cwd=tmp_path)
    assert re.search(r"^records +[0-9a-f]{12}  0\.txt  1 accounts  \d+ tokens$", done.out, re.MULTILINE)
    assert re.search(r"^failed .*in/1\.txt.*\n +empty: it holds no text$", done.out, re.MULTILINE)


# Interrupted


def test_an_interrupted_run_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    write(tmp_path, ARTICLE)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        arguments = ["run", "in", "--model", "m", "--base-url", url]
        with subprocess.Popen(
            [sys.executable, "-m", "extractor", *arguments],
            cwd=tmp_path,
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as running:
            silent.settimeout(60)
            connection, _ = silent.accept()
            locks = list(tmp_path.glob(".*"))
            running.send_signal(signal.SIGINT)
            _, err = running.communicate(timeout=60)
            connection.close()
    assert running.returncode == 130
    assert b"Traceback" not in err
    assert err.decode().splitlines()[-2:] == [
        "error: interrupted; what is done is kept, and this goes on from there:",
        " ".join(["extractor", *arguments]),
    ]
    assert [path.name for path in locks] == [".extractor.db-run-1"]
    assert list(tmp_path.glob(".*")) == []
    with Workspace.open(tmp_path / "extractor.db", create=False) as workspace:
        run = workspace.last_run()
        assert run is not None
        assert run.finished is not None
        assert (run.stopped, run.usage.calls) == ("interrupted", 1)


# Disks


def unprivileged(*arguments: str | Path, cwd: Path) -> Done:
    """The command as a user whom permissions bind: root without the capability to override them."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [*drop, sys.executable, "-m", "extractor", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def one_error(done: Done) -> str:
    """The one line that says what is wrong."""
    assert "Traceback" not in done.err, done.err
    (line,) = [line for line in done.err.splitlines() if line.startswith("error: ")]
    return line


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root needs setpriv to be bound")
@pytest.mark.parametrize(
    ("new", "read_only", "complaint"),
    [
        (True, "folder", "cannot be opened: is there such a folder"),
        (True, "file", "cannot be written: change its permissions"),
        (False, "folder", "cannot be written: change its permissions"),
        (False, "file", "cannot be written: change its permissions"),
    ],
)
def test_what_must_not_be_written_is_one_clear_line(tmp_path: Path, new: bool, read_only: str, complaint: str) -> None:
    home = tmp_path / "folder"
    home.mkdir()
    write(home, ARTICLE)
    if not new:
        assert extractor("run", "in", cwd=home).code == 0
    elif read_only == "file":
        (home / "extractor.db").touch()
    target = home if read_only == "folder" else home / "extractor.db"
    before = target.stat().st_mode
    target.chmod(0o555 if target.is_dir() else 0o444)
    try:
        write_again = unprivileged("run", "in", "--refresh", cwd=home)
    finally:
        target.chmod(before)
    assert write_again.code == 2
    assert one_error(write_again).startswith(f"error: extractor.db {complaint}")
    assert extractor("run", "in", cwd=home).code == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S607 - the system's


def test_a_full_disk_ends_a_run_and_with_room_the_next_one_goes_on(small_disk: Path, tmp_path: Path) -> None:
    db = small_disk / "w.db"
    write(tmp_path, ARTICLE)
    assert extractor("run", "in", "--db", db, cwd=tmp_path).code == 0
    write(tmp_path, ARTICLE, *(f"{ARTICLE}\n{f'This is note {number}. ' * 4000}" for number in range(12)))
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(400_000))
    full = extractor("run", "in", "--db", db, "--quiet", cwd=tmp_path)
    assert full.code == 2
    assert f"{db} cannot be written, the disk is full: make room" in one_error(full)
    ballast.unlink()
    assert len(extractor("meetings", "--db", db, "--json", cwd=tmp_path).out.splitlines()) >= 1
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)  # noqa: S607 - the system's
    done = extractor("run", "in", "--db", db, cwd=tmp_path)
    assert done.code == 0
    assert "13 articles" in done.err
