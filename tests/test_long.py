"""A long article is asked about in parts, and is one article all the same."""

import asyncio
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from extractor import pipeline
from extractor.ask import ask
from extractor.deferred import bring, export, prepare
from extractor.errors import ReplyError
from extractor.ground import problems
from extractor.model import Model
from extractor.parts import split
from extractor.plan import plan
from extractor.read import sources
from extractor.rebuild import rebuild
from extractor.schemas import Article, Draft, Outcomes
from extractor.settings import BUILTIN, PART_SIZE, Settings
from extractor.store import Workspace
from extractor.templates import load_prompt, part_of
from tests.batch_server import answered, written
from tests.drafts import TEXT, article, meeting, statement
from tests.faults import Reply, completion, failure, scripted

FILLER = "Delegates then went through clause {n} of the draft on river traffic, line by line.\n\n" * 5
SAID = "“We shall keep step {n},” Ruiz said."
COUNT = 20
LONG = f"{TEXT}\n\n" + "\n\n".join(f"{FILLER}{SAID}".format(n=n) for n in range(COUNT * PART_SIZE // 4 // 450))
Body = dict[str, Any]
REFUSAL = completion(None, refusal="too dull")


def shown(request: Body) -> str:
    """The message that shows the article, of a re-ask too."""
    return str(next(m["content"] for m in reversed(request["messages"]) if "<article" in m["content"]))


def quoting(request: Body) -> Reply:
    """The meeting of the opening, with all that Ruiz says in the part that is shown."""
    said = re.findall(r"^\[(\d+)\] “(We shall keep step \d+,)” Ruiz said", shown(request), re.MULTILINE)
    statements = [statement(text=text, sentence=int(number)) for number, text in said]
    return completion(json.dumps({"meetings": [meeting(statements=statements)]}))


def but(part: int, reply: Reply) -> Callable[[Body], Reply]:
    """The good replies but for one part."""
    return lambda request: reply if part_of(shown(request))[0] == part else quoting(request)


@pytest.fixture(scope="module")
def long() -> Article:
    return article(LONG)


def statements(draft: Draft) -> list[str]:
    (one,) = draft.meetings
    return [said.text for said in one.statements]


async def test_its_meeting_is_one_with_all_statements_in_the_order_of_the_text(long: Article) -> None:
    async with scripted(quoting) as server, Model(Settings(model="m", base_url=server.url)) as model:
        answer = await ask(long, model, load_prompt(), partial(problems, long))
    assert len(server.requests) == len(split(long, PART_SIZE)) > 3
    assert statements(answer.draft) == re.findall(r"We shall keep step \d+,", LONG)
    assert answer.usage.calls == len(server.requests)
    assert answer.problems == 0


async def test_each_part_says_which_it_is_and_shows_no_more_than_its_size(long: Article) -> None:
    async with scripted(quoting) as server, Model(Settings(model="m", base_url=server.url)) as model:
        await ask(long, model, load_prompt(), partial(problems, long))
    messages = [shown(request) for request in server.requests]
    assert sorted(map(part_of, messages)) == [(n, len(messages)) for n in range(1, len(messages) + 1)]
    assert all(len(message) < PART_SIZE + 1000 for message in messages)
    assert all("[1] Ana Ruiz met" in message for message in messages)
    assert sum("\n[...]\n" in message for message in messages) == len(messages) - 1


async def test_a_part_without_a_useful_reply_takes_no_other_along(long: Article) -> None:
    async with scripted(but(2, REFUSAL)) as server, Model(Settings(model="m", base_url=server.url)) as model:
        answer = await ask(long, model, load_prompt(), partial(problems, long))
    (warning,) = answer.warnings
    assert re.match(r"part 2 of \d+: .*refused: too dull", warning)
    assert 0 < len(statements(answer.draft)) < LONG.count("We shall")


async def test_where_no_part_has_a_useful_reply_the_article_fails(long: Article) -> None:
    async with (
        scripted(lambda _: REFUSAL) as server,
        Model(Settings(model="m", base_url=server.url)) as model,
    ):
        with pytest.raises(ReplyError, match="too dull"):
            await ask(long, model, load_prompt(), partial(problems, long))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "long.txt").write_text(LONG, "utf-8")
    return tmp_path


async def extracted(folder: Path, reply: Callable[[Body], Reply]) -> Path:
    """The workspace of a run over the long article; its server is gone."""
    async with scripted(reply) as server:
        settings = Settings(model="m", base_url=server.url)
        await asyncio.to_thread(pipeline.extract, folder / "in", settings, db=folder / "w.db")
    return folder / "w.db"


@pytest.mark.parametrize("reply", [quoting, but(2, REFUSAL)], ids=["all parts", "all but one"])
async def test_what_was_asked_is_kept_part_by_part_and_read_again(folder: Path, reply: Callable[[Body], Reply]) -> None:
    with Workspace.open(await extracted(folder, reply)) as workspace:
        before = list(workspace.extractions())
        assert rebuild(workspace) == (1, 0)
        assert list(workspace.extractions()) == before


async def test_a_part_of_which_no_reply_is_kept_is_still_missed_when_read_again(folder: Path) -> None:
    with Workspace.open(await extracted(folder, but(2, failure(400, "no")))) as workspace:
        (before,) = workspace.extractions()
        rebuild(workspace)
        *_, after = workspace.extractions()
    assert after.draft == before.draft
    assert re.match(r"part 2 of \d+: .* HTTP 400", before.reason or "")
    assert re.match(r"part 2 of \d+: no reply", after.reason or "")


def test_its_requests_go_out_together_in_a_file(folder: Path, long: Article) -> None:
    settings = Settings(model="m", base_url="http://127.0.0.1:9/v1")
    with Workspace.open(folder / "w.db") as workspace:
        tally = prepare(workspace, sources(folder / "in"), settings)
        assert tally.deferred == 1
        assert export(workspace, settings, folder / "requests.jsonl") == len(split(long, PART_SIZE))
        lines = answered((folder / "requests.jsonl").read_text("utf-8"), quoting)
        (folder / "first.jsonl").write_text(written(lines[:1]), "utf-8")
        (folder / "rest.jsonl").write_text(written(lines[1:]), "utf-8")
        _, tally = bring(workspace, settings, folder / "first.jsonl")
        assert (tally.articles, tally.deferred) == (0, 1)
        _, tally = bring(workspace, settings, folder / "rest.jsonl")
        assert tally.counts == {Outcomes.RECORDS: 1}
        (extraction,) = workspace.extractions()
        assert extraction.draft
        assert statements(extraction.draft) == re.findall(r"We shall keep step \d+,", LONG)


def test_a_plan_counts_a_call_for_each_part(folder: Path, long: Article) -> None:
    planned = plan(folder / "in", Settings())
    assert (planned.due, planned.calls) == (1, len(split(long, PART_SIZE)))
    assert f"1 to ask about in {planned.calls} calls" in planned.in_words(Settings())


def test_what_a_long_text_takes_grows_in_step_with_its_length(folder: Path) -> None:
    (folder / "in" / "short.txt").write_text(LONG[: len(LONG) // 4], "utf-8")
    (folder / "four").mkdir()
    (folder / "four" / "long.txt").write_text(LONG, "utf-8")
    (folder / "one").mkdir()
    (folder / "one" / "short.txt").write_text(LONG[: len(LONG) // 4], "utf-8")
    one, four = (plan(folder / name, Settings()) for name in ("one", "four"))
    assert four.calls / one.calls == pytest.approx(4, abs=1)
    assert four.prompt_tokens / one.prompt_tokens < 4.5


def transcript(characters: int) -> str:
    """A press conference of two presidents, at least so long."""
    told = [
        "Joint Press Conference by President Amara Diallo of Senegal and President Tomás Ferreira of Cape Verde",
        "Dakar, Senegal",
        "President Diallo and President Ferreira met in Dakar on March 4, 2019 for talks on fisheries.",
    ]
    for n in range(characters // 300 + 1):
        told.append(f"PRESIDENT DIALLO: At our meeting we agreed that item {n} is for our ministers. {'Fish. ' * 20}")
        told.append(f"PRESIDENT FERREIRA: In our meeting I said that step {n} costs less than it seems. Thank you.")
    return "\n\n".join(told)


def test_a_transcript_of_150_000_characters_is_one_meeting_with_its_statements_in_order(tmp_path: Path) -> None:
    (tmp_path / "press.txt").write_text(transcript(150_000), "utf-8")
    run = pipeline.run(tmp_path / "press.txt", Settings(model=BUILTIN))
    (meeting_,) = run.meetings
    assert (meeting_.date.value, [party.value for party in meeting_.parties]) == ("2019-03-04", ["CPV", "SEN"])
    assert [person.name for person in meeting_.participants] == ["Amara Diallo", "Tomás Ferreira"]
    starts = [said.renderings[0].evidence[0].start for said in meeting_.statements]
    assert len(starts) > 500
    assert starts == sorted(starts, key=lambda start: start or 0)
    assert run.usage.calls == len(split(article(transcript(150_000)), PART_SIZE))
