"""The five seed articles: what their gold says, and what holds for every record."""

import json
from pathlib import Path

import pytest

import extractor
from extractor.ground import holds
from extractor.read import Unread, read
from extractor.schemas import Article, Meeting, Run
from extractor.settings import BUILTIN, Settings
from tests.conftest import SEEDS


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return {item.id: item for item in read(SEEDS) if not isinstance(item, Unread)}


def test_every_article_gives_records(seeds_run: Run) -> None:
    assert [o.outcome.value for o in seeds_run.outcomes] == ["records"] * 5
    assert seeds_run.usage.calls == 5


def test_there_are_five_reported_meetings_and_six_in_the_background(seeds_run: Run) -> None:
    found = [(m.role, m.date.value, m.city.value or m.place.value, m.configuration) for m in seeds_run.meetings]
    assert sorted(found, key=str) == sorted(
        [
            ("reported", "2024-02-22", "Rio de Janeiro", "trilateral"),
            ("reported", "2025-04-03", "Brussels", "trilateral"),
            ("reported", None, "New York", "trilateral"),
            ("reported", None, "New York", "trilateral"),
            ("reported", None, None, "bilateral"),
            ("background", "1994", None, "trilateral"),
            ("background", "2023-08", "Camp David", "trilateral"),
            ("background", "2025-02", "Munich", "trilateral"),
            ("background", "XXXX-05", "London", "trilateral"),
            ("background", "XXXX-06", None, "trilateral"),
            ("background", "XXXX-07", "Indonesia", "trilateral"),
        ],
        key=str,
    )


def test_each_evidence_stands_at_its_offsets(seeds_run: Run, articles: dict[str, Article]) -> None:
    claims = [claim for meeting in seeds_run.meetings for claim in meeting.claims]
    evidence = [e for c in claims for e in (*c.evidence, *(c.derivation.evidence if c.derivation else ()))]
    evidence += [e for m in seeds_run.meetings for w in m.warnings for e in w.evidence]
    renderings = [r for m in seeds_run.meetings for s in m.statements for r in s.renderings]
    renderings += [r for m in seeds_run.meetings for o in m.outcomes for r in o.renderings]
    evidence += [e for r in renderings for e in r.evidence]
    assert len(evidence) > 500
    assert all(e.grounded and holds(articles[e.article], e) for e in evidence)


@pytest.mark.parametrize("order", [(4, 3, 2, 1, 0), (1, 0, 4, 2, 3), (2, 4, 1, 3, 0)])
def test_any_order_of_the_articles_gives_the_same_bytes(seeds_run: Run, order: tuple[int, ...]) -> None:
    files = sorted(SEEDS.glob("*.txt"))
    shuffled = extractor.run([files[i] for i in order], settings=Settings(model=BUILTIN))
    assert _bytes(shuffled.meetings) == _bytes(seeds_run.meetings)


def test_adding_an_article_equals_running_them_all(seeds_run: Run, tmp_path: Path) -> None:
    db = tmp_path / "workspace.db"
    files = sorted(SEEDS.glob("*.txt"))
    runs = [extractor.run(file, db=db, settings=Settings(model=BUILTIN)) for file in [*files[3:], *files[:3]]]
    assert _bytes(runs[-1].meetings) == _bytes(seeds_run.meetings)


def test_a_second_run_asks_nothing_and_changes_nothing(seeds_run: Run, tmp_path: Path) -> None:
    db = tmp_path / "workspace.db"
    first = extractor.run(SEEDS, db=db, settings=Settings(model=BUILTIN))
    second = extractor.run(SEEDS, db=db, settings=Settings(model=BUILTIN))
    assert (first.usage.calls, second.usage.calls) == (5, 0)
    assert _bytes(first.meetings) == _bytes(second.meetings) == _bytes(seeds_run.meetings)


def test_the_wrong_title_and_the_june_of_an_autumn_article_are_doubted(seeds_run: Run) -> None:
    codes = {warning.code.value for meeting in seeds_run.meetings for warning in meeting.warnings}
    assert {"office_of_another", "planned_in_past"} <= codes


def test_records_survive_json(seeds_run: Run) -> None:
    for meeting in seeds_run.meetings:
        assert Meeting.model_validate(json.loads(meeting.model_dump_json())) == meeting


def _bytes(meetings: tuple[Meeting, ...]) -> bytes:
    return "\n".join(meeting.model_dump_json() for meeting in meetings).encode()
