"""Intervals, and partitions compared."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluate.bootstrap import interval, resampled
from extractor.evaluate.clusters import bcubed, merging, mismerges, pairwise
from extractor.evaluate.measures import rows
from extractor.schemas.scores import FIELDS, OVERALL, Interval, Mark, Pair, Scores, Verdict

VERDICTS = st.lists(st.lists(st.sampled_from(list(Verdict)), max_size=6), min_size=1, max_size=12)
LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


def scores(verdicts: list[list[Verdict]], field: str = "city") -> Scores:
    """Marks of one field, a list an article."""
    marks = [
        Mark(file=f"{at}.txt", meeting="m", field=field, verdict=verdict)
        for at, told in enumerate(verdicts)
        for verdict in told
    ]
    return Scores(files=tuple(f"{at}.txt" for at in range(len(verdicts))), marks=tuple(marks))


@given(VERDICTS)
def test_an_interval_holds_the_figure_and_stays_between_0_and_1(verdicts: list[list[Verdict]]) -> None:
    for row in rows(scores(verdicts)):
        for name, ends in row.intervals.items():
            assert 0 <= ends.low <= getattr(row, name) <= ends.high <= 1, (row.field, name)


@given(VERDICTS)
def test_every_figure_has_an_interval_and_no_other_has(verdicts: list[list[Verdict]]) -> None:
    for row in rows(scores(verdicts)):
        figures = ("precision", "recall", "f1", "accuracy")
        assert set(row.intervals) == {name for name in figures if getattr(row, name) is not None}


def test_there_is_a_row_a_field_and_one_for_all() -> None:
    assert [row.field for row in rows(scores([[Verdict.RIGHT]]))] == [*FIELDS, OVERALL]


def test_the_order_of_the_gold_file_changes_no_interval() -> None:
    some = scores([[Verdict.RIGHT, Verdict.WRONG], [Verdict.MISSED], [Verdict.RIGHT], [Verdict.INVENTED]])
    turned = some.model_copy(update={"files": some.files[::-1], "marks": some.marks[::-1]})
    assert rows(some) == rows(turned)


def test_whole_articles_are_drawn_so_that_ten_values_of_one_are_no_ten_articles() -> None:
    even = rows(scores([[Verdict.RIGHT, Verdict.WRONG]] * 10))[FIELDS.index("city")]
    uneven = rows(scores([[Verdict.RIGHT] * 2, [Verdict.WRONG] * 2] * 5))[FIELDS.index("city")]
    assert even.accuracy == uneven.accuracy == 0.5
    assert even.intervals["accuracy"] == Interval(low=0.5, high=0.5)
    assert uneven.intervals["accuracy"].high - uneven.intervals["accuracy"].low > 0.4


def test_the_interval_of_a_share_is_about_two_standard_errors_wide() -> None:
    row = rows(scores([[Verdict.RIGHT]] * 75 + [[Verdict.WRONG]] * 25))[FIELDS.index("city")]
    error = (0.75 * 0.25 / 100) ** 0.5
    assert row.intervals["accuracy"].low == pytest.approx(0.75 - 1.96 * error, abs=0.02)
    assert row.intervals["accuracy"].high == pytest.approx(0.75 + 1.96 * error, abs=0.02)


def test_each_resample_draws_as_many_articles_as_there_are() -> None:
    weights = resampled(7)
    assert set(weights.sum(axis=1)) == {7.0}
    assert np.array_equal(weights, resampled(7))


def test_where_a_figure_is_undefined_in_all_resamples_it_has_no_interval() -> None:
    assert interval(np.array([np.nan, np.nan])) is None
    assert interval(np.array([np.nan, 0.5])) == Interval(low=0.5, high=0.5)


def figures(function: object, found: list[object], gold: list[object]) -> list[float]:
    """Precision, recall and F1."""
    assert callable(function)
    return [float(figure.item()) for figure in function(found, gold).values()]


BAGGA_AND_BALDWIN = "aaaaabbccccc"  # five that belong together, two, and five
PUBLISHED = [
    ("the two are put with one five", "111112222222", 16 / 21, 1.0),
    ("the two fives are put together", "111112211111", 7 / 12, 1.0),
    ("all apart", "0123456789xy", 1.0, 3 / 12),
    ("all together", "1" * 12, (5 * 5 + 2 * 2 + 5 * 5) / 144, 1.0),
]


@pytest.mark.parametrize(("found", "precision", "recall"), [c[1:] for c in PUBLISHED], ids=[c[0] for c in PUBLISHED])
def test_b_cubed_gives_the_figures_of_bagga_and_baldwin(found: str, precision: float, recall: float) -> None:
    wanted = [precision, recall, 2 * precision * recall / (precision + recall)]
    assert figures(bcubed, list(found), list(BAGGA_AND_BALDWIN)) == pytest.approx(wanted)


def test_pairwise_counts_pairs() -> None:
    assert figures(pairwise, list("111112222222"), list(BAGGA_AND_BALDWIN)) == pytest.approx([21 / 31, 1.0, 42 / 52])


@given(LABELS)
def test_equal_partitions_score_1_whatever_they_are_called(labels: list[tuple[int, int]]) -> None:
    gold = [label for label, _ in labels]
    assert figures(bcubed, [f"m{label}" for label in gold], list(gold)) == pytest.approx([1, 1, 1])


@given(LABELS)
@pytest.mark.parametrize("function", [bcubed, pairwise])
def test_found_and_gold_changed_about_change_precision_and_recall_about(
    function: object, labels: list[tuple[int, int]]
) -> None:
    found, gold = (list(side) for side in zip(*labels, strict=True))
    precision, recall, f1 = figures(function, found, gold)
    assert figures(function, gold, found) == pytest.approx([recall, precision, f1], nan_ok=True)


@given(LABELS)
def test_pairs_are_counted_as_one_would_by_hand(labels: list[tuple[int, int]]) -> None:
    pairs = [(a, b) for at, a in enumerate(labels) for b in labels[at + 1 :]]
    put, belong = ({at for at, (a, b) in enumerate(pairs) if a[side] == b[side]} for side in (0, 1))
    found, gold = (list(side) for side in zip(*labels, strict=True))
    by_hand = [len(put & belong) / len(side) if side else float("nan") for side in (put, belong)]
    assert figures(pairwise, found, gold)[:2] == pytest.approx(by_hand, nan_ok=True)


MERGED = {"a": "m1", "b": "m1", "c": "m2", "d": "m2"}


def paired(*rows: tuple[str, str, str | None]) -> Scores:
    """Gold meeting, role and account, an article each."""
    pairs = [
        Pair(file=f"{at}.txt", meeting=meeting, role=role, account=account)
        for at, (meeting, role, account) in enumerate(rows)
    ]
    return Scores(files=tuple(pair.file for pair in pairs), marks=(), pairs=tuple(pairs))


TOLD = paired(
    ("rio", "reported", "a"),
    ("rio", "reported", "b"),
    ("rio", "background", "c"),
    ("lima", "reported", "d"),
    ("rio", "reported", None),
)


def test_merging_is_told_of_paired_of_reported_and_of_all_gold_accounts() -> None:
    found = {row.scope: row for row in merging(TOLD, MERGED)}
    assert {scope: (row.accounts, row.found, row.expected) for scope, row in found.items()} == {
        "paired": (4, 2, 2),
        "reported": (3, 2, 2),
        "gold": (5, 3, 2),
    }
    assert found["paired"].bcubed_precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert found["paired"].bcubed_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert found["reported"].bcubed_f1 == found["reported"].pairwise_f1 == 1.0
    assert found["gold"].bcubed_recall == pytest.approx((2 / 4 + 2 / 4 + 1 / 4 + 1 + 1 / 4) / 5)
    assert (found["gold"].pairwise_precision, found["gold"].pairwise_recall) == (1 / 2, 1 / 6)


def test_every_figure_of_merging_has_an_interval_around_it() -> None:
    for row in merging(TOLD, MERGED):
        for name, ends in row.intervals.items():
            assert 0 <= ends.low <= getattr(row, name) <= ends.high <= 1
        assert "bcubed_f1" in row.intervals


def test_without_a_pair_there_is_nothing_to_say_of_pairs() -> None:
    (row, *_) = merging(paired(("rio", "reported", "a")), MERGED)
    assert (row.bcubed_f1, row.pairwise_f1) == (1.0, None)
    assert {row.bcubed_f1 for row in merging(paired(), {})} == {None}


def test_what_is_wrongly_together_and_wrongly_apart_is_named() -> None:
    assert [(one.kind, one.meeting, one.parts) for one in mismerges(TOLD, MERGED)] == [
        ("mixed", "m2", {"rio": ("2.txt",), "lima": ("3.txt",)}),
        ("split", "rio", {"m1": ("0.txt", "1.txt"), "m2": ("2.txt",)}),
    ]
