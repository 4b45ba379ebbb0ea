"""The main path: every article has an outcome, and no article takes another along."""

import asyncio
from pathlib import Path

import pytest

import extractor
from extractor import pipeline
from extractor.errors import ArticleError, ModelUnreachableError
from extractor.schemas import Draft, Outcomes, Usage
from extractor.settings import BUILTIN, Settings
from extractor.store import Workspace
from tests.faults import Body, Reply, completion, failure, scripted

SETTINGS = Settings(model=BUILTIN)
MET = "Kenyan Foreign Minister Amina Wekesa met her Ugandan counterpart Ruth Nakato in Nairobi on 3 March 2031."
NONE = (
    "The cabinet of Kenya met in Nairobi on Monday and passed a budget. It is the first budget of the new government."
)
KOREAN = "한국과 케냐의 외교장관이 나이로비에서 만나 협력을 강화하기로 했다. " * 4


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def test_every_article_has_an_outcome(tmp_path: Path) -> None:
    run = extractor.run(write(tmp_path / "in", a=MET, b=NONE, c=KOREAN, d=""), settings=SETTINGS)
    found = {outcome.source: outcome.outcome for outcome in run.outcomes}
    assert list(found.values()) == [Outcomes.RECORDS, Outcomes.NONE_FOUND, Outcomes.FAILED, Outcomes.FAILED]
    assert len(run.meetings) == 1


def test_a_failed_article_is_a_warning_that_names_it(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a=MET, c=KOREAN)
    with pytest.warns(extractor.ArticleWarning, match=r"c\.txt: .*English"):
        meetings = extractor.extract_meetings(folder, settings=SETTINGS)
    assert [m.city.value for m in meetings] == ["Nairobi"]


def test_if_all_articles_fail_it_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"all articles failed \(1\); .*c\.txt"):
        extractor.extract_meetings(write(tmp_path / "in", c=KOREAN), settings=SETTINGS)


async def test_it_works_inside_a_running_event_loop(tmp_path: Path) -> None:
    assert len(extractor.extract_meetings(write(tmp_path / "in", a=MET), settings=SETTINGS)) == 1


def test_files_folders_and_lists_of_either_are_taken(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a=MET)
    for paths in (folder, str(folder), folder / "a.txt", [folder / "a.txt"], [folder, folder / "a.txt"]):
        assert len(extractor.extract_meetings(paths, settings=SETTINGS)) == 1


def test_the_same_text_under_two_paths_is_asked_once(tmp_path: Path) -> None:
    run = extractor.run(write(tmp_path / "in", a=MET, b=MET), settings=SETTINGS)
    assert run.usage.calls == 1
    assert len(run.outcomes) == 1
    assert len(run.meetings[0].accounts) == 1


def test_a_second_run_asks_nothing_and_tells_the_same(tmp_path: Path) -> None:
    folder, db = write(tmp_path / "in", a=MET, c=KOREAN), tmp_path / "w.db"
    first = extractor.run(folder, db=db, settings=SETTINGS)
    second = extractor.run(folder, db=db, settings=SETTINGS)
    assert (first.usage.calls, second.usage) == (2, Usage())
    assert [outcome.usage for outcome in second.outcomes] == [Usage(cached=1)] * 2
    assert [(o.source, o.outcome, o.reason) for o in second.outcomes] == [
        (o.source, o.outcome, o.reason) for o in first.outcomes
    ]
    assert second.meetings == first.meetings


def test_the_outcomes_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    files = sorted(write(tmp_path / "in", a="", b=NONE, c="", d=MET).iterdir())
    for paths in (files, files[::-1]):
        run = extractor.run(paths, settings=SETTINGS)
        assert [Path(outcome.source).name for outcome in run.outcomes] == [path.name for path in paths]


def test_a_workspace_remembers_its_runs(tmp_path: Path) -> None:
    db = tmp_path / "w.db"
    extractor.run(write(tmp_path / "in", a=MET, c=KOREAN), db=db, settings=SETTINGS)
    with Workspace.open(db) as workspace:
        run = workspace.last_run()
        assert run
        assert (run.model, run.endpoint, run.counts) == (BUILTIN, "in process", {"records": 1, "failed": 1})
        assert len(list(pipeline.meetings(workspace))) == 1


async def test_one_article_that_the_provider_rejects_takes_no_other_along(tmp_path: Path) -> None:
    empty = completion(Draft(meetings=[]).model_dump_json())

    def answer(request: Body) -> Reply:
        return failure(400, "too long") if "Wekesa" in str(request["messages"]) else empty

    async with scripted(answer) as server:
        settings = Settings(model="scripted", base_url=server.url)
        run = await asyncio.to_thread(extractor.run, write(tmp_path / "in", a=MET, b=NONE), settings=settings)
    assert [o.outcome for o in run.outcomes] == [Outcomes.FAILED, Outcomes.NONE_FOUND]


async def test_where_no_model_answers_the_run_stops_and_keeps_what_is_done(tmp_path: Path) -> None:
    folder, db = write(tmp_path / "in", a=MET), tmp_path / "w.db"
    extractor.run(folder, db=db, settings=SETTINGS)
    async with scripted([failure(401, "bad key")]) as server:
        with pytest.raises(ModelUnreachableError):
            await asyncio.to_thread(extractor.run, folder, db=db, settings=Settings(model="m", base_url=server.url))
    with Workspace.open(db) as workspace:
        assert len(pipeline.meetings(workspace)) == 1
