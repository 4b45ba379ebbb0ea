"""The log of decisions: it only grows, meetings follow it, and a forgotten article leaves nothing in it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractor import pipeline
from extractor.decisions import subject
from extractor.errors import ConfigurationError
from extractor.schemas import Decision, DecisionKind, Draft, Meeting, Subject
from extractor.store import Workspace, database
from tests.accounts import Person, Told
from tests.accounts import article as dated
from tests.workspaces import article, extraction

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
LEFT, RIGHT, THIRD = (article(text) for text in ("One.", "Two.", "Three."))
SECRET = "The minister of fish was seen in tears"

TEXT = "Kenyan Minister Achieng Otieno met Norwegian Minister Ingrid Solberg in Oslo on Monday. {}"
TOLD = Told(
    date="on Monday",
    city="Oslo",
    parties=(("Kenya", "Kenyan"), ("Norway", "Norwegian")),
    people=(Person("Achieng Otieno", "Kenya"), Person("Ingrid Solberg", "Norway")),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "extractor.db"


def on(*articles: str, kind: str = "same", reason: str = "", undoes: int | None = None, number: int = 0) -> Decision:
    return Decision(
        number=number,
        kind=DecisionKind(kind),
        subjects=tuple(Subject(article=id_, spans=((0, 3),)) for id_ in articles),
        actor="Adeola",
        reason=reason,
        undoes=undoes,
        made_at=NOON,
    )


def undo(number: int, reason: str = "") -> Decision:
    return on(kind="undo", undoes=number, reason=reason)


def test_decisions_come_out_as_they_went_in_with_the_numbers_of_their_order(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PAGE", 2)
    kept = [
        workspace.append(on(LEFT.id, RIGHT.id, reason="“Same day”,\n同日")),
        workspace.append(on(LEFT.id, RIGHT.id, kind="different", undoes=1)),
        workspace.append(on(LEFT.id, THIRD.id, number=77)),
        workspace.append(undo(2)),
        workspace.append(undo(4)),
    ]
    assert [decision.number for decision in kept] == [1, 2, 3, 4, 5]
    assert kept[0] == on(LEFT.id, RIGHT.id, reason="“Same day”,\n同日", number=1)
    assert list(workspace.decisions()) == kept


def test_a_file_keeps_the_log_for_the_next_time(file: Path) -> None:
    with Workspace.open(file) as workspace:
        kept = [workspace.append(on(LEFT.id, RIGHT.id)), workspace.append(undo(1))]
    with Workspace.open(file, create=False) as workspace:
        assert list(workspace.decisions()) == kept


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        pytest.param(undo(2), "there is no decision 2 in", id="what is not there"),
        pytest.param(on(LEFT.id, THIRD.id, undoes=1), "decision 1 is about other articles", id="what is of others"),
    ],
)
def test_a_decision_that_undoes_what_it_cannot_is_refused(
    workspace: Workspace, wrong: Decision, complaint: str
) -> None:
    kept = workspace.append(on(LEFT.id, RIGHT.id))
    with pytest.raises(ConfigurationError, match=complaint):
        workspace.append(wrong)
    assert list(workspace.decisions()) == [kept]


# What meetings are made of


def told_by(workspace: Workspace, closing: str) -> None:
    """An article of the one meeting, with its draft."""
    one = workspace.save_article(dated(TEXT.format(closing), "2031-03-03", closing))
    draft = Draft.model_validate({"meetings": [TOLD.draft(one)]})
    workspace.save_extraction(extraction(one, draft=draft))


def dumped(meetings: tuple[Meeting, ...]) -> list[str]:
    return [meeting.model_dump_json() for meeting in meetings]


def test_meetings_follow_each_new_decision_and_an_undo_leaves_every_byte_as_it_was(workspace: Workspace) -> None:
    for closing in ("It rained.", "It snowed."):
        told_by(workspace, closing)
    before = pipeline.meetings(workspace)
    left, right = map(subject, pipeline.accounts(workspace))
    decision = Decision(kind=DecisionKind.DIFFERENT, subjects=(left, right), actor="Adeola", made_at=NOON)
    number = workspace.append(decision).number
    apart = pipeline.meetings(workspace)
    assert [len(meeting.accounts) for meeting in apart] == [1, 1]
    workspace.append(undo(number))
    assert dumped(pipeline.meetings(workspace)) == dumped(before)
    assert [len(meeting.accounts) for meeting in before] == [2]


def test_each_decision_is_another_state(workspace: Workspace) -> None:
    states = [workspace.state()]
    for decision in (on(LEFT.id, RIGHT.id), undo(1)):
        workspace.append(decision)
        states.append(workspace.state())
    assert len(set(states)) == 3


# Forgetting


def test_what_was_decided_about_a_forgotten_article_goes_with_it_and_so_do_its_undos(workspace: Workspace) -> None:
    for one in (LEFT, RIGHT, THIRD):
        workspace.save_article(one)
    log = [
        workspace.append(decision)
        for decision in (
            on(LEFT.id, RIGHT.id),
            on(RIGHT.id, THIRD.id),
            undo(1),
            undo(2),
            undo(3),
            on(THIRD.id, LEFT.id, kind="different"),
            undo(4),
        )
    ]
    workspace.forget(LEFT.id)
    assert list(workspace.decisions()) == [log[1], log[3], log[6]]
    assert workspace.append(on(RIGHT.id, THIRD.id)).number == 8


def test_a_number_is_never_used_again(workspace: Workspace) -> None:
    workspace.save_article(LEFT)
    workspace.append(on(LEFT.id, RIGHT.id))
    workspace.forget(LEFT.id)
    assert list(workspace.decisions()) == []
    assert workspace.append(on(THIRD.id, RIGHT.id)).number == 2


def test_nothing_of_a_forgotten_article_is_left_in_the_log_on_the_disk(file: Path) -> None:
    traces = [SECRET.encode(), LEFT.id.encode()]

    def left() -> list[bytes]:
        held = b"".join(path.read_bytes() for path in file.parent.iterdir())
        return [trace for trace in traces if trace in held]

    with Workspace.open(file) as workspace:
        workspace.save_article(LEFT)
        workspace.append(on(LEFT.id, RIGHT.id, reason=SECRET))
        workspace.append(undo(1, reason=SECRET))
        assert left() == traces
        workspace.forget(LEFT.id)
        assert left() == []


def test_a_decision_may_be_about_an_article_that_is_not_here_yet(workspace: Workspace) -> None:
    kept = workspace.append(on("ab" * 32, "cd" * 32))
    assert list(workspace.decisions()) == [kept]
    assert pipeline.meetings(workspace) == ()
