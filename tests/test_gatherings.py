"""Gatherings under their many names."""

import pytest

from extractor.values import gatherings
from tests.test_wording import cases


@pytest.mark.parametrize(("left", "right", "verdict"), cases("gatherings.yaml"))
def test_two_names_are_one_gathering_or_two(left: str, right: str, verdict: str) -> None:
    a, b = gatherings.read(left), gatherings.read(right)
    assert a.same(b) == b.same(a) == (verdict == "same")


@pytest.mark.parametrize(
    ("words", "name", "body", "description"),
    [
        ("the Group of 20 foreign ministers’ meeting", "G20", "foreign ministers", ""),
        ("G20 (twenty rich countries) summit", "G20", "leaders", "twenty rich countries"),
        ("the East Asia Summit", "EAS", None, ""),
        ("the 2031 Ocean Fisheries Conference", "ocean fisheries", None, "2031"),
        ("the annual meeting", "", None, ""),
        ("the leaders’ summit", "", "leaders", ""),
        ("", "", None, ""),
    ],
)
def test_a_name_is_read_as_name_body_and_description(words: str, name: str, body: str | None, description: str) -> None:
    assert gatherings.read(words) == (name, body, description)
