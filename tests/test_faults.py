"""What goes wrong between a run and its model: each fault alone, all at random, a server that goes away."""

import asyncio
import os
import socket
import sys
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor import pipeline
from extractor.errors import ModelUnreachableError
from extractor.protocol import pacing
from extractor.schemas import Draft, Outcomes
from extractor.settings import Settings
from extractor.store import Workspace
from extractor.store.runs import RunEntry
from tests.faults import (
    FAULTS,
    FINAL,
    GARBLED,
    Body,
    Fault,
    Reply,
    Scripted,
    Server,
    always,
    completion,
    failure,
    good,
    number,
    scripted,
    write_articles,
)

KEY = "sk-planted-1234567890"
PATIENT = 2.0
"""Seconds of time-out where a server is silent: more than a busy machine takes to answer."""


def settings(server: Server, **changes: Any) -> Settings:
    return Settings.model_validate({"model": "scripted", "base_url": server.url, "api_key": KEY, **changes})


def kept(db: Path) -> dict[int, Draft]:
    """The drafts of a workspace by the numbers of their articles."""
    with Workspace.open(db, create=False) as workspace:
        named = {e.article: (workspace.article(e.article), e.draft) for e in workspace.active() if e.draft}
    return {int(Path(article.sightings[0].path or "").stem): draft for article, draft in named.values()}


def drafts(numbers: range) -> dict[int, Draft]:
    """The drafts as they are on good days."""
    return {n: Draft.model_validate_json(good(n)) for n in numbers}


def last_run(db: Path) -> RunEntry:
    with Workspace.open(db, create=False) as workspace:
        entry = workspace.last_run()
    assert entry
    return entry


# Each fault alone


@pytest.mark.parametrize("stays", [False, True], ids=["once", "always"])
@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_has_its_outcome_and_touches_no_neighbour(name: str, stays: bool, tmp_path: Path) -> None:
    fault, folder, db = FAULTS[name], write_articles(tmp_path / "in", range(2)), tmp_path / "w.db"
    script = Scripted(lambda n, attempt: fault if n == 1 and (stays or attempt == 0) else None)
    async with scripted(script) as server:
        how = settings(server, jobs=1, retries=2, reasks=2, timeout=PATIENT if name == "silence" else 60)
        run = await asyncio.to_thread(extractor.run, folder, db=db, settings=how)
    neighbour, met = run.outcomes
    assert (neighbour.outcome, neighbour.usage.calls) == (Outcomes.RECORDS, 1)
    assert (met.outcome, met.usage.calls) == (fault.course.always if stays else fault.course.once)
    assert (fault.words in met.reason) if met.reason else met.outcome is Outcomes.RECORDS
    assert kept(db) == drafts(range(2 if met.outcome is Outcomes.RECORDS else 1))
    assert run.usage.calls == len(server.requests)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        pytest.param(failure(402), "no credit left", id="402"),
        pytest.param(failure(403), "refuses the key", id="403"),
        pytest.param(failure(405), "no such endpoint", id="405"),
        pytest.param(failure(429, code="insufficient_quota"), "no credit left", id="no quota"),
    ],
)
async def test_what_will_be_the_same_for_all_ends_the_run_and_the_next_asks_what_is_missing(
    reply: Reply, words: str, tmp_path: Path
) -> None:
    folder, db = write_articles(tmp_path / "in", range(4)), tmp_path / "w.db"
    fault = Fault(always(reply), FINAL, words)
    script = Scripted(lambda n, _: fault if n > 0 else None)
    async with scripted(script) as server:
        with pytest.raises(ModelUnreachableError, match=words):
            await asyncio.to_thread(extractor.run, folder, db=db, settings=settings(server, jobs=1))
        script.plan = lambda *_: None
        again = await asyncio.to_thread(extractor.run, folder, db=db, settings=settings(server, jobs=1))
    assert kept(db) == drafts(range(4))
    assert again.usage.calls == 3
    assert len(script.sent[0]) == 1


async def command(*arguments: str | Path) -> tuple[int | None, str]:
    """The exit code of `extractor` with these arguments, and its stderr."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("EXTRACTOR_", "OPENAI_"))}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *["-m", "extractor", *map(str, arguments)],
        env=environment | {"EXTRACTOR_API_KEY": KEY},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, err = await asyncio.wait_for(process.communicate(), 120)
    return process.returncode, err.decode()


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        pytest.param(failure(401, f"wrong key {KEY}"), "refuses the key (HTTP 401): check EXTRACTOR_API_KEY", id="401"),
        pytest.param(failure(404, "no such model"), "knows no model 'm', or is no such endpoint (HTTP 404)", id="404"),
    ],
)
async def test_a_wrong_key_or_name_ends_the_command_in_one_clear_line(reply: Reply, words: str, tmp_path: Path) -> None:
    folder, db = write_articles(tmp_path / "in", range(40)), tmp_path / "w.db"
    fault = Fault(always(reply), FINAL)
    async with scripted(Scripted(lambda n, _: fault if n else None)) as server:
        code, err = await command("run", folder, "--db", db, "--model", "m", "--base-url", server.url, "--quiet")
    assert code == 4
    assert words in err
    assert len(err.splitlines()) == 1
    assert KEY not in err


async def test_where_nobody_ever_answers_the_command_ends_in_one_clear_line(tmp_path: Path) -> None:
    folder, db = write_articles(tmp_path / "in", range(40)), tmp_path / "w.db"
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}/v1"
    code, err = await command("run", folder, "--db", db, "--model", "m", "--base-url", url, "--quiet")
    assert (code, err.splitlines()) == (
        4,
        [f"error: No model answers at {url}. Is it running, and is the base URL right?"],
    )


# All at random

SEED = 7
SHARE = 0.25
"""Of the calls: those that meet a fault."""
MIXED = [fault for name, fault in FAULTS.items() if "MB" not in name]


def at_random(n: int, attempt: int) -> Fault | None:
    """The same for an article and an attempt, in whatever order articles are asked about."""
    drawn = int.from_bytes(sha256(f"{SEED} {n} {attempt}".encode()).digest()[:8], "big")
    if drawn % 1000 >= 1000 * SHARE:
        return None
    fault = MIXED[drawn // 1000 % len(MIXED)]
    # What is no JSON from the start is no model, and ends a run.
    return FAULTS["500"] if fault is GARBLED and n < 100 else fault


async def test_among_500_articles_faults_at_random_cost_only_those_that_met_a_final_one(tmp_path: Path) -> None:
    numbers, db = range(500), tmp_path / "w.db"
    folder, script = write_articles(tmp_path / "in", numbers), Scripted(at_random)
    async with scripted(script) as server:
        how = settings(server, timeout=PATIENT)
        tally = await asyncio.to_thread(pipeline.extract, folder, how, db=db)
        asked = len(server.requests)
        fine = {n for n in numbers if not any(fault and fault.course is FINAL for fault in script.sent[n])}
        assert {fault for faults in script.sent.values() for fault in faults} == {None, *MIXED}
        assert 400 < len(fine) < 500
        assert tally.counts == {Outcomes.RECORDS: len(fine), Outcomes.FAILED: 500 - len(fine)}
        assert tally.usage.calls == asked
        assert kept(db) == {n: draft for n, draft in drafts(numbers).items() if n in fine}
        entry = last_run(db)
        assert (Counter(entry.counts), entry.usage, entry.stopped) == (Counter(tally.counts), tally.usage, None)

        script.plan = lambda *_: None
        tally = await asyncio.to_thread(pipeline.extract, folder, how.replace(retry_failed=True), db=db)
        assert (tally.counts, tally.known) == ({Outcomes.RECORDS: 500}, len(fine))
        assert kept(db) == drafts(numbers)
        assert len(server.requests) - asked == tally.usage.calls == 500 - len(fine)


# A server that goes away


@pytest.fixture
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Probes of a server that is down go out at once, and not after 5 s and more."""
    for name in ("FIRST_OUTAGE_PAUSE", "MAX_OUTAGE_PAUSE"):
        monkeypatch.setattr(pacing, name, 0.01)


@pytest.mark.usefixtures("short_pauses")
async def test_an_outage_is_waited_out_and_costs_no_article(tmp_path: Path) -> None:
    numbers, db = range(60), tmp_path / "w.db"
    down = range(20, 120)  # by the count of calls: more than all that are in flight would take with their retries
    fault = FAULTS["503"]
    async with scripted(script := Scripted(lambda *_: fault if len(server.requests) - 1 in down else None)) as server:
        how = settings(server, jobs=8)
        tally = await asyncio.to_thread(pipeline.extract, write_articles(tmp_path / "in", numbers), how, db=db)
    assert tally.counts == {Outcomes.RECORDS: 60}
    assert sum(faults.count(fault) for faults in script.sent.values()) == len(down)
    assert tally.usage.calls == len(server.requests) == 160
    assert kept(db) == drafts(numbers)


@pytest.mark.usefixtures("short_pauses")
@pytest.mark.parametrize("name", ["503", "a connection that breaks off", "silence"])
async def test_a_server_that_dies_ends_the_run_and_the_next_asks_only_what_is_missing(
    name: str, tmp_path: Path
) -> None:
    numbers, db, lives = range(80), tmp_path / "w.db", 40
    folder = write_articles(tmp_path / "in", numbers)
    script = Scripted(lambda *_: FAULTS[name] if len(server.requests) > lives else None)
    async with scripted(script) as server:
        # More retries than any article can use up before the others show that it is the server.
        how = settings(server, jobs=8, timeout=PATIENT, patience=0.1, retries=20)
        with pytest.raises(ModelUnreachableError, match=r"has answered nothing for .* What is done is kept"):
            await asyncio.to_thread(pipeline.extract, folder, how, db=db)
        assert len(kept(db)) == lives
        stopped = last_run(db)
        script.plan = lambda *_: None
        tally = await asyncio.to_thread(pipeline.extract, folder, how, db=db)
    assert (stopped.counts, stopped.stopped) == ({"records": lives}, "an error")
    assert (tally.usage.calls, tally.known) == (40, lives)
    assert kept(db) == drafts(numbers)


@pytest.mark.parametrize(
    ("refused", "headers"),
    [
        (False, {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "200ms"}),
        (False, {"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "0.2"}),
        (True, {"retry-after-ms": "200"}),
        (True, {"x-ratelimit-reset-requests": "200ms"}),
    ],
    ids=["no requests left", "no tokens left", "429 with a pause", "429 with a reset"],
)
async def test_nobody_asks_before_the_server_says(refused: bool, headers: dict[str, str], tmp_path: Path) -> None:
    jobs, told = 4, float("-inf")
    all_there = asyncio.Barrier(jobs)
    clock = asyncio.get_running_loop().time
    early: list[float] = []

    async def answer(request: Body) -> Reply:
        nonlocal told
        first, since = len(server.requests) <= jobs, clock() - told
        if first:
            await all_there.wait()  # they were sent before anybody was told
            told = clock()
        elif since < 0.2:
            early.append(since)
        reply = failure(429) if first and refused else completion(good(number(request)))
        return replace(reply, headers={**reply.headers, **headers}) if first else reply

    async with scripted(answer) as server:
        folder = write_articles(tmp_path / "in", range(12))
        run = await asyncio.to_thread(extractor.run, folder, settings=settings(server, jobs=jobs))
    assert [outcome.outcome for outcome in run.outcomes] == [Outcomes.RECORDS] * 12
    assert early == []
