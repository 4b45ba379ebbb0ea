"""The part of the day that printed words tell."""

import pytest

from extractor.values import sessions


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("on Monday morning", "morning"),
        ("over breakfast", "morning"),
        ("at 9 a.m.", "morning"),
        ("at 12:30 am", "morning"),
        ("at noon", "noon"),
        ("over lunch", "noon"),
        ("at 12:30 p.m.", "noon"),
        ("at 11:45 local time", "noon"),
        ("in the late afternoon", "afternoon"),
        ("15.30", "afternoon"),
        ("over dinner", "evening"),
        ("at 8 p.m. in the evening", "evening"),
        ("late on Monday night", "evening"),
        ("from morning to evening", None),
        ("at 8 p.m., after a breakfast", None),
        ("in 2 sessions", None),
        ("on Monday", None),
        ("", None),
    ],
)
def test_words_tell_a_part_of_the_day(words: str, part: str | None) -> None:
    assert sessions.part(words) == part


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("morning", "morning", False),
        ("morning", "noon", False),
        ("afternoon", "evening", False),
        ("morning", "afternoon", True),
        ("evening", "morning", True),
    ],
)
def test_parts_that_are_no_neighbours_are_two_sessions(one: str, other: str, *, apart: bool) -> None:
    assert sessions.apart(one, other) is apart
