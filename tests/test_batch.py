"""A batch of articles: what is asked again, what is not, and where it stops."""

import asyncio
import sqlite3
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor import pipeline
from extractor.errors import ConfigurationError
from extractor.schemas import Outcomes, Run, Tally
from extractor.settings import Settings
from extractor.store import Workspace
from tests.asking import GOOD, NONE
from tests.drafts import TEXT
from tests.faults import Server, completion, failure, scripted

PRICE = {"prompt": "2", "completion": "10"}
"""By which a scripted reply (100 and 20 tokens) costs 0.0004 USD."""
REFUSED = completion(None, refusal="I'd rather not.")
EMPTY = completion(NONE)


def write(folder: Path, *texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text)
    return folder


def many(folder: Path, count: int) -> Path:
    return write(folder, *(f"{TEXT}\nThis is note {number}." for number in range(count)))


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "w.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "in"


def settings(server: Server, **changes: Any) -> Settings:
    return Settings.model_validate({"model": "m", "base_url": server.url, "jobs": 3, **changes})


async def run(paths: Path | Sequence[Path], server: Server, db: Path, **changes: Any) -> Run:
    return await asyncio.to_thread(extractor.run, paths, db=db, settings=settings(server, **changes))


async def extract(paths: Sequence[Path], server: Server, db: Path, **changes: Any) -> Tally:
    return await asyncio.to_thread(pipeline.extract, paths, settings(server, **changes), db=db)


def outcomes(run: Run) -> list[str]:
    return [outcome.outcome.value for outcome in run.outcomes]


# What is asked again


async def test_an_article_that_failed_is_asked_again_only_where_that_is_said(folder: Path, db: Path) -> None:
    write(folder, TEXT, "Nothing happened here today.")
    async with scripted([REFUSED, EMPTY, completion(GOOD)]) as server:
        first = await run(folder, server, db, jobs=1)
        plain = await run(folder, server, db, jobs=1)
        assert len(server.requests) == 2
        again = await run(folder, server, db, jobs=1, retry_failed=True)
    assert outcomes(first) == outcomes(plain) == ["failed", "none_found"]
    assert outcomes(again) == ["records", "none_found"]
    assert len(again.meetings) == 1


async def test_a_good_reply_before_one_that_was_lost_is_not_paid_for_again(folder: Path, db: Path) -> None:
    write(folder, TEXT)
    async with scripted([completion("I think"), failure(400), completion(GOOD)]) as server:
        first = await run(folder, server, db)
        again = await run(folder, server, db, retry_failed=True)
    assert (outcomes(first), outcomes(again)) == (["failed"], ["records"])
    assert [len(request["messages"]) for request in server.requests[1:]] == [
        len(server.requests[0]["messages"]) + 2
    ] * 2
    assert again.usage.calls == 1


async def test_replies_of_no_use_are_asked_for_anew(folder: Path, db: Path) -> None:
    write(folder, TEXT)
    async with scripted([completion("I think")] * 3 + [completion(GOOD)]) as server:
        first = await run(folder, server, db)
        again = await run(folder, server, db, retry_failed=True)
    assert (outcomes(first), outcomes(again)) == (["failed"], ["records"])
    assert server.requests[3] == server.requests[0]


async def test_without_paths_everything_that_failed_is_tried_again(folder: Path, db: Path) -> None:
    write(folder, TEXT, "Nothing happened here today.", "")
    async with scripted([REFUSED, EMPTY, EMPTY, completion(GOOD)]) as server:
        await run(folder, server, db, jobs=1)
        (folder / "002.txt").write_text("There are words in it now.")
        tally = await extract([], server, db, jobs=1, retry_failed=True)
    assert tally.counts == {Outcomes.NONE_FOUND: 1, Outcomes.RECORDS: 1}
    with Workspace.open(db) as workspace:
        assert not list(workspace.outcomes(failed=True))


async def test_a_refresh_asks_about_everything_and_keeps_what_was_before(folder: Path, db: Path) -> None:
    write(folder, TEXT)
    async with scripted([completion(GOOD), EMPTY]) as server:
        await run(folder, server, db)
        again = await run(folder, server, db, refresh=True)
    assert outcomes(again) == ["none_found"]
    with Workspace.open(db) as workspace:
        assert [one.outcome for one in workspace.extractions()] == ["records", "none_found"]
        assert len(workspace.calls(again.outcomes[0].article)) == 2


async def test_what_was_forgotten_is_asked_again(folder: Path, db: Path) -> None:
    write(folder, TEXT)
    async with scripted([completion(GOOD)] * 2) as server:
        first = await run(folder, server, db)
        with Workspace.open(db) as workspace:
            workspace.forget(first.outcomes[0].article)
            assert pipeline.meetings(workspace) == ()
        again = await run(folder, server, db)
    assert again.usage.calls == 1
    assert again.meetings == first.meetings


# What is read again


async def test_what_was_read_before_is_taken_from_the_workspace(folder: Path, db: Path) -> None:
    write(folder, "One.", "Two.")
    async with scripted([EMPTY] * 2) as server:
        first = await run(folder, server, db)
        one, two = (outcome.article for outcome in first.outcomes)
        with sqlite3.connect(db) as forged:
            forged.execute("update sources set article = ? where article = ?", (two, one))
        forged.close()
        second = await run(folder, server, db)
    assert [outcome.article for outcome in second.outcomes] == [two]


async def test_a_file_that_changed_is_another_article_and_both_are_kept(folder: Path, db: Path) -> None:
    write(folder, "One.")
    async with scripted([EMPTY] * 2) as server:
        first = await run(folder, server, db)
        write(folder, "One, corrected.")
        second = await run(folder, server, db)
    with Workspace.open(db) as workspace:
        kept = {one.id for one in workspace.articles()}
    assert kept == {outcome.article for run in (first, second) for outcome in run.outcomes}
    assert len(kept) == 2


@pytest.mark.parametrize("days", [("2024-02-22", "2024-02-23"), ("2024-02-22", "2024-02-22")])
async def test_a_newer_text_at_a_url_takes_the_place_of_the_older_one(
    folder: Path, db: Path, days: tuple[str, str]
) -> None:
    heads = [f"---\nurl: https://wire.invalid/1\npublished: {day}\n---\n" for day in days]
    async with scripted([completion(GOOD)] * 2) as server:
        await run(write(folder, heads[0] + TEXT), server, db)
        second = await run(write(folder, f"{heads[1]}{TEXT}\nCorrected."), server, db)
    (meeting,) = second.meetings
    assert [account.article for account in meeting.accounts] == [second.outcomes[0].article]


# Where it stops


LIMITS: list[tuple[dict[str, Any], str]] = [
    ({"max_calls": 5}, "5 calls"),
    ({"max_tokens": 600}, "600 tokens"),
    ({"max_cost": "0.002"}, "0.002 USD"),
]


@pytest.mark.parametrize(("limit", "words"), LIMITS)
async def test_a_limit_ends_the_run_with_its_results_over_by_no_more_than_what_is_in_flight(
    folder: Path, db: Path, limit: dict[str, Any], words: str
) -> None:
    many(folder, 12)
    async with scripted(lambda _: completion(GOOD)) as server:
        stopped = await run(folder, server, db, price=PRICE, **limit)
        made = len(server.requests)
        assert stopped.stopped == words
        assert 5 <= made <= 5 + 3
        assert made == stopped.usage.calls == len(stopped.outcomes)
        assert stopped.usage.cost == made * Decimal("0.0004")
        assert sum(len(meeting.accounts) for meeting in stopped.meetings) == made
        with Workspace.open(db) as workspace:
            entry = workspace.last_run()
        assert entry is not None
        assert (entry.stopped, entry.counts, entry.usage) == (words, {"records": made}, stopped.usage)

        resumed = await run(folder, server, db, price=PRICE)
    assert resumed.stopped is None
    assert len(resumed.outcomes) == 12
    asked = [request["messages"][-1]["content"] for request in server.requests]
    assert len(asked) == len(set(asked)) == 12


async def test_a_limit_of_calls_is_never_passed(folder: Path, db: Path) -> None:
    many(folder, 12)
    async with scripted(lambda _: EMPTY) as server:
        stopped = await run(folder, server, db, max_calls=5, jobs=12)
    assert len(server.requests) == stopped.usage.calls == 5


async def test_what_is_known_is_told_though_nothing_may_be_asked(folder: Path, db: Path) -> None:
    many(folder, 3)
    async with scripted(lambda _: completion(GOOD)) as server:
        first = await run(folder, server, db)
        again = await run(folder, server, db, max_calls=0)
        assert (again.stopped, again.meetings) == (None, first.meetings)
        write(folder, "And one that is new.")
        more = await run(folder, server, db, max_calls=0)
    assert (more.stopped, len(server.requests)) == ("0 calls", 3)


def test_a_cost_that_nobody_knows_cannot_be_limited(folder: Path, db: Path) -> None:
    chosen = Settings(model="m", base_url="http://127.0.0.1:9/v1", max_cost=Decimal(1))
    with pytest.raises(ConfigurationError, match="--price"):
        extractor.run(many(folder, 1), db=db, settings=chosen)


async def test_an_article_tells_what_it_cost_over_all_runs_that_asked_about_it(folder: Path, db: Path) -> None:
    write(folder, TEXT)
    async with scripted([completion("I think"), completion(GOOD)]) as server:
        await run(folder, server, db, price=PRICE, max_calls=1)
        again = await run(folder, server, db, price=PRICE)
    (outcome,) = again.outcomes
    assert again.usage.cost == Decimal("0.0004")
    assert (outcome.usage.cost, outcome.usage.cached) == (Decimal("0.0008"), 1)
