import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.durations import iso


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("about one hour", "PT1H"),
        ("more than an hour", "PT1H"),
        ("two and a half hours", "PT2H30M"),
        ("an hour and a half", "PT1H30M"),
        ("one-and-a-half-hour", "PT1H30M"),
        ("an hour and 20 minutes", "PT1H20M"),
        ("1 hour 30 minutes", "PT1H30M"),
        ("90-minute", "PT1H30M"),
        ("1.5 hours", "PT1H30M"),
        ("half an hour", "PT30M"),
        ("a half-hour meeting", "PT30M"),
        ("three quarters of an hour", "PT45M"),
        ("forty-five minutes", "PT45M"),
        ("hour-long talks", "PT1H"),
        ("an hourlong call", "PT1H"),
        ("35 min.", "PT35M"),
        ("two-day", "P2D"),
        ("two‑day", "P2D"),
        ("a day and a half", "P1DT12H"),
        ("two-week", "P14D"),
        ("a couple of hours", "PT2H"),
    ],
)
def test_a_printed_duration_reads(words: str, value: str) -> None:
    assert iso(words) == value


@pytest.mark.parametrize(
    "words", ["for hours", "several hours", "a few days", "the second hour", "on Monday", "within days", "0 hours", ""]
)
def test_words_without_a_number_and_a_unit_give_none(words: str) -> None:
    assert iso(words) is None


@given(st.integers(0, 9), st.integers(0, 23), st.integers(0, 59))
def test_days_hours_and_minutes_come_back(days: int, hours: int, minutes: int) -> None:
    value = iso(f"{days} days, {hours} hours and {minutes} minutes")
    found = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?", value or "P")
    assert found
    assert tuple(int(part or 0) for part in found.groups()) == (days, hours, minutes)


@given(st.text())
def test_any_words_give_a_duration_or_none(words: str) -> None:
    value = iso(words)
    assert value is None or re.fullmatch(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?", value)
