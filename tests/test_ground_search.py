"""What grounding stands on: the edges of words, places in linear time, and likeness for a hint."""

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.hard_quotes import hard_quotes
from extractor.ground import holds, locate, nearest
from extractor.texts.folding import fold
from extractor.texts.likeness import most_alike
from extractor.texts.places import Searched
from extractor.texts.words import cuts, plain
from tests.drafts import article

ODD = st.sampled_from(
    [*"aUNst'’\"“”().,:;!?-–5½_ \n", "\u00a0", "\u0301", "\u200d", "한", "会", "非", "ア", "三", "👍"]
)


@given(st.lists(ODD, max_size=20).map("".join))
def test_an_edge_seen_at_a_glance_is_the_edge_of_a_word(text: str) -> None:
    no_start, no_end = cuts(text)
    for start, end in product(range(len(text) + 1), repeat=2):
        if plain(text, start, end):
            assert not no_start[start]
            assert not no_end[end]


@given(st.text("ab ", max_size=24), st.text("ab ", min_size=1, max_size=6), st.data())
def test_a_quote_is_placed_as_by_trying_every_place(text: str, quote: str, data: st.DataObject) -> None:
    flags = st.lists(st.booleans(), min_size=len(text) + 1, max_size=len(text) + 1).map(bytes)
    no_start, no_end = data.draw(flags), data.draw(flags)
    left = data.draw(st.integers(0, len(text)))
    right = data.draw(st.integers(left, len(text)))
    size = len(quote)
    tried = [
        at
        for at in range(len(text) - size + 1)
        if text.startswith(quote, at) and not no_start[at] and not no_end[at + size]
    ]
    # In the stretch the first; else the nearest, and of two as near the later.
    inside = [at for at in tried if left <= at < right]
    near = sorted(tried, key=lambda at: (at - right if at >= left else left - (at + size), at < left))
    expected = next(iter(inside or near), None)
    # The last place of a flag table is never barred: a text ends where it ends.
    searched = Searched(text, no_start[:-1] + b"\0", no_end)
    assert searched.place(quote, left, right) == expected


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("ab " * 60_000, "b " + "ab " * 20_000),
        ("a" * 200_000, "a" * 70_000),
        ("the " * 50_000, "the " * 20_000 + "th"),
        ("1." * 100_000, "1." * 30_000 + "1"),
        ("e" + "\u0301" * 200_000, "\u0301" * 70_000),
        ("e" + "\u0301\u0323" * 60_000, "e" + "\u0323\u0301" * 60_000 + "x"),
        ("👍🏽" * 60_000, "👍🏽" * 20_000 + "👍"),
    ],
    ids=["short words", "one letter", "one word", "digits and dots", "marks", "marks of two classes", "emoji"],
)
def test_a_quote_that_nearly_stands_everywhere_is_looked_for_once(text: str, quote: str) -> None:
    # In quadratic time this would not end.
    assert not locate(article(text), quote, 1).grounded
    assert len(nearest(article(text), quote)[1]) <= 400


def test_marks_in_any_order_fold_alike_up_to_thirty_of_them() -> None:
    assert fold("e" + "\u0301\u0323" * 15).text == fold("e" + "\u0323" * 15 + "\u0301" * 15).text


@pytest.mark.parametrize(
    ("quote", "part"),
    [("the ferries sail", 0), ("the ferry sails again", 1), ("soldiers marched", 2), ("", 0), ("xyz", 0)],
)
def test_the_part_that_shares_most_runs_of_characters_is_most_alike(quote: str, part: int) -> None:
    parts = ["All ferries sail at noon.", "The ferry sails no more.", "The soldiers march."]
    text = " ".join(parts)
    spans = [(text.index(one), text.index(one) + len(one)) for one in parts]
    assert most_alike(text, quote, spans)[0] == part


@pytest.mark.parametrize("quote_of", [lambda text: text[40:120] + "!", lambda text: text[-60:-1] + "?"])
def test_the_passage_of_a_long_line_is_the_one_around_the_likeness(quote_of: Callable[[str], str]) -> None:
    text = " ".join(f"w{number}" for number in range(400))
    number, passage = nearest(article(text), quote_of(text))
    assert number == 1
    assert quote_of(text)[:-1] in passage


def test_the_hard_quotes_of_the_benchmark_are_the_same_for_everybody_and_hold_where_they_are_found() -> None:
    assert hard_quotes() == hard_quotes()
    assert hard_quotes(seed=2) != hard_quotes()
    found = {hard.kind: locate(article(hard.text), hard.quote, 1) for hard in hard_quotes()}
    assert len(found) == len(hard_quotes())
    assert all(holds(article(hard.text), found[hard.kind]) for hard in hard_quotes())
    assert {kind for kind, shown in found.items() if shown.grounded} == {
        "stands word for word",
        "stands folded",
        "signs",
        "invisible characters",
    }
