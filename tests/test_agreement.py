"""Two codings of the same articles."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluate.agreement import FIELDS, alpha, compare
from extractor.schemas.evaluation import Agreement, Comparison
from extractor.schemas.gold import GoldMeeting
from tests.test_evaluate import QUOTE, TALKS

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", C: four observers, twelve units, values missing.
OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
# The same, B: two observers, twelve units, no value missing.
TWO = """
a a b b d c c c e d d a
b a b b b c c c e d d d
"""
# The same, A: two observers, ten units, binary.
BINARY = """
0 1 0 0 0 0 0 0 1 0
1 1 1 0 0 1 0 0 0 0
"""


def counts(told: str) -> Any:
    """How often each category was chosen for each unit."""
    rows = [row.split() for row in told.strip().splitlines()]
    categories = sorted({value for row in rows for value in row} - {"."})
    return np.array([[sum(row[unit] == c for row in rows) for c in categories] for unit in range(len(rows[0]))])


@pytest.mark.parametrize(
    ("told", "published"), [(OBSERVERS, 0.743), (TWO, 0.692), (BINARY, 0.095)], ids=["missing", "two", "binary"]
)
def test_alpha_is_what_krippendorff_computes_by_hand(told: str, published: float) -> None:
    assert float(alpha(counts(told)).item()) == pytest.approx(published, abs=0.0005)


JUDGED = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=10)


def table(units: list[tuple[int, int]]) -> Any:
    return np.array([[(left == c) + (right == c) for c in range(3)] for left, right in units])


@given(JUDGED)
def test_alpha_is_1_where_all_agree_on_several_values_and_undefined_where_there_is_one_value(
    units: list[tuple[int, int]],
) -> None:
    found = float(alpha(table([(left, left) for left, _ in units])).item())
    assert np.isnan(found) if len({left for left, _ in units}) == 1 else found == 1.0


@given(JUDGED)
def test_a_unit_that_weighs_two_is_a_unit_told_twice(units: list[tuple[int, int]]) -> None:
    weights = np.array([[2.0] + [1.0] * (len(units) - 1)])
    assert np.allclose(alpha(table(units), weights), alpha(table([units[0], *units])), equal_nan=True)


def meeting(**changes: Any) -> GoldMeeting:
    """The talks in Nairobi; a change to `...` takes the key out."""
    return GoldMeeting.model_validate({k: v for k, v in (TALKS | changes).items() if v is not ...})


ELSEWHERE = meeting(
    id="elsewhere",
    date="2019-05-20",
    city="Lyon",
    country="FRA",
    level="leaders",
    parties=["FRA", "DEU"],
    participants=[{"name": "Élodie Marchetti", "represents": "FRA"}],
    statements=[{"speaker": "Élodie Marchetti", "quote": "The bridge is open to all who pay.", "kind": "direct"}],
)


def compared(left: list[GoldMeeting], right: list[GoldMeeting]) -> Comparison:
    """The comparison of two codings of one article."""
    return compare({"n.txt": left}, {"n.txt": right})


def row(comparison: Comparison, field: str) -> Agreement:
    """The agreement on a field."""
    return next(one for one in comparison.rows if one.field == field)


def told(comparison: Comparison) -> list[tuple[str, str | None, str | None, str | None]]:
    """The disagreements, without where."""
    return [(one.field, one.left, one.right, one.about) for one in comparison.disagreements]


def test_who_codes_alike_disagrees_on_nothing() -> None:
    found = compared([meeting(), ELSEWHERE], [ELSEWHERE, meeting()])
    assert found.disagreements == ()
    assert {one.alpha for one in found.rows} == {1.0, None}
    assert {one.share for one in found.rows} == {1.0}
    assert tuple(one.field for one in found.rows) == FIELDS


def test_what_does_not_vary_has_no_alpha() -> None:
    found = compared([meeting()], [meeting()])
    assert (row(found, "level").alpha, row(found, "level").share) == (None, 1.0)
    assert row(found, "represents").alpha == 1.0


CASES: list[tuple[str, dict[str, Any], list[tuple[str, str | None, str | None, str | None]]]] = [
    ("another value", {"level": "leaders"}, [("level", "ministers", "leaders", None)]),
    ("no value", {"city": None}, [("city", "Nairobi", None, None)]),
    ("a key that is missing is no judgement", {"city": ...}, []),
    ("an alternative is the same", {"level": "leaders", "level_alt": ["ministers"]}, []),
    ("a coarser date is another", {"date": "2019-05"}, [("date", "2019-05-14", "2019-05", None)]),
    ("a party more", {"parties": ["KEN", "UGA", "TZA"]}, [("parties", None, "TZA", None)]),
    ("a party that may be there", {"parties": ["KEN", "UGA", "TZA"], "parties_alt": ["TZA"]}, []),
    (
        "another rendering of a name is the same person",
        {"participants": [{"name": "Minister Okidi", "represents": "UGA"}, {"name": "Wanjala", "represents": "KEN"}]},
        [],
    ),
    (
        "a person less, and another's country",
        {"participants": [{"name": "Moses Okidi", "represents": "KEN"}]},
        [("participants", "Amina Wanjala", None, None), ("represents", "UGA", "KEN", "Moses Okidi")],
    ),
    (
        "another speaker and kind",
        {"statements": [{"speaker": "Moses Okidi", "quote": QUOTE, "kind": "indirect"}]},
        [("speaker", "Amina Wanjala", "Moses Okidi", QUOTE), ("kind", "direct", "indirect", QUOTE)],
    ),
    ("a quote less", {"statements": []}, [("quotes", QUOTE, None, None)]),
]


@pytest.mark.parametrize(("changes", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_disagreement_says_what_stands_left_and_right(
    changes: dict[str, Any], expected: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    assert told(compared([meeting()], [meeting(**changes)])) == expected


def test_a_meeting_that_one_has_is_a_disagreement_on_meetings_and_on_nothing_else() -> None:
    found = compared([meeting(), ELSEWHERE], [meeting()])
    assert told(found) == [("meetings", "reported FRA, DEU held 2019-05-20 Lyon", None, None)]
    assert (row(found, "meetings").agreed, row(found, "meetings").units) == (1, 2)
    assert row(found, "level").units == 1


def test_candidates_are_all_values_of_the_article() -> None:
    found = compared([meeting(), ELSEWHERE], [meeting(parties=["KEN", "UGA", "TZA"]), ELSEWHERE])
    assert (row(found, "parties").agreed, row(found, "parties").units) == (9, 10)
    assert row(found, "participants").units == 6
    assert row(found, "quotes").units == 4


def test_only_articles_that_both_have_are_compared() -> None:
    found = compare({"a": [meeting()], "b": [meeting()], "c": []}, {"b": [meeting()], "d": []}, names=("me", "you"))
    assert (found.left, found.right) == ("me", "you")
    assert (found.articles, found.only_left, found.only_right) == (1, 2, 1)
    assert row(found, "meetings").units == 1


def test_left_and_right_changed_about_agree_as_much() -> None:
    left = {f"{at}": [meeting(level="leaders" if at % 2 else "ministers"), ELSEWHERE] for at in range(6)}
    right = {f"{at}": [meeting(level="leaders" if at % 3 else "ministers", city="Kisumu")] for at in range(6)}
    assert compare(left, right).rows == compare(right, left).rows


def test_every_figure_has_an_interval_around_it() -> None:
    left = {f"{at}": [meeting(level="leaders" if at % 2 else "ministers")] for at in range(12)}
    right = {f"{at}": [meeting(level="leaders" if at % 3 else "ministers")] for at in range(12)}
    level = row(compare(left, right), "level")
    assert level.alpha is not None
    assert level.share is not None
    assert -1 <= level.intervals["alpha"].low < level.alpha < level.intervals["alpha"].high <= 1
    assert level.intervals["share"].low < level.share < level.intervals["share"].high


def test_names_that_are_the_same_are_one_category() -> None:
    def coded(*events: str) -> dict[str, list[GoldMeeting]]:
        return {f"{at}": [meeting(host_event=event)] for at, event in enumerate(events)}

    left = coded("the G20 summit", "Group of 20 summit", "the Lakes Forum")
    right = coded("Group of 20 summit", "the G20 summit", "the Lakes Forum")
    assert row(compare(left, right), "host_event").alpha == 1.0
