"""A plan says what a run would ask; nothing is asked, nothing is written."""

import asyncio
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.plan import REPLY, plan
from extractor.settings import BUILTIN, Settings
from tests.asking import NONE
from tests.faults import completion, scripted

BUILT_IN = Settings(model=BUILTIN)
ELSEWHERE = {"model": "m", "base_url": "http://127.0.0.1:9/v1"}
ENGLISH = "The cabinet of Kenya met in Nairobi on Monday and passed a budget, the first of the new government."
ENGLISH = "The cabinet of Kenya met in Nairobi on Monday and passed a budget, the first of the new government."
KOREAN = "한국과 케냐의 외교장관이 나이로비에서 만나 협력을 강화하기로 했다. " * 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles: one the built-in model reads, its twin, and one that it refuses; and a file without text."""
    articles = tmp_path / "in"
    articles.mkdir()
    for name, text in {"a": ENGLISH, "b": ENGLISH, "c": KOREAN, "d": ""}.items():
        (articles / f"{name}.txt").write_text(text)
    return articles


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_without_a_workspace_everything_is_due_and_none_is_made(folder: Path, tmp_path: Path) -> None:
    made = plan(folder, BUILT_IN, db=tmp_path / "w.db")
    assert (made.articles, made.unread, made.due, made.measured) == (2, 1, 2, False)
    assert made.completion_tokens == 2 * REPLY
    assert files(tmp_path) == {}


@pytest.mark.parametrize(
    ("settings", "due"),
    [
        pytest.param({}, 0, id="a plain run: nothing is due"),
        pytest.param({"retry_failed": True}, 1, id="what failed"),
        pytest.param({"refresh": True}, 2, id="everything"),
        pytest.param(ELSEWHERE, 2, id="another model knows nothing of it"),
    ],
)
def test_what_is_known_is_not_due_and_the_workspace_stays_as_it_is(
    folder: Path, tmp_path: Path, settings: dict[str, Any], due: int
) -> None:
    db = tmp_path / "w.db"
    extractor.run(folder, db=db, settings=BUILT_IN)
    before = files(tmp_path)
    made = plan(folder, Settings.model_validate(settings), db=db)
    assert (made.articles, made.due) == (2, due)
    assert files(tmp_path) == before


def test_without_paths_what_failed_is_due(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "w.db"
    extractor.run(folder, db=db, settings=BUILT_IN)
    made = plan([], Settings(retry_failed=True), db=db)
    assert (made.due, made.unread) == (1, 1)


async def test_the_estimate_of_a_prompt_is_near_what_is_sent(folder: Path) -> None:
    async with scripted([completion(NONE)]) as server:
        settings = Settings(model="m", base_url=server.url)
        estimate = plan(folder / "a.txt", settings).prompt_tokens
        await asyncio.to_thread(extractor.run, folder / "a.txt", settings=settings)
    sent = len(json.dumps(server.requests[0], separators=(",", ":"), ensure_ascii=False)) / 4
    assert 0.95 < estimate / sent < 1.05


async def test_the_length_of_replies_is_measured_once_there_were_some(folder: Path, tmp_path: Path) -> None:
    async with scripted([completion(NONE, tokens=(100, 250))]) as server:
        settings = Settings(model="m", base_url=server.url)
        await asyncio.to_thread(extractor.run, folder / "a.txt", settings=settings, db=tmp_path / "w.db")
    made = plan(folder, settings, db=tmp_path / "w.db")
    assert (made.due, made.measured, made.completion_tokens) == (1, True, 250)


def test_the_cost_is_that_of_the_tokens(folder: Path) -> None:
    settings = Settings.model_validate({**ELSEWHERE, "price": {"prompt": "2", "completion": "10"}})
    made = plan(folder, settings)
    assert made.cost == Decimal(2 * made.prompt_tokens + 10 * made.completion_tokens) / 1_000_000


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "about no cost"),
        (ELSEWHERE, "about cost not known"),
        ({"model": "gpt-5-mini"}, " USD; re-asks come on top"),
    ],
)
def test_the_cost_is_told_in_words(folder: Path, settings: dict[str, Any], words: str) -> None:
    chosen = Settings.model_validate(settings)
    told = plan(folder, chosen).in_words(chosen)
    assert words in told
    assert "2 articles: 0 known already, 2 to ask about\n1 paths give no text" in told
