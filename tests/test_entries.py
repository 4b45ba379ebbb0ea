"""Entries and edges are found by looking at few of them; a look at all of them finds the same."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.linking.blocks import BUCKETS
from extractor.linking.database import Database
from extractor.linking.entries import Block, Entries, Table, keyed, ordered
from extractor.linking.graph import Graph

Row = tuple[int, int, bool, int, int, int, int]
"""A key, a place, whether it asks, the account, its first and last day and the size of its span."""


@st.composite
def _rows(draw: st.DrawFn) -> list[Row]:
    found = []
    for i in range(draw(st.integers(1, 12))):
        start = draw(st.sampled_from([795, 798, 799, 800, 810, 1590]))
        length = draw(st.sampled_from([0, 1, 7, 8, 60, 399, 2000]))
        size = next(size for size, days in enumerate(BUCKETS) if length < days)
        found.append(
            (draw(st.integers(0, 1)), draw(st.integers(0, 1)), draw(st.booleans()), i, start, start + length + 1, size)
        )
    return found


def _table(rows: list[Row]) -> Table:
    db = Database()
    names = ("key", "place", "asks", "i", "start", "stop", "size")
    columns = dict(zip(names, map(np.array, zip(*rows, strict=True)), strict=True))
    db.replace("entry", columns)
    found = db.columns(ordered("entry WHERE true"))
    db.close()
    return found


def _shared(one: Row, other: Row) -> Block | None:
    """The block in which two entries meet."""
    (key, place, asks, _, start, stop, size), (*name, also, _, begin, end, large) = one, other
    if [key, place] != name or not (asks or also) or start > end or begin > stop:
        return None
    return Block(max(size, large), key, place, max(start, begin) // BUCKETS[max(size, large)])


@given(rows=_rows(), data=st.data())
def test_new_entries_meet_those_whose_days_meet_theirs_but_in_blocks_that_are_left_out(
    rows: list[Row], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(rows) - 1))
    entries = Entries()
    if first:
        entries.add(_table(rows[:first]))
    entries.add(new := _table(rows[first:]))
    blocks = {(one[3], other[3]): _shared(one, other) for one, other in product(rows[first:], rows)}
    met = sorted(filter(None, blocks.values()))
    without = data.draw(st.sets(st.sampled_from(met))) if met else set()
    found = set(zip(*(side.tolist() for side in entries.meeting(new, without)), strict=True))
    assert found == {pair for pair, block in blocks.items() if block and block not in without}


@given(rows=_rows(), size=st.integers(0, 3))
def test_a_block_of_many_entries_is_found_with_all_of_them(rows: list[Row], size: int) -> None:
    entries = Entries()
    entries.add(new := _table(rows))
    days = BUCKETS[size]
    crowded = keyed(entries.crowded(new, size, 2))
    found = set(zip(crowded["key"].tolist(), crowded["place"].tolist(), crowded["i"].tolist(), strict=True))
    for key, place, bucket in {(r[0], r[1], day // days) for r in rows for day in r[4:6]}:
        inside = [r for r in rows if r[:2] == (key, place) and r[6] <= size and bucket in (r[4] // days, r[5] // days)]
        whole = [r for r in inside if r[6] == size]
        if len(inside) * len(whole) > 2:
            assert {(key, place, r[3]) for r in inside} <= found


@given(steps=st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=9), min_size=1, max_size=5))
def test_pairs_that_come_in_steps_are_found_from_both_sides(steps: list[list[tuple[int, int]]]) -> None:
    graph = Graph()
    pairs = set()
    for step in steps:
        step = [(a, b) for a, b in step if a != b]
        left, right = np.array(step, np.int64).reshape(-1, 2).T
        graph.add(left, right, 10)
        pairs |= set(step) | {(b, a) for a, b in step}
    one, other = graph.edges(np.arange(10))
    assert set(zip(one.tolist(), other.tolist(), strict=True)) == pairs


@pytest.mark.parametrize(
    ("start", "among", "found"),
    [
        ([0], [1, 2, 3], [0, 1, 2, 3]),
        ([0], [1, 3], [0, 1]),
        ([0, 3], [], [0, 3]),
        ([2], [0, 1, 2, 3, 4], [0, 1, 2, 3]),
    ],
)
def test_a_walk_goes_on_by_such_accounts_alone(start: list[int], among: list[int], found: list[int]) -> None:
    graph = Graph()
    graph.add(np.array([0, 1, 2]), np.array([1, 2, 3]), 5)
    begun, open_ = (np.isin(np.arange(5), chosen) for chosen in (start, among))
    assert np.flatnonzero(graph.walk(begun, open_)).tolist() == found
