"""What all reports share."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.report import words
from extractor.schemas import Agreement, Field, Grounding, Status
from tests.report_samples import DECISIONS, NOTHING, diff, evidence, meeting, side


@given(st.text())
def test_plain_keeps_every_offset_and_leaves_no_control_character(text: str) -> None:
    safe = words.plain(text)
    assert len(safe) == len(text)
    assert not [char for char in safe if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs")]


@given(st.text(), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_stretches_lose_no_character_whatever_the_marks(text: str, marks: list[tuple[int, int]]) -> None:
    assert "".join(piece for piece, _ in words.stretches(text, marks)) == text


def test_stretches_tell_marked_words_from_others() -> None:
    assert list(words.stretches("one two three", [(4, 7)])) == [("one ", False), ("two", True), (" three", False)]


@pytest.mark.parametrize(
    ("before", "after", "start", "expected"),
    [
        ("e spread of fish and ", " in the lake today th", 90, ("…spread of fish and ", " in the lake today …")),
        ("The ", " said.", 4, ("The ", " said. …")),
        ("湖畔で行われた", "会談の後", 90, ("…湖畔で行われた", "会談の後 …")),
        ("", "", 0, ("", "")),
    ],
)
def test_context_begins_and_ends_with_whole_words(before: str, after: str, start: int, expected: object) -> None:
    found = evidence("A", "Kisumu").model_copy(update={"prefix": before, "suffix": after, "start": start})
    assert words.around(found) == expected


def test_a_meeting_without_a_diff_is_named_from_its_record() -> None:
    assert words.title(meeting()) == "Trilateral ministers’ meeting, Kisumu, 2031-03-06"


def test_to_decide_is_counted_from_the_record_where_there_is_no_diff() -> None:
    assert words.to_decide(meeting()) == 2
    undated = Field(value="2031-03-06", status=Status.STATED, agreement=Agreement.CONFLICT)
    assert words.to_decide(meeting().model_copy(update={"date": undated})) == 3


@pytest.mark.parametrize(
    ("status", "value", "expected"),
    [
        (Status.STATED, "KEN", "KEN"),
        (Status.INFERRED, "KEN", "KEN (inferred)"),
        (Status.NONE, None, "none"),
        (Status.NOT_STATED, None, "not stated"),
    ],
)
def test_a_field_shows_its_value_or_why_it_has_none(status: Status, value: str | None, expected: str) -> None:
    assert words.shown(Field(value=value, status=status)) == expected


def test_a_meeting_on_the_telephone_has_that_for_a_place() -> None:
    called = {"city": NOTHING, "place": NOTHING, "country": NOTHING}
    phone = Field(value="phone", status=Status.STATED)
    assert words.where(meeting().model_copy(update=called | {"format": phone})) == "by phone"


def test_a_value_is_shown_beside_the_words_only_where_it_differs() -> None:
    assert words.normalised(side("A", "about two hours", "PT2H")) == "PT2H"
    assert words.normalised(side("A", "Kisumu")) is None
    assert words.normalised(side("A", "lost", grounding=Grounding.UNGROUNDED)) is None


def test_a_row_names_the_command_that_decides_it_where_it_can_be_decided() -> None:
    rows = {row.id: row for row in diff().rows}
    assert words.command(rows["statements.3f"]) == "extractor decide f-3fa2b1c9 A"
    assert words.command(rows["city"]) is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "#3 Level: ministers, pick by Ines Okoro, 2031-04-01 09:30 UTC, in force"),
        (1, "#5 Statement, Amina Wekesa, keep both by Ines Okoro, 2031-04-02 11:05 UTC, stale"),
    ],
)
def test_a_decision_is_a_sentence(number: int, expected: str) -> None:
    assert words.decision(DECISIONS[number]) == expected
