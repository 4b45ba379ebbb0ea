"""The log in words: what each decision was about, under which meetings it stands, and how."""

from datetime import UTC, datetime

import pytest

from extractor import pipeline, queue, waiting
from extractor.log import entries, homeless, lines
from extractor.schemas import DecisionLine, QueueItem, Subject
from extractor.store import Workspace
from tests.judged import FULL, PLACED, VAGUE, workspace

NOON = datetime(2031, 5, 1, 12, tzinfo=UTC)
TITLE = "Bilateral ministers’ meeting, Nairobi, 2031-03-03"


def told(opened: Workspace) -> list[DecisionLine]:
    meetings = pipeline.meetings(opened)
    return [entry.line for entry in entries(opened.decisions(), pipeline.decided(opened), meetings)]


def states(opened: Workspace) -> list[str]:
    return [line.state for line in told(opened)]


def by_meeting(opened: Workspace) -> dict[str, list[int]]:
    """The numbers of the decisions of each meeting, by the first words of its articles."""
    meetings = pipeline.meetings(opened)
    found = lines(opened.decisions(), pipeline.decided(opened), meetings)
    texts = {
        one.id: " | ".join(sorted(opened.article(ref.article).text.split()[0] for ref in one.accounts))
        for one in meetings
    }
    return {texts[id_]: [line.number for line in some] for id_, some in found.items()}


def items(opened: Workspace) -> list[QueueItem]:
    return list(waiting.waiting(opened).items)


def test_a_decision_on_two_accounts_names_their_sources_and_meetings() -> None:
    with workspace(FULL, VAGUE) as opened:
        (item,) = items(opened)
        waiting.decide(opened, item, "different", actor="Adeola", reason="other days")
        (line,) = told(opened)
        assert sorted(line.title.partition(": ")[0].split(" / ")) == ["0.txt", "1.txt"]
        assert sorted(line.title.partition(": ")[2].split(" / ")) == ["Bilateral meeting, 2031-03", TITLE]
        assert (line.kind, line.actor, line.reason, line.value) == ("different", "Adeola", "other days", None)
        assert by_meeting(opened) == {"Kenyan": [1], "Uganda": [1]}


def test_a_decision_on_a_field_goes_by_the_title_of_its_row() -> None:
    with workspace(FULL, PLACED) as opened:
        waiting.decide(opened, items(opened)[-1], "edit", actor="Adeola", value="Lakes summit")
        (line,) = told(opened)
        assert (line.title, line.value, line.state) == ("Host event", "Lakes summit", "in force")
        assert by_meeting(opened) == {"Kenyan | Uganda": [1]}


def test_the_moment_is_told_in_universal_time_to_the_second() -> None:
    with workspace(FULL, PLACED) as opened:
        (made,) = queue.answered(items(opened)[-1], "both", actor="Adeola", made_at=NOON)
        opened.append(made)
        assert [line.made_at for line in told(opened)] == ["2031-05-01T12:00:00Z"]


def test_an_undo_stands_with_what_it_undoes_and_says_what_that_was() -> None:
    with workspace(FULL, PLACED) as opened:
        waiting.decide(opened, items(opened)[-1], "both", actor="Adeola")
        waiting.undo(opened, [1], actor="Bruun")
        waiting.undo(opened, [2], actor="Bruun")
        assert [line.title for line in told(opened)] == [
            "Host event", "decision 1: Host event", "decision 2: decision 1: Host event",
        ]  # fmt: skip
        assert states(opened) == ["in force", "undone", "in force"]
        assert by_meeting(opened) == {"Kenyan | Uganda": [1, 2, 3]}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param([("A", "Adeola")], ["in force"], id="one word"),
        pytest.param([("A", "Adeola"), ("reject", "Adeola")], ["replaced by 2", "in force"], id="one who thinks again"),
        pytest.param([("A", "Adeola"), ("B", "Bruun")], ["contradicted by 2", "in force"], id="two who disagree"),
        pytest.param([("A", "Adeola"), ("A", "Bruun")], ["replaced by 2", "in force"], id="two who agree"),
        pytest.param([("open", "Adeola"), ("A", "Bruun")], ["replaced by 2", "in force"], id="one who is surer"),
    ],
)
@pytest.mark.parametrize("place", [0, 1])
def test_how_a_judgement_stands_once_another_is_made(
    place: int, answers: list[tuple[str, str]], expected: list[str]
) -> None:
    of_accounts = {"A": "same", "B": "different", "reject": "different", "open": "open"}
    with workspace(FULL, PLACED) as opened:
        item = items(opened)[place]
        for answer, actor in answers:
            waiting.decide(opened, item, of_accounts[answer] if item.question else answer, actor=actor)
        assert states(opened) == expected


def test_what_is_about_an_article_that_is_not_here_is_stale_and_of_no_meeting() -> None:
    with workspace(FULL, PLACED) as opened:
        item = items(opened)[0]
        elsewhere = Subject(article="5e" * 32, spans=((0, 5),))
        (made,) = queue.answered(item, "same", actor="Adeola", made_at=NOON)
        opened.append(
            made.model_copy(update={"subjects": (elsewhere, elsewhere.model_copy(update={"article": "6f" * 32}))})
        )
        found = homeless(opened.decisions(), pipeline.decided(opened), pipeline.meetings(opened))
        assert [(line.title, line.state) for line in found] == [("5e5e5e5e5e5e / 6f6f6f6f6f6f", "stale")]
        assert by_meeting(opened) == {}


def test_a_statement_that_was_rejected_is_still_named_by_its_words() -> None:
    said = "“The market feeds both sides,” Wekesa told reporters."
    texts = (f"{FULL} {said}", f"{FULL} {said.replace('feeds both sides', 'feeds each side')}")
    with workspace(*texts) as opened:
        (item,) = [one for one in items(opened) if one.field == "statements"]
        waiting.decide(opened, item, "reject", actor="Adeola")
        (line,) = told(opened)
        assert line.title.startswith("Statements: The market feeds")
        assert (line.state, pipeline.meetings(opened)[0].statements) == ("in force", ())
