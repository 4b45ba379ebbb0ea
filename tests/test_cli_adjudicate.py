"""`run --adjudicate` from the command line: what it asks, says, costs, and how it ends."""

import asyncio
import json
from pathlib import Path

import pytest

from extractor.builtin.app import read_lines
from extractor.builtin.reader import read_draft
from tests.faults import Body, Reply, Server, completion, scripted
from tests.judged import FULL, VAGUE, verdict
from tests.test_cli import Done, extractor

PRICE = ("--price", "2/10")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles that rules leave apart."""
    (tmp_path / "in").mkdir()
    for name, text in (("vague", VAGUE), ("full", FULL)):
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    return tmp_path


class Judge:
    """A model that reads articles by the built-in rules, and gives this reply about two accounts."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    def __call__(self, request: Body) -> Reply:
        if request["response_format"]["json_schema"]["name"] == "DraftVerdict":
            return self.reply
        lines = read_lines(request["messages"][-1]["content"])
        assert lines is not None
        return completion(read_draft(lines).model_dump_json())


async def run(server: Server, folder: Path, *options: str) -> Done:
    model = ("--model", "m", "--base-url", server.url, "--jobs", "1")
    return await asyncio.to_thread(extractor, "run", "in", "--json", *options, *model, cwd=folder)


def sources(done: Done) -> list[list[str]]:
    """The articles of each meeting that was printed."""
    return sorted(sorted(a["source"] for a in json.loads(line)["accounts"]) for line in done.out.splitlines())


async def test_it_asks_only_with_the_option_and_once_and_tells_what_that_cost(folder: Path) -> None:
    async with scripted(Judge(verdict("same"))) as server:
        plain = await run(server, folder)
        assert (sources(plain), "pairs" in plain.err) == ([["full.txt"], ["vague.txt"]], False)

        done = await run(server, folder, "--adjudicate", *PRICE)
        assert (done.code, sources(done)) == (0, [["full.txt", "vague.txt"]])
        assert "2 articles; 0 calls, 0 tokens, 0.0000 USD, 2 known already\n" in done.err
        assert "1 pairs judged; 1 calls, 120 tokens, 0.0004 USD, 1 same\n" in done.err

        again = await run(server, folder, "--adjudicate", *PRICE)
        assert "0 pairs judged; 0 calls, 0 tokens, 0.0000 USD, 1 known already\n" in again.err
        assert again.out == done.out
        assert len(server.requests) == 3


async def test_a_pair_without_a_verdict_is_named_and_the_rest_is_written(folder: Path) -> None:
    async with scripted(Judge(completion(None, refusal="I'd rather not."))) as server:
        done = await run(server, folder, "--adjudicate")
    assert done.code == 3
    assert "0 pairs judged; 1 calls, 120 tokens, cost not known, 1 without a verdict\n" in done.err
    assert "The model refused: I'd rather not.\n" in done.err
    assert "full.txt" in done.err
    assert "vague.txt" in done.err
    assert sources(done) == [["full.txt"], ["vague.txt"]]


@pytest.mark.parametrize("calls", ["1", "2"])
async def test_one_limit_holds_for_articles_and_pairs_together(folder: Path, calls: str) -> None:
    async with scripted(Judge(verdict("same"))) as server:
        done = await run(server, folder, "--adjudicate", "--max-calls", calls)
        assert done.code == 3
        assert done.err.count(f"stopped at the limit of {calls} calls") == 1
        assert f"extractor run in --json --adjudicate --max-calls {calls}" in done.err.splitlines()[-1]
        assert len(server.requests) == int(calls)


async def test_a_dry_run_says_that_pairs_come_on_top(folder: Path) -> None:
    async with scripted([]) as server:
        done = await run(server, folder, "--adjudicate", "--dry-run")
    assert done.code == 0
    assert "it comes on top" in done.err
    assert server.requests == []


def test_the_built_in_model_is_asked_as_any_other(folder: Path) -> None:
    done = extractor("run", "in", "--adjudicate", "--model", "builtin", cwd=folder)
    assert done.code == 0
    assert "1 pairs judged; 1 calls, " in done.err
    assert "no cost, 1 unsure" in done.err
