"""Rebuild reads the raw replies again, and gives what the run gave."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractor import pipeline
from extractor.rebuild import rebuild
from extractor.schemas import Draft, Outcomes
from extractor.settings import Settings
from extractor.store import Workspace
from tests.asking import GOOD
from tests.drafts import TEXT, meeting
from tests.faults import Reply, completion, failure, scripted

WRONG = json.dumps({"meetings": [meeting(city={"text": "Paris", "sentence": 1})]})
CUT = GOOD[: GOOD.rindex('"topics"')]
THOUGHT = completion("I think")


async def extracted(folder: Path, script: Sequence[Reply]) -> Path:
    """The workspace of a run over TEXT; its server is gone."""
    (folder / "a.txt").write_text(TEXT)
    db = folder / "w.db"
    async with scripted(script) as server:
        settings = Settings(model="m", base_url=server.url)
        await asyncio.to_thread(pipeline.extract, folder / "a.txt", settings, db=db)
    return db


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        pytest.param([completion(GOOD)], "records", id="good at once"),
        pytest.param([completion(f"```json\n{GOOD}\n```")], "records", id="in a fence"),
        pytest.param([completion('{"meetings": []}')], "none_found", id="no meeting"),
        pytest.param([completion(WRONG), completion(GOOD)], "records", id="good after a re-ask"),
        pytest.param([completion(WRONG)] * 3, "records", id="never right"),
        pytest.param([completion(WRONG), failure(400)], "records", id="the re-ask was lost"),
        pytest.param([completion(WRONG), completion(None, refusal="no")], "records", id="the re-ask was refused"),
        pytest.param([completion(CUT, finish_reason="length")], "records", id="cut off"),
        pytest.param([THOUGHT] * 3, "failed", id="never a draft"),
        pytest.param([completion(None, refusal="no")], "failed", id="refused"),
    ],
)
async def test_by_the_same_rules_nothing_changes(tmp_path: Path, script: list[Reply], outcome: str) -> None:
    with Workspace.open(await extracted(tmp_path, script)) as workspace:
        pipeline.settle(workspace)
        before, meetings = list(workspace.extractions()), list(workspace.meetings())
        assert rebuild(workspace) == (1, 0)
        assert list(workspace.extractions()) == before
        assert list(workspace.meetings()) == meetings
    assert [one.outcome for one in before] == [outcome]


async def test_what_other_rules_made_of_a_reply_is_made_again(tmp_path: Path) -> None:
    with Workspace.open(await extracted(tmp_path, [completion(WRONG), completion(GOOD)])) as workspace:
        (made,) = workspace.extractions()
        meetings = pipeline.meetings(workspace)
        forged = {"draft": Draft(meetings=[]), "outcome": Outcomes.NONE_FOUND, "reason": "other rules"}
        workspace.save_extraction(made.model_copy(update=forged))
        assert pipeline.meetings(workspace) == ()
        assert rebuild(workspace) == (1, 1)
        assert len(list(workspace.extractions())) == 3, "nothing is overwritten"
        assert list(workspace.active()) == [made]
        assert pipeline.meetings(workspace) == meetings != ()


async def test_the_meetings_are_made_again_even_where_no_extraction_changes(tmp_path: Path) -> None:
    with Workspace.open(await extracted(tmp_path, [completion(GOOD)])) as workspace:
        meetings = pipeline.meetings(workspace)
        workspace.save_meetings(workspace.reconciled() or "", ())
        assert pipeline.meetings(workspace) == ()
        rebuild(workspace)
        assert pipeline.meetings(workspace) == meetings != ()
