"""When two values are one, and which pairs of two lists are best."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluate.same import assign, overlap, same_event, same_speaker, same_words
from tests.test_evaluate import QUOTE


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Amina Wanjala", "Foreign Minister Wanjala", True),
        ("Amina Wanjala", "Moses Okidi", False),
        ("joint statement", "the parties jointly", True),
        ("joint statement", "Amina Wanjala", False),
        ("Kenyan Foreign Ministry", "the Foreign Ministry", True),
        ("the Foreign Ministry", "the Defense Ministry", False),
        ("a senior Kenyan trade official", "Kenyan senior trade official", True),
        ("a senior Kenyan trade official", "a senior Ugandan trade official", False),
    ],
)
def test_a_speaker_is_known_by_any_name(left: str, right: str, same: bool) -> None:
    assert same_speaker(left, right) is same
    assert same_speaker(right, left) is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("G20 foreign ministers' meeting", "meeting of the Group of 20", True),
        ("G20 summit", "G7 summit", False),
        ("Lake Victoria Basin forum", "Lake Victoria forum", True),
        ("the meeting", "the session", False),
    ],
)
def test_a_gathering_is_known_by_its_name_or_half_of_its_words(left: str, right: str, same: bool) -> None:
    assert same_event(left, right) is same


@pytest.mark.parametrize(
    ("found", "least", "most"),
    [
        (QUOTE, 1.0, 1.0),
        (f"“{QUOTE.upper()[:-1]},”", 1.0, 1.0),
        (f"As I said, {QUOTE} That is all.", 1.0, 1.0),
        (QUOTE.replace("northern ", ""), 0.8, 0.95),
        (f"He said: {QUOTE.replace('northern ', '')} There is more to come.", 0.8, 0.95),
        (QUOTE[: len(QUOTE) // 2], 0.4, 0.55),
        ("The harvest was good this year, and all the crossings stayed shut.", 0.0, 0.7),
        ("", 0.0, 0.0),
        ("…", 0.0, 0.0),
    ],
)
def test_overlap_is_the_share_of_the_quote_that_was_found(found: str, least: float, most: float) -> None:
    assert least <= overlap(QUOTE, found) <= most


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (QUOTE, f"As I said, {QUOTE}", True),
        (QUOTE, "before the harvest begins", True),
        (QUOTE, "the harvest", False),
        (QUOTE, "The lake has no owner but its fish.", False),
    ],
)
def test_words_are_known_in_a_longer_quote_from_four_words_on(left: str, right: str, same: bool) -> None:
    assert same_words(left, right) is same
    assert same_words(right, left) is same


@given(
    st.integers(0, 4).flatmap(
        lambda columns: st.lists(st.lists(st.integers(0, 5), min_size=columns, max_size=columns), max_size=4)
    )
)
def test_no_other_assignment_weighs_more(weights: list[list[int]]) -> None:
    pairs = assign(weights)
    width = max(map(len, weights), default=0)
    slots = [*range(width), *[None] * len(weights)]
    best = max(
        sum(weights[i][j] for i, j in enumerate(order) if j is not None)
        for order in set(permutations(slots, len(weights)))
    )
    assert len(set(pairs.values())) == len(pairs)
    assert all(weights[i][j] > 0 for i, j in pairs.items())
    assert sum(weights[i][j] for i, j in pairs.items()) == best
